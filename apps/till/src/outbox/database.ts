import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { ownName } from "@weft/ui/browser/device.ts";
import {
  BOOK_STORES,
  bookIn,
  createBookStores,
  forgetSigned,
  isWhereItWas,
  keepStep,
  leaveOfAnswers,
  type BookSchema,
  type BookWriting,
} from "../book/database.ts";
import { BookMoved, type BookRows } from "../book/rows.ts";
import { PaidBefore, type KeptSale, type OutboxRow, type OutboxRows, type Sent } from "./rows.ts";

interface OutboxSchema extends DBSchema, BookSchema {
  commands: { key: number; value: OutboxRow & { readonly open: 0 | 1 }; indexes: { open: [number, number] } };
  sales: { key: string; value: KeptSale; indexes: { order: string } };
}

/** One database per register and framed device, so that a device that changes its register leaves nothing behind in the other's row. */
const nameOf = (registerId: string): string => ownName(`weft-till-${registerId}`);
const VERSION = 3;

/**
 * The outbox in IndexedDB. Chrome's transactions are not durable by default: `strict` waits for the disk, so that a paid sale survives
 * a power cut.
 */
export async function openOutboxRows(registerId: string): Promise<OutboxRows & SoldHere & BookRows> {
  const database = await openDB<OutboxSchema>(nameOf(registerId), VERSION, { upgrade });
  // Asked for so that the browser does not clear it when the disk is short; it may say no, and then the outbox is as safe as it can be.
  void navigator.storage?.persist?.().catch(() => false);
  return { ...rowsIn(database), ...salesIn(database), ...bookIn(asBook(database)) };
}

/** Sales that this register made by itself. */
export type SoldHere = {
  readonly ofCart: (cartId: string) => Promise<KeptSale | undefined>;
  readonly ofOrder: (orderId: string) => Promise<Sold | undefined>;
  /** By the number of its receipt, or the address of its e-receipt as a scanner reads it. */
  readonly ofShown: (shown: string) => Promise<Sold | undefined>;
  /** The act whose ticket this register signed under a number. */
  readonly signedAs: (number: string) => Promise<string | undefined>;
};

/** A sale of this register with the act that it was; without it where that was sent so long ago that it is not kept any more. */
type Sold = { readonly sale: KeptSale; readonly row: OutboxRow | undefined };

function salesIn(database: IDBPDatabase<OutboxSchema>): SoldHere {
  const withRow = async (sale: KeptSale | undefined): Promise<Sold | undefined> =>
    sale && { sale, row: await database.get("commands", sale.seq) };
  return {
    ofCart: (cartId) => database.get("sales", cartId),
    ofOrder: async (orderId) => withRow(await database.getFromIndex("sales", "order", orderId)),
    async ofShown(shown) {
      const number = shown.trim().toUpperCase();
      const byNumber = (await database.getAll("sales")).find(({ receipt }) => receipt.number === number);
      if (byNumber) return withRow(byNumber);
      const row = (await database.getAll("commands")).find(
        (one) => one.answer?.receiptNumber === number || isReceiptOf(one.command, shown),
      );
      const { orderId } = (row?.command["body"] ?? {}) as { readonly orderId?: string }; // of a sale
      return orderId === undefined ? undefined : withRow(await database.getFromIndex("sales", "order", orderId));
    },
    signedAs: async (number) => (await database.getAll("signed")).find((ticket) => ticket.number === number)?.commandId,
  };
}

function isReceiptOf({ kind, body }: Sent, shown: string): boolean {
  const { receiptToken } = (kind === "sale.record" ? body : {}) as { readonly receiptToken?: string }; // of its kind
  return receiptToken !== undefined && shown.includes(receiptToken);
}

/** The same database, as the journal sees it. */
const asBook = (database: IDBPDatabase<OutboxSchema>): IDBPDatabase<BookSchema> => database as unknown as IDBPDatabase<BookSchema>; // its stores are among ours

const inBook = (transaction: { readonly done: Promise<void> }): BookWriting => transaction as unknown as BookWriting; // as above

// Numbered steps: each brings a database of the version before to its own.
function upgrade(database: IDBPDatabase<OutboxSchema>, from: number): void {
  if (from < 1) database.createObjectStore("commands", { keyPath: "seq" }).createIndex("open", ["open", "seq"]);
  if (from < 2) database.createObjectStore("sales", { keyPath: "cartId" }).createIndex("order", "orderId");
  if (from < 3) createBookStores(asBook(database));
}

function rowsIn(database: IDBPDatabase<OutboxSchema>): OutboxRows {
  const writing = () => database.transaction("commands", "readwrite", { durability: "strict" });
  return {
    async append(after, write, sale, step) {
      const transaction = database.transaction(["commands", "sales", ...BOOK_STORES], "readwrite", { durability: "strict" });
      const [commands, sales] = [transaction.objectStore("commands"), transaction.objectStore("sales")];
      const paid = sale && (await sales.get(sale.cartId));
      const last = await commands.openKeyCursor(null, "prev");
      const seq = Math.max(after, last?.primaryKey ?? 0) + 1;
      const row: OutboxRow = { seq, ...write(seq) };
      const hasMoved = step !== undefined && !(await isWhereItWas(inBook(transaction), step));
      if (!paid && !hasMoved) {
        await commands.add({ ...row, open: 1 });
        if (sale) await sales.add({ ...sale, seq });
        if (step) await keepStep(inBook(transaction), step);
      }
      await transaction.done;
      if (paid) throw new PaidBefore(paid.orderId);
      if (hasMoved) throw new BookMoved();
      return row;
    },
    async adopt(commands) {
      const transaction = writing();
      let adopted = 0;
      for (const command of commands) {
        const seq = Number(command["seq"]);
        if ((await transaction.store.getKey(seq)) !== undefined) continue;
        await transaction.store.add({ seq, id: String(command["id"]), command, open: 1 });
        adopted += 1;
      }
      await transaction.done;
      return adopted;
    },
    all: () => database.getAll("commands"),
    unanswered: () => database.getAllFromIndex("commands", "open", IDBKeyRange.bound([1, 0], [1, Infinity])),
    isAnswered: async (seq) => (await database.get("commands", seq))?.open === 0,
    async reopen(seq) {
      const transaction = writing();
      const kept = await transaction.store.getAll(IDBKeyRange.lowerBound(seq));
      const isWhole = kept[0]?.seq === seq;
      if (isWhole) for (const { answer: _given, ...row } of kept) await transaction.store.put({ ...row, open: 1 });
      await transaction.done;
      return isWhole;
    },
    async keepAnswers(answers) {
      const transaction = database.transaction(["commands", ...BOOK_STORES], "readwrite", { durability: "strict" });
      const commands = transaction.objectStore("commands");
      for (const answer of answers) {
        const row = await commands.get(answer.seq);
        if (row?.id === answer.id) await commands.put({ ...row, answer, open: 0 });
      }
      await leaveOfAnswers(inBook(transaction), answers);
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
      await forgetSigned(asBook(database), before);
    },
  };
}

async function forgetSales(database: IDBPDatabase<OutboxSchema>, upTo: number, before: string): Promise<void> {
  const transaction = database.transaction("sales", "readwrite");
  for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue())
    if (cursor.value.seq <= upTo && cursor.value.at < before) await cursor.delete();
  await transaction.done;
}
