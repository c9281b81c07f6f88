import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../src/platform/postgres/index.ts";
import { migrateModules } from "./migrate-modules.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The socket folder of the throwaway server that holds `template_weft`. */
    databaseHost: string;
    /** What went wrong while the template was migrated. */
    migrationFailures: readonly string[];
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
    project.provide("migrationFailures", await makeTemplate(server.socketDirectory));
  } catch (error) {
    await tearDown(); // vitest calls it only after a setup that succeeded
    throw error;
  }
  project.provide("databaseHost", server.socketDirectory);
  return tearDown;
}

async function makeTemplate(host: string): Promise<readonly string[]> {
  const failures = await migrateModules({ host, user: "weft", database: "weft" });
  for (const failure of failures) console.error(failure);
  const client = new pg.Client({ host, user: "weft", database: "postgres" });
  await client.connect();
  await client.query("alter database weft rename to template_weft");
  // A template that nobody can connect to can always be cloned.
  await client.query("alter database template_weft with allow_connections false");
  await client.end();
  return failures;
}
