import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { OrderChanged } from "../orders/events.ts";
import { addContribution } from "../orders/index.ts";
import { tellReady } from "./commands.ts";
import type { WholeFulfillment } from "./queries.ts";

/**
 * The units leave the place, over the counter or with the carrier [FUL-5]: they count as handed over on the order, whoever did it is
 * credited, and the goods leave the stock. Stock last: the contended rows are locked just before the commit. Publishes `order.changed.v1`.
 */
export async function serve(ctx: Ctx, { fulfillment, lines }: WholeFulfillment, credit: "hand_over" | "picking"): Promise<void> {
  const { id, order_id: orderId, record_id: recordId, place_id: placeId } = fulfillment;
  const ids = lines.map((line) => line.order_line_id);
  const quantities = lines.map((line) => line.quantity);
  await sql`select orders.fulfill(${orderId}, ${ids}::uuid[], ${quantities}::integer[])`.execute(ctx.db);
  await tellReady(ctx, orderId);
  await addContribution(ctx, orderId, credit);
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
  await sql`
    select stock.fulfill(${id}, ${placeId}, taken.lines, taken.quantities)
      from stock.in_parts(${ids}::uuid[], ${quantities}::integer[]) as taken`.execute(ctx.db);
}
