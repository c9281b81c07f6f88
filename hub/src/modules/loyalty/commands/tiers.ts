import { newId, type BusinessDate, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { customerOf, recordsOf } from "../../customers/index.ts";
import { idList, publish, type Ctx } from "../../../platform/index.ts";
import { nextStanding, tierReached, type EarnRule, type TierStanding } from "../domain/index.ts";
import { TierChanged } from "../events.ts";
import { reachedBy, standingsOf } from "../queries/tiers.ts";
import { currentRule } from "../queries/program.ts";

/**
 * Looks again in which tier the customer of a record is [LOY-15], and writes it on each of their records: counted from the ledger, so it may be asked
 * as often as one likes and says the same. Publishes `loyalty.tier_changed.v1` for each record that changed.
 */
export async function reviewTier(ctx: Ctx, recordId: RecordId): Promise<void> {
  const rule = await currentRule(ctx);
  if (!rule?.tiers) return;
  const recordIds = await recordsOf(ctx, await customerOf(ctx, recordId));
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.tier/' || ${recordIds.toSorted()[0] ?? recordId}::text, 0))`.execute(
    ctx.db,
  );
  const today = ctx.now.toISOString().slice(0, 10);
  const reached = await reachedBy(ctx, recordIds, rule.tiers, today);
  const before = await standingsOf(ctx, recordIds);
  // Linked records are one customer, in the highest tier that any of them was in.
  const rank = (code: string | null) => rule.tiers?.tiers.findIndex((tier) => tier.code === code) ?? -1;
  const nobody: TierStanding = { code: null, belowSince: null };
  const highest = [...before.values()].reduce<TierStanding>((top, one) => (rank(one.code) > rank(top.code) ? one : top), nobody);
  const next = nextStanding(rule.tiers, highest, reached, today);
  for (const id of recordIds) {
    const was = before.get(id);
    if (!was && next.code === null) continue;
    await keepStanding(ctx, { recordId: id, recordIds, rule, next, before: was?.stands ?? null, reached: reached.now, today });
  }
}

type Keeping = {
  readonly recordId: RecordId;
  /** Those of the customer. */
  readonly recordIds: readonly RecordId[];
  readonly rule: EarnRule;
  readonly next: TierStanding;
  readonly before: string | null;
  readonly reached: number;
  readonly today: BusinessDate;
};

async function keepStanding(ctx: Ctx, { recordId, recordIds, rule, next, before, reached, today }: Keeping): Promise<void> {
  const isOther = before !== next.code;
  const records = sql`${idList(recordIds)}::uuid[]`;
  await sql`
    insert into loyalty.tier_standing (record_id, tier, since, below_since, reached, records, checked_on)
    values (${recordId}, ${next.code}, ${ctx.now}, ${next.belowSince}::date, ${reached}, ${records}, ${today}::date)
    on conflict (record_id) do update set tier = excluded.tier, below_since = excluded.below_since, reached = excluded.reached,
      records = excluded.records, checked_on = excluded.checked_on,
      since = case when ${isOther} then excluded.since else tier_standing.since end`.execute(ctx.db);
  if (!isOther) return;
  await sql`
    insert into loyalty.tier_change (id, record_id, at, before, after, reached, records, version)
    values (${newId()}, ${recordId}, ${ctx.now}, ${before}, ${next.code}, ${reached}, ${records}, ${rule.version})`.execute(ctx.db);
  await publish(ctx, TierChanged, `record/${recordId}`, { recordId, before, after: next.code });
}

const REVIEWED_AT_ONCE = 200;

/** Looks again at members in a tier whom nobody looked at today, some at a time; true: there may be more. */
export async function reviewDueTiers(ctx: Ctx): Promise<boolean> {
  const rule = await currentRule(ctx);
  if (!rule?.tiers) return false;
  const { rows } = await sql<{ recordId: RecordId }>`
    select record_id as "recordId" from loyalty.tier_standing where checked_on < ${ctx.now.toISOString().slice(0, 10)}::date
    order by checked_on, record_id limit ${REVIEWED_AT_ONCE}`.execute(ctx.db);
  for (const { recordId } of rows) await reviewTier(ctx, recordId);
  return rows.length === REVIEWED_AT_ONCE;
}

/** Whether a member would be in any tier by what they reached: for those whom no sale touches after tiers were set up. */
export async function reviewNewTiers(ctx: Ctx, after: RecordId | null): Promise<RecordId | null> {
  const rule = await currentRule(ctx);
  const first = rule?.tiers?.tiers[0];
  if (!rule?.tiers || !first) return null;
  const { rows } = await sql<{ recordId: RecordId }>`
    select record_id as "recordId" from loyalty.membership
     where program_id = ${rule.programId} and (${after}::uuid is null or record_id > ${after}::uuid)
     order by record_id limit ${REVIEWED_AT_ONCE}`.execute(ctx.db);
  const today = ctx.now.toISOString().slice(0, 10);
  for (const { recordId } of rows) {
    const { now, before } = await reachedBy(ctx, [recordId], rule.tiers, today);
    if (tierReached(rule.tiers, Math.max(now, before))) await reviewTier(ctx, recordId);
  }
  return rows.length === REVIEWED_AT_ONCE ? (rows.at(-1)?.recordId ?? null) : null;
}
