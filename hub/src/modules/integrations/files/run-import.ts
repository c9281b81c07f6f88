import { ok, type ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { analyzeFilled, dbOn, inTransaction, type Ctx, type Surroundings, type Vault } from "../../../platform/index.ts";
import { countryOf } from "../../customers/index.ts";
import { TOUCHPOINT_MONTHS } from "../../touchpoints/index.ts";
import type { RawLine } from "../import/read-csv.ts";
import { erasedMarks } from "./keys.ts";
import { UnreadableFile } from "./lines.ts";
import { putLinesAside, type AsideLine } from "./put-aside.ts";
import { readRow, type Reading, type Row, type RowProblem, type Settings } from "./read-row.ts";
import { readRows } from "./shape.ts";
import { lockImport, partsOf, readImport, type ImportId, type StoredImport } from "./store.ts";
import { writeRows } from "./write-rows.ts";

/** An import that was started: it has what its columns are. */
export type StartedImport = StoredImport & { readonly settings: Settings; readonly names: readonly string[] };

/** Told after each part that is written. */
export type WatchImport = (imported: Pick<StoredImport, "lines" | "readBytes" | "bytes">) => void;

/** So many lines are one transaction: what is lost when it is killed, and what is in memory. */
const BATCH_LINES = 500;
/** Batches after which the tables are so much bigger that other plans are better. */
const ANALYZED_AFTER: ReadonlySet<number> = new Set([2, 20, 200]);

/** A part of the file that is read, with where in it the reading stands. */
type Batch = { readonly lines: readonly RawLine[]; readonly readBytes: number };

/** The hub stops, or somebody stopped the import: what is done stays. */
export type RunEnd = "done" | "failed" | "stopped" | "interrupted";

/**
 * Imports a file from where it stopped [IMP-7]: each batch of lines is one transaction with the step forward, so a run that is killed at
 * any moment goes on behind the last line that is in the books. Bad lines are put aside, what cannot be read as a whole ends it.
 */
export async function runImport(
  around: Surroundings,
  vault: Vault,
  id: ImportId,
  {
    signal,
    watch,
    batchLines = BATCH_LINES,
  }: { readonly signal?: AbortSignal; readonly watch?: WatchImport; readonly batchLines?: number } = {},
): Promise<RunEnd> {
  const stored = await readImport({ db: dbOn(around.pool) }, id);
  if (!stored || stored.state !== "running" || stored.settings === null || stored.names === null) return "stopped";
  const started: StartedImport = { ...stored, settings: stored.settings, names: stored.names };
  const reading = await readingOf(around, started);
  let step: Step = { lines: stored.lines, began: performance.now() };
  let batches = 0;
  try {
    for await (const batch of batchesOf(dbReader(around), vault, started, batchLines)) {
      if (signal?.aborted) return "interrupted";
      const next = await writeOrHalve(around, vault, { started, reading }, batch, step);
      if (next === null) return "stopped";
      step = { ...next, began: performance.now() };
      if (ANALYZED_AFTER.has(++batches)) await analyzeFilled(around.pool);
      watch?.({ lines: step.lines, readBytes: batch.readBytes, bytes: started.bytes });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await finish(around, id, "failed", error.code);
    return "failed";
  }
  return finish(around, id, "done", null);
}

/** How many lines are done, and since when the next ones are worked on. */
type Step = { readonly lines: number; readonly began: number };
type Run = { readonly started: StartedImport; readonly reading: Reading };

const dbReader = ({ pool }: Surroundings) => ({ db: dbOn(pool) });

/** How this file's lines are read: with the country of its channel, at the time of its upload, so that a repeat reads the same. */
export async function readingOf(
  { snapshots }: Pick<Surroundings, "snapshots">,
  { kind, channelId, settings, names, uploadedAt }: Pick<StartedImport, "kind" | "channelId" | "settings" | "names" | "uploadedAt">,
): Promise<Reading> {
  const country = await countryOf({ snapshots }, channelId);
  return { kind, settings, names, country, now: uploadedAt, keptMonths: TOUCHPOINT_MONTHS };
}

/** The lines behind those that are done, some at a time. */
async function* batchesOf(
  ctx: ReturnType<typeof dbReader>,
  vault: Vault,
  { id, shape, settings, lines }: StartedImport,
  most: number,
): AsyncGenerator<Batch> {
  let readBytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const part of partsOf(ctx, vault, id)) {
      readBytes += part.length;
      yield part;
    }
  }
  const hasHeader = settings.hasHeader || shape.format === "vcard";
  let passed = hasHeader ? -1 : 0;
  let batch: RawLine[] = [];
  for await (const line of readRows(counted(), shape, settings.delimiter)) {
    if (passed++ < lines) continue;
    batch.push(line);
    if (batch.length < most) continue;
    yield { lines: batch, readBytes };
    batch = [];
  }
  if (batch.length > 0) yield { lines: batch, readBytes };
}

/** A batch with something that the database cannot hold is halved until that line stands alone, and is put aside. Null: it was stopped. */
async function writeOrHalve(around: Surroundings, vault: Vault, run: Run, batch: Batch, step: Step): Promise<Step | null> {
  try {
    return await inOneTransaction(around, (ctx) => writePart(ctx, vault, run, batch, step));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const [only, ...others] = batch.lines;
    if (only && others.length === 0)
      return inOneTransaction(around, (ctx) =>
        writePart(ctx, vault, run, batch, step, { code: "refused_by_database", detail: error.code ?? null }),
      );
    const middle = Math.ceil(batch.lines.length / 2);
    const first = await writeOrHalve(around, vault, run, { ...batch, lines: batch.lines.slice(0, middle) }, step);
    return first && writeOrHalve(around, vault, run, { ...batch, lines: batch.lines.slice(middle) }, first);
  }
}

/** Classes 21 to 23 of SQLSTATE: a value or a constraint. */
const isAboutData = (error: unknown): error is pg.DatabaseError => error instanceof pg.DatabaseError && /^2[123]/.test(error.code ?? "");

async function inOneTransaction<T>(around: Surroundings, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const outcome = await inTransaction(around, async (ctx) => {
    // What takes long on a busy small machine must not stop the run; a request would have been given up long before.
    await sql`set local statement_timeout = '5min'`.execute(ctx.db);
    return ok(await work(ctx));
  });
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is never replayed");
  return outcome.result.value;
}

/** Whether a row is about somebody who was erased while the file waited; a company is nobody. */
function isErased(row: Row, id: ImportId, channelId: ChannelId, erased: ReadonlySet<string>): boolean {
  return erased.size > 0 && "who" in row && erasedMarks(id, channelId, row.who).some((mark) => erased.has(mark));
}

/** Writes some lines and the step behind them. Null when the import was stopped, or another run has been here. */
async function writePart(
  outer: Ctx,
  vault: Vault,
  { started, reading }: Run,
  { lines, readBytes }: Batch,
  step: Step,
  refuseAll?: RowProblem,
): Promise<Step | null> {
  const { id, channelId, settings, startedBy, uploadedAt } = started;
  const ctx: Ctx = { ...outer, actor: { ...outer.actor, channelId } };
  const locked = await lockImport(ctx, id);
  if (locked?.state !== "running" || locked.lines !== step.lines) return null;
  const erased = await erasedOf(ctx, id);
  const rows: Row[] = [];
  const sources: RawLine[] = [];
  const aside: AsideLine[] = [];
  for (const line of lines) {
    const row = refuseAll ? null : rowOf(line, reading);
    if (row === null || !row.ok) aside.push({ line: line.number, text: line.text, problem: row?.error ?? refuseAll ?? BROKEN });
    else if (erased.size > 0 && isErased(row.value, id, channelId, erased)) aside.push(forgotten(line));
    else {
      rows.push(row.value);
      sources.push(line);
    }
  }
  const written = rows.length > 0 ? await writeRows(ctx, { vault, channelId, settings, staffId: startedBy, uploadedAt }, rows) : [];
  const count = { created: 0, changed: 0, same: 0 };
  for (const [index, one] of written.entries()) {
    const source = sources[index];
    if (one.kind !== "refused") count[one.kind] += 1;
    else if (source) aside.push({ line: source.number, text: source.text, problem: one.problem });
  }
  await putLinesAside(ctx, vault, started, aside);
  await sql`
    update integrations.data_import
       set lines = lines + ${lines.length}, created = created + ${count.created}, changed = changed + ${count.changed}, same = same + ${count.same},
           refused = refused + ${aside.length}, read_bytes = greatest(read_bytes, ${readBytes}::bigint),
           worked_ms = worked_ms + ${Math.round(performance.now() - step.began)}
     where id = ${id}`.execute(ctx.db);
  return { lines: step.lines + lines.length, began: performance.now() };
}

const BROKEN: RowProblem = { code: "broken_line", detail: null };

/** Somebody who was erased while the file waited: their line is counted, and nothing of it is kept. */
const forgotten = ({ number }: RawLine): AsideLine => ({ line: number, text: "", problem: { code: "erased", detail: null } });

/** A line of a file as a row. */
export function rowOf({ fields, broken }: Pick<RawLine, "fields" | "broken">, reading: Reading): ReturnType<typeof readRow> {
  return broken === undefined ? readRow(fields, reading) : { ok: false, error: { code: "broken_line", detail: broken } };
}

async function erasedOf({ db }: Ctx, id: ImportId): Promise<Set<string>> {
  const { rows } = await sql<{ mark: string }>`
    select encode(mark, 'hex') as mark from integrations.data_import, unnest(erased) as e (mark) where id = ${id}`.execute(db);
  return new Set(rows.map(({ mark }) => mark));
}

/** The run is over, and the file with it: what could not be taken waits in quarantine, line by line. */
async function finish(
  around: Surroundings,
  id: ImportId,
  state: "done" | "failed",
  failure: string | null,
): Promise<"done" | "failed" | "stopped"> {
  return inOneTransaction(around, async (ctx) => {
    const locked = await lockImport(ctx, id);
    if (locked?.state !== "running") return "stopped";
    await sql`
      update integrations.data_import
         set state = ${state}, failure = ${failure}, ended_at = ${ctx.now}, read_bytes = case when ${state} = 'done' then bytes else read_bytes end, erased = '{}'
       where id = ${id}`.execute(ctx.db);
    await sql`delete from integrations.import_part where import_id = ${id}`.execute(ctx.db);
    return state;
  });
}
