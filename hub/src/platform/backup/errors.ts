/** A backup or a restore that cannot be done as asked. The message says why and what can be done; nothing was changed. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}
