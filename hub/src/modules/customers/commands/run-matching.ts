import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, JobContext } from "../../../platform/index.ts";
import type { Judged } from "../domain/matching/index.ts";
import type { FoundRows } from "../matching/file-messages.ts";
import { pack, unpack } from "../matching/kept-units.ts";
import { compareInThread, type Learnt } from "../matching/match-file.ts";
import { matchingNow, matchingSnapshot, thresholdsOf } from "../model-snapshot.ts";
import { applyJoin, applyQuestion, applyWithdrawal, type StoredReason } from "./apply-finding.ts";
import { writeEntries, matchRecord } from "./match-record.ts";
import { forgetWork, tell, type MatchRunId } from "./matching-runs.ts";
import { readFile, type FileRead } from "./read-customer-file.ts";

/** The run is taken over by another node when this one has said nothing for so long. */
const LEASE = "30 seconds";
const BEAT_MILLISECONDS = 2_000;
/** Findings, and changed records, that one transaction applies. */
const BATCH = 25;

type Run = { readonly id: MatchRunId; readonly phase: "read" | "compare" | "keys" | "apply" };

/**
 * Works on the run that is under way until it ends or is stopped [IDN-26]: reads the whole file, lets a thread learn and compare, keeps what
 * it says, and applies it. Each step is kept, so that a run whose hub was killed goes on; a file that has changed since is compared again.
 */
export async function runMatching(ctx: JobContext): Promise<void> {
  const run = await ctx.write(takeRun);
  if (!run) return;
  const stop = new AbortController();
  const beat = setInterval(
    () =>
      void renew(ctx, run).then(
        (isOurs) => isOurs || stop.abort(),
        () => undefined,
      ),
    BEAT_MILLISECONDS,
  );
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  try {
    if (run.phase !== "apply") await compareFile(ctx, run, signal);
    await applyFindings(ctx, run, signal);
    if (!signal.aborted) await ctx.write((inside) => end(inside, run.id, "done"));
  } catch (error) {
    // A stop is no failure: whoever goes on finds the run as it is.
    if (!signal.aborted) {
      ctx.read.log.error({ err: error, matchRun: run.id }, "matching of the customer file failed");
      await ctx.write((inside) => end(inside, run.id, "failed"));
    }
  } finally {
    clearInterval(beat);
    await ctx.write((inside) => release(inside, run));
  }
}

async function takeRun({ db }: Ctx): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    update customers.match_run set lease_until = clock_timestamp() + ${LEASE}::interval
     where state = 'running' and (lease_until is null or lease_until < clock_timestamp()) returning id, phase`.execute(db);
  return rows[0];
}

/** Whether the run is still to be worked on, here. */
async function renew(ctx: JobContext, { id }: Run): Promise<boolean> {
  return ctx.write(async ({ db }) => {
    const { rows } = await sql`
      update customers.match_run set lease_until = clock_timestamp() + ${LEASE}::interval where id = ${id} and state = 'running' returning 1`.execute(
      db,
    );
    return rows.length > 0;
  });
}

async function release({ db }: Ctx, { id }: Run): Promise<void> {
  await sql`update customers.match_run set lease_until = null where id = ${id}`.execute(db);
}

async function end(ctx: Ctx, id: MatchRunId, state: "done" | "failed"): Promise<void> {
  await sql`update customers.match_run set state = ${state}, ended_at = now() where id = ${id}`.execute(ctx.db);
  await forgetWork(ctx, id);
  if (state === "done") await forgetQuestions(ctx, id);
  await tell(ctx, id, state);
}

/** Pairs that only an earlier model asked about, and this one does not. */
async function forgetQuestions({ db }: Ctx, id: MatchRunId): Promise<void> {
  await sql`
    delete from customers.review_pair p using customers.match_run r
     where r.id = ${id} and p.status = 'open' and p.because = 'alike' and (p.evidence ->> 'version')::integer < r.version`.execute(db);
}

async function compareFile(ctx: JobContext, { id }: Run, signal: AbortSignal): Promise<void> {
  const file: FileRead = { ids: [], versions: [], start: { apart: [], joined: [] } };
  const { settings } = await matchingNow(ctx.read);
  await ctx.write((inside) => beginComparing(inside, id));
  let version = 0;
  let found = 0;
  await compareInThread(
    readFile(ctx.read, file, (done) => ctx.write(({ db }) => enter(db, id, { phase: "read", done, total: 0 }))),
    () => ({ ...file.start, thresholds: thresholdsOf(settings) }),
    {
      known: (planHash) => keptUnits(ctx, id, planHash),
      unit: (planHash, unit, judged) => ctx.write(({ db }) => keepUnit(db, id, planHash, unit, judged)),
      progress: (done, total) => ctx.write(({ db }) => enter(db, id, { phase: "compare", done, total })),
      learned: async (learnt) => {
        version = await ctx.write((inside) => keepModel(inside, id, learnt, file.ids.length));
      },
      keys: (from, keys) =>
        ctx.write(async (inside) => {
          const entryOf = (own: readonly number[], at: number) => entryAt(file, from + at, own);
          await writeEntries(inside, version, keys.map(entryOf)); // prettier-ignore
          await enter(inside.db, id, { phase: "keys", done: from + keys.length, total: file.ids.length });
        }),
      found: async (findings) => {
        const first = found;
        found += findings.length;
        await ctx.write(({ db }) => keepFindings(db, id, file, first, findings));
      },
    },
    signal,
  );
  await ctx.write((inside) => beginApplying(inside, id, version, found));
  ctx.read.snapshots.invalidate(matchingSnapshot);
}

type Place = { readonly phase: Run["phase"]; readonly done: number; readonly total: number };

async function enter(db: Ctx["db"], id: MatchRunId, { phase, done, total }: Place): Promise<void> {
  await sql`update customers.match_run set phase = ${phase}, done = ${done}, total = ${total} where id = ${id}`.execute(db);
}

/** What an earlier try found and did not come to apply is found again. */
async function beginComparing(ctx: Ctx, id: MatchRunId): Promise<void> {
  await enter(ctx.db, id, { phase: "read", done: 0, total: 0 });
  await sql`delete from customers.match_finding where run_id = ${id}`.execute(ctx.db);
  await sql`delete from customers.model where state = 'learned'`.execute(ctx.db);
}

const entryAt = ({ ids, versions }: FileRead, at: number, keys: readonly number[]) => {
  const [recordId, version] = [ids[at], versions[at]];
  if (!recordId || version === undefined) throw new Error("keys are of a record that was read");
  return { recordId, version, keys };
};

async function keptUnits(ctx: JobContext, id: MatchRunId, planHash: string): Promise<(readonly [number, Judged])[]> {
  const { rows } = await sql<{ unit: number; found: Buffer }>`
    select unit, found from customers.match_unit where run_id = ${id} and plan_hash = ${planHash} order by unit`.execute(ctx.read.db);
  return rows.flatMap(({ unit, found }) => {
    const judged = unpack(found);
    return judged ? [[unit, judged] as const] : [];
  });
}

async function keepUnit(db: Ctx["db"], id: MatchRunId, planHash: string, unit: number, judged: Judged): Promise<void> {
  await sql`
    insert into customers.match_unit (run_id, plan_hash, unit, found) values (${id}, ${planHash}, ${unit}, ${Buffer.from(pack(judged))})
    on conflict do nothing`.execute(db);
}

async function keepModel(ctx: Ctx, id: MatchRunId, learnt: Learnt, records: number): Promise<number> {
  const { learned, compared, linkFrom, expectedPrecision } = learnt;
  const { rows } = await sql<{ version: number }>`
    insert into customers.model (version, state, records, compared, link_from, expected_precision, learned)
    select coalesce(max(version), 0) + 1, 'learned', ${records}, ${compared}, ${linkFrom}, ${expectedPrecision}, ${JSON.stringify(learned)}::jsonb
      from customers.model returning version`.execute(ctx.db);
  const version = rows[0]?.version ?? 0;
  await sql`
    update customers.match_run set version = ${version}, records = ${records}, compared = ${compared} where id = ${id}`.execute(ctx.db);
  return version;
}

async function keepFindings(
  db: Ctx["db"],
  id: MatchRunId,
  { ids }: FileRead,
  first: number,
  findings: readonly FoundRows[],
): Promise<void> {
  const rows = findings.map(({ kind, rows: [a, b], chance, reasons }, at) => ({
    seq: first + at,
    kind,
    a: ids[a],
    b: ids[b],
    chance,
    reasons: reasons.map(({ field, code, bits }): StoredReason => ({ field, code, bits: Math.round(bits * 10) / 10 })),
  }));
  await sql`
    insert into customers.match_finding (run_id, seq, kind, a_record, b_record, chance, reasons)
    select ${id}, seq, kind, a, b, chance, reasons from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as f (seq integer, kind text, a uuid, b uuid, chance real, reasons jsonb)`.execute(db);
}

/** From now on later records are judged by what was learned here. */
async function beginApplying(ctx: Ctx, id: MatchRunId, version: number, total: number): Promise<void> {
  await sql`update customers.model set state = 'replaced' where state = 'used'`.execute(ctx.db);
  await sql`update customers.model set state = 'used' where version = ${version}`.execute(ctx.db);
  await sql`delete from customers.model where state = 'replaced' and version < ${version - KEPT_MODELS}`.execute(ctx.db);
  await enter(ctx.db, id, { phase: "apply", done: 0, total });
  await tell(ctx, id, "running");
}

/** So many models before the one that is used are kept, to compare figures. */
const KEPT_MODELS = 5;

async function applyFindings(ctx: JobContext, { id }: Run, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await ctx.write((inside) => applyNext(inside, id))) > 0);
  await matchUnmatched({ ...ctx, signal });
}

/** Compares every record that came or changed without having been compared: while a file was compared, or by an import, which has no event. */
export async function matchUnmatched(ctx: JobContext): Promise<void> {
  for (let after: RecordId | undefined = NO_RECORD; after && !ctx.signal.aborted;) {
    const from: RecordId = after;
    after = await ctx.write((inside) => matchNext(inside, from));
  }
}

type Waiting = {
  readonly kind: "link" | "review" | "withdraw";
  readonly a: RecordId;
  readonly b: RecordId;
  readonly chance: number;
  readonly reasons: readonly StoredReason[];
};

async function applyNext(ctx: Ctx, id: MatchRunId): Promise<number> {
  const { rows } = await sql<Waiting>`
    delete from customers.match_finding where run_id = ${id} and seq in
      (select seq from customers.match_finding where run_id = ${id} order by seq limit ${BATCH})
    returning kind, a_record as a, b_record as b, chance, reasons`.execute(ctx.db);
  const version = await versionOf(ctx, id);
  const counts = { linked: 0, asked: 0, withdrawn: 0, left: 0 };
  for (const { kind, ...found } of rows) {
    if (kind === "withdraw") counts.withdrawn += Number(await applyWithdrawal(ctx, found));
    else counts[await (kind === "link" ? applyJoin : applyQuestion)(ctx, { ...found, version })]++;
  }
  await sql`
    update customers.match_run set done = done + ${rows.length}, linked = linked + ${counts.linked}, asked = asked + ${counts.asked},
           withdrawn = withdrawn + ${counts.withdrawn} where id = ${id}`.execute(ctx.db);
  return rows.length;
}

async function versionOf(ctx: Ctx, id: MatchRunId): Promise<number> {
  const { rows } = await sql<{ version: number | null }>`select version from customers.match_run where id = ${id}`.execute(ctx.db);
  return rows[0]?.version ?? 0;
}

// Below every id that is given.
const NO_RECORD = "00000000-0000-0000-0000-000000000000" as RecordId;

async function matchNext(ctx: Ctx, after: RecordId): Promise<RecordId | undefined> {
  if (!(await matchingNow(ctx)).model) return undefined;
  const { rows } = await sql<{ id: RecordId }>`
    select r.id from customers.source_record r left join customers.match_entry e on e.record_id = r.id
     where r.id > ${after} and r.state = 'known' and (e.record_id is null or e.record_version <> r.version)
       and not exists (select from channels.read_level l where l.channel_id = r.channel_id and l.circle is not null)
     order by r.id limit ${BATCH}`.execute(ctx.db);
  for (const { id } of rows) await matchRecord(ctx, id);
  return rows.at(-1)?.id;
}
