import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { mustRead, step } from "./commands.ts";
import { FulfillmentMoved } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";

/** When something is ready instead: at `promisedAt`, and where its customer chose a slot, in the one from `dueAt` until `slotUntil`. */
export type NewDue = {
  readonly promisedAt: Date;
  readonly dueAt: Date | null;
  readonly slotUntil: Date | null;
  readonly reason: string | null;
};

/**
 * Writes another time at which something is collected, as a step that says who and why [FUL-17]. The caller holds the order's lock and has taken
 * the room. Publishes `fulfillment.changed.v1` and `fulfillment.moved.v1`, by which its customer is told.
 */
export async function moveDue(
  ctx: Ctx,
  whole: WholeFulfillment,
  { promisedAt, dueAt, slotUntil, reason }: NewDue,
): Promise<WholeFulfillment> {
  const { id, order_id: orderId, record_id: recordId, place_id: placeId, state } = whole.fulfillment;
  await sql`
    update fulfillment.fulfillment set due_at = ${dueAt}, promised_at = ${promisedAt}, slot_until = ${slotUntil}, delayed_at = null where id = ${id}`.execute(
    ctx.db,
  );
  await step(ctx, whole, state, { reason: reason ?? "moved" });
  const fact = {
    fulfillmentId: id,
    orderId,
    recordId,
    placeId,
    dueAt: promisedAt.toISOString(),
    slotUntil: slotUntil?.toISOString() ?? null,
  };
  await publish(ctx, FulfillmentMoved, `order/${orderId}`, fact);
  return mustRead(ctx, id);
}
