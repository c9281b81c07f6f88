import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { tidyAddress, type DeliveryAddress } from "../promises/domain/index.ts";
import { step, tellReady } from "./commands.ts";
import type { LineUnits } from "./domain.ts";
import type { WholeFulfillment } from "./queries.ts";

export type ChangedUnits = {
  readonly takenOff: readonly LineUnits[];
  /** Of lines that it does not have yet. */
  readonly putOn: readonly LineUnits[];
  /** When all of it is ready now; null leaves what was promised. */
  readonly promisedAt: Date | null;
};

/**
 * Changes what of an order a place prepares [FUL-21]: units leave it and lines come to it. Without any left it is canceled. The caller holds the
 * order's lock, has looked that nobody has begun, and sees to stock and money. Publishes `fulfillment.changed.v1`.
 */
export async function changeUnits(ctx: Ctx, whole: WholeFulfillment, { takenOff, putOn, promisedAt }: ChangedUnits): Promise<void> {
  const { id, order_id: orderId, state } = whole.fulfillment;
  const gone = new Map(takenOff.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  const isEmpty = putOn.length === 0 && whole.lines.every(({ order_line_id, quantity }) => gone.get(order_line_id) === quantity);
  if (!isEmpty) {
    const [lines, quantities] = [takenOff.map(({ orderLineId }) => orderLineId), takenOff.map(({ quantity }) => quantity)];
    await sql`select fulfillment.take_off(${id}, ${lines}::uuid[], ${quantities}::integer[])`.execute(ctx.db);
    await sql`
      insert into fulfillment.fulfillment_line (fulfillment_id, order_line_id, quantity)
      select ${id}, * from unnest(${putOn.map(({ orderLineId }) => orderLineId)}::uuid[], ${putOn.map(({ quantity }) => quantity)}::integer[])`.execute(
      ctx.db,
    );
    if (promisedAt) await sql`update fulfillment.fulfillment set promised_at = ${promisedAt} where id = ${id}`.execute(ctx.db);
  }
  await step(ctx, whole, isEmpty ? "canceled" : state, { reason: "order_changed" });
  await tellReady(ctx, orderId);
}

/** Sends what has not left yet to another address in the same country. The caller has looked that nobody has begun. */
export async function changeAddress(ctx: Ctx, whole: WholeFulfillment, address: DeliveryAddress): Promise<void> {
  const { id } = whole.fulfillment;
  await sql`
    update fulfillment.shipment set address = ${JSON.stringify(tidyAddress(address))}::jsonb where fulfillment_id = ${id}`.execute(ctx.db);
  await step(ctx, whole, whole.fulfillment.state, { reason: "order_changed" });
}
