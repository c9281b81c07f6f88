import { existsSync } from "node:fs";
import { BackupError, createLog, readConfig, takeBackup } from "../platform/index.ts";
import { VERSION } from "../version.ts";
import { progressBar } from "../cli/progress-bar.ts";
import { withDatabase } from "../cli/with-database.ts";

/**
 * `npm run backup -- FILE`: everything that the database of `DATABASE_URL` or `WEFT_HOME` holds at this moment, while the hub works on.
 * Exit code 2 when it was not taken.
 */
export async function backup(args: readonly string[]): Promise<void> {
  const [path] = args;
  if (path === undefined || args.length > 1) throw new BackupError("npm run backup -- FILE");
  if (existsSync(path)) throw new BackupError(`${path} is there already: give the new backup a name of its own.`);
  const bar = progressBar(process.stdout, "tables");
  const started = performance.now();
  const taken = await withDatabase(readConfig(process.env, []), createLog("warn"), (pool) =>
    takeBackup({ pool, path, version: VERSION, onProgress: (done, of) => bar.at(done, of) }),
  );
  bar.end();
  process.stdout.write(
    `${taken.path}: ${taken.tables} tables, ${(taken.bytes / 1_000_000).toFixed(1)} MB in ${((performance.now() - started) / 1000).toFixed(1)} s\nSHA-256 of what it holds: ${taken.sha256}\nKeep WEFT_SECRET (or the file secret of WEFT_HOME) in another safe place: the backup does not have it.\n`,
  );
}
