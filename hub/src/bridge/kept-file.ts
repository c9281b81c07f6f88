import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** A small value that is kept in a file. */
export type KeptFile<T> = {
  readonly read: () => Promise<T>;
  /** Changes the value; one change after the other, each on the disk before it is answered. */
  readonly change: (change: (value: T) => T) => Promise<void>;
};

/** Keeps a value as JSON: written beside, synced and renamed, so that a power cut leaves the one before or the one after. */
export function keepIn<T>(path: string, empty: T): KeptFile<T> {
  let value: T | undefined;
  let last: Promise<void> = Promise.resolve();
  const read = async (): Promise<T> => (value ??= await load());

  async function load(): Promise<T> {
    try {
      return JSON.parse(await readFile(path, "utf8")) as T; // written by save
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return empty; // an error of the file system
      throw error;
    }
  }

  async function save(next: T): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = await open(`${path}.draft`, "w", 0o600);
    try {
      await draft.writeFile(JSON.stringify(next));
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(`${path}.draft`, path);
  }

  return {
    read,
    change(change) {
      const done = last.then(async () => {
        const before = await read();
        const after = change(before);
        if (after === before) return;
        await save(after);
        value = after;
      });
      last = done.catch(() => undefined);
      return done;
    },
  };
}
