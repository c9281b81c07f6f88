import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { ownName } from "@weft/ui/browser/device.ts";

/** An answer of the hub as it was at an instant (ISO 8601). */
export type Kept<T> = { readonly value: T; readonly at: string };

interface KeptSchema extends DBSchema {
  kept: { key: string; value: Kept<unknown> };
}

/** After this long without an answer the till goes on with what it has: a cashier does not wait for a line that hangs. */
const PATIENCE_MS = 3000;

let opening: Promise<IDBPDatabase<KeptSchema>> | undefined;

function database(): Promise<IDBPDatabase<KeptSchema>> {
  opening ??= openDB<KeptSchema>(ownName("weft-till-kept"), 1, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore("kept");
    },
  });
  return opening;
}

/** Keeps an answer for the time without a network. A browser that keeps nothing sells as long as the hub answers. */
export async function keep(key: string, value: unknown): Promise<void> {
  await (await database()).put("kept", { value, at: new Date().toISOString() }, key).catch(() => undefined);
}

/** What was kept under a key. */
export async function recall<T>(key: string): Promise<Kept<T> | undefined> {
  const db = await database().catch(() => undefined);
  return (await db?.get("kept", key).catch(() => undefined)) as Kept<T> | undefined; // written by `keep` under the same key
}

/** Asks the hub, and goes on with what it answered last where it cannot be reached. `isNew` saves writing what is there already. */
export async function askOrRecall<T>(key: string, ask: () => Promise<T>, isNew: (was: T, now: T) => boolean = () => true): Promise<T> {
  const before = await recall<T>(key);
  try {
    const answer = await (before ? withPatience(ask()) : ask());
    if (!before || isNew(before.value, answer)) void keep(key, answer);
    return answer;
  } catch (error) {
    if (!before || !isAway(error)) throw error;
    return before.value;
  }
}

/** Whether the hub was not there to answer: no network, or a proxy before a hub that is down. */
export function isAway(error: unknown): boolean {
  return error instanceof TooSlow || (error instanceof ProblemError && (error.offline || error.problem.status >= 502));
}

class TooSlow extends Error {
  override readonly name = "TooSlow";
}

function withPatience<T>(asked: Promise<T>): Promise<T> {
  const slow = Promise.withResolvers<never>();
  const timer = setTimeout(() => slow.reject(new TooSlow()), PATIENCE_MS);
  return Promise.race([asked, slow.promise]).finally(() => clearTimeout(timer));
}
