import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { step } from "./commands.ts";
import { FulfillmentDelayed } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";

/**
 * Says that nothing can be made in time of what was promised, and that no later slot takes it [PRM-17]: as a step, to its customer and to its place, once
 * until it is moved. The caller holds the order's lock. Publishes `fulfillment.changed.v1` and `fulfillment.delayed.v1`.
 */
export async function tellDelayed(ctx: Ctx, whole: WholeFulfillment): Promise<void> {
  const { id, order_id: orderId, record_id: recordId, place_id: placeId, promised_at: promisedAt, state } = whole.fulfillment;
  const { numAffectedRows = 0n } = await sql`
    update fulfillment.fulfillment set delayed_at = ${ctx.now} where id = ${id} and delayed_at is null`.execute(ctx.db);
  if (numAffectedRows === 0n || promisedAt === null) return;
  await step(ctx, whole, state, { reason: "delayed" });
  await publish(ctx, FulfillmentDelayed, `order/${orderId}`, {
    fulfillmentId: id,
    orderId,
    recordId,
    placeId,
    promisedAt: promisedAt.toISOString(),
  });
}
