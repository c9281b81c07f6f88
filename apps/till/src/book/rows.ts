import type { AnswerOf } from "@weft/contracts/client";
import type { PublicKey, RegisterBook, SigningKey } from "../../../../hub/src/modules/till/fiscal/index.ts";

/** What the hub did of a command for this register to sign. */
export type LeftToSign = AnswerOf<"till.journal">["toSign"][number];

/** The journal that this browser signs for its register. The private key cannot be read, only used, here. */
export type OwnJournal = {
  readonly keyId: string;
  readonly publicKey: PublicKey;
  readonly privateKey: SigningKey;
  /** Of the drawer: what the log says of cash is in it. */
  readonly currency: string;
  /** Where the journal stands; null while its key is not enrolled yet. */
  readonly book: RegisterBook | null;
  /** Since when the hub refuses its entries (ISO 8601); it is told to people once, and ends with a new key. */
  readonly refusedAt: string | null;
  /** Up to which entry, and at which closing, this register last said that all was sent. */
  readonly told: { readonly seq: number; readonly closings: number };
};

/** A command whose entry is signed; `number` of its receipt, where it is a ticket. */
export type SignedCommand = { readonly commandId: string; readonly number: string | null; readonly at: string };

/** The journal after an act, to be kept with the command that carries its entries. */
export type BookStep = {
  /** The one that was signed on. */
  readonly from: OwnJournal;
  readonly next: OwnJournal;
  readonly signed: readonly SignedCommand[];
  /** A journal that begins, or goes on under a new key: what was noted for the one before is forgotten, and this is left to be signed. */
  readonly begins?: readonly LeftToSign[];
};

/** Another window signed in between, or the journal was taken over: sign again on what is there now. */
export class BookMoved extends Error {
  override readonly name = "BookMoved";
}

/** The journal beside the outbox, in the same database. */
export type BookRows = {
  readonly journal: () => Promise<OwnJournal | undefined>;
  /** Keeps a key before it is enrolled, so that one whose answer was lost is enrolled again and not lost. */
  readonly keepJournal: (journal: OwnJournal) => Promise<void>;
  /** What the hub left to be signed and is not, by command, the oldest first. */
  readonly unsigned: () => Promise<readonly (readonly LeftToSign[])[]>;
  /** Notes what the hub says is left; what is signed already, and only not sent yet, is not. */
  readonly leave: (left: readonly LeftToSign[]) => Promise<void>;
  readonly signedOf: (commandId: string) => Promise<SignedCommand | undefined>;
};

/** Whether both stand at the same entry under the same key. */
export function isSamePlace(a: OwnJournal | undefined, b: OwnJournal): boolean {
  return a?.keyId === b.keyId && a.book?.journal.seq === b.book?.journal.seq && a.book?.journal.sig === b.book?.journal.sig;
}

/** By the command that they belong to, in their order. */
export function byCommand(left: readonly LeftToSign[]): readonly (readonly LeftToSign[])[] {
  return [...Map.groupBy(left, ({ commandId }) => commandId).values()];
}
