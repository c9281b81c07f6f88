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

/** Work that may be late: made by a subscriber, or by the clock. */
export type Job<Payload = unknown> = {
  /** `module.purpose`. */
  readonly name: string;
  /** Throwing means: again later, up to `maxAttempts` times. Runs at least once, so what it does to the outside needs a key of its own. */
  readonly handle: (ctx: JobContext, payload: Payload) => Promise<void>;
  readonly options: JobOptions;
};

export type JobOptions = {
  /** When the clock makes the job, in UTC, as in crontab: minute, hour, day of month, month, day of week. */
  readonly cron?: string;
  /** 10 by default, with waits that grow by a factor of e: about 6 hours in all. */
  readonly maxAttempts?: number;
};

/** `job("messages.send", async (ctx, { messageId }: { messageId: string }) => …)`. The payload carries ids, never personal values. */
export function job<Payload>(name: string, handle: Job<Payload>["handle"], options: JobOptions = {}): Job<Payload> {
  return { name, handle, options };
}
