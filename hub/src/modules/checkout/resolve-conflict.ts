import {
  err,
  ok,
  type BusinessDate,
  type ChannelId,
  type LineId,
  type OrderId,
  type PlaceId,
  type Result,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx, Vault } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { fulfillmentsOf, move, type WholeFulfillment } from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { comingFor } from "./coming.ts";
import type { CheckoutError } from "./errors.ts";
import { giveElsewhere, otherPlaceFor } from "./refuse-units.ts";

/** More proposals than these are not worked out: the weakest promises are the ones to be moved. */
const MOST_PROPOSALS = 8;

/** An order that was promised units which are missing now, and what may become of it. */
export type PromisedOrder = {
  readonly orderId: OrderId;
  readonly number: string;
  readonly quantity: number;
  readonly placedAt: Date;
  readonly channelId: ChannelId;
  /** Nobody has begun it: it can be canceled as a whole. */
  readonly isCancelable: boolean;
  /** How many of the missing units are its own, which it can do without; 0 when it is packed already. */
  readonly units: number;
  /** The place that could serve them instead; null where none can. */
  readonly otherPlaceId: PlaceId | null;
  /** The day on which goods for them come to their own place; null where nobody can say. */
  readonly comesOn: BusinessDate | null;
};

type Conflict = { readonly placeId: PlaceId; readonly variantId: VariantId; readonly missing: number };
type PromisedRow = Omit<PromisedOrder, "units" | "otherPlaceId" | "comesOn">;

/**
 * The orders that share the missing units, the weakest promise first: what was placed last and is not in preparation yet. For the first of
 * them it says what would become of their units. Errors: `conflict.unknown`, also where the caller does not reach its place.
 */
export async function ordersInConflict(
  ctx: Pick<ReadCtx, "db" | "actor" | "snapshots" | "now">,
  conflictId: string,
): Promise<Result<readonly PromisedOrder[], CheckoutError>> {
  const conflict = await readConflict(ctx, conflictId);
  if (!conflict) return err({ code: "conflict.unknown" });
  const orders: PromisedOrder[] = [];
  for (const row of await promisedRows(ctx, conflictId)) {
    const short = orders.length < MOST_PROPOSALS ? await unitsShort(ctx, row.orderId, conflict) : undefined;
    const otherPlaceId = (short && (await otherPlaceFor(ctx, short.whole, short.units))) ?? null;
    const coming = short && (await comingFor(ctx, { ...short, variantId: conflict.variantId }));
    orders.push({ ...row, units: short?.count ?? 0, otherPlaceId, comesOn: coming?.on ?? null });
  }
  return ok(orders);
}

async function promisedRows(ctx: Pick<ReadCtx, "db">, conflictId: string): Promise<PromisedRow[]> {
  const { rows } = await sql<PromisedRow>`
    select o.id as "orderId", o.number, a.quantity, min(f.placed_at) as "placedAt", o.channel_id as "channelId",
           coalesce(bool_and(f.state in ('planned', 'assigned', 'accepted')), false) as "isCancelable"
      from stock.read_conflict c
      join stock.read_promised a on a.variant_id = c.variant_id and a.place_id = c.place_id
      join orders.read_state o on o.id = a.order_id
      join fulfillment.read_waiting f on f.order_id = o.id
     where c.id = ${conflictId} and o.state = 'placed'
     group by o.id, o.number, a.quantity, o.channel_id
     order by "isCancelable" desc, "placedAt" desc, o.id limit 50`.execute(ctx.db);
  return rows;
}

/**
 * The missing units that an order was promised at the place, on the fulfillment that may still give them up, the one that was promised for the
 * latest time first; undefined when none may. What waits for goods that come is not missing.
 */
async function unitsShort(ctx: Pick<ReadCtx, "db">, orderId: OrderId, { placeId, variantId, missing }: Conflict) {
  const { rows } = await sql<{ id: LineId }>`
    select l.id from orders.read_line l
     where l.order_id = ${orderId} and (l.variant_id = ${variantId} or exists (
       select from stock.read_allocated a where a.order_line_id = l.id and a.variant_id = ${variantId} and a.place_id = ${placeId}))
       and not exists (select from stock.read_waiting w where w.line_id = l.id and w.place_id = ${placeId})
     order by l.position desc`.execute(ctx.db);
  const own = new Set(rows.map(({ id }) => id));
  const latest = ({ fulfillment }: WholeFulfillment): number => fulfillment.promised_at?.getTime() ?? 0;
  for (const whole of (await fulfillmentsOf(ctx, orderId)).toSorted((a, b) => latest(b) - latest(a))) {
    const isHere = whole.fulfillment.place_id === placeId && move(whole.fulfillment.state, "reject").kind === "moves";
    let left = missing;
    const units = (isHere ? whole.lines : []).flatMap(({ order_line_id: orderLineId, quantity }) => {
      const taken = own.has(orderLineId) ? Math.min(quantity, left) : 0;
      left -= taken;
      return taken > 0 ? [{ orderLineId, quantity: taken }] : [];
    });
    if (units.length > 0) return { whole, units, count: missing - left };
  }
  return undefined;
}

export type Resolution =
  | { readonly outcome: "cancel_order" | "cancel_line" | "other_place"; readonly orderId: string; readonly note: string }
  /** `on`: the day as it was shown. */
  | { readonly outcome: "wait_until"; readonly orderId: string; readonly on: string; readonly note: string }
  | { readonly outcome: "wait"; readonly note: string };

const NOTED = {
  cancel_order: "canceled_order",
  cancel_line: "canceled_line",
  other_place: "other_place",
  wait_until: "wait_until",
  wait: "wait",
} as const;

/**
 * Carries out what staff decided about a conflict [CHK-11]: one of its orders gets the units from another place, waits for goods that come on a
 * known day, gives the units up with their money back or is canceled as a whole; or goods are waited for without a word to anybody. The
 * conflict itself ends when the level can serve all that is promised. Answers whether it has.
 * Errors: `conflict.unknown`, `conflict.other_order`, `conflict.no_other_place`, `conflict.other_day`, those of `cancelOrder` and `rejectUnits`.
 */
export async function resolveConflict(
  ctx: Ctx,
  vault: Vault,
  conflictId: string,
  resolution: Resolution,
): Promise<Result<{ readonly state: "open" | "resolved" }, CheckoutError>> {
  const conflict = await readConflict(ctx, conflictId);
  if (!conflict) return err({ code: "conflict.unknown" });
  const { outcome, note } = resolution;
  if (resolution.outcome !== "wait") {
    const promised = await promisedRows(ctx, conflictId);
    const order = promised.find(({ orderId }) => orderId === resolution.orderId);
    if (!order) return err({ code: "conflict.other_order" });
    const done = await actOnOrder(ctx, vault, conflict, order.orderId, resolution);
    if (!done.ok) return done;
  }
  await sql`
    select stock.decide_conflict(${conflictId}, ${NOTED[outcome]}, ${note}, ${ctx.actor.staff?.id ?? null}, ${ctx.now})`.execute(ctx.db);
  const { rows } = await sql<{ isOver: boolean }>`
    select resolved_at is not null as "isOver" from stock.read_conflict where id = ${conflictId}`.execute(ctx.db);
  return ok({ state: rows[0]?.isOver ? "resolved" : "open" });
}

async function actOnOrder(
  ctx: Ctx,
  vault: Vault,
  conflict: Conflict,
  orderId: OrderId,
  resolution: Exclude<Resolution, { outcome: "wait" }>,
): Promise<Result<unknown, CheckoutError>> {
  const { outcome, note } = resolution;
  if (outcome === "cancel_order") return cancelOrder(ctx, orderId, note);
  const short = await unitsShort(ctx, orderId, conflict);
  if (!short) return err({ code: "conflict.other_order" });
  const isMoveOnly = outcome === "other_place";
  // The goods are sold, not lost: the till's sale has taken them off what is on hand.
  const wish = { reason: "out_of_stock", lines: short.units, elsewhere: isMoveOnly, isMoveOnly, isMissing: true, lost: null } as const;
  if (outcome !== "wait_until") return giveElsewhere(ctx, vault, short.whole.fulfillment.id, wish);
  const { variantId } = conflict;
  const coming = await comingFor(ctx, { ...short, variantId });
  // Its customer is told the day that staff have read, or none.
  if (coming?.on !== resolution.on) return err({ code: "conflict.other_day", on: coming?.on ?? null });
  return giveElsewhere(ctx, vault, short.whole.fulfillment.id, { ...wish, waitsFor: { ...coming, variantId } });
}

async function readConflict(ctx: Pick<ReadCtx, "db" | "actor">, conflictId: string): Promise<Conflict | undefined> {
  const { rows } = await sql<Conflict>`
    select place_id as "placeId", variant_id as "variantId", missing from stock.read_conflict where id = ${conflictId}`.execute(ctx.db);
  const conflict = rows[0];
  return conflict && mayActAt(ctx.actor, conflict.placeId) ? conflict : undefined;
}
