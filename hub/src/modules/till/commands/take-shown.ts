import { err, ok, type OrderId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { auditWrite, grantShown } from "../../access/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";
import { orderByNumber, type OrderError } from "../../orders/index.ts";

export type Shown = { readonly subject: string; readonly orderId: OrderId; readonly expiresAt: Date };

/**
 * Takes the number of an order that a customer shows: the order can be opened here for half an hour, also where channels only hand
 * over [ORD-7]. Kept in the audit, because a number can be guessed. Errors: `order.unknown`, also for one of a siloed channel.
 */
export async function takeShown(ctx: Ctx, shown: string): Promise<Result<Shown, OrderError>> {
  const order = await orderByNumber(ctx, shown.trim().toUpperCase());
  if (!order) return err({ code: "order.unknown" });
  const { carried } = await carriesBetween(ctx, order, standpointOf(ctx), "order", "order_number");
  if (!carried) return err({ code: "order.unknown" });
  const subject = `order/${order.id}`;
  const expiresAt = await grantShown(ctx, subject, "order_number");
  await auditWrite(ctx, { action: "grants.create", subject });
  return ok({ subject, orderId: order.id, expiresAt });
}
