import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../ctx.ts";

/** What a job works with. A job may call the outside world between its transactions, never inside one. */
export type JobContext = {
  /** For queries, on the pool. */
  readonly read: ReadCtx;
  /** Runs `work` in one transaction of its own. */
  readonly write: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  /** Aborted when the hub stops: end soon; what is not done is tried again. */
  readonly signal: AbortSignal;
};

/** Work that may be late: made by a subscriber with `addJob`, or by the clock. */
export type Job<in Payload = never> = {
  /** `module.purpose`. */
  readonly name: string;
  /** Throwing means: again later, up to `maxAttempts` times. Runs at least once, so what it does to the outside needs a key of its own. */
  readonly handle: (ctx: JobContext, payload: Payload) => Promise<void>;
  readonly options: JobOptions;
};

export type JobOptions = {
  /** When the clock makes the job, in UTC, as in crontab: minute, hour, day of month, month, day of week. */
  readonly cron?: string;
  /** 10 by default (3 for the clock's), with waits that grow by a factor of e from 3 s on: three and a half hours in all. */
  readonly maxAttempts?: number;
};

/** `job("messages.send", async (ctx, { messageId }: { messageId: string }) => …)`. The payload carries ids, never personal values. */
export function job<Payload>(name: string, handle: Job<Payload>["handle"], options: JobOptions = {}): Job<Payload> {
  return { name, handle, options };
}

export type AddedJob = {
  /** A second job with the same key replaces the first while that waits. */
  readonly key?: string;
  /** Not before. */
  readonly at?: Date;
};

/**
 * Makes a job with the transaction. For subscribers and jobs only, never for a command: it notifies, and transactions that notify
 * commit one by one.
 */
export async function addJob<Payload>(
  ctx: Pick<Ctx, "db">,
  { name, options }: Job<Payload>,
  payload: Payload,
  { key, at }: AddedJob = {},
): Promise<void> {
  await sql`
    select jobs.add_job(identifier => ${name}, payload => ${JSON.stringify(payload)}::json, run_at => ${at ?? null}::timestamptz,
                        max_attempts => ${options.maxAttempts ?? MOST_ATTEMPTS}::integer, job_key => ${key ?? null}::text)`.execute(ctx.db);
}

const MOST_ATTEMPTS = 10;
