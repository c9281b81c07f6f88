import { ok } from "@weft/kernel";
import { Logger, parseCronItems, run, runMigrations, type CronItem, type Task } from "graphile-worker";
import pg from "pg";
import { SYSTEM } from "../ctx.ts";
import { closeConnection, connectionOptions, openConnection } from "../database/connection.ts";
import { dbOn } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import { withSpan } from "../telemetry/trace.ts";
import { inTransaction, type Surroundings } from "../transaction.ts";
import { noteDeletions, noteRun } from "./deletions.ts";
import type { Job, JobContext } from "./job.ts";
import { joinNodes } from "./nodes.ts";

/** The schema of the queue's own tables. */
const SCHEMA = "jobs";
/** So many jobs run at once on a node. */
const CONCURRENCY = 4;
/** One that listens, and what the queue itself asks; what jobs ask goes through the hub's pool. */
const QUEUE_CONNECTIONS = CONCURRENCY + 1;
/** Any fixed number: one node makes the tables, the others wait. */
const MIGRATION_LOCK = 4_400_006;

export type JobParts = Pick<Surroundings, "pool" | "snapshots" | "log"> & { readonly jobs: readonly Job[] };

/** Makes or updates the queue's own tables; several nodes may do it at once. Needed before `addJob` on a node that runs no jobs. */
export async function migrateJobs(pool: pg.Pool, log: Log): Promise<void> {
  const client = await openConnection(pool, "job migration");
  try {
    await client.query(`set lock_timeout = 0; set statement_timeout = 0; select pg_advisory_lock(${MIGRATION_LOCK})`);
    await runMigrations({ pgPool: pool, schema: SCHEMA, logger: loggerOn(log) });
  } finally {
    await closeConnection(client);
  }
}

/** Runs jobs on this node, and makes those of the clock. `stop` lets those under way end. */
export async function startJobs(parts: JobParts): Promise<{ stop(): Promise<void> }> {
  const { pool, jobs, log } = parts;
  await migrateJobs(pool, log);
  const node = await joinNodes(pool, log);
  const queuePool = new pg.Pool({ ...connectionOptions(pool), max: QUEUE_CONNECTIONS, application_name: "weft jobs" });
  queuePool.on("error", (error) => log.warn({ err: error }, "a connection of the job queue was lost"));
  queuePool.on("connect", (client) => client.on("error", () => undefined));
  const runner = await run({
    pgPool: queuePool,
    schema: SCHEMA,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: loggerOn(log),
    events: node.events,
    taskList: Object.fromEntries(jobs.map((each) => [each.name, taskOf(each, parts)])),
    parsedCronItems: parseCronItems(jobs.flatMap(cronOf)),
  });
  return {
    async stop() {
      await runner.stop();
      await node.leave();
      await queuePool.end();
    },
  };
}

function taskOf({ name, handle, options }: Job, { pool, snapshots, log }: JobParts): Task {
  const isOfClock = options.cron !== undefined;
  return async (payload, { job, abortSignal }) => {
    const requestId = `job/${job.id}`;
    const around: Surroundings = { pool, snapshots, log, requestId, actor: SYSTEM };
    const ctx: JobContext = {
      read: { ...around, db: dbOn(pool), now: new Date() },
      signal: abortSignal,
      async write(work) {
        const outcome = await inTransaction(around, async (own) => {
          const value = await work(own);
          if (isOfClock) await noteDeletions(own, name);
          return ok(value);
        });
        if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is never replayed");
        return outcome.result.value;
      },
    };
    await withSpan(name, { "weft.job": job.id, "weft.attempt": job.attempts }, () => handle(ctx, payload as never)); // what `addJob` was given for this very job
    if (isOfClock && !abortSignal.aborted) await noteRun(ctx.read, name);
  };
}

/** One that was missed while no node ran is not made up for: it would have looked at what the next one looks at. */
function cronOf({ name, options }: Job): CronItem[] {
  if (options.cron === undefined) return [];
  return [{ task: name, match: options.cron, options: { jobKey: name, backfillPeriod: 0, maxAttempts: options.maxAttempts ?? 3 } }];
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The queue's messages in the hub's log. What it says of every job is of no interest unless one debugs. */
function loggerOn(log: Log): Logger {
  return new Logger((scope) => (level, message) => log[LEVELS[level]]({ task: scope.taskIdentifier, job: scope.jobId }, message));
}
