import type { Id, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { cardNumber, type EarnRule, type ProgramId } from "./domain/index.ts";
import { MemberEnrolled, ProgramChanged } from "./events.ts";
import { currentRule } from "./queries.ts";

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

/** Makes records members, each once, with an empty account and a card number. Publishes `loyalty.member_enrolled.v1` for each new one. */
export async function enroll(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const rule = await currentRule(ctx);
  if (!rule || recordIds.length === 0) return;
  const wanted = recordIds.map((recordId) => ({
    recordId,
    account: ctx.newId<Id<"ledger account">>(),
    card: cardNumber(ctx.newId<Id<"card">>()),
  }));
  const { rows } = await sql<{ recordId: RecordId }>`
    select w.record_id as "recordId", loyalty.enroll(w.record_id, ${rule.programId}, w.account_id, w.card_number)
    from unnest(${wanted.map((w) => w.recordId)}::uuid[], ${wanted.map((w) => w.account)}::uuid[], ${wanted.map((w) => w.card)}::text[])
      as w(record_id, account_id, card_number)
    where not exists (select 1 from loyalty.membership m where m.record_id = w.record_id)`.execute(ctx.db);
  for (const { recordId } of rows) await publish(ctx, MemberEnrolled, `record/${recordId}`, { recordId, programId: rule.programId });
}
