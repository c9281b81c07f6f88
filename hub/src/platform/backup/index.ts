export { finishRestore, type AfterRestore } from "./after-restore.ts";
export { readEpoch } from "./epoch.ts";
export { BackupError } from "./errors.ts";
export { appendErased, erasedListBeside, readErased } from "./erased-list.ts";
export { backupJob, backUpAndRotate, type NightlyBackups } from "./nightly.ts";
export { restoreBackup, type Restored } from "./restore-backup.ts";
export { takeBackup, type TakenBackup } from "./take-backup.ts";
