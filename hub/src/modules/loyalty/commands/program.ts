import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { err, ok, type Result } from "@weft/kernel";
import type { EarnRule, ExpiryPolicy, ProgramId } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { ExpiryChanged, ProgramChanged } from "../events.ts";
import { currentExpiry, currentRule } from "../queries/program.ts";

export type NewRule = Pick<EarnRule, "programName" | "points" | "perMinorUnits" | "currency">;

/**
 * Sets how sales earn from now on: the program is made when there is none, and a rule that differs becomes its next version.
 * Earlier sales keep the version that they earned with [LOY-2]. Publishes `loyalty.program_changed.v1` when something changed.
 */
export async function setProgram(ctx: Ctx, rule: NewRule): Promise<EarnRule> {
  await sql`lock table loyalty.program in share row exclusive mode`.execute(ctx.db);
  const before = await currentRule(ctx);
  if (before && sameRule(before, rule)) return before;
  const programId = before?.programId ?? ctx.newId<ProgramId>();
  await sql`
    insert into loyalty.program (id, name) values (${programId}, ${rule.programName})
    on conflict (id) do update set name = excluded.name`.execute(ctx.db);
  const version = (before?.version ?? 0) + 1;
  await sql`
    insert into loyalty.rule_set (program_id, version, points, per_minor_units, currency, valid_from)
    values (${programId}, ${version}, ${rule.points}, ${rule.perMinorUnits}, ${rule.currency}, ${ctx.now})`.execute(ctx.db);
  await publish(ctx, ProgramChanged, `program/${programId}`, { programId, version });
  return { ...rule, programId, version };
}

function sameRule(a: NewRule, b: NewRule): boolean {
  return a.programName === b.programName && a.points === b.points && a.perMinorUnits === b.perMinorUnits && a.currency === b.currency;
}

/**
 * Sets how long points last that are earned from now on; what was earned before keeps its day [LOY-9]. `days` null: for ever.
 * The policy in force again makes no version. Error: `loyalty.no_program`. Publishes `loyalty.expiry_changed.v1` when something changed.
 */
export async function setExpiryPolicy(ctx: Ctx, days: number | null): Promise<Result<ExpiryPolicy, LoyaltyError>> {
  await sql`lock table loyalty.program in share row exclusive mode`.execute(ctx.db);
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const before = await currentExpiry(ctx, rule.programId);
  if (before.days === days) return ok(before);
  const version = before.version + 1;
  await sql`insert into loyalty.expiry_policy (program_id, version, days, valid_from) values (${rule.programId}, ${version}, ${days}, ${ctx.now})`.execute(
    ctx.db,
  );
  await publish(ctx, ExpiryChanged, `program/${rule.programId}`, { programId: rule.programId, version });
  return ok({ version, days });
}
