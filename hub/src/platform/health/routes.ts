import type { AnswerOf, HealthReportView } from "@weft/contracts";
import { ok } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../database/db.ts";
import { read, type Route } from "../http/route.ts";
import { job, type Job } from "../jobs/job.ts";
import type { RecentRequests } from "../telemetry/recent-requests.ts";
import type { Signals } from "./measure-signals.ts";
import { readLogState } from "../telemetry/log-state.ts";
import { checkAndKeep, isCheckDue, lastCheck } from "./check-invariants.ts";
import type { Invariant } from "./invariant.ts";
import { runningVersions } from "./nodes.ts";

export type HealthParts = {
  readonly pool: pg.Pool;
  readonly version: string;
  /** How many migrations this version of the hub has: with fewer applied it is not ready. */
  readonly migrations: number;
  readonly invariants: readonly Invariant[];
  readonly live: { counts(): { readonly streams: number; readonly subjects: number } };
  readonly signals: Signals;
  readonly recent: Pick<RecentRequests, "report">;
  /** How many there are of what a retailer counts: customers, orders, carts. */
  readonly counts: () => Promise<Readonly<Record<string, number>>>;
};

/** The rest is rare: the page shows what the node is busy with. */
const MOST_OPERATIONS = 20;

/** Is the process alive, may it get requests, and how is everything. */
export function healthRoutes(parts: HealthParts): readonly Route[] {
  const options = { problems: {} };
  return [
    read("platform.health", async () => ok({ status: "ok" as const }), options),
    read("platform.ready", async () => ok(await readiness(parts)), {
      ...options,
      status: ({ status }) => (status === "ready" ? 200 : 503),
    }),
    read("platform.report", async () => ok(await report(parts)), options),
    read("platform.checkInvariants", async () => ok(await checkAndKeep(parts.pool, parts.invariants)), options),
  ];
}

/** Checks the invariants every five minutes, on one node of all; less often where a check takes long. */
export function invariantJob({ pool, invariants }: Pick<HealthParts, "pool" | "invariants">): Job {
  const checkWhenDue = async (): Promise<void> => {
    if (await isCheckDue(pool)) await checkAndKeep(pool, invariants);
  };
  return job("platform.checkInvariants", checkWhenDue, { cron: "*/5 * * * *", maxAttempts: 1 });
}

async function readiness({ pool, migrations }: HealthParts): Promise<AnswerOf<"platform.ready">> {
  try {
    const applied = await countMigrations(pool);
    return { status: applied >= migrations ? "ready" : "not_ready", migrations: applied, versions: await runningVersions(pool) };
  } catch {
    // Whatever the database says, the answer to "may I send requests" is no; the log has the reason from those who needed it.
    return { status: "not_ready", migrations: 0, versions: [] };
  }
}

async function report({ pool, version, live, counts, signals, recent }: HealthParts): Promise<HealthReportView> {
  const [database, log, invariants, counted, measured] = await Promise.all([
    describeDatabase(pool),
    readLogState(pool),
    lastCheck(pool),
    counts(),
    signals.measure(),
  ]);
  const { subscribers, ...head } = log;
  return {
    version,
    uptimeSeconds: Math.floor(process.uptime()),
    node: process.version,
    database,
    log: head,
    subscribers: [...subscribers],
    live: live.counts(),
    invariants,
    counts: counted,
    signals: measured,
    operations: recent.report().slice(0, MOST_OPERATIONS),
  };
}

async function describeDatabase(pool: pg.Pool): Promise<HealthReportView["database"]> {
  const [row] = await statement<{ size: number }>(pool, "select pg_database_size(current_database()) as size", []);
  return { reachable: true, migrations: await countMigrations(pool), sizeBytes: row?.size ?? 0 };
}

async function countMigrations(pool: pg.Pool): Promise<number> {
  const [row] = await statement<{ count: number }>(pool, "select count(*) as count from platform.migration", []);
  return row?.count ?? 0;
}
