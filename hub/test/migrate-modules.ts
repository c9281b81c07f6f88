import { Pool, type PoolConfig } from "pg";
import { pino } from "pino";
import { migrationFolders } from "../src/modules.ts";
import { migrate } from "../src/platform/migrations/index.ts";

/**
 * Migrates module after module and answers with what failed. One module with a broken migration fails its own tests and the test
 * that asks for this list, not everybody's.
 */
export async function migrateModules(where: PoolConfig): Promise<string[]> {
  const pool = new Pool({ ...where, max: 1 });
  const failures: string[] = [];
  for (const folder of migrationFolders()) {
    await migrate(pool, [folder], pino({ level: "silent" })).catch((error: unknown) => failures.push(String(error)));
  }
  await pool.end();
  return failures;
}
