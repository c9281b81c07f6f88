import type { DBSchema, IDBPDatabase, IDBPTransaction } from "idb";
import type { TillCommandAnswerView } from "@weft/contracts/client";
import { byCommand, isSamePlace, type BookRows, type BookStep, type LeftToSign, type OwnJournal, type SignedCommand } from "./rows.ts";

/** What the journal keeps in the database of the outbox. */
export interface BookSchema extends DBSchema {
  journal: { key: "own"; value: OwnJournal };
  unsigned: { key: string; value: { readonly commandId: string; readonly left: readonly LeftToSign[] } };
  signed: { key: string; value: SignedCommand };
}

export const BOOK_STORES = ["journal", "unsigned", "signed"] as const;
type Stores = ArrayLike<(typeof BOOK_STORES)[number]>;
/** A transaction over these stores, and maybe others. */
export type BookWriting = IDBPTransaction<BookSchema, Stores, "readwrite">;

export function createBookStores(database: IDBPDatabase<BookSchema>): void {
  database.createObjectStore("journal");
  database.createObjectStore("unsigned", { keyPath: "commandId" });
  database.createObjectStore("signed", { keyPath: "commandId" });
}

export function bookIn(database: IDBPDatabase<BookSchema>): BookRows {
  return {
    journal: () => database.get("journal", "own"),
    async keepJournal(journal) {
      const transaction = database.transaction("journal", "readwrite", { durability: "strict" });
      await transaction.store.put(journal, "own");
      await transaction.done;
    },
    async unsigned() {
      const kept = await database.getAll("unsigned");
      return kept.map(({ left }) => left).toSorted((a, b) => oldest(a).localeCompare(oldest(b)));
    },
    async leave(left) {
      const transaction = database.transaction(BOOK_STORES, "readwrite", { durability: "strict" });
      await leaveIn(transaction, left);
      await transaction.done;
    },
    signedOf: (commandId) => database.get("signed", commandId),
  };
}

const oldest = ([first]: readonly LeftToSign[]): string => first?.at ?? "";

/** Whether the book is still the one that was signed on. Asked in the transaction that writes, which is what decides. */
export async function isWhereItWas(transaction: BookWriting, { from }: BookStep): Promise<boolean> {
  return isSamePlace(await transaction.objectStore("journal").get("own"), from);
}

export async function keepStep(transaction: BookWriting, { next, signed, begins }: BookStep): Promise<void> {
  await transaction.objectStore("journal").put(next, "own");
  if (begins) {
    await transaction.objectStore("signed").clear();
    await transaction.objectStore("unsigned").clear();
  }
  for (const each of signed) {
    await transaction.objectStore("signed").put(each);
    await transaction.objectStore("unsigned").delete(each.commandId);
  }
  if (begins) await leaveIn(transaction, begins);
}

/** What answers leave to be signed, where this browser has the key. */
export async function leaveOfAnswers(transaction: BookWriting, answers: readonly TillCommandAnswerView[]): Promise<void> {
  await leaveIn(
    transaction,
    answers.flatMap(({ toSign = [] }) => toSign),
  );
}

async function leaveIn(transaction: BookWriting, left: readonly LeftToSign[]): Promise<void> {
  if (left.length === 0 || !(await transaction.objectStore("journal").getKey("own"))) return;
  for (const acts of byCommand(left)) {
    const commandId = acts[0]?.commandId ?? "";
    if ((await transaction.objectStore("signed").getKey(commandId)) !== undefined) continue;
    await transaction.objectStore("unsigned").put({ commandId, left: acts });
  }
}

/** Of commands so old that no hub asks for them again. */
export async function forgetSigned(database: IDBPDatabase<BookSchema>, before: string): Promise<void> {
  const transaction = database.transaction("signed", "readwrite");
  for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue())
    if (cursor.value.at < before) await cursor.delete();
  await transaction.done;
}
