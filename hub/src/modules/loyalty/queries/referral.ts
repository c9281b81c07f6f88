import type { BusinessDate, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { sharedBetween } from "../../customers/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { WaitingReferral } from "../domain/index.ts";

/** Who brought a customer, where that waits for their first order [LOY-27]. */
export async function waitingReferralOf(
  ctx: Pick<ReadCtx, "db">,
  recordId: RecordId,
  today: BusinessDate,
): Promise<WaitingReferral | null> {
  const { rows } = await sql<Omit<WaitingReferral, "shared">>`
    select r.id, r.friend_id as "friendId", r.referrer_id as "referrerId",
           (select count(*) from loyalty.referral t where t.referrer_id in (select customers.records_of(r.referrer_id))
               and t.thanked_on >= date_trunc('year', ${today}::date) and t.state = 'thanked')::integer as "thankedThisYear"
      from loyalty.referral r
     where r.state = 'waiting' and r.referrer_id is not null and r.friend_id in (select customers.records_of(${recordId})) limit 1`.execute(
    ctx.db,
  );
  const [row] = rows;
  return row ? { ...row, shared: await sharedBetween(ctx, row.friendId, row.referrerId) } : null;
}

/** How many friends somebody was thanked for. */
export async function friendsBrought(ctx: Pick<ReadCtx, "db">, recordId: RecordId): Promise<number> {
  const { rows } = await sql<{ friends: number }>`
    select count(*)::integer as friends from loyalty.referral where state = 'thanked' and referrer_id in (select customers.records_of(${recordId}))`.execute(
    ctx.db,
  );
  return rows[0]?.friends ?? 0;
}
