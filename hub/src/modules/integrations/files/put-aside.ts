import { sql } from "kysely";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { keptItems, quarantineAll, type QuarantineId } from "../../touchpoints/index.ts";
import { lineKey } from "./keys.ts";
import type { RowProblem } from "./read-row.ts";
import type { StoredImport } from "./store.ts";

/** The kind under which lines of files stand in quarantine. */
export const FILE_LINE = "import.file_line";

/** A line that could not be taken, as it stands in its file. */
export type AsideLine = { readonly line: number; readonly text: string; readonly problem: RowProblem };

/** What a line in quarantine keeps beside its text: no personal values. */
export type KeptFileLine = { readonly importId: string; readonly line: number };

/**
 * Puts lines aside with their reason [IMP-2]. A line that waits already, from whichever file of the channel, is told to quarantine once and
 * stands in the list of this import too [IMP-3].
 */
export async function putLinesAside(ctx: Ctx, vault: Vault, imported: StoredImport, lines: readonly AsideLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { id, channelId, kind } = imported;
  const keyed = lines.map((line) => ({ ...line, key: lineKey(vault, channelId, kind, line.text).toString("hex") }));
  const waiting = await waitingOf(ctx, [...new Set(keyed.map(({ key }) => key))]);
  const fresh = new Map<string, (typeof keyed)[number]>();
  for (const line of keyed) if (line.problem.code !== "erased" && !waiting.has(line.key) && !fresh.has(line.key)) fresh.set(line.key, line);
  const ids = await quarantineAll(
    ctx,
    [...fresh.values()].map(({ line, text, problem }) => ({
      kind: FILE_LINE,
      channelId,
      reason: problem.code,
      detail: `line ${line}${problem.detail === null ? "" : `: ${problem.detail}`}`,
      raw: text,
      context: { importId: id, line } satisfies KeptFileLine,
    })),
  );
  for (const [index, key] of [...fresh.keys()].entries()) if (ids[index]) waiting.set(key, ids[index]);
  const rows = keyed.map(({ line, key, problem }) => ({
    line,
    key,
    reason: problem.code,
    quarantine: problem.code === "erased" ? null : waiting.get(key),
  }));
  await sql`
    insert into integrations.import_refusal (import_id, line, line_key, reason, quarantine_id)
    select ${id}, line, decode(key, 'hex'), reason, quarantine
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line bigint, key text, reason text, quarantine uuid)
    on conflict do nothing`.execute(ctx.db);
}

async function waitingOf(ctx: Ctx, keys: readonly string[]): Promise<Map<string, QuarantineId>> {
  const { rows } = await sql<{ key: string; id: QuarantineId }>`
    select distinct on (line_key) encode(line_key, 'hex') as key, quarantine_id as id from integrations.import_refusal
     where quarantine_id is not null and line_key = any(array(select decode(k, 'hex') from unnest(${[...keys]}::text[]) k)) order by line_key, import_id desc`.execute(
    ctx.db,
  );
  const kept = await keptItems(
    ctx,
    rows.map(({ id }) => id),
  );
  return new Map(rows.flatMap(({ key, id }) => (kept.has(id) ? [[key, id] as const] : [])));
}
