import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** States in which nothing of a fulfillment is to come any more. */
const ENDED: ReadonlySet<string> = new Set(["collected", "dispatched", "delivered", "canceled", "rejected", "not_collected"]);

export const hasEnded = (state: string): boolean => ENDED.has(state);

type ServedLine = { readonly order_line_id: string; readonly quantity: number };

/** What units of an order came to when it was placed, in minor units: each line by its share, without parts of a cent. */
export async function worthOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId, served: readonly ServedLine[]): Promise<number> {
  const { rows } = await sql<{ id: string; ordered: number; total: number }>`
    select id, ordered, total from orders.read_line where order_id = ${orderId}`.execute(ctx.db);
  return served.reduce((sum, { order_line_id: id, quantity }) => {
    const line = rows.find((row) => row.id === id);
    return line ? sum + Math.floor((line.total * quantity) / line.ordered) : sum;
  }, 0);
}
