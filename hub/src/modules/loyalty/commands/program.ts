import { sql } from "kysely";
import type { BonusTermsView, ExpiryTermsView, LoyaltyTermsView, TierTermsView } from "@weft/contracts";
import { err, ok, wallClock, type BusinessDate, type Result } from "@weft/kernel";
import { auditWrite } from "../../access/index.ts";
import { houseZone, placesSnapshot } from "../../places/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { NO_TERMS, type EarnRule, type ExpiryPolicy, type ProgramId } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { ExpiryChanged, ProgramChanged } from "../events.ts";
import { currentExpiry, currentRule, historyOfProgram } from "../queries/program.ts";

export type NewRule = Pick<EarnRule, "programName" | "points" | "perMinorUnits" | "currency"> & { readonly pendingDays?: number };

/** What a version of a program says beside the points of the amount, as the API takes it. */
type Terms = { readonly bonuses: readonly BonusTermsView[]; readonly tiers: TierTermsView | null; readonly terms: LoyaltyTermsView };

/**
 * Sets how the amount of sales earns from now on: the program is made when there is none, and a rule that differs becomes its next version.
 * Bonuses and tiers stay as they are. Earlier sales keep the version that they earned with [LOY-2]. Publishes `loyalty.program_changed.v1`
 * when something changed.
 */
export async function setProgram(ctx: Ctx, { pendingDays = 0, ...rule }: NewRule): Promise<EarnRule> {
  await lockProgram(ctx);
  const before = await currentRule(ctx);
  if (before && sameRule(before, { pendingDays, ...rule })) return before;
  return writeVersion(
    ctx,
    before,
    { pendingDays, ...rule },
    before ? await termsNow(ctx, before.programId) : { bonuses: [], tiers: null, terms: NO_TERMS },
  );
}

/**
 * Sets what sales earn besides the points of their amount [LOY-13]. `version` is the one that the caller saw. Errors: `loyalty.no_program`,
 * `loyalty.program_changed`. Publishes `loyalty.program_changed.v1`.
 */
export function setBonuses(ctx: Ctx, version: number, bonuses: readonly BonusTermsView[]): Promise<Result<EarnRule, LoyaltyError>> {
  return changeTerms(ctx, version, { bonuses });
}

/** Sets the tiers of the program [LOY-15]; null: it has none. Errors and events: those of `setBonuses`. */
export function setTiers(ctx: Ctx, version: number, tiers: TierTermsView | null): Promise<Result<EarnRule, LoyaltyError>> {
  return changeTerms(ctx, version, { tiers });
}

/** Sets what members may do with points besides rewards [LOY-26]. Errors and events: those of `setBonuses`. */
export function setTerms(ctx: Ctx, version: number, terms: LoyaltyTermsView): Promise<Result<EarnRule, LoyaltyError>> {
  return changeTerms(ctx, version, { terms });
}

async function changeTerms(ctx: Ctx, version: number, change: Partial<Terms>): Promise<Result<EarnRule, LoyaltyError>> {
  await lockProgram(ctx);
  const before = await currentRule(ctx);
  if (!before) return err({ code: "loyalty.no_program" });
  if (before.version !== version) return err({ code: "loyalty.program_changed", version: before.version });
  return ok(await writeVersion(ctx, before, before, { ...(await termsNow(ctx, before.programId)), ...change }));
}

/** A whole version as the API takes it, with the day on which it begins. */
export type WantedPlan = Terms & {
  readonly version: number;
  readonly beginsOn: BusinessDate;
  readonly rule: Pick<EarnRule, "points" | "perMinorUnits" | "pendingDays">;
};

/**
 * Plans a whole version for a day to come [LOY-44]: it holds at each store from the midnight that begins the day there, and until then nothing changes. One is
 * planned at a time, so another takes the place of the one before. `version` is the one in force that the caller saw. Errors: those of `setBonuses`,
 * `loyalty.day_past`. Publishes `loyalty.program_changed.v1`.
 */
export async function planProgram(ctx: Ctx, { version, beginsOn, rule, ...terms }: WantedPlan): Promise<Result<EarnRule, LoyaltyError>> {
  await lockProgram(ctx);
  const before = await currentRule(ctx);
  if (!before) return err({ code: "loyalty.no_program" });
  if (before.version !== version) return err({ code: "loyalty.program_changed", version: before.version });
  const latest = await latestDay(ctx);
  if (beginsOn <= latest) return err({ code: "loyalty.day_past", today: latest });
  await withdrawPlanned(ctx, before.programId, latest);
  const { programName, currency } = before;
  await auditWrite(ctx, { action: "loyalty.planProgram", subject: `program/${before.programId}`, reason: beginsOn });
  return ok(await writeVersion(ctx, before, { programName, currency, ...rule }, terms, beginsOn));
}

/** Undoes what was planned, before its day has begun anywhere [LOY-44]: it never held. Error: `loyalty.no_plan`. Publishes `loyalty.program_changed.v1`. */
export async function withdrawPlan(ctx: Ctx): Promise<Result<null, LoyaltyError>> {
  await lockProgram(ctx);
  const rule = await currentRule(ctx);
  const withdrawn = rule && (await withdrawPlanned(ctx, rule.programId, await latestDay(ctx)));
  if (!rule || !withdrawn) return err({ code: "loyalty.no_plan" });
  const { programId } = rule;
  await auditWrite(ctx, { action: "loyalty.withdrawPlan", subject: `program/${programId}` });
  await publish(ctx, ProgramChanged, `program/${programId}`, { programId, version: withdrawn });
  return ok(null);
}

async function withdrawPlanned(ctx: Ctx, programId: ProgramId, latest: BusinessDate): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    update loyalty.rule_set set withdrawn_at = ${ctx.now}
     where program_id = ${programId} and withdrawn_at is null and begins_on > ${latest}::date returning version`.execute(ctx.db);
  return rows[0]?.version;
}

/** The date where it is latest among the stores: what begins after it has begun nowhere. */
export async function latestDay({ snapshots, now }: Pick<Ctx, "snapshots" | "now">): Promise<BusinessDate> {
  const { places } = await snapshots.current(placesSnapshot);
  const zones = new Set(["UTC", ...[...places.values()].map(({ timeZone }) => timeZone)]);
  return (
    [...zones]
      .map((zone) => wallClock(now, zone).date)
      .toSorted()
      .at(-1) ?? ""
  );
}

const lockProgram = (ctx: Ctx) => sql`lock table loyalty.program in share row exclusive mode`.execute(ctx.db);

async function termsNow(ctx: Ctx, programId: ProgramId): Promise<Terms> {
  const [now] = (await historyOfProgram(ctx, programId, wallClock(ctx.now, await houseZone(ctx)).date)).rules;
  return { bonuses: now?.bonuses ?? [], tiers: now?.tiers ?? null, terms: now?.terms ?? NO_TERMS };
}

async function writeVersion(
  ctx: Ctx,
  before: EarnRule | null,
  rule: Required<NewRule>,
  terms: Terms,
  beginsOn: BusinessDate | null = null,
): Promise<EarnRule> {
  const programId = before?.programId ?? ctx.newId<ProgramId>();
  await sql`
    insert into loyalty.program (id, name) values (${programId}, ${rule.programName})
    on conflict (id) do update set name = excluded.name`.execute(ctx.db);
  const { rows } = await sql<{
    last: number;
  }>`select coalesce(max(version), 0) as last from loyalty.rule_set where program_id = ${programId}`.execute(ctx.db);
  const version = (rows[0]?.last ?? 0) + 1;
  await sql`
    insert into loyalty.rule_set (program_id, version, points, per_minor_units, currency, pending_days, bonuses, tiers, terms, valid_from, begins_on)
    values (${programId}, ${version}, ${rule.points}, ${rule.perMinorUnits}, ${rule.currency}, ${rule.pendingDays},
            ${JSON.stringify(terms.bonuses)}::jsonb, ${terms.tiers && JSON.stringify(terms.tiers)}::jsonb, ${JSON.stringify(terms.terms)}::jsonb, ${ctx.now}, ${beginsOn}::date)`.execute(
    ctx.db,
  );
  await publish(ctx, ProgramChanged, `program/${programId}`, { programId, version });
  const written = await currentRule(ctx);
  if (!written) throw new Error("a program that was just written is there");
  return written;
}

const sameRule = (a: Required<NewRule>, b: Required<NewRule>): boolean =>
  (["programName", "points", "perMinorUnits", "currency", "pendingDays"] as const).every((field) => a[field] === b[field]);

/**
 * Sets how long points last that are earned from now on; what was earned before keeps its day [LOY-9]. The policy in force again makes no
 * version. Error: `loyalty.no_program`. Publishes `loyalty.expiry_changed.v1` when something changed.
 */
export async function setExpiryPolicy(ctx: Ctx, { kind, length }: ExpiryTermsView): Promise<Result<ExpiryPolicy, LoyaltyError>> {
  await lockProgram(ctx);
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const before = await currentExpiry(ctx, rule.programId);
  if (before.kind === kind && before.length === length) return ok(before);
  const version = before.version + 1;
  await sql`
    insert into loyalty.expiry_policy (program_id, version, kind, length, valid_from)
    values (${rule.programId}, ${version}, ${kind}, ${length}, ${ctx.now})`.execute(ctx.db);
  await publish(ctx, ExpiryChanged, `program/${rule.programId}`, { programId: rule.programId, version });
  return ok({ version, kind, length });
}
