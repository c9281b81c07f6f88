import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { lockCustomer } from "../customers/index.ts";
import type { Ctx } from "../../platform/index.ts";

/** The customer before the order, in the order of all locks: how often somebody brings something back is counted under it [RET-7]. */
export async function lockBoth(ctx: Ctx, orderId: OrderId): Promise<void> {
  const { rows } = await sql<{ recordId: Parameters<typeof lockCustomer>[1] | null }>`
    select record_id as "recordId" from orders.read_state where id = ${orderId}`.execute(ctx.db);
  const recordId = rows[0]?.recordId ?? null;
  if (recordId !== null) await lockCustomer(ctx, recordId);
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
}
