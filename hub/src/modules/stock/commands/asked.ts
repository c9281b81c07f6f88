import { err, ok, type BusinessDate, type LineId, type OrderId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import type { DocumentId } from "../domain/index.ts";
import type { StockError } from "../errors.ts";
import { dispatchTransfer } from "./transfer.ts";

/** Units of an order line that lie at a place and are fetched at another one, where they are to be on a day. */
export type AskedUnits = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly fromPlaceId: PlaceId;
  readonly placeId: PlaceId;
  readonly quantity: number;
  readonly on: BusinessDate;
};

/** What an order asks other places for [STK-17]; its completion has allocated it there. Publishes `stock.asked_changed.v1`. */
export async function askFor(ctx: Ctx, orderId: OrderId, asked: readonly AskedUnits[]): Promise<void> {
  await sql`
    select stock.ask_for(${orderId}, ${asked.map(({ lineId }) => lineId)}::uuid[], ${asked.map(({ variantId }) => variantId)}::uuid[],
      ${asked.map(({ fromPlaceId }) => fromPlaceId)}::uuid[], ${asked.map(({ placeId }) => placeId)}::uuid[],
      ${asked.map(({ quantity }) => quantity)}::integer[], ${asked.map(({ on }) => on)}::date[])`.execute(ctx.db);
}

export type AskedTransfer = {
  readonly fromPlaceId: PlaceId;
  readonly placeId: PlaceId;
  /** The lines of orders that are sent; what is not named stays asked for. */
  readonly lineIds: readonly string[];
  /** Null: on the day that was promised. */
  readonly expectedOn: BusinessDate | null;
  readonly note: string | null;
};

/**
 * Sends what orders have asked for to the place where it is fetched, as a transfer [STK-17]: from then on the orders wait for it there, and are told
 * when it comes on another day than was promised. What was given up meanwhile is not sent. Errors: `stock.nothing_asked`, those of
 * `dispatchTransfer`. Publishes `stock.asked_changed.v1`, `stock.ahead_changed.v1` and those of a transfer.
 */
export async function sendAsked(
  ctx: Ctx,
  { fromPlaceId, placeId, lineIds, expectedOn, note }: AskedTransfer,
): Promise<Result<DocumentId, StockError>> {
  const { rows } = await sql<{ variantId: VariantId; quantity: number; dueOn: BusinessDate }>`
    with promised as (
      select min(due_on) as due_on from stock.asked
       where from_place_id = ${fromPlaceId} and to_place_id = ${placeId} and order_line_id = any(${lineIds}::uuid[]))
    select s.variant_id as "variantId", s.quantity, p.due_on::text as "dueOn"
      from promised p, stock.send_asked(${fromPlaceId}, ${placeId}, ${lineIds}::uuid[], ${expectedOn}::date) s order by s.variant_id`.execute(
    ctx.db,
  );
  const [first] = rows;
  if (!first) return err({ code: "stock.nothing_asked" });
  const lines = rows.map(({ variantId, quantity }) => ({ variantId, quantity }));
  const sent = await dispatchTransfer(ctx, { fromPlaceId, placeId, note, expectedOn: expectedOn ?? first.dueOn, lines });
  if (sent.ok) await auditWrite(ctx, { action: "stock.sendAsked", subject: `document/${sent.value}` });
  return sent;
}

export type DeclinedAsk = Pick<AskedTransfer, "fromPlaceId" | "placeId" | "lineIds"> & { readonly reason: string };

/**
 * Says that a place does not send what orders have asked it for [STK-18]: it is free there again, and where it was to go the orders get what that
 * place has itself; what is missing is a conflict there, for its staff to decide. Answers how many units. Error: `stock.nothing_asked`. Publishes
 * `stock.asked_changed.v1`, `stock.missed.v1`, `stock.conflict_changed.v1`, `stock.changed.v1`.
 */
export async function declineAsked(ctx: Ctx, { fromPlaceId, placeId, lineIds, reason }: DeclinedAsk): Promise<Result<number, StockError>> {
  const { rows } = await sql<{ units: number }>`
    select stock.decline_asked(${fromPlaceId}, ${placeId}, ${lineIds}::uuid[], ${reason}) as units`.execute(ctx.db);
  const units = rows[0]?.units ?? 0;
  if (units === 0) return err({ code: "stock.nothing_asked" });
  await auditWrite(ctx, { action: "stock.declineAsked", subject: `place/${fromPlaceId}` });
  return ok(units);
}
