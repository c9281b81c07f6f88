import { err, ok, type CartId, type FulfillmentId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import type { FulfillmentState } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { RoundChanged } from "./events.ts";
import { doneLines, keepPrepared } from "./prepared-rows.ts";
import { worksAt } from "./who-works.ts";

type Row = { readonly placeId: PlaceId; readonly cartId: CartId; readonly lineId: LineId; readonly sku: string };

/** What a station said of a round; `state` is in words of an order. */
type RoundPreparation = {
  readonly fulfillmentId: FulfillmentId;
  readonly state: FulfillmentState;
  readonly doneLineIds: readonly LineId[];
};

/**
 * Says of lines of a table's round that a station has made them, or has to make them again [TBL-6]. What was taken off the ticket meanwhile is
 * acknowledged by the same tap [TBL-7]. Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.units_unknown`. Publishes
 * `fulfillment.round_changed.v1`.
 */
export async function setRoundPrepared(
  ctx: Ctx,
  id: FulfillmentId,
  lineIds: readonly LineId[],
  isDone: boolean,
): Promise<Result<RoundPreparation, FulfillmentError>> {
  // Locked before its lines are read: some of them may be moving to another ticket.
  await sql`select from fulfillment.round where id = ${id} for update`.execute(ctx.db);
  const { rows } = await sql<Row>`
    select r.place_id as "placeId", r.cart_id as "cartId", l.line_id as "lineId", l.sku
      from fulfillment.round r join fulfillment.round_line l on l.round_id = r.id
     where r.id = ${id} order by l.position`.execute(ctx.db);
  const [round] = rows;
  if (!round) return err({ code: "fulfillment.unknown" });
  if (!worksAt(ctx, round.placeId)) return err({ code: "fulfillment.other_place" });
  if (lineIds.some((line) => !rows.some(({ lineId }) => lineId === line))) return err({ code: "fulfillment.units_unknown" });
  await keepPrepared(ctx, { id, placeId: round.placeId }, lineIds, isDone);
  const done = await doneLines(ctx, id);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const isAll = rows.every(({ lineId, sku }) => done.has(lineId) || (catalog.variantOfSku(sku)?.product.prepSeconds ?? 0) === 0);
  const { placeId, cartId } = round;
  await publish(ctx, RoundChanged, `cart/${cartId}`, { roundId: id, cartId, placeId, what: "prepared", isAll });
  return ok({ fulfillmentId: id, state: isAll ? "ready" : "in_preparation", doneLineIds: [...done] });
}
