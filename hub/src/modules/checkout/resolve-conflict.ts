import { asId, err, ok, type ChannelId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import type { CheckoutError } from "./errors.ts";

/** An order that was promised units which are missing now. */
export type PromisedOrder = {
  readonly orderId: OrderId;
  readonly number: string;
  readonly quantity: number;
  readonly placedAt: Date;
  readonly channelId: ChannelId;
  readonly isCancelable: boolean;
};

/**
 * The orders that share the missing units, the weakest promise first: what was placed last and is not in preparation yet.
 * Errors: `conflict.unknown`, also where the caller does not reach its place.
 */
export async function ordersInConflict(
  ctx: Pick<ReadCtx, "db" | "actor">,
  conflictId: string,
): Promise<Result<readonly PromisedOrder[], CheckoutError>> {
  if (!(await placeOfConflict(ctx, conflictId))) return err({ code: "conflict.unknown" });
  const { rows } = await sql<PromisedOrder>`
    select o.id as "orderId", o.number, a.quantity, min(f.placed_at) as "placedAt", o.channel_id as "channelId",
           coalesce(bool_and(f.state in ('planned', 'assigned', 'accepted')), false) as "isCancelable"
      from stock.read_conflict c
      join stock.read_promised a on a.variant_id = c.variant_id and a.place_id = c.place_id
      join orders.read_state o on o.id = a.order_id
      join fulfillment.read_waiting f on f.order_id = o.id
     where c.id = ${conflictId} and o.state = 'placed'
     group by o.id, o.number, a.quantity, o.channel_id
     order by "isCancelable" desc, "placedAt" desc, o.id limit 50`.execute(ctx.db);
  return ok(rows);
}

export type Resolution =
  | { readonly outcome: "cancel_order"; readonly orderId: string; readonly note: string }
  | { readonly outcome: "wait"; readonly note: string };

/**
 * Carries out what staff decided about a conflict [CHK-11]: one of its orders is canceled with everything given back, or goods are waited
 * for. The conflict itself ends when the level can serve all that is promised. Answers whether it has.
 * Errors: `conflict.unknown`, `conflict.other_order`, and those of `cancelOrder`.
 */
export async function resolveConflict(
  ctx: Ctx,
  conflictId: string,
  resolution: Resolution,
): Promise<Result<{ readonly state: "open" | "resolved" }, CheckoutError>> {
  const { outcome, note } = resolution;
  const promised = await ordersInConflict(ctx, conflictId);
  if (!promised.ok) return promised;
  if (outcome === "cancel_order") {
    if (!promised.value.some(({ orderId }) => orderId === resolution.orderId)) return err({ code: "conflict.other_order" });
    const canceled = await cancelOrder(ctx, asId<OrderId>(resolution.orderId), note);
    if (!canceled.ok) return canceled;
  }
  const done = outcome === "cancel_order" ? "canceled_order" : "wait";
  await sql`select stock.decide_conflict(${conflictId}, ${done}, ${note}, ${ctx.actor.staff?.id ?? null}, ${ctx.now})`.execute(ctx.db);
  const { rows } = await sql<{ isOver: boolean }>`
    select resolved_at is not null as "isOver" from stock.read_conflict where id = ${conflictId}`.execute(ctx.db);
  return ok({ state: rows[0]?.isOver ? "resolved" : "open" });
}

async function placeOfConflict(ctx: Pick<ReadCtx, "db" | "actor">, conflictId: string): Promise<PlaceId | undefined> {
  const { rows } = await sql<{ placeId: PlaceId }>`
    select place_id as "placeId" from stock.read_conflict where id = ${conflictId}`.execute(ctx.db);
  const placeId = rows[0]?.placeId;
  return placeId && mayActAt(ctx.actor, placeId) ? placeId : undefined;
}
