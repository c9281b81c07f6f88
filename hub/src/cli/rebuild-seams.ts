import { ok } from "@weft/kernel";
import { rebuildSeams, REBUILD_AT_ONCE } from "../modules/insights/index.ts";
import { migrationFolders } from "../modules.ts";
import { createLog, createSnapshots, inTransaction, readConfig, SYSTEM } from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { withDatabase } from "./with-database.ts";

/** Finds all seams again, so many records in each transaction. Answers about how many records that were. */
export function rebuildAll(told: (done: number) => void): Promise<number> {
  const log = createLog("warn");
  return withDatabase(readConfig(process.env, []), log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    const around = { pool, log, snapshots: createSnapshots({ pool, log }), actor: SYSTEM, requestId: "continuity" };
    let done = 0;
    for (let after: string | null = null; ;) {
      const outcome = await inTransaction(around, async (ctx) => ok(await rebuildSeams(ctx, after)));
      after = outcome.kind === "done" && outcome.result.ok ? outcome.result.value : null;
      if (after === null) return done;
      told((done += REBUILD_AT_ONCE));
    }
  });
}
