import { err, ok, type FulfillmentId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
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
  const { order_id: orderId, place_id: placeId } = before.fulfillment;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const order = await stateOf(ctx, orderId);
  const isOwn = ctx.actor.staff || ctx.actor.device ? worksAt(ctx, placeId) : order !== undefined && (await mayCancel(ctx, order));
  const whole = (await fulfillmentsOf(ctx, orderId)).find(({ fulfillment }) => fulfillment.id === id);
  return isOwn && whole ? ok(whole) : err({ code: "fulfillment.unknown" });
}
