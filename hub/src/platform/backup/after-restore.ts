import type pg from "pg";
import { statement } from "../database/db.ts";

/** What a restore leaves to be done once the database is in the state of this version. Each step may be done again. */
export type AfterRestore = {
  /** Makes the partitions of today: those of the file are of its own days. */
  makePartitions(): Promise<void>;
  /** Erases again who was erased after the backup was taken. */
  eraseAgain(recordIds: readonly string[]): Promise<void>;
  /** Writes down that it was restored, where the law wants to read it. */
  tellJournals(): Promise<void>;
};

/**
 * Finishes a restore that is not finished, else does nothing. Both the command and every start of a hub ask, so that a restore that was
 * cut off after its data stood is finished before anybody is served. Answers whether there was something to do.
 */
export async function finishRestore(pool: pg.Pool, steps: AfterRestore): Promise<boolean> {
  const [row] = await statement<{ open: { erasedRecordIds: string[] } | null }>(
    pool,
    'select after_restore as "open" from platform.installation',
    [],
  );
  if (!row?.open) return false;
  await steps.makePartitions();
  await steps.eraseAgain(row.open.erasedRecordIds);
  await steps.tellJournals();
  await statement(pool, "update platform.installation set after_restore = null", []);
  return true;
}
