import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { cloneDataSet, type DataSet } from "./data-set.ts";
import { withDatabase } from "./database.ts";
import { cpuSeconds, residentBytes } from "./machine.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const READY_LIMIT_MS = 60_000;

export const PUBLISHABLE = { authorization: "Bearer pk_bench_publishable_0000000000" };
export const SECRET = { authorization: "Bearer sk_bench_secret_00000000000000000" };

/** A hub in production form on a copy of a data set, with a database of its own. */
export type BenchHub = {
  readonly url: string;
  readonly home: string;
  /** Milliseconds from the start of the process until it answered `/ready`. */
  readonly readyMs: number;
  /** CPU seconds used so far. */
  cpu(): { readonly hub: number; readonly database: number };
  memoryBytes(): number;
  /** How many SQL statements the database has run, without begin, commit and the log's own looks. */
  statements(): Promise<number>;
  stop(): Promise<void>;
};

export async function startBenchHub(set: DataSet): Promise<BenchHub> {
  if (!existsSync(join(ROOT, "dist/hub/serve.mjs"))) throw new Error("there is no bundle to measure: npm run build");
  return startOn(cloneDataSet(set));
}

export async function startOn(home: string): Promise<BenchHub> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, ["dist/hub/serve.mjs"], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      WEFT_HOME: home,
      PORT: String(port),
      WEFT_SECRET: randomBytes(32).toString("hex"),
      WEFT_RATE_LIMIT: "0",
      LOG_LEVEL: "error",
      npm_lifecycle_event: "bench",
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
      rmSync(home, { recursive: true, force: true });
    },
  };
}

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

const OWN_WORK =
  "query !~* '^(begin|commit|rollback|set |listen|notify|with due as|select position, day|select pg_)' and query not like '%event_log%' and query not like '%jobs.%' and query not like '%subscription%'";

async function countStatements(home: string): Promise<number> {
  return withDatabase(home, async (client) => {
    const { rows } = await client.query<{ n: string }>(`select coalesce(sum(calls), 0) as n from pg_stat_statements where ${OWN_WORK}`);
    return Number(rows[0]?.n ?? 0);
  });
}

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
