import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { openDataSet, type DataSet } from "./data-set.ts";
import { withDatabase } from "./database.ts";
import { cpuSeconds, residentBytes } from "./machine.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const READY_LIMIT_MS = 60_000;
const READ_LIMIT_MS = 600_000;
/** Another bundle than the one just built, so that two states of the code are measured in turn: rates of a shared machine do not compare. */
const BUNDLE = "WEFT_BENCH_BUNDLE";

export const PUBLISHABLE = { authorization: "Bearer pk_bench_publishable_0000000000" };
export const SECRET = { authorization: "Bearer sk_bench_secret_00000000000000000" };
export const TILL_SECRET = { authorization: "Bearer sk_bench_till_0000000000000000000" };

/** The settings of Node that `npm run serve` has. */
const AS_SERVED = ["--expose-gc"];

/** A hub in production form on a copy of a data set, with a database of its own. */
export type BenchHub = {
  readonly url: string;
  readonly home: string;
  /** Milliseconds from the start of the process until it answered `/ready`. */
  readonly readyMs: number;
  /** CPU seconds used so far. */
  cpu(): { readonly hub: number; readonly database: number };
  memoryBytes(): number;
  /** How many SQL statements the database has run so far. */
  statements(): Promise<Statements>;
  stop(): Promise<void>;
};

/** One for all hubs, as nodes of one installation have it; a data set that is used as it is keeps what it sealed. Nobody else reaches a bench. */
const WEFT_SECRET = "bench".padEnd(64, "0");

export async function startBenchHub(set: DataSet, settings: NodeJS.ProcessEnv = {}): Promise<BenchHub> {
  if (!existsSync(bundleOf(settings))) throw new Error("there is no bundle to measure: npm run build");
  const { home, isCopy } = openDataSet(set);
  const hub = await startOn(home, settings, isCopy);
  await untilRead(home);
  return hub;
}

/**
 * The first hub on a new set has the whole making of it in its log, which its subscribers read beside what is measured: 100,000 products took
 * seconds, and the catalog was loaded anew within the measurement.
 */
async function untilRead(home: string): Promise<void> {
  await withDatabase(home, async (client) => {
    const until = performance.now() + READ_LIMIT_MS;
    while (performance.now() < until) {
      const { rows } = await client.query<{ is_read: boolean }>(
        `select not exists (select from platform.outbox)
                and not exists (select from platform.subscription s, platform.log_head h where s.position < h.position) as is_read`,
      );
      if (rows[0]?.is_read) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error("the hub did not read its log in time");
  });
}

/** `settings` are further ones of its environment; `isCopy`: the folder goes when the hub stops. */
export async function startOn(home: string, settings: NodeJS.ProcessEnv = {}, isCopy = true): Promise<BenchHub> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...AS_SERVED, bundleOf(settings)], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      WEFT_HOME: home,
      PORT: String(port),
      WEFT_SECRET,
      WEFT_RATE_LIMIT: "0",
      WEFT_TEST_CARDS: "1",
      LOG_LEVEL: "error",
      npm_lifecycle_event: "bench",
      ...settings,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  const pid = child.pid;
  if (pid === undefined) throw new Error("the hub has no process");
  return {
    url,
    home,
    readyMs: performance.now() - started,
    cpu: () => ({ hub: cpuSeconds(pid), database: databaseCpu(home) }),
    memoryBytes: () => residentBytes(pid),
    statements: () => countStatements(home),
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
      if (isCopy) rmSync(home, { recursive: true, force: true });
    },
  };
}

const bundleOf = (settings: NodeJS.ProcessEnv): string => resolve(ROOT, settings[BUNDLE] ?? process.env[BUNDLE] ?? "dist/hub/serve.mjs");

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("the hub was not ready in time");
}

/** Everything that the server of this folder has used: the postmaster and all of its backends. */
function databaseCpu(home: string): number {
  const processes = spawnSync("pgrep", ["-f", `postgres -D ${home}`], { encoding: "utf8" })
    .stdout.split("\n")
    .filter(Boolean)
    .map(Number);
  return processes.reduce((sum, pid) => sum + cpuSeconds(pid, true), 0);
}

/** Statements by who they were for: requests, or what runs beside and after them. `begin`, `commit` and settings are not counted. */
export type Statements = { readonly ofRequests: number; readonly after: number };

const NOT_COUNTED = "query ~* '^(begin|commit|rollback|set |listen|notify)' or query like '%pg_stat_%'";
/** What the sequencer, followers, subscribers, lanes, jobs and sweepers ask, by words that no request's statement has. */
const AFTER = [
  "%platform.outbox%",
  "%event_log%",
  "%log_head%",
  "%platform.subscription%",
  "%dead_letter%",
  "%pg_advisory_unlock%",
  "%pg_try_advisory_lock%",
  "%pg_locks%",
  "%jobs.%",
  "%touchpoints.%",
  "%customers.near_place%",
  "%orders.contact%",
  "%customers.living_field%",
  "%stock.sweep%",
  "%catalog.bring_back%",
  "%sandbox_charge%",
  "%platform.node%",
  "%channels.%used_at%",
];

/** The clock is asked in the message that opens a transaction, of a request or of a subscriber; the latter also relax their commit. */
async function countStatements(home: string): Promise<Statements> {
  return withDatabase(home, async (client) => {
    const { rows } = await client.query<{ requests: string; after: string; clocks: string; relaxed: string }>(
      `select coalesce(sum(calls) filter (where not (query like any ($1)) and query not like 'select now() as now%'), 0) as requests,
              coalesce(sum(calls) filter (where query like any ($1)), 0) as after,
              coalesce(sum(calls) filter (where query like 'select now() as now%'), 0) as clocks,
              (select coalesce(sum(calls), 0) from pg_stat_statements where query ~* '^set local synchronous_commit') as relaxed
         from pg_stat_statements where not (${NOT_COUNTED})`,
      [AFTER],
    );
    const [row] = rows;
    const relaxed = Number(row?.relaxed ?? 0);
    return { ofRequests: Number(row?.requests ?? 0) + Number(row?.clocks ?? 0) - relaxed, after: Number(row?.after ?? 0) + relaxed };
  });
}

export async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
