import type pg from "pg";
import { CustomerErased } from "./modules/customers/events.ts";
import { appendErased, backupJob, on, subscriber, type Config, type Job, type Subscriber } from "./platform/index.ts";
import { VERSION } from "./version.ts";

/** What a hub does so that it can be restored: a backup every night, and the list of who was erased since. */
export function backupsOf(
  pool: pg.Pool,
  { backupDir, backupsKept = 0 }: Partial<Pick<Config, "backupDir" | "backupsKept">>,
): { readonly jobs: readonly Job[]; readonly subscribers: readonly Subscriber[] } {
  if (backupDir === undefined || backupsKept === 0) return { jobs: [], subscribers: [] };
  return {
    jobs: [backupJob(pool, { directory: backupDir, kept: backupsKept, version: VERSION })],
    subscribers: [
      // Outside the database, because a restore takes the database back to before the erasure. A few milliseconds late.
      subscriber("backups.erased_records", [on(CustomerErased, (_ctx, { data }) => appendErased(backupDir, [data.recordId]))]),
    ],
  };
}
