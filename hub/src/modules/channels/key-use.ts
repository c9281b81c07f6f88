import type { Pool } from "pg";
import { statement, type Log } from "../../platform/index.ts";

/** When keys were last used: noted in memory by every request, written once in a while. */
export type KeyUse = {
  note(keyId: string): void;
  /** Writes what was noted. Called at the end, too. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/** A figure for people, so it may be a minute old; a statement per request would cost more than it tells. */
export function startKeyUse({ pool, log, everyMs = 60_000 }: { pool: Pool; log: Pick<Log, "warn">; everyMs?: number }): KeyUse {
  let used = new Set<string>();

  async function flush(): Promise<void> {
    if (used.size === 0) return;
    const ids = [...used];
    used = new Set();
    await statement(pool, "update channels.key set last_used_at = now() where id = any($1::uuid[])", [ids]);
  }

  const timer = setInterval(() => {
    flush().catch((error: unknown) => log.warn({ err: error }, "the last use of keys could not be written"));
  }, everyMs);
  timer.unref();
  return {
    note: (keyId) => used.add(keyId),
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
