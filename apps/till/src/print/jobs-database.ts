import { openDB, type DBSchema } from "idb";
import { ownName } from "@weft/ui/browser/device.ts";
import { afterEvent, type PrintJob } from "./job.ts";
import type { PrintJobs } from "./queue.ts";

interface PrintSchema extends DBSchema {
  /** Ids are UUIDv7: they lie in the order of their making. */
  jobs: { key: string; value: PrintJob };
}
const VERSION = 1;

/** The print jobs of a register, in a database of their own: a full or broken one is no matter of the sales. */
export async function openPrintJobs(registerId: string): Promise<PrintJobs> {
  const database = await openDB<PrintSchema>(ownName(`weft-print-${registerId}`), VERSION, {
    upgrade(opened, from) {
      if (from < 1) opened.createObjectStore("jobs", { keyPath: "id" });
    },
  });
  return {
    all: () => database.getAll("jobs"),
    async add(job) {
      await database.add("jobs", job);
    },
    async change(id, event) {
      const transaction = database.transaction("jobs", "readwrite");
      const job = await transaction.store.get(id);
      const changed = job && afterEvent(job, event);
      if (changed) await transaction.store.put(changed);
      await transaction.done;
      return changed;
    },
    async forget(before) {
      const transaction = database.transaction("jobs", "readwrite");
      for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue())
        if (cursor.value.at < before) await cursor.delete();
      await transaction.done;
    },
  };
}
