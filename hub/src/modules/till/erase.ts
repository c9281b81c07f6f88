import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Forgets whose tickets were whose [JRN-3], and what they were called at their table: entries, hashes and counts stay, and name nobody. */
export async function eraseTill(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from till.document_customer where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`
    update till.tab set name = null where name is not null and cart_id in (
      select id from carts.read_open where record_id = any(${[...recordIds]}::uuid[])
      union all select cart_id from orders.read_state where record_id = any(${[...recordIds]}::uuid[]))`.execute(ctx.db);
  await sql`update till.customer_opening set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}
