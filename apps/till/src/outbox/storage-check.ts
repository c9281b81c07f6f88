import { openDB } from "idb";
import { ownName } from "@weft/ui/browser/device.ts";

/** Why this browser must not be trusted with a sale; null: it can be. */
export type StorageTrouble = "unwritable" | "full";

/** A long day of sales fits in it several times over. */
const LEAST_BYTES = 20_000_000;

/** Whether less is left than a day of sales needs. A browser that says nothing of its disk is believed until a write fails. */
export function isFull({ quota = Infinity, usage = 0 }: StorageEstimate): boolean {
  return quota - usage < LEAST_BYTES;
}

/**
 * Writes something durably, reads it back, and asks how much more fits. What is wrong is found before a shift is opened, not when a
 * customer has paid.
 */
export async function checkStorage(): Promise<StorageTrouble | null> {
  try {
    if (isFull((await navigator.storage?.estimate?.()) ?? {})) return "full";
    const database = await openDB(ownName("weft-till-check"), 1, { upgrade: (db) => void db.createObjectStore("check") });
    const written = crypto.randomUUID();
    const transaction = database.transaction("check", "readwrite", { durability: "strict" });
    await transaction.store.put(written, "last");
    await transaction.done;
    const read: unknown = await database.get("check", "last");
    database.close();
    return read === written ? null : "unwritable";
  } catch (error) {
    return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "unwritable";
  }
}
