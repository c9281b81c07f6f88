import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { ownName } from "@weft/ui/browser/device.ts";
import type { OutboxRow, OutboxRows } from "./rows.ts";

interface OutboxSchema extends DBSchema {
  commands: { key: number; value: OutboxRow & { readonly open: 0 | 1 }; indexes: { open: [number, number] } };
}

/** One database per register and framed device, so that a device that changes its register leaves nothing behind in the other's row. */
const nameOf = (registerId: string): string => ownName(`weft-till-${registerId}`);
const VERSION = 1;

/**
 * The outbox in IndexedDB. Chrome's transactions are not durable by default: `strict` waits for the disk, so that a paid sale survives
 * a power cut.
 */
export async function openOutboxRows(registerId: string): Promise<OutboxRows> {
  const database = await openDB<OutboxSchema>(nameOf(registerId), VERSION, { upgrade });
  // Asked for so that the browser does not clear it when the disk is short; it may say no, and then the outbox is as safe as it can be.
  void navigator.storage?.persist?.().catch(() => false);
  return rowsIn(database);
}

// Numbered steps: each brings a database of the version before to its own.
function upgrade(database: IDBPDatabase<OutboxSchema>, from: number): void {
  if (from < 1) database.createObjectStore("commands", { keyPath: "seq" }).createIndex("open", ["open", "seq"]);
}

function rowsIn(database: IDBPDatabase<OutboxSchema>): OutboxRows {
  const writing = () => database.transaction("commands", "readwrite", { durability: "strict" });
  return {
    async append(after, write) {
      const transaction = writing();
      const last = await transaction.store.openKeyCursor(null, "prev");
      const seq = Math.max(after, last?.primaryKey ?? 0) + 1;
      const row: OutboxRow = { seq, ...write(seq) };
      await transaction.store.add({ ...row, open: 1 });
      await transaction.done;
      return row;
    },
    unanswered: () => database.getAllFromIndex("commands", "open", IDBKeyRange.bound([1, 0], [1, Infinity])),
    async reopen(seq) {
      const transaction = writing();
      const kept = await transaction.store.getAll(IDBKeyRange.lowerBound(seq));
      const isWhole = kept[0]?.seq === seq;
      if (isWhole) for (const { answer: _given, ...row } of kept) await transaction.store.put({ ...row, open: 1 });
      await transaction.done;
      return isWhole;
    },
    async keepAnswers(answers) {
      const transaction = writing();
      for (const answer of answers) {
        const row = await transaction.store.get(answer.seq);
        if (row?.id === answer.id) await transaction.store.put({ ...row, answer, open: 0 });
      }
      await transaction.done;
    },
    async renumber(from, to) {
      const transaction = writing();
      const moved = (await transaction.store.getAll(IDBKeyRange.lowerBound(from))).filter((row) => row.open === 1);
      for (const { seq } of moved) await transaction.store.delete(seq);
      for (const row of moved) {
        const seq = row.seq - from + to;
        await transaction.store.put({ ...row, seq, command: { ...row.command, seq } });
      }
      await transaction.done;
    },
    async forget(upTo, before) {
      const transaction = writing();
      for (let cursor = await transaction.store.openCursor(IDBKeyRange.upperBound(upTo)); cursor; cursor = await cursor.continue())
        if (cursor.value.open === 0 && String(cursor.value.command["at"]) < before) await cursor.delete();
      await transaction.done;
    },
  };
}
