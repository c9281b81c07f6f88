import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { passOn } from "./commands/pool.ts";
import type { PoolId } from "./queries/pool.ts";
import { erasePasses } from "./wallet/index.ts";

/** Forgets the cards, tiers and evening balances of erased records, who had which bonus, and whom staff gave points to. The ledger and what was redeemed keep their entries, which name nobody any more. */
export async function eraseMemberships(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await erasePasses(ctx, recordIds);
  await sql`delete from loyalty.membership where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.points_grant set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.bonus_use set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await leavePools(ctx, recordIds);
  await sql`delete from loyalty.referral_code where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.referral set friend_id = null where friend_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.referral set referrer_id = null where referrer_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.transfer set from_record = null where from_record = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.transfer set to_record = null where to_record = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.partner_earning set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.partner_burning set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`update loyalty.points_tender set record_id = null where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`
    with standing as (delete from loyalty.tier_standing where record_id = any(${[...recordIds]}::uuid[])),
         warned as (delete from loyalty.expiry_warning where record_id = any(${[...recordIds]}::uuid[]))
    delete from loyalty.tier_change where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`delete from loyalty.balance_day where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}

/** Who shared a purse is forgotten in it; its name, where nobody is left whom it would name. */
async function leavePools(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const { rows } = await sql<{ poolId: PoolId }>`
    with invited as (delete from loyalty.pool_invitation where invited_by = any(${[...recordIds]}::uuid[]))
    delete from loyalty.pool_member where record_id = any(${[...recordIds]}::uuid[]) returning pool_id as "poolId"`.execute(ctx.db);
  for (const poolId of new Set(rows.map((row) => row.poolId))) {
    await passOn(ctx, poolId);
    await sql`
      update loyalty.pool set name = '' where id = ${poolId} and not exists (select from loyalty.pool_member where pool_id = ${poolId})`.execute(
      ctx.db,
    );
  }
}
