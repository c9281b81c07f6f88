import type pg from "pg";
import { statement } from "../database/db.ts";

/** How the log and its subscribers are, for metrics and the health page. */
export type LogState = {
  readonly position: number;
  /** Committed events without a position, and the age of the oldest in milliseconds. */
  readonly waiting: number;
  readonly lagMs: number;
  readonly subscribers: readonly {
    readonly name: string;
    readonly position: number;
    readonly behind: number;
    readonly deadLetters: number;
  }[];
};

export async function readLogState(pool: pg.Pool): Promise<LogState> {
  const [heads, subscribers] = await Promise.all([
    statement<Omit<LogState, "subscribers">>(pool, LOG_STATE, []),
    statement<LogState["subscribers"][number]>(pool, SUBSCRIBERS, []),
  ]);
  const [head] = heads;
  if (!head) throw new Error("platform.log_head has lost its row");
  return { ...head, subscribers };
}

const LOG_STATE = `
  select position, waiting, coalesce(greatest(0, extract(epoch from clock_timestamp() - oldest) * 1000), 0)::integer as "lagMs"
    from platform.log_head, (select count(*)::integer as waiting, min(at) as oldest from platform.outbox) as outbox`;

const SUBSCRIBERS = `
  select name, subscription.position, greatest(0, head.position - subscription.position) as behind,
         (select count(*) from platform.dead_letter where subscriber = name and state = 'waiting')::integer as "deadLetters"
    from platform.subscription, platform.log_head head order by name`;
