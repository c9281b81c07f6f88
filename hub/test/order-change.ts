import type { OrderId } from "@weft/kernel";
import type { changeOrder } from "../src/modules/checkout/index.ts";
import type { SaleHub } from "./sale-hub.ts";

/** A wish that changes nothing of an order: a test says only what is to be different. */
export const NOTHING: Parameters<typeof changeOrder>[3] = {
  remove: [],
  add: [],
  address: null,
  contact: null,
  reason: null,
  tenders: [],
  expectedDifference: null,
  version: null,
};

type Booked = Readonly<
  Record<"state" | "payment_state", string> &
    Record<"total" | "canceled" | "paid" | "due" | "refunded" | "on_account" | "points" | "version", number>
>;

/** How an order stands in the book. */
export async function booked(hub: Pick<SaleHub, "rows">, orderId: OrderId): Promise<Booked | undefined> {
  const [row] = await hub.rows<Booked>(
    `select state, payment_state, total::int, canceled_amount::int as canceled, paid::int, due::int, refunded::int, on_account::int,
            points_earned::int as points, version
       from orders.orders where id = $1`,
    [orderId],
  );
  return row;
}
