import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** What the orders of a customer's records are, for comparing before a merge and after its undoing. */
export async function ordersSnapshotOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select o.id, o.number, o.record_id, o.state, o.payment_state, o.fulfillment_state, o.total::text as total, o.version
    from orders.orders o where o.record_id = any(${[...recordIds]}::uuid[]) order by o.id`.execute(ctx.db);
  return rows;
}
