import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { afterRestore } from "../after-restore.ts";
import {
  analyzeFilled,
  BackupError,
  createLog,
  erasedListBeside,
  finishRestore,
  openVault,
  readConfig,
  readErased,
  restoreBackup,
} from "../platform/index.ts";
import type { MigrationFolder } from "../platform/migrations/index.ts";
import { progressBar } from "../cli/progress-bar.ts";
import { withDatabase } from "../cli/with-database.ts";

const USAGE = "npm run restore -- FILE [--erased LIST]";

/**
 * `npm run restore -- FILE`: fills the empty database of `DATABASE_URL` or `WEFT_HOME`, migrates it to this version, and erases again who
 * is on the list of erased records (by default the one beside the file). Exit code 2 when nothing was restored.
 */
export async function restore(args: readonly string[], folders: readonly MigrationFolder[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { erased: { type: "string" } } });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new BackupError(USAGE);
  const config = readConfig(process.env, []);
  const log = createLog("warn");
  const erasedRecordIds = await readErased(values.erased ?? erasedListBeside(resolve(path)));
  const bar = progressBar(process.stdout, "tables");
  const done = await withDatabase(config, log, async (pool) => {
    const restored = await restoreBackup({
      pool,
      path,
      folders,
      vault: openVault(config.secret),
      log,
      afterwards: { erasedRecordIds },
      onProgress: (filled, of) => bar.at(filled, of),
    });
    await finishRestore(pool, afterRestore(pool, log, openVault(config.secret)));
    await analyzeFilled(pool);
    return restored;
  });
  bar.end();
  process.stdout.write(
    `Restored the state of ${done.takenAt} (Weft ${done.version}), ${done.migratedForward} migrations on top of it. Epoch ${done.epoch}.\n` +
      `${erasedRecordIds.length} records are on the list of the erased.\nStart the hub: tills send again what is missing, and open payments are asked at their provider.\n`,
  );
}
