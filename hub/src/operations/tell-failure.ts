import { BackupError } from "../platform/index.ts";
import { ConfigError } from "../platform/config.ts";

/** What a person must change is told in words, with exit code 2; anything else is a bug and throws. */
export function tellFailure(error: unknown): void {
  if (!(error instanceof BackupError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
