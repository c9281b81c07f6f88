import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type pg from "pg";
import { statement } from "../database/db.ts";
import { job, type Job } from "../jobs/job.ts";
import { takeBackup } from "./take-backup.ts";

export type NightlyBackups = {
  /** Where the files are. Absolute. */
  readonly directory: string;
  /** How many are kept; 0 turns the job off. */
  readonly kept: number;
  readonly version: string;
};

const NAME = /^weft-\d{8}T\d{6}Z\.backup$/;
/** In UTC: after the last cafe of Europe has closed, before the first one opens. */
const NIGHTLY = "40 1 * * *";
const RUNS_KEPT = "90 days";

/** Takes a backup every night and keeps the newest ones. */
export function backupJob(pool: pg.Pool, backups: NightlyBackups): Job {
  return job("platform.backup", ({ signal }) => backUpAndRotate(pool, backups, signal), { cron: NIGHTLY, maxAttempts: 2 });
}

/** Takes one now, says so in `platform.backup_run`, and removes files beyond the number that is kept: only those of this name, and never the new one. */
export async function backUpAndRotate(pool: pg.Pool, { directory, kept, version }: NightlyBackups, signal?: AbortSignal): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const startedAt = new Date();
  const path = join(directory, `weft-${startedAt.toISOString().replaceAll(/[-:]|\.\d+/g, "")}.backup`);
  await statement(pool, "insert into platform.backup_run (started_at, file) values ($1, $2) on conflict do nothing", [
    startedAt,
    basename(path),
  ]);
  try {
    const { bytes, sha256 } = await takeBackup({ pool, path, version, ...(signal && { signal }) });
    await statement(pool, "update platform.backup_run set finished_at = now(), bytes = $2, sha256 = $3 where started_at = $1", [
      startedAt,
      bytes,
      sha256,
    ]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    await statement(pool, "update platform.backup_run set finished_at = now(), error = $2 where started_at = $1", [startedAt, reason]);
    throw error;
  }
  await rotate(directory, kept);
  await statement(pool, `delete from platform.backup_run where started_at < now() - interval '${RUNS_KEPT}'`, []);
}

/** Also what a run left behind that was killed. */
async function rotate(directory: string, kept: number): Promise<void> {
  const files = await readdir(directory);
  const whole = files.filter((file) => NAME.test(file)).toSorted();
  const cutOff = files.filter((file) => file.endsWith(".partial") && NAME.test(file.slice(0, -".partial".length)));
  for (const file of [...whole.slice(0, Math.max(0, whole.length - kept)), ...cutOff]) await rm(join(directory, file), { force: true });
}
