import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The list beside the backups. It is older than none of them, so that an erasure outlives the backup that does not know of it [BAK-5]. */
const FILE_NAME = "erased-records.txt";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const erasedListIn = (directory: string): string => join(directory, FILE_NAME);

/** Adds ids at the end, one a line. Repeats do no harm. */
export async function appendErased(directory: string, recordIds: readonly string[]): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await appendFile(erasedListIn(directory), recordIds.map((id) => `${id}\n`).join(""), { mode: 0o600, flush: true });
}

/** The ids of a list; none when there is no such file. What is no id is passed over: a line that was cut off by a crash is written again. */
export async function readErased(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return [...new Set(text.split("\n").filter((line) => ID.test(line)))];
}

/** The list that belongs to a backup file: the one beside it. */
export const erasedListBeside = (backup: string): string => erasedListIn(dirname(backup));
