import type pg from "pg";
import { openPool, type Config, type Log } from "../platform/index.ts";
import { FolderOwnedError, startEmbeddedPostgres } from "../platform/postgres/index.ts";

/**
 * Gives a command the database that a hub with this configuration would use: that of `DATABASE_URL`, the embedded one of a hub that
 * runs, or the embedded one started for as long as the command takes.
 */
export async function withDatabase<T>(config: Config, log: Log, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const { url, stop } = config.databaseUrl === undefined ? await embedded(config.home, log) : { url: config.databaseUrl, stop: undefined };
  const pool = openPool(url, config, (error) => log.error({ err: error }, "a database connection broke"));
  try {
    return await work(pool);
  } finally {
    await pool.end();
    await stop?.();
  }
}

async function embedded(home: string, log: Log): Promise<{ readonly url: string; readonly stop: (() => Promise<void>) | undefined }> {
  try {
    return await startEmbeddedPostgres({ home, log });
  } catch (error) {
    if (error instanceof FolderOwnedError) return { url: error.url, stop: undefined };
    throw error;
  }
}
