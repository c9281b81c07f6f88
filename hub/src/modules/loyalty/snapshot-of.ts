import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** Cards, points by lot, debts, redemptions and grants of a customer's records, for export and for comparing before a merge and after its undoing. */
export async function loyaltySnapshotOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  const { rows } = await sql`
    select record_id, card_number, account_id, balance::text as balance,
           coalesce((select jsonb_agg(jsonb_build_object('earnedAt', l.earned_at, 'expiresAt', l.expires_at, 'points', l.quantity, 'open', l.remaining)
                     order by l.earned_at, l.id) from ledger.read_lot l where l.account_id = m.account_id), '[]') as lots,
           coalesce((select jsonb_agg(jsonb_build_object('orderId', r.order_id, 'reward', v.name, 'points', r.points) order by r.at, r.position)
                     from loyalty.redemption r join loyalty.reward_version v on v.reward_id = r.reward_id and v.version = r.reward_version
                     where r.record_id = m.record_id), '[]') as redemptions,
           coalesce((select jsonb_agg(jsonb_build_object('points', g.points, 'reason', g.reason, 'at', g.at) order by g.at, g.id)
                     from loyalty.points_grant g where g.record_id = m.record_id), '[]') as granted,
           coalesce((select jsonb_agg(jsonb_build_object('wallet', w.wallet, 'since', w.made_at) order by w.wallet)
                     from loyalty.wallet_pass w where w.record_id = m.record_id), '[]') as wallets,
           coalesce((select jsonb_agg(jsonb_build_object('orderId', p.order_id, 'points', p.points, 'amount', p.amount, 'currency', p.currency) order by p.at, p.tender_id)
                     from loyalty.points_tender p where p.record_id = m.record_id), '[]') as paid,
           coalesce((select jsonb_agg(jsonb_build_object('points', case when t.from_record = m.record_id then -t.points else t.points end, 'at', t.at) order by t.at, t.id)
                     from loyalty.transfer t where m.record_id in (t.from_record, t.to_record)), '[]') as transfers,
           coalesce((select jsonb_agg(jsonb_build_object('purse', pool.name, 'kind', pool.kind, 'owner', s.is_owner, 'since', s.joined_at, 'until', s.left_at) order by s.joined_at, s.id)
                     from loyalty.pool_member s join loyalty.pool on pool.id = s.pool_id where s.record_id = m.record_id), '[]') as purses,
           coalesce((select jsonb_agg(jsonb_build_object('brought', r.referrer_id = m.record_id, 'state', r.state, 'at', r.at) order by r.at, r.id)
                     from loyalty.referral r where m.record_id in (r.friend_id, r.referrer_id)), '[]') as referrals,
           coalesce((select jsonb_agg(jsonb_build_object('partner', p.name, 'reference', e.reference, 'points', e.points, 'at', e.at) order by e.at, e.id)
                     from loyalty.partner_earning e join loyalty.partner p on p.id = e.partner_id where e.record_id = m.record_id), '[]') as "partnerPurchases",
           coalesce((select jsonb_agg(jsonb_build_object('partner', p.name, 'reference', b.reference, 'points', b.left_points, 'at', b.at) order by b.at, b.id)
                     from loyalty.partner_burning b join loyalty.partner p on p.id = b.partner_id where b.record_id = m.record_id), '[]') as "partnerPayments",
           (select t.tier from loyalty.tier_standing t where t.record_id = m.record_id) as tier,
           coalesce((select jsonb_agg(jsonb_build_object('orderId', u.order_id, 'bonus', u.bonus_id, 'at', u.at, 'pieces', u.pieces, 'times', u.times) order by u.at, u.order_id)
                     from loyalty.bonus_use u where u.record_id = m.record_id), '[]') as bonuses
    from loyalty.read_member m where record_id = any(${ids}) order by record_id`.execute(ctx.db);
  return rows;
}
