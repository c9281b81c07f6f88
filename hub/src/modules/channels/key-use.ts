import type { Pool } from "pg";
import { statement, type Log } from "../../platform/index.ts";

/** When keys were last used: noted in memory by every request, written once in a while. */
export type KeyUse = {
  used(keyId: string): void;
  /** Writes what was noted, and writes no more. */
  stop(): Promise<void>;
};

/** A figure for people, so it may be a minute old; a statement per request would cost more than it tells. */
export function startKeyUse(pool: Pool, log: Pick<Log, "warn">, everyMs = 60_000): KeyUse {
  let noted = new Set<string>();

  async function write(): Promise<void> {
    if (noted.size === 0) return;
    const ids = [...noted];
    noted = new Set();
    await statement(pool, "update channels.key set last_used_at = now() where id = any($1::uuid[])", [ids]);
  }

  const timer = setInterval(() => {
    write().catch((error: unknown) => log.warn({ err: error }, "the last use of keys could not be written"));
  }, everyMs);
  timer.unref();
  return {
    used: (keyId) => noted.add(keyId),
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}
