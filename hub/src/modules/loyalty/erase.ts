import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Forgets the cards, tiers and evening balances of erased records, who had which bonus, and whom staff gave points to. The ledger and what was redeemed keep their entries, which name nobody any more. */
export async function eraseMemberships(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from loyalty.membership where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.points_grant set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.bonus_use set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`
    with standing as (delete from loyalty.tier_standing where record_id = any(${[...recordIds]}::uuid[])),
         warned as (delete from loyalty.expiry_warning where record_id = any(${[...recordIds]}::uuid[]))
    delete from loyalty.tier_change where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`delete from loyalty.balance_day where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}
