import type { ImportRun } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { z } from "zod";
import { publish, type Ctx, type ReadCtx, type Vault } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { noticesShownOn } from "../../customers/index.ts";
import type { ImportError } from "../errors.ts";
import { ImportStarted } from "../events.ts";
import { doubledField, firstLines, missingField, namesOf } from "./preview.ts";
import type { Settings } from "./read-row.ts";
import { lockImport, presentImports, readImport, type StoredImport } from "./store.ts";

type Run = z.output<typeof ImportRun>;

/**
 * Begins to import a file in the background. Errors: `import.unknown`, `import.not_waiting`, and what its settings lack. Publishes
 * `import.started.v1`.
 */
export async function startImport(ctx: Ctx, vault: Vault, id: string, given: Settings): Promise<Result<Run, ImportError>> {
  const stored = await lockImport(ctx, id);
  if (!stored) return err({ code: "import.unknown" });
  if (stored.state !== "waiting") return err({ code: "import.not_waiting", state: stored.state });
  const hasHeader = given.hasHeader || stored.shape.format === "vcard";
  const settings: Settings = { ...given, hasHeader };
  const names = namesOf(await firstLines(ctx, vault, stored, settings.delimiter), hasHeader);
  const problem = whatIsWrong(stored, settings, names.length);
  if (problem) return err(problem);
  if (!(await isShownNotice(ctx, stored, settings))) return err({ code: "import.notice_unknown", notice: settings.notice });
  await sql`
    update integrations.data_import
       set settings = ${JSON.stringify(settings)}::jsonb, names = ${JSON.stringify(names)}::jsonb, state = 'running', started_at = ${ctx.now},
           started_by = ${ctx.actor.staff?.id ?? null}
     where id = ${id}`.execute(ctx.db);
  await auditWrite(ctx, { action: "imports.start", subject: `import/${id}`, ...reasonOf(settings) });
  await publish(ctx, ImportStarted, `import/${id}`, { importId: id });
  return presentOne(ctx, vault, id);
}

/** Who says that contacts are verified, or that a yes was confirmed, says why: it stands in the audit [IMP-9]. */
function reasonOf({ verified, consent }: Settings): { reason?: string } {
  const reasons = [verified.because, consent.confirmedBecause].filter((reason) => reason !== null);
  return reasons.length > 0 ? { reason: reasons.join(" / ").slice(0, 500) } : {};
}

/** Whether the people of the file can have been collected under the notice that is named. */
async function isShownNotice(ctx: Pick<ReadCtx, "db">, { channelId }: StoredImport, { notice }: Settings): Promise<boolean> {
  if (notice === "in_force" || notice === "none") return true;
  return (await noticesShownOn(ctx, channelId)).some(({ id }) => id === notice);
}

function whatIsWrong({ kind }: StoredImport, { columns, timeZone, verified }: Settings, width: number): ImportError | null {
  if (columns.length !== width) return { code: "import.columns_changed", columns: width, given: columns.length };
  const doubled = doubledField(kind, columns);
  if (doubled) return { code: "import.column_twice", field: doubled };
  const missing = missingField(kind, columns);
  if (missing) return { code: "import.column_missing", missing };
  if (!isTimeZone(timeZone)) return { code: "import.time_zone_unknown", timeZone };
  return (verified.email || verified.phone) && verified.because === null ? { code: "import.vouching_unfounded" } : null;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Stops an import, or leaves one that was not started: its file is deleted, what is imported stays. Errors: `import.unknown`, `import.ended`. */
export async function stopImport(ctx: Ctx, vault: Vault, id: string): Promise<Result<Run, ImportError>> {
  const stored = await lockImport(ctx, id);
  if (!stored) return err({ code: "import.unknown" });
  if (stored.state !== "waiting" && stored.state !== "running") return err({ code: "import.ended", state: stored.state });
  await sql`update integrations.data_import set state = 'stopped', ended_at = ${ctx.now}, erased = '{}' where id = ${id}`.execute(ctx.db);
  await sql`delete from integrations.import_part where import_id = ${id}`.execute(ctx.db);
  await auditWrite(ctx, { action: "imports.stop", subject: `import/${id}` });
  return presentOne(ctx, vault, id);
}

/** One import as the office sees it. Errors: `import.unknown`. */
export async function presentOne(ctx: Pick<ReadCtx, "db" | "snapshots">, vault: Vault, id: string): Promise<Result<Run, ImportError>> {
  const stored = await readImport(ctx, id);
  const [run] = stored && (stored.state as string) !== "uploading" ? await presentImports(ctx, vault, [stored]) : []; // a file that is on its way is none yet
  return run ? ok(run) : err({ code: "import.unknown" });
}
