import type { EntityId, Id } from "@weft/kernel";
import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { placesSnapshot } from "../../places/index.ts";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { ArchiveRequested, CheckRequested } from "../events.ts";
import { JET, NEW_YEAR } from "../fiscal/index.ts";
import type { ArchivePeriod } from "./format.ts";
import { hubEvent, writeHubEntry, type HubJournal } from "./hub-journal.ts";

export type ArchiveId = Id<"fiscal archive">;
export type CheckId = Id<"journal check">;

/** A period longer than this is several archives [ARC-2]. */
const isAYearAtMost = ({ from, until }: ArchivePeriod): boolean => {
  const end = new Date(`${from}T00:00:00Z`);
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return until >= from && new Date(`${until}T00:00:00Z`) < end;
};

/**
 * Asks for an archive of a legal entity's journal [ARC-1]; a job makes it. Errors: `till.entity_unknown`, `till.period_too_long` [ARC-2],
 * `till.nothing_to_archive`. Publishes `till.archive_requested.v1`.
 */
export async function requestArchive(ctx: Ctx, entityId: EntityId, period: ArchivePeriod): Promise<Result<ArchiveId, TillError>> {
  if (!(await ctx.snapshots.current(placesSnapshot)).entities.has(entityId)) return err({ code: "till.entity_unknown" });
  if (!isAYearAtMost(period)) return err({ code: "till.period_too_long" });
  const expected = await entriesIn(ctx, entityId, period);
  if (expected === 0) return err({ code: "till.nothing_to_archive" });
  const id = ctx.newId<ArchiveId>();
  await sql`
    insert into till.fiscal_archive (id, entity_id, from_date, until_date, expected, requested_at, requested_by)
    values (${id}, ${entityId}, ${period.from}, ${period.until}, ${expected}, ${ctx.now}, ${ctx.actor.staff?.id ?? null})`.execute(ctx.db);
  await auditWrite(ctx, {
    action: "journal.makeArchive",
    subject: `legal_entity/${entityId}`,
    reason: `${period.from} to ${period.until}`,
  });
  await publish(ctx, ArchiveRequested, `fiscal_archive/${id}`, { archiveId: id, entityId });
  return ok(id);
}

async function entriesIn(ctx: Pick<ReadCtx, "db">, entityId: EntityId, { from, until }: ArchivePeriod): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::float8 as count from till.fiscal_entry
     where entity_id = ${entityId} and business_date between ${from} and ${until}`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

/** What a verification in the background is of. */
export type CheckedPart =
  | { readonly kind: "register"; readonly registerId: string }
  | { readonly kind: "places"; readonly placeIds: readonly string[] | null }
  | { readonly kind: "archive"; readonly archiveId: ArchiveId };

/** Asks for a verification; a job runs it [ARC-4]. Publishes `till.check_requested.v1`. */
export async function requestCheck(ctx: Ctx, part: CheckedPart): Promise<CheckId> {
  const id = ctx.newId<CheckId>();
  const registerId = part.kind === "register" ? part.registerId : null;
  const archiveId = part.kind === "archive" ? part.archiveId : null;
  const placeIds = part.kind === "places" ? part.placeIds && [...part.placeIds] : null;
  await sql`
    insert into till.journal_check (id, register_id, archive_id, place_ids, requested_at, requested_by)
    values (${id}, ${registerId}, ${archiveId}, ${placeIds}::uuid[], ${ctx.now}, ${ctx.actor.staff?.id ?? null})`.execute(ctx.db);
  await publish(ctx, CheckRequested, `journal_check/${id}`, { checkId: id });
  return id;
}

/** The numbers that archives and exports say of a legal entity. Errors: `till.entity_unknown`. */
export async function setIdentity(
  ctx: Ctx,
  hub: HubJournal,
  entityId: EntityId,
  numbers: {
    readonly companyNumber: string | null;
    readonly activityCode: string | null;
    readonly taxNumber: string | null;
    /** The day with which its fiscal years begin, undefined as before: its registers follow with the year that is open [FIS-12]. */
    readonly yearStart?: string | undefined;
  },
): Promise<Result<null, TillError>> {
  if (!(await ctx.snapshots.current(placesSnapshot)).entities.has(entityId)) return err({ code: "till.entity_unknown" });
  const yearStart = numbers.yearStart ?? null;
  await sql`
    insert into till.fiscal_identity (entity_id, company_number, activity_code, tax_number, year_start, changed_at)
    values (${entityId}, ${numbers.companyNumber}, ${numbers.activityCode}, ${numbers.taxNumber}, coalesce(${yearStart}, ${NEW_YEAR}), ${ctx.now})
    on conflict (entity_id) do update set company_number = excluded.company_number, activity_code = excluded.activity_code,
      tax_number = excluded.tax_number, year_start = coalesce(${yearStart}, fiscal_identity.year_start), changed_at = excluded.changed_at`.execute(
    ctx.db,
  );
  await auditWrite(ctx, { action: "journal.setIdentity", subject: `legal_entity/${entityId}` });
  await writeHubEntry(ctx, hub, entityId, hubEvent(JET.setting, "numbers of the legal entity set", { ...numbers, yearStart }));
  return ok(null);
}

/** For whom something is taken: the house itself, the tax office that audits it, or its accountant. */
export type TakenFor = "own" | "tax_audit" | "accountant";
const EVENT_FOR = { tax_audit: [JET.taxAudit, "tax audit"], accountant: [JET.accountant, "exchange with the accountant"] } as const;

/** That somebody took an archive or an export, and for whom: in the audit, and in the hub's journal as JET 110, with 280 or 290 [ARC-5, ARC-10]. */
export async function tellTaken(
  ctx: Ctx,
  hub: HubJournal,
  {
    entityId,
    action,
    subject,
    what,
    period,
    takenFor,
  }: {
    readonly entityId: EntityId;
    readonly action: string;
    readonly subject: string;
    readonly what: string;
    readonly period: ArchivePeriod;
    readonly takenFor: TakenFor;
  },
): Promise<void> {
  await auditWrite(ctx, { action, subject, reason: `${what}, ${period.from} to ${period.until}` });
  await writeHubEntry(ctx, hub, entityId, hubEvent(JET.exported, `${what} ${period.from} to ${period.until}`, { what, ...period }));
  if (takenFor === "own") return;
  const [code, message] = EVENT_FOR[takenFor];
  await writeHubEntry(ctx, hub, entityId, hubEvent(code, `${message}: ${what} ${period.from} to ${period.until}`, { what, ...period }));
}
