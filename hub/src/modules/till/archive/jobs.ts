import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { asId, type EntityId, type RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, job, on, subscriber, type Ctx, type Db, type Job, type JobContext } from "../../../platform/index.ts";
import { ArchiveRequested, CheckRequested } from "../events.ts";
import { verifyJournal } from "../journal.ts";
import type { ArchiveId, CheckId } from "./archives.ts";
import { keptFindings, verifyRegister, type CheckFinding, type Checked } from "./check.ts";
import { VERIFIER } from "./format.ts";
import type { HubJournal } from "./hub-journal.ts";
import { writeArchiveTo } from "./write-to.ts";

const PART_BYTES = 1024 * 1024;
/** How often somebody who looks is told how far it is. */
const TOLD_MS = 500;
/** A file can be fetched for so many days, then it makes room: another one with the same entries can always be made. */
export const ARCHIVE_DAYS = 30;
/** Results of verifications are kept for as long. */
const CHECK_DAYS = 400;

/** Archives and verifications, which take as long as there are entries. A hub that is killed leaves them to the next, which begins again. */
export const archiveJobs = (hub: HubJournal) => {
  const make = job(
    "till.make_archive",
    (ctx: JobContext, { archiveId }: { archiveId: string }) => makeArchive(ctx, hub, asId<ArchiveId>(archiveId)),
    {
      maxAttempts: 5,
    },
  );
  const check = job("till.check_journal", (ctx: JobContext, { checkId }: { checkId: string }) => runCheck(ctx, asId<CheckId>(checkId)), {
    maxAttempts: 5,
  });
  const jobs: readonly Job[] = [make, check, job("till.forget_archives", ({ write }) => write(forgetFiles), { cron: "11 3 * * *" })];
  const subscribers = [
    subscriber("till.archives", [
      on(ArchiveRequested, (ctx, { data: { archiveId } }) => addJob(ctx, make, { archiveId }, { key: `archive ${archiveId}` })),
      on(CheckRequested, (ctx, { data: { checkId } }) => addJob(ctx, check, { checkId }, { key: `check ${checkId}` })),
    ]),
  ];
  return { jobs, subscribers };
};

async function forgetFiles({ db, now }: Ctx): Promise<void> {
  // By its last part, so that no file is half gone.
  await sql`
    delete from till.fiscal_archive_part where archive_id in (
      select archive_id from till.fiscal_archive_part group by archive_id
      having max(written_at) < ${now}::timestamptz - make_interval(days => ${ARCHIVE_DAYS}::integer))`.execute(db);
  await sql`delete from till.journal_check where requested_at < ${now}::timestamptz - make_interval(days => ${CHECK_DAYS}::integer)`.execute(
    db,
  );
}

type ArchiveRow = { readonly entity_id: EntityId; readonly from_date: string; readonly until_date: string; readonly requested_at: Date };

/** Makes an archive and keeps its file part by part; the last step writes its hash and says in the hub's journal that it was made [ARC-5]. */
export async function makeArchive({ read, write, signal }: JobContext, hub: HubJournal, archiveId: ArchiveId): Promise<void> {
  const { rows } = await sql<ArchiveRow>`
    update till.fiscal_archive set state = 'running', entries = 0
     where id = ${archiveId} and state in ('waiting', 'running') returning entity_id, from_date, until_date, requested_at`.execute(read.db);
  const [row] = rows;
  if (!row) return;
  await sql`delete from till.fiscal_archive_part where archive_id = ${archiveId}`.execute(read.db);
  const period = { from: row.from_date, until: row.until_date };
  try {
    const progress = toldProgress(read.db, sql`till.fiscal_archive`, archiveId);
    let file: KeptFile = { bytes: 0, hash: Buffer.alloc(0) };
    const { entries, tell } = await writeArchiveTo(
      read,
      hub,
      { id: archiveId, entityId: row.entity_id, period, madeAt: row.requested_at },
      async (bytes) => (file = await keepParts(read.db, archiveId, bytes, signal)),
      (done) => progress.at(done),
    );
    await progress.end();
    await write(async (ctx) => {
      await sql`
        update till.fiscal_archive set state = 'done', entries = ${entries}, expected = ${entries}, bytes = ${file.bytes}, sha256 = ${file.hash},
               ended_at = ${ctx.now} where id = ${archiveId}`.execute(ctx.db);
      await tell(ctx, file.hash.toString("hex"));
    });
  } catch (error) {
    // The hub stops: the next one begins again. Anything else is told, and tried no more.
    if (signal.aborted) throw error;
    await sql`update till.fiscal_archive set state = 'failed', failure = ${textOf(error)}, ended_at = now() where id = ${archiveId}`.execute(
      read.db,
    );
    await sql`delete from till.fiscal_archive_part where archive_id = ${archiveId}`.execute(read.db);
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** Writes how far something is, now and then, so that a million steps are no million statements. */
function toldProgress(db: Db, table: ReturnType<typeof sql>, id: string) {
  let [entries, last] = [0, 0];
  let told: Promise<unknown> = Promise.resolve();
  return {
    at(done: number): void {
      entries = done;
      if (performance.now() - last < TOLD_MS) return;
      last = performance.now();
      told = told
        .then(() => sql`update ${table} set entries = ${entries} where id = ${id} and state = 'running'`.execute(db))
        .catch(() => undefined);
    },
    end: () => told,
  };
}

type KeptFile = { readonly bytes: number; readonly hash: Buffer };

async function keepParts(db: Db, archiveId: ArchiveId, bytes: Readable, signal: AbortSignal): Promise<KeptFile> {
  const hash = createHash("sha256");
  let [size, part, held] = [0, 0, 0];
  let waiting: Buffer[] = [];
  const keep = async (): Promise<void> => {
    if (held === 0) return;
    await sql`insert into till.fiscal_archive_part (archive_id, part, bytes, written_at) values (${archiveId}, ${part++}, ${Buffer.concat(waiting)}, now())`.execute(
      db,
    );
    [waiting, held] = [[], 0];
  };
  const chunks = bytes as AsyncIterable<Buffer>; // yazl writes buffers
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    hash.update(chunk);
    size += chunk.length;
    waiting.push(chunk);
    held += chunk.length;
    if (held >= PART_BYTES) await keep();
  }
  await keep();
  return { bytes: size, hash: hash.digest() };
}

/** The file of an archive, part by part. */
export async function* archiveParts(db: Db, archiveId: ArchiveId): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const { rows } = await sql<{ bytes: Buffer }>`
      select bytes from till.fiscal_archive_part where archive_id = ${archiveId} and part = ${part}`.execute(db);
    const [row] = rows;
    if (!row) return;
    yield row.bytes;
  }
}

type CheckRow = {
  readonly register_id: RegisterId | null;
  readonly archive_id: ArchiveId | null;
  readonly place_ids: readonly string[] | null;
};

async function runCheck({ read, signal }: JobContext, checkId: CheckId): Promise<void> {
  const { rows } = await sql<CheckRow>`
    update till.journal_check set state = 'running', entries = 0
     where id = ${checkId} and state in ('waiting', 'running') returning register_id, archive_id, place_ids`.execute(read.db);
  const [row] = rows;
  if (!row) return;
  try {
    const checked = row.archive_id ? await checkArchive(read.db, row.archive_id, signal) : await checkRegisters(read, row, checkId, signal);
    await sql`
      update till.journal_check set state = 'done', entries = ${checked.entries}, found = ${checked.found}, continued = ${checked.continued},
             findings = ${JSON.stringify(keptFindings(checked.findings))}::jsonb, ended_at = now() where id = ${checkId}`.execute(read.db);
  } catch (error) {
    if (signal.aborted) throw error;
    await sql`update till.journal_check set state = 'failed', failure = ${textOf(error)}, ended_at = now() where id = ${checkId}`.execute(
      read.db,
    );
  }
}

/** Every register of some places, one after the other. */
async function checkRegisters(
  read: JobContext["read"],
  { register_id: only, place_ids: places }: CheckRow,
  checkId: CheckId,
  signal: AbortSignal,
): Promise<Checked> {
  const { rows } = await sql<{ id: RegisterId; code: string }>`
    select id, code from till.register
     where (${only}::uuid is null or id = ${only}::uuid) and (${places && [...places]}::uuid[] is null or place_id = any(${places && [...places]}::uuid[]))
     order by code`.execute(read.db);
  const progress = toldProgress(read.db, sql`till.journal_check`, checkId);
  const findings: CheckFinding[] = [];
  const all = { entries: 0, found: 0, continued: 0, findings };
  let seen = 0;
  for (const { id, code } of rows) {
    signal.throwIfAborted();
    const checked = await verifyRegister(read.db, { id, code }, await verifyJournal(read, id), (more) => progress.at((seen += more)));
    all.entries += checked.entries;
    all.found += checked.found;
    all.continued += checked.continued;
    all.findings.push(...keptFindings(checked.findings));
  }
  await progress.end();
  return all;
}

/** The very verifier that lies in the archive, as its own process, over the file as it is kept. */
async function checkArchive(db: Db, archiveId: ArchiveId, signal: AbortSignal): Promise<Checked> {
  const directory = await mkdtemp(join(tmpdir(), "weft-archive-"));
  try {
    const path = join(directory, "archive.zip");
    await pipeline(Readable.from(archiveParts(db, archiveId)), createWriteStream(path), { signal });
    const verifier = join(import.meta.dirname, VERIFIER);
    const output = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [verifier, path, "--json"], { signal, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
        // 1: it found something, and says what.
        if (error && error.code !== 1) reject(new Error(stderr.trim() === "" ? error.message : stderr.trim()));
        else resolve(stdout);
      });
    });
    const said = JSON.parse(output) as { entries: number; failed: number; continued: number; findings: CheckFinding[] }; // what it writes with `--json`
    return { entries: said.entries, found: said.failed, continued: said.continued, findings: said.findings };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
