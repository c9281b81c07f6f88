import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { ownName } from "@weft/ui/browser/device.ts";
import { PaidBefore, type KeptSale, type OutboxRow, type OutboxRows } from "./rows.ts";

interface OutboxSchema extends DBSchema {
  commands: { key: number; value: OutboxRow & { readonly open: 0 | 1 }; indexes: { open: [number, number] } };
  sales: { key: string; value: KeptSale; indexes: { order: string } };
}

/** One database per register and framed device, so that a device that changes its register leaves nothing behind in the other's row. */
const nameOf = (registerId: string): string => ownName(`weft-till-${registerId}`);
const VERSION = 2;

/**
 * The outbox in IndexedDB. Chrome's transactions are not durable by default: `strict` waits for the disk, so that a paid sale survives
 * a power cut.
 */
export async function openOutboxRows(registerId: string): Promise<OutboxRows & SoldHere> {
  const database = await openDB<OutboxSchema>(nameOf(registerId), VERSION, { upgrade });
  // Asked for so that the browser does not clear it when the disk is short; it may say no, and then the outbox is as safe as it can be.
  void navigator.storage?.persist?.().catch(() => false);
  return { ...rowsIn(database), ...salesIn(database) };
}

/** Sales that this register made by itself. */
export type SoldHere = {
  readonly ofCart: (cartId: string) => Promise<KeptSale | undefined>;
  readonly ofOrder: (orderId: string) => Promise<{ readonly sale: KeptSale; readonly row: OutboxRow | undefined } | undefined>;
};

function salesIn(database: IDBPDatabase<OutboxSchema>): SoldHere {
  return {
    ofCart: (cartId) => database.get("sales", cartId),
    async ofOrder(orderId) {
      const sale = await database.getFromIndex("sales", "order", orderId);
      return sale && { sale, row: await database.get("commands", sale.seq) };
    },
  };
}

// Numbered steps: each brings a database of the version before to its own.
function upgrade(database: IDBPDatabase<OutboxSchema>, from: number): void {
  if (from < 1) database.createObjectStore("commands", { keyPath: "seq" }).createIndex("open", ["open", "seq"]);
  if (from < 2) database.createObjectStore("sales", { keyPath: "cartId" }).createIndex("order", "orderId");
}

function rowsIn(database: IDBPDatabase<OutboxSchema>): OutboxRows {
  const writing = () => database.transaction("commands", "readwrite", { durability: "strict" });
  return {
    async append(after, write, sale) {
      const transaction = database.transaction(["commands", "sales"], "readwrite", { durability: "strict" });
      const [commands, sales] = [transaction.objectStore("commands"), transaction.objectStore("sales")];
      const isPaid = sale !== undefined && (await sales.getKey(sale.cartId)) !== undefined;
      const last = await commands.openKeyCursor(null, "prev");
      const seq = Math.max(after, last?.primaryKey ?? 0) + 1;
      const row: OutboxRow = { seq, ...write(seq) };
      if (!isPaid) {
        await commands.add({ ...row, open: 1 });
        if (sale) await sales.add({ ...sale, seq });
      }
      await transaction.done;
      if (isPaid) throw new PaidBefore();
      return row;
    },
    all: () => database.getAll("commands"),
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
      const transaction = database.transaction(["commands", "sales"], "readwrite", { durability: "strict" });
      const [commands, sales] = [transaction.objectStore("commands"), transaction.objectStore("sales")];
      const moved = (await commands.getAll(IDBKeyRange.lowerBound(from))).filter((row) => row.open === 1);
      const numbers = new Map(moved.map(({ seq }) => [seq, seq - from + to]));
      for (const { seq } of moved) await commands.delete(seq);
      for (const row of moved) {
        const seq = numbers.get(row.seq) ?? row.seq;
        await commands.put({ ...row, seq, command: { ...row.command, seq } });
      }
      // A sale names its command by number.
      for (let cursor = await sales.openCursor(); cursor; cursor = await cursor.continue()) {
        const seq = numbers.get(cursor.value.seq);
        if (seq !== undefined) await cursor.update({ ...cursor.value, seq });
      }
      await transaction.done;
    },
    async forget(upTo, before) {
      const transaction = writing();
      for (let cursor = await transaction.store.openCursor(IDBKeyRange.upperBound(upTo)); cursor; cursor = await cursor.continue())
        if (cursor.value.open === 0 && String(cursor.value.command["at"]) < before) await cursor.delete();
      await transaction.done;
      await forgetSales(database, upTo, before);
    },
  };
}

async function forgetSales(database: IDBPDatabase<OutboxSchema>, upTo: number, before: string): Promise<void> {
  const transaction = database.transaction("sales", "readwrite");
  for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue())
    if (cursor.value.seq <= upTo && cursor.value.at < before) await cursor.delete();
  await transaction.done;
}
