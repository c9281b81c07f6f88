import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { migrationFolders } from "../src/modules.ts";
import { migrate } from "../src/platform/migrations/index.ts";
import { startEmbeddedPostgres } from "../src/platform/postgres/index.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The socket folder of the throwaway server that holds `template_weft`. */
    databaseHost: string;
  }
}

/** One throwaway server for all tests, with a migrated template that each file clones. Nothing is dropped: the whole server is thrown away. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "weft-test-"));
  const log = pino({ level: "warn" });
  const server = await startEmbeddedPostgres({
    home,
    log,
    isThrowaway: true,
    settings: { max_connections: "200", shared_buffers: "64MB", autovacuum: "off" },
  });
  const tearDown = async (): Promise<void> => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.socketDirectory, log);
  } catch (error) {
    await tearDown(); // vitest calls it only after a setup that succeeded
    throw error;
  }
  project.provide("databaseHost", server.socketDirectory);
  return tearDown;
}

async function makeTemplate(host: string, log: pino.Logger): Promise<void> {
  const pool = new pg.Pool({ host, user: "weft", database: "weft", max: 1 });
  try {
    await migrate(pool, migrationFolders(), log);
  } finally {
    await pool.end();
  }
  const client = new pg.Client({ host, user: "weft", database: "postgres" });
  await client.connect();
  await client.query("alter database weft rename to template_weft");
  // A template that nobody can connect to can always be cloned.
  await client.query("alter database template_weft with allow_connections false");
  await client.end();
}
