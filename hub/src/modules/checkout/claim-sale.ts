import { err, ok, type OrderId, type RecordId, type Result } from "@weft/kernel";
import { publish, type Ctx } from "../../platform/index.ts";
import { earnClaimed } from "../loyalty/index.ts";
import { addPointsEarned, attachBuyer, readOrder } from "../orders/index.ts";
import { OrderChanged, OrderClaimed } from "../orders/events.ts";
import type { CheckoutError } from "./errors.ts";
import { earningOf, readNow } from "./order-now.ts";

/**
 * A sale that nobody was known to have bought becomes a customer's, with the points that it had earned [CHK-61]: once, and only while all of it is
 * still theirs. Claimed again by the same record it is the same claim. Errors: `order.unknown`, `order.claimed`, `order.not_claimable`. Publishes
 * `order.claimed.v1`, `order.changed.v1`.
 */
export async function claimSale(
  ctx: Ctx,
  orderId: OrderId,
  recordId: RecordId,
): Promise<Result<{ readonly points: number }, CheckoutError>> {
  const isFirst = await attachBuyer(ctx, orderId, recordId);
  const entry = await readOrder(ctx, orderId);
  if (!entry) return err({ code: "order.unknown" });
  const { order } = entry;
  if (!isFirst) return order.record_id === recordId ? ok({ points: order.points_earned }) : err({ code: "order.claimed" });
  const now = await readNow(ctx, orderId);
  if (order.mode === "imported" || order.state === "canceled" || now.gone > 0) return err({ code: "order.not_claimable" });
  const {
    entity_id: entityId,
    place_id: placeId,
    channel_id: channelId,
    business_date: businessDate,
    time_zone: timeZone,
    currency,
  } = order;
  const fact = { orderId, recordId, placeId };
  await publish(ctx, OrderChanged, `order/${orderId}`, fact);
  const points = await earnClaimed(ctx, {
    orderId,
    recordId,
    paid: earningOf(now),
    currency,
    document: { entityId, placeId, channelId, businessDate, timeZone },
  });
  if (points > 0) await addPointsEarned(ctx, orderId, points);
  const claimed = { ...fact, number: order.number, channelId, total: order.total, currency, points };
  await publish(ctx, OrderClaimed, `order/${orderId}`, claimed);
  return ok({ points });
}
