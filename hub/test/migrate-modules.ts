import type { Pool } from "pg";
import { pino } from "pino";
import { migrationFolders } from "../src/modules.ts";
import { migrate } from "../src/platform/migrations/index.ts";

/**
 * Migrates module after module and answers with what failed. One module with a broken migration fails its own tests and the test
 * that asks for this list, not everybody's.
 */
export async function migrateModules(pool: Pool): Promise<string[]> {
  const failures: string[] = [];
  for (const folder of migrationFolders()) {
    await migrate(pool, [folder], pino({ level: "silent" })).catch((error: unknown) => failures.push(String(error)));
  }
  return failures;
}
