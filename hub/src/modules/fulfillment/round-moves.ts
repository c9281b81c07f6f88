import type { CartId, LineId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { planMoved, type MovedUnits, type SentUnits } from "./domain.ts";
import { RoundChanged } from "./events.ts";
import type { RoundId } from "./rounds.ts";

/** Units of a line of a ticket that go over to another one, and the line that they are there; `isWhole`: none of it stays. */
export type LineMoved = { readonly lineId: LineId; readonly quantity: number; readonly isWhole: boolean; readonly toLineId: LineId };

type Seat = { readonly cartId: CartId; readonly table: string };

/**
 * What was sent of lines that move to another ticket stays where it stands at its stations, made or not, and belongs to that ticket from now on
 * [TBL-11]: it is made once, and taken off there it is told as canceled here. The caller holds the locks of both carts. Publishes
 * `fulfillment.round_changed.v1` for each round.
 */
export async function moveSent(ctx: Ctx, from: CartId, to: Seat, lines: readonly LineMoved[]): Promise<void> {
  const rounds = new Set<RoundId>();
  for (const line of lines) {
    const sent = await sentOfLine(ctx, from, line.lineId);
    for (const { roundId } of sent) rounds.add(roundId);
    if (line.isWhole) await moveWhole(ctx, from, to, line);
    else for (const units of planMoved(sent, line.quantity)) await movePart(ctx, to, units, line.toLineId);
  }
  await tellMoved(ctx, [...rounds]);
}

/** Its guests sit at another table: what was sent is brought there [TBL-11]. Publishes `fulfillment.round_changed.v1` where there is any. */
export async function seatSent(ctx: Ctx, { cartId, table }: Seat): Promise<void> {
  const { rows } = await sql<{ id: RoundId }>`
    update fulfillment.round_line set table_name = ${table} where cart_id = ${cartId} and table_name <> ${table} returning round_id as id`.execute(
    ctx.db,
  );
  if (rows.length > 0) await tellMoved(ctx, [...new Set(rows.map(({ id }) => id))]);
}

/** What stands of a line at stations, the oldest first. Locks the rounds, so that no station says meanwhile what it has made of them. */
async function sentOfLine(ctx: Ctx, cartId: CartId, lineId: LineId) {
  const { rows } = await sql<SentUnits & { readonly roundId: RoundId; readonly everSent: number }>`
    select r.id as "roundId", l.line_id as "lineId", l.sku, l.quantity - l.taken as quantity, l.quantity as "everSent"
      from fulfillment.round r join fulfillment.round_line l on l.round_id = r.id
     where l.cart_id = ${cartId} and l.line_id = ${lineId} and l.quantity > l.taken order by r.sent_at, r.id for update of r`.execute(
    ctx.db,
  );
  return rows;
}

/** All that was sent of it, also what was taken off and nobody there has seen yet. */
async function moveWhole(ctx: Ctx, from: CartId, { cartId, table }: Seat, { lineId, toLineId }: LineMoved): Promise<void> {
  await sql`
    update fulfillment.prepared p set order_line_id = ${toLineId} from fulfillment.round_line l
     where l.line_id = ${lineId} and l.cart_id = ${from} and p.fulfillment_id = l.round_id and p.order_line_id = ${lineId}`.execute(ctx.db);
  await sql`
    update fulfillment.round_line set line_id = ${toLineId}, cart_id = ${cartId}, table_name = ${table}
     where line_id = ${lineId} and cart_id = ${from}`.execute(ctx.db);
}

/** Units become a line of their own in the same round, made as far as the line that they were of. */
async function movePart(
  ctx: Ctx,
  { cartId, table }: Seat,
  { roundId, lineId, quantity, isAll }: MovedUnits,
  toLineId: LineId,
): Promise<void> {
  if (isAll) {
    await sql`
      update fulfillment.round_line set line_id = ${toLineId}, cart_id = ${cartId}, table_name = ${table}
       where round_id = ${roundId} and line_id = ${lineId}`.execute(ctx.db);
    await sql`
      update fulfillment.prepared set order_line_id = ${toLineId} where fulfillment_id = ${roundId} and order_line_id = ${lineId}`.execute(
      ctx.db,
    );
    return;
  }
  await sql`
    with kept as (
      update fulfillment.round_line set quantity = quantity - ${quantity} where round_id = ${roundId} and line_id = ${lineId} returning *)
    insert into fulfillment.round_line (round_id, line_id, cart_id, table_name, position, sku, name, options, unit, note, quantity)
    select round_id, ${toLineId}, ${cartId}, ${table}, position, sku, name, options, unit, note, ${quantity} from kept`.execute(ctx.db);
  await sql`
    insert into fulfillment.prepared (fulfillment_id, order_line_id, place_id, is_done, at, staff_id)
    select fulfillment_id, ${toLineId}, place_id, is_done, at, staff_id
      from fulfillment.prepared where fulfillment_id = ${roundId} and order_line_id = ${lineId}`.execute(ctx.db);
}

type RoundRow = {
  readonly roundId: RoundId;
  readonly placeId: PlaceId;
  readonly sentFrom: CartId;
  readonly cartId: CartId;
  readonly sku: string;
  readonly unit: string;
  readonly quantity: number;
};

/** Tells of rounds whose tickets have their work now [PRM-34]: all of it, so that told again it is the same. */
async function tellMoved(ctx: Ctx, rounds: readonly RoundId[]): Promise<void> {
  const { rows } = await sql<RoundRow>`
    select r.id as "roundId", r.place_id as "placeId", r.cart_id as "sentFrom", l.cart_id as "cartId", l.sku, l.unit, l.quantity
      from fulfillment.round r join fulfillment.round_line l on l.round_id = r.id
     where r.id = any (${[...rounds]}::uuid[]) order by r.id, l.position, l.line_id`.execute(ctx.db);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  for (const [roundId, lines] of Map.groupBy(rows, (row) => row.roundId)) {
    const [first] = lines;
    if (!first) continue;
    const work = new Map<CartId, number>();
    for (const { cartId, sku, unit, quantity } of lines) {
      const seconds = (catalog.variantOfSku(sku)?.product.prepSeconds ?? 0) * (unit === "gram" ? 1 : quantity);
      work.set(cartId, (work.get(cartId) ?? 0) + seconds);
    }
    const { placeId, sentFrom: cartId } = first;
    const workOf = [...work].map(([of, workSeconds]) => ({ cartId: of, workSeconds }));
    await publish(ctx, RoundChanged, `cart/${cartId}`, { roundId, cartId, placeId, what: "moved", workOf, isAll: false });
  }
}
