import { err, ok, type FulfillmentId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { fulfillmentsOf, readFulfillment, worksAt, type WholeFulfillment } from "../fulfillment/index.ts";
import { mayCancel, stateOf } from "./cancel-order.ts";
import type { CheckoutError } from "./errors.ts";

/**
 * A part of an order under its order's lock, for whoever may change it: its customer, staff of the place, the secret key of its channel. An id is
 * no right, so that others hear only that there is no such thing. Errors: `fulfillment.unknown`.
 */
export async function lockOwnPart(ctx: Ctx, id: FulfillmentId): Promise<Result<WholeFulfillment, CheckoutError>> {
  const before = await readFulfillment(ctx, id);
  if (!before) return err({ code: "fulfillment.unknown" });
  const { order_id: orderId } = before.fulfillment;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const whole = (await isTheirs(ctx, before))
    ? (await fulfillmentsOf(ctx, orderId)).find(({ fulfillment }) => fulfillment.id === id)
    : undefined;
  return whole ? ok(whole) : err({ code: "fulfillment.unknown" });
}

/** The same for who only looks, without a lock. Errors: `fulfillment.unknown`. */
export async function readOwnPart(ctx: Reader, id: FulfillmentId): Promise<Result<WholeFulfillment, CheckoutError>> {
  const whole = await readFulfillment(ctx, id);
  return whole && (await isTheirs(ctx, whole)) ? ok(whole) : err({ code: "fulfillment.unknown" });
}

type Reader = Pick<ReadCtx, "db" | "actor" | "snapshots">;

async function isTheirs(ctx: Reader, { fulfillment: { order_id: orderId, place_id: placeId } }: WholeFulfillment): Promise<boolean> {
  if (ctx.actor.staff || ctx.actor.device) return worksAt(ctx, placeId);
  const order = await stateOf(ctx, orderId);
  return order !== undefined && (await mayCancel(ctx, order));
}
