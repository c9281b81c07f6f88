import type { Result } from "@weft/kernel";
import { CompiledQuery } from "kysely";
import pg from "pg";
import { contextOf, type Actor, type Ctx } from "./ctx.ts";
import { currentTraceId } from "./telemetry/trace.ts";
import { beginAt } from "./database/begin.ts";
import { dbOn, statement, type Db } from "./database/db.ts";
import { isPassing } from "./database/passing.ts";
import { beginTrail, endTrail, firstFailure, together } from "./database/trail.ts";

export { gathered } from "./database/gathered.ts";
export { BEHIND } from "./database/begin.ts";
export { trailing } from "./database/trail.ts";

const { DatabaseError } = pg;

/** A lock was not to be had within `lock_timeout`: somebody else is at work on the same thing. */
const LOCK_NOT_AVAILABLE = "55P03";
const MOST_TRIES = 5;

/** The request ran into another one that holds the same row for long. The edge answers 409 with `Retry-After`. */
export class BusyError extends Error {
  override readonly name = "BusyError";
}

export type Key = { readonly credential: string; readonly route: string; readonly key: string; readonly requestHash: Buffer };

/** What stands under an idempotency key already. */
export type StoredAnswer =
  | { readonly kind: "stored"; readonly status: number; readonly response: string }
  | { readonly kind: "other_request" }
  | { readonly kind: "running"; readonly resumeAfter: Date | null };

/** What is kept under the key when the command succeeds. */
export type KeptAnswer = { readonly status: number; readonly response: string; readonly recordId?: string | null };

/** A command that waits for the outside world: the key stays taken, and whoever comes after this time goes on with it. */
export type StillRunning = { readonly resumeAfter: Date };

export type Surroundings = Pick<Ctx, "snapshots" | "log"> & {
  readonly pool: pg.Pool;
  readonly requestId: string;
  readonly actor: Actor;
  /** Settings of the database for this transaction, as `BEHIND`; only without a key. */
  readonly settings?: string;
};

export type Outcome<T, E> =
  | { readonly kind: "done"; readonly result: Result<T, E> }
  | { readonly kind: "replayed"; readonly stored: StoredAnswer };

/**
 * Runs a command in one transaction: commits on `ok`, rolls back on `err` or a throw. Deadlocks and the like are tried again, at most
 * five times; so nothing outside the database may happen in `run`. With a key, the key is claimed first, and `keep` gives
 * the answer that is stored with it in the same transaction.
 */
export async function inTransaction<T, E>(
  around: Surroundings,
  run: (ctx: Ctx) => Promise<Result<T, E>>,
  keyed?: { readonly key: Key; keep(value: T): KeptAnswer | StillRunning },
): Promise<Outcome<T, E>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(around, run, keyed);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE)
        throw new BusyError("another request holds what this one needs", { cause: error });
      if (!isPassing(error) || attempt === MOST_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * Math.random()));
    }
  }
}

async function attemptOnce<T, E>(
  around: Surroundings,
  run: (ctx: Ctx) => Promise<Result<T, E>>,
  keyed?: { readonly key: Key; keep(value: T): KeptAnswer | StillRunning },
): Promise<Outcome<T, E>> {
  const client = await around.pool.connect();
  const trail = beginTrail(client);
  let broken = true;
  try {
    const opened = await open(client, keyed?.key, around.settings);
    if ("stored" in opened) {
      await client.query("rollback");
      broken = false;
      return { kind: "replayed", stored: opened.stored };
    }
    // What SQL functions publish carries the trace too. Nothing is traced without an endpoint, so this costs a statement only there.
    const traceId = currentTraceId();
    if (traceId !== null) await statement(client, "select set_config('weft.trace', $1, true)", [traceId]);
    const ctx = contextOf({ ...around, db: dbOn(client), now: opened.now });
    const result = await run(ctx);
    if (result.ok) await commit(client, trail.statements, keyed && { key: keyed.key, answer: keyed.keep(result.value) });
    else await client.query("rollback");
    broken = false;
    return { kind: "done", result };
  } catch (thrown) {
    // After a failed statement every later one fails too, and says only that: the first is the reason.
    const error = (await firstFailure(trail)) ?? thrown;
    // A connection whose rollback fails is thrown away with its transaction.
    broken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    endTrail(trail);
    client.release(broken);
  }
}

/**
 * What was written and not waited for, the answer under its key, and the commit: one round trip. A commit after a failed statement
 * answers ROLLBACK without an error, so its answer is looked at too.
 */
async function commit(
  client: pg.PoolClient,
  written: readonly Promise<unknown>[],
  kept: { readonly key: Key; readonly answer: KeptAnswer | StillRunning } | undefined,
): Promise<void> {
  const [, end] = await together(client, () =>
    Promise.all([Promise.all([...written, kept && keep(client, kept.key, kept.answer)]), client.query("commit")]),
  );
  if (end.command !== "COMMIT") throw new Error("the transaction could not be committed");
}

type ClaimRow = {
  now: Date;
  claimed: boolean;
  same_request: boolean;
  status: number | null;
  response: string | null;
  resume_after: Date | null;
};

/** `begin` travels with the first statement: one round trip for both. */
async function open(client: pg.PoolClient, key: Key | undefined, settings?: string): Promise<{ now: Date } | { stored: StoredAnswer }> {
  if (!key) return { now: await beginAt(client, settings) };
  const [, rows] = await together(client, () =>
    Promise.all([
      client.query("begin"),
      statement<ClaimRow>(client, "select * from platform.claim_key($1, $2, $3, $4)", [
        key.credential,
        key.route,
        key.key,
        key.requestHash,
      ]),
    ]),
  );
  const row = rows[0];
  if (!row) throw new Error("the transaction did not open");
  if (row.claimed) return { now: row.now };
  if (!row.same_request) return { stored: { kind: "other_request" } };
  if (row.status === null || row.response === null) return { stored: { kind: "running", resumeAfter: row.resume_after } };
  return { stored: { kind: "stored", status: row.status, response: row.response } };
}

const KEEP =
  "update platform.idempotency_key set status = $4, response = $5, record_id = $6 where credential = $1 and route = $2 and key = $3";
const KEEP_RUNNING = "update platform.idempotency_key set resume_after = $4 where credential = $1 and route = $2 and key = $3";

function keep(client: pg.PoolClient, { credential, route, key }: Key, answer: KeptAnswer | StillRunning): Promise<unknown> {
  if ("resumeAfter" in answer) return statement(client, KEEP_RUNNING, [credential, route, key, answer.resumeAfter]);
  return statement(client, KEEP, [credential, route, key, answer.status, answer.response, answer.recordId ?? null]);
}

/** Stores the answer of a command under its key, also long after it began: for commands that waited for the outside world. */
export async function keepAnswer(db: Db, key: Pick<Key, "credential" | "route" | "key">, answer: KeptAnswer): Promise<void> {
  const values = [key.credential, key.route, key.key, answer.status, answer.response, answer.recordId ?? null];
  await db.executeQuery(CompiledQuery.raw(KEEP, values));
}

/** A refusal rolled everything back, so it is stored afterwards: a replayed refusal stays one. */
export async function keepRefusal(pool: pg.Pool, key: Key, answer: KeptAnswer): Promise<void> {
  await statement(
    pool,
    "insert into platform.idempotency_key (credential, route, key, request_hash, status, response) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    [key.credential, key.route, key.key, key.requestHash, answer.status, answer.response],
  );
}
