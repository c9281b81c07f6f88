import { randomBytes } from "node:crypto";
import {
  err,
  ok,
  type AccountId,
  type BusinessDate,
  type ChannelId,
  type EntityId,
  type Id,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
  type TransferId,
} from "@weft/kernel";
import { sql } from "kysely";
import { customerOf, sharedBetween } from "../../customers/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import {
  cardNumber,
  expiryOf,
  judgeReferral,
  leastOf,
  referralCode,
  usableFrom,
  type ReferralId,
  type WaitingReferral,
} from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PointsTakenBack, ReferralRefused, ReferralThanked } from "../events.ts";
import { pointsUnit } from "../queries/program.ts";
import { programNow } from "../snapshot.ts";

/** The code by which a record brings others, made when it is first asked for. */
export async function referralCodeOf(ctx: Ctx, recordId: RecordId): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    with made as (
      insert into loyalty.referral_code (record_id, code, made_at) values (${recordId}, ${referralCode(randomBytes(8))}, ${ctx.now})
      on conflict do nothing returning code)
    select code from made union all select code from loyalty.referral_code where record_id = ${recordId} limit 1`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("another code was the same: the next try makes a new one");
  return row.code;
}

/**
 * Somebody says who brought them [LOY-27], before they buy for the first time, and once. Two who look like one person are kept as refused, with the reason.
 * Errors: `loyalty.not_offered`, `loyalty.referral_unknown`, `loyalty.referral_own`, `loyalty.referral_late`. Publishes `loyalty.referral_refused.v1`.
 */
export async function claimReferral(ctx: Ctx, friendId: RecordId, code: string): Promise<Result<"waiting" | "refused", LoyaltyError>> {
  const program = await programNow(ctx);
  if (!program?.rule.terms.referral) return err({ code: "loyalty.not_offered" });
  const customerId = await customerOf(ctx, friendId);
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.referral/' || ${customerId}::text, 0))`.execute(ctx.db);
  const { rows } = await sql<{ referrerId: RecordId | null; isLate: boolean; isMutual: boolean }>`
    select (select record_id from loyalty.referral_code where code = ${code}) as "referrerId",
           exists (select from loyalty.referral where friend_id in (select customers.records_of(${friendId})))
             or exists (select from ledger.read_movement m where m.record_id in (select customers.records_of(${friendId})) and m.kind = 'earn') as "isLate",
           exists (select from loyalty.referral r join loyalty.referral_code c on c.record_id = r.friend_id
                    where c.code = ${code} and r.referrer_id in (select customers.records_of(${friendId}))) as "isMutual"`.execute(ctx.db);
  const { referrerId = null, isLate = true, isMutual = false } = rows[0] ?? {};
  if (referrerId === null) return err({ code: "loyalty.referral_unknown" });
  if (isMutual || (await customerOf(ctx, referrerId)) === customerId) return err({ code: "loyalty.referral_own" });
  if (isLate) return err({ code: "loyalty.referral_late" });
  const shared = await sharedBetween(ctx, friendId, referrerId);
  const id = ctx.newId<ReferralId>();
  await sql`
    insert into loyalty.referral (id, friend_id, referrer_id, state, because, at)
    values (${id}, ${friendId}, ${referrerId}, ${shared === null ? "waiting" : "refused"}, ${shared === null ? null : `shared_${shared}`}, ${ctx.now})`.execute(
    ctx.db,
  );
  if (shared === null) return ok("waiting");
  await publish(ctx, ReferralRefused, `record/${friendId}`, { recordId: friendId, referralId: id, because: `shared_${shared}` });
  return ok("refused");
}

export type FirstSale = {
  readonly referral: WaitingReferral;
  readonly orderId: OrderId;
  /** What is paid for what earns, in minor units. */
  readonly paid: number;
  readonly document: {
    readonly entityId: EntityId;
    readonly placeId: PlaceId | null;
    readonly channelId: ChannelId;
    readonly businessDate: BusinessDate;
    readonly timeZone: string;
  };
};

/**
 * Thanks both for a first order, in its transaction [LOY-27], or keeps why not. Balances: called last. The order that is first to write it has it, whatever
 * others are placed at the same moment. Publishes `loyalty.referral_thanked.v1` for each, or `loyalty.referral_refused.v1`.
 */
export async function settleReferral(ctx: Ctx, { referral, orderId, paid, document }: FirstSale): Promise<void> {
  const program = await programNow(ctx, document);
  const terms = program?.rule.terms.referral;
  if (!program || !terms) return;
  const { id, friendId, referrerId } = referral;
  const decision = judgeReferral(terms, { ...referral, paid });
  const isThanks = decision.kind === "thanks";
  const { rows } = await sql`
    update loyalty.referral set order_id = ${orderId}, state = ${isThanks ? "thanked" : "refused"}, because = ${isThanks ? null : decision.because},
           minimum = ${leastOf(terms.minimum)}, thanked_on = ${isThanks ? document.businessDate : null}::date
     where id = ${id} and state = 'waiting' returning id`.execute(ctx.db);
  if (rows.length === 0) return;
  if (!isThanks)
    return publish(ctx, ReferralRefused, `record/${friendId}`, { recordId: friendId, referralId: id, because: decision.because });
  const thanked = [
    { recordId: friendId, points: decision.friend, kind: "refer_friend" },
    { recordId: referrerId, points: decision.referrer, kind: "refer_referrer" },
  ].filter(({ points }) => points > 0);
  for (const { recordId, points } of thanked)
    await publish(ctx, ReferralThanked, `record/${recordId}`, { recordId, referralId: id, points });
  const { rule, expiry } = program;
  const { entityId, placeId, channelId, businessDate, timeZone } = document;
  await sql`select ledger.lock_balances(array(select account_id from loyalty.membership where record_id in (${friendId}, ${referrerId})))`.execute(
    ctx.db,
  );
  for (const { recordId, points, kind } of thanked)
    await sql`
      select ledger.credit(${ctx.newId<TransferId>()}, ${kind}, 'referral', ${id}, 0, ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date, ${timeZone},
        ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ kind: "referral", data: { version: rule.version } })}::jsonb, ${ctx.now},
        loyalty.enroll(${recordId}, ${rule.programId}, ${ctx.newId<AccountId>()}, ${cardNumber(ctx.newId<Id<"card">>())}), ${pointsUnit(rule.programId)},
        ${points}, ${expiryOf(expiry, ctx.now, timeZone)}, ${expiry.version}, ${usableFrom(rule.pendingDays, ctx.now, timeZone)})`.execute(
      ctx.db,
    );
}

/**
 * A first order that comes back, until less than the minimum of it stays, thanks nobody [LOY-27]: both lose what they got, a debt where it is spent. Called with
 * the order's lock, where points are taken back. Publishes `loyalty.points_taken_back.v1`.
 */
export async function reverseReferral(ctx: Ctx, orderId: OrderId, paid: number, businessDate: BusinessDate): Promise<void> {
  const { rows } = await sql<{ id: ReferralId; friendId: RecordId | null; referrerId: RecordId | null }>`
    update loyalty.referral set state = 'reversed' where order_id = ${orderId} and state = 'thanked' and minimum > ${paid}
    returning id, friend_id as "friendId", referrer_id as "referrerId"`.execute(ctx.db);
  for (const { id, friendId, referrerId } of rows) {
    await sql`select ledger.lock_source('referral', ${id})`.execute(ctx.db);
    for (const [who, recordId] of [["friend", friendId] as const, ["referrer", referrerId] as const]) {
      const { rows: taken } = await sql<{ points: number }>`
        select ledger.take_back(${ctx.newId<TransferId>()}, ${`refer_${who}`}, ${`unrefer_${who}`}, 'referral', ${id}, 0, 0, ${businessDate}::date,
          ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ kind: "referral_reversed", data: {} })}::jsonb, ${ctx.now}) as points`.execute(
        ctx.db,
      );
      const points = taken[0]?.points ?? 0;
      if (recordId && points > 0)
        await publish(ctx, PointsTakenBack, `record/${recordId}`, { recordId, customerIdThen: null, orderId, points });
    }
  }
}
