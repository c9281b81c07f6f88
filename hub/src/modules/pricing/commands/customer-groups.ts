import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CustomerGroup } from "../domain/index.ts";

/** Puts the people of records into a group with prices of its own. Putting one in twice changes nothing. */
export async function joinCustomerGroup(ctx: Ctx, recordIds: readonly RecordId[], group: CustomerGroup): Promise<void> {
  await sql`
    insert into pricing.customer_group (record_id, customer_group, since)
    select distinct id, ${group}, ${ctx.now}::timestamptz from unnest(${[...recordIds]}::uuid[]) as id order by id
    on conflict do nothing`.execute(ctx.db);
}

export async function leaveCustomerGroup(ctx: Ctx, recordId: RecordId, group: CustomerGroup): Promise<void> {
  await ctx.db.deleteFrom("pricing.customer_group").where("record_id", "=", recordId).where("customer_group", "=", group).execute();
}

/** Erasure: forgets the groups of these records, and who used a code or a promotion; that it was used stays, for its budget. */
export async function erasePricingRecords(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<void> {
  await sql`
    with forgotten as (delete from pricing.customer_group where record_id = any (${recordIds}::uuid[])),
         unused as (update pricing.promotion_use set record_id = null where record_id = any (${recordIds}::uuid[]))
    update pricing.code_use set record_id = null where record_id = any (${recordIds}::uuid[])`.execute(ctx.db);
}
