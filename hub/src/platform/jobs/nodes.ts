import { randomInt } from "node:crypto";
import { EventEmitter } from "node:events";
import type { WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { closeConnection, openConnection } from "../database/connection.ts";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";

/** This node among those that run jobs. */
export type JobNode = {
  /** For the queue, which tells here which workers it has. */
  readonly events: WorkerEvents;
  leave(): Promise<void>;
};

/** With a node's own number, the lock that it holds for as long as it lives. */
const NODE_LOCK = 4_400_005;
/** A node must be missing twice in a row: a connection may be lost for a moment without its node. */
const LOOK_MS = 5_000;

/**
 * Says that this node lives, and hands over the jobs of nodes that do not [JOB-2]: a killed one leaves its jobs locked, and the queue
 * by itself would free them after four hours.
 */
export async function joinNodes(pool: pg.Pool, log: Log): Promise<JobNode> {
  const own = randomInt(2 ** 31 - 1);
  const events: WorkerEvents = new EventEmitter();
  // The queue locks jobs under the id of the pool, not under those of its workers.
  events.on("pool:create", ({ workerPool }) => {
    statement(pool, "insert into platform.job_worker (worker_id, node_lock) values ($1, $2) on conflict do nothing", [
      workerPool.id,
      own,
    ]).catch((error: unknown) => log.warn({ err: error }, "this node could not be entered among those that run jobs"));
  });

  let client: pg.Client | undefined;
  const watch = watchNodes(pool, log);
  async function look(): Promise<void> {
    client ??= await holdLock(pool, own, () => (client = undefined));
    await watch();
  }

  await look();
  const timer = setInterval(
    () => void look().catch((error: unknown) => log.warn({ err: error }, "job nodes could not be looked after")),
    LOOK_MS,
  );
  return {
    events,
    async leave() {
      clearInterval(timer);
      await statement(pool, "delete from platform.job_worker where node_lock = $1", [own]);
      await closeConnection(client);
    },
  };
}

async function holdLock(pool: pg.Pool, own: number, onLost: () => void): Promise<pg.Client> {
  const client = await openConnection(pool, "job node");
  client.on("end", onLost);
  await client.query("select pg_advisory_lock($1, $2)", [NODE_LOCK, own]);
  return client;
}

/** One look: the nodes that are missing now and were missing at the look before are gone. */
export function watchNodes(pool: pg.Pool, log: Pick<Log, "info">): () => Promise<void> {
  let missing: readonly number[] = [];
  return async () => {
    const nodes = await missingNodes(pool);
    const gone = nodes.filter((node) => missing.includes(node));
    missing = nodes;
    await takeOver(pool, gone, log);
  };
}

async function missingNodes(pool: pg.Pool): Promise<number[]> {
  const rows = await statement<{ node: number }>(
    pool,
    `select distinct node_lock as node from platform.job_worker
      where not exists (select from pg_locks where locktype = 'advisory' and classid = $1::bigint::oid and objid = node_lock::bigint::oid
                           and database = (select oid from pg_database where datname = current_database()))`,
    [NODE_LOCK],
  );
  return rows.map(({ node }) => node);
}

/** Frees the jobs that the workers of these nodes have locked. Two nodes that do so at once free them once. */
async function takeOver(pool: pg.Pool, nodes: readonly number[], log: Pick<Log, "info">): Promise<void> {
  if (nodes.length === 0) return;
  const rows = await statement<{ worker: string }>(
    pool,
    `with gone as (delete from platform.job_worker where node_lock = any($1::integer[]) returning worker_id)
     select worker_id as worker, jobs.force_unlock_workers(array[worker_id]) from gone`,
    [nodes],
  );
  if (rows.length > 0) log.info({ workers: rows.length }, "took over the jobs of a node that is gone");
}
