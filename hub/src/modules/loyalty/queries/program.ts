import type { BonusTermsView, LoyaltyTermsView, TierTermsView } from "@weft/contracts";
import type { BusinessDate, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { RewardBenefit, RewardId } from "../../pricing/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import {
  NO_EXPIRY,
  NO_TERMS,
  type BaseRule,
  type DatedRule,
  type EarnRule,
  type ExpiryPolicy,
  type ProgramId,
  type Reward,
} from "../domain/index.ts";
import { toBonus } from "../terms.ts";

type RuleRow = Omit<DatedRule, "bonuses"> & { readonly bonuses: readonly BonusTermsView[] };

const RULE = sql`
  program.id as "programId", program.name as "programName", rule.version, rule.points, rule.per_minor_units as "perMinorUnits", rule.currency,
  rule.pending_days as "pendingDays", rule.bonuses, rule.tiers, rule.terms, rule.valid_from as "validFrom", rule.begins_on::text as "beginsOn"
  from loyalty.program join loyalty.rule_set as rule on rule.program_id = program.id and rule.withdrawn_at is null`;

const toRule = (row: RuleRow): DatedRule => ({ ...row, bonuses: row.bonuses.map(toBonus), terms: { ...NO_TERMS, ...row.terms } });

/** The current program with the rule in force now, or at a moment, where the clocks show a time zone or else by the clock of the house [LOY-44]; null when none was set up. */
export async function currentRule(
  ctx: Pick<ReadCtx, "db">,
  { at = null, timeZone = null }: { readonly at?: Date | null; readonly timeZone?: string | null } = {},
): Promise<EarnRule | null> {
  const { rows } = await sql<RuleRow>`
    select ${RULE}, lateral (select coalesce(rule.begins_on::timestamp at time zone coalesce(${timeZone}, (select time_zone from places.read_house), 'UTC'),
                                             rule.valid_from) as starts) s
     where program.is_current
     order by s.starts <= coalesce(${at}::timestamptz, now()) desc,
              case when s.starts <= coalesce(${at}::timestamptz, now()) then s.starts end desc, s.starts, rule.version desc limit 1`.execute(
    ctx.db,
  );
  return rows[0] ? toRule(rows[0]) : null;
}

/**
 * The versions that may be in force from now on, in whatever time zone: the newest that holds everywhere, and all that began or begin after it.
 * Withdrawn ones are none.
 */
export async function ruleVersions(ctx: Pick<ReadCtx, "db">): Promise<DatedRule[]> {
  const { rows } = await sql<RuleRow>`
    with dated as (select program_id, version, coalesce(begins_on::timestamp at time zone 'UTC', valid_from) as starts from loyalty.rule_set where withdrawn_at is null)
    select ${RULE} join dated on dated.program_id = rule.program_id and dated.version = rule.version
     where program.is_current and dated.starts >= coalesce((select max(d.starts) from dated d where d.program_id = rule.program_id and d.starts < now() - interval '2 days'), '-infinity')
     order by dated.starts, rule.version`.execute(ctx.db);
  return rows.map(toRule);
}

export const pointsUnit = (programId: ProgramId): string => `points:${programId}`;

/** How long points last that are earned now. */
export async function currentExpiry(ctx: Pick<ReadCtx, "db">, programId: ProgramId): Promise<ExpiryPolicy> {
  const { rows } = await sql<ExpiryPolicy>`
    select version, kind, length from loyalty.expiry_policy where program_id = ${programId} order by version desc limit 1`.execute(ctx.db);
  return rows[0] ?? NO_EXPIRY;
}

type RewardRow = Omit<Reward, "benefit"> & {
  readonly kind: RewardBenefit["kind"];
  readonly variantIds: readonly VariantId[] | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
};

/** Rewards in their newest version, the cheapest first: one, or all of the current program, the ended ones too. */
export async function rewardsOf(ctx: Pick<ReadCtx, "db">, which: { readonly id: RewardId } | "all"): Promise<Reward[]> {
  const id = which === "all" ? null : which.id;
  const { rows } = await sql<RewardRow>`
    select r.id, v.version, v.name, v.cost, v.benefit as kind, v.variant_ids as "variantIds", v.amount, v.currency, v.numerator, v.denominator,
           v.valid_from as "validFrom", v.valid_to as "validTo", v.place_ids as "placeIds", v.channel_ids as "channelIds"
    from loyalty.reward r join loyalty.program on program.id = r.program_id and program.is_current,
         lateral (select * from loyalty.reward_version v where v.reward_id = r.id order by v.version desc limit 1) v
    where ${id}::uuid is null or r.id = ${id}::uuid
    order by v.cost, r.id`.execute(ctx.db);
  return rows.map(toReward);
}

function toReward({ kind, variantIds, amount, currency, numerator, denominator, ...reward }: RewardRow): Reward {
  return { ...reward, benefit: benefitOf({ kind, variantIds, amount, currency, numerator, denominator }) };
}

/** The table's own check holds that each kind has its columns. */
function benefitOf(row: Pick<RewardRow, "kind" | "variantIds" | "amount" | "currency" | "numerator" | "denominator">): RewardBenefit {
  if (row.kind === "product") return { kind: "product", variantIds: row.variantIds ?? [] };
  if (row.kind === "amount") return { kind: "amount", money: { amount: row.amount ?? 0, currency: row.currency ?? "" } };
  return { kind: "percentage", rate: { numerator: row.numerator ?? 0, denominator: row.denominator ?? 1 } };
}

export type NamedVersion = { readonly version: number; readonly validFrom: Date };
export type PastRule = Omit<BaseRule, "version"> &
  NamedVersion & {
    readonly beginsOn: BusinessDate | null;
    readonly pendingDays: number;
    readonly bonuses: readonly BonusTermsView[];
    readonly tiers: TierTermsView | null;
    readonly terms: LoyaltyTermsView;
  };
export type PastExpiry = Pick<ExpiryPolicy, "kind" | "length"> & NamedVersion;

/**
 * Every version of how the program earns and expires, the newest first, as of a day: what holds and what held before; and the version whose day is to
 * come [LOY-44], null where none is. Withdrawn ones never held.
 */
export async function historyOfProgram(
  ctx: Pick<ReadCtx, "db">,
  programId: ProgramId,
  today: BusinessDate,
): Promise<{ readonly rules: readonly PastRule[]; readonly planned: PastRule | null; readonly expiry: readonly PastExpiry[] }> {
  const { rows } = await sql<PastRule>`
    select version, points, per_minor_units as "perMinorUnits", currency, pending_days as "pendingDays", bonuses, tiers,
           ${JSON.stringify(NO_TERMS)}::jsonb || terms as terms, valid_from as "validFrom", begins_on::text as "beginsOn"
    from loyalty.rule_set where program_id = ${programId} and withdrawn_at is null
    order by coalesce(begins_on::timestamp at time zone 'UTC', valid_from) desc, version desc`.execute(ctx.db);
  const expiry = await sql<PastExpiry>`
    select version, kind, length, valid_from as "validFrom" from loyalty.expiry_policy where program_id = ${programId} order by version desc`.execute(
    ctx.db,
  );
  const isToCome = ({ beginsOn }: PastRule): boolean => beginsOn !== null && beginsOn > today;
  return { rules: rows.filter((rule) => !isToCome(rule)), planned: rows.find(isToCome) ?? null, expiry: expiry.rows };
}

/** How often a reward was used, and what it took off, per currency. */
export type RewardUse = { readonly rewardId: RewardId; readonly currency: string; readonly used: number; readonly amount: number };

export async function usesOfRewards(ctx: Pick<ReadCtx, "db">): Promise<RewardUse[]> {
  const { rows } = await sql<RewardUse>`
    select reward_id as "rewardId", currency, count(*) as used, sum(amount)::bigint as amount
    from loyalty.redemption group by reward_id, currency order by used desc`.execute(ctx.db);
  return rows;
}

/** What a point took off when it was used, in minor units of a currency; null where none was used yet. */
export async function valueOfPoint(ctx: Pick<ReadCtx, "db">, currency: string): Promise<number | null> {
  const { rows } = await sql<{ value: number | null }>`
    select sum(amount)::float8 / nullif(sum(points), 0)::float8 as value
      from (select amount, points, currency from loyalty.redemption union all select amount, points, currency from loyalty.points_tender) used
     where currency = ${currency}`.execute(ctx.db);
  return rows[0]?.value ?? null;
}

/** How many records are in each tier. */
export async function countInTiers(ctx: Pick<ReadCtx, "db">): Promise<{ code: string; members: number }[]> {
  const { rows } = await sql<{ code: string; members: number }>`
    select tier as code, count(*) as members from loyalty.tier_standing where tier is not null group by tier`.execute(ctx.db);
  return rows;
}

export async function memberCount(ctx: Pick<ReadCtx, "db">, programId: ProgramId): Promise<number> {
  const { rows } = await sql<{
    members: number;
  }>`select count(*) as members from loyalty.membership where program_id = ${programId}`.execute(ctx.db);
  return rows[0]?.members ?? 0;
}
