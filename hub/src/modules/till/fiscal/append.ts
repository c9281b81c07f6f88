import { businessDate } from "@weft/kernel";
import { copiesOf, emptyBook, FROM_NOTHING, numberOf, type KeyDetail } from "./book.ts";
import { closeWhatEnded } from "./closings.ts";
import { add, eventDraft } from "./entry.ts";
import { JET, type JetCode } from "./jet.ts";
import { raised } from "./totals.ts";
import type {
  Act,
  Appended,
  ArchiveDocument,
  Base,
  Chain,
  Document,
  EntryType,
  PublicKey,
  RegisterBook,
  RegisterIdentity,
  Signer,
  TicketFacts,
  TicketKind,
} from "./types.ts";
import { yearStartOf } from "./year.ts";

/** The first entry of a register's journal: who it is, under which law of days it works, and its key [R4]. */
export async function openBook(
  register: RegisterIdentity,
  publicKey: PublicKey,
  act: Act,
  signer: Signer,
  base: Base = FROM_NOTHING,
): Promise<Appended> {
  const date = businessDate(act.at, register.timeZone, register.dayEnd);
  const book = emptyBook(register, base, date, signer.keyId, act.softwareVersion);
  const signingKey: KeyDetail = { keyId: signer.keyId, publicKey, lost: false };
  const began = { heads: base.heads, journal: base.journal };
  return add({ entries: [], book }, eventDraft(book, JET.initialization, "journal opened", { register, signingKey, began }), act, signer);
}

export type NewTicket = {
  /** A payment, invoice or bill has a chain of its own and raises no totals. */
  readonly kind: TicketKind | "payment" | "invoice" | "bill";
  readonly document: TicketFacts;
  /** The manager who answers for it: then it is training, also at a register that sells [R8]. */
  readonly trainedBy?: string;
};

/** A ticket with its number and the totals that it raises, after the closings that were due before it [R5, R6]. */
export async function appendTicket(book: RegisterBook, ticket: NewTicket, act: Act, signer: Signer): Promise<Appended> {
  const ready = await prepared(book, act, signer);
  const isTraining = book.register.training || ticket.trainedBy !== undefined;
  const chain = isTraining ? "X" : CHAIN_OF[ticket.kind];
  const perpetual = chain === "T" ? raised(ready.book.perpetual, ticket.document) : null;
  return add(
    ready,
    {
      chain,
      type: ticket.kind,
      body: (seq) => ({
        document: { ...ticket.document, number: numberOf(book.register.code, chain, seq) },
        perpetual: perpetual && { net: perpetual.net, absolute: perpetual.absolute },
        ...(isTraining && { trainedBy: ticket.trainedBy ?? null }),
      }),
    },
    act,
    signer,
  );
}

const CHAIN_OF: Readonly<Record<NewTicket["kind"], Chain>> = {
  sale: "T",
  collection: "T",
  return: "T",
  exchange: "T",
  empties: "T",
  payment: "P",
  invoice: "I",
  bill: "B",
};

/** A technical event [R7]. `message` is signed in the open; `detail` by its hash. */
export async function appendEvent(
  book: RegisterBook,
  event: { readonly code: JetCode; readonly message: string; readonly detail?: Document },
  act: Act,
  signer: Signer,
): Promise<Appended> {
  const ready = await prepared(book, act, signer);
  return add(ready, eventDraft(book, event.code, event.message, event.detail ?? null), act, signer);
}

export type CopyOf = {
  /** The code of the register that wrote it; absent: the one that copies. */
  readonly register?: string;
  readonly chain: Chain;
  readonly seq: number;
  readonly type: EntryType;
  readonly reason: string;
  readonly commandId?: string;
};

/** A copy of a ticket that was printed before, or is printed later than its sale [R8]: copies count from 1 per ticket and register. */
export async function appendDuplicate(book: RegisterBook, of: CopyOf, act: Act, signer: Signer): Promise<Appended> {
  const { training } = book.register;
  const register = of.register ?? book.register.code;
  const ready = await prepared(book, act, signer);
  const document = {
    of: { register, chain: of.chain, seq: of.seq, number: numberOf(register, of.chain, of.seq), type: of.type },
    copy: copiesOf(book, { ...of, register }) + 1,
    reason: of.reason,
    ...(of.commandId !== undefined && { commandId: of.commandId }),
  };
  return add(ready, { chain: training ? "X" : "C", type: "duplicate", body: () => ({ document }) }, act, signer);
}

/** That an archive was made of this register [R10]. */
export async function appendArchive(book: RegisterBook, document: ArchiveDocument, act: Act, signer: Signer): Promise<Appended> {
  const ready = await prepared(book, act, signer);
  return add(ready, { chain: "A", type: "archive", body: () => ({ document }) }, act, signer);
}

/**
 * Another key from the next entry on [R4]. Changed by its owner, the old key signs this; `lost`, the new one does, after a manager enrolled
 * it at the hub: its `signer` is the new one then.
 */
export async function changeKey(
  book: RegisterBook,
  key: { readonly keyId: string; readonly publicKey: PublicKey; readonly lost: boolean },
  act: Act,
  signer: Signer,
): Promise<Appended> {
  const message = key.lost ? "key lost, journal goes on under a new one" : "key changed";
  // The first entry of a new key comes before any closing that is due, so that every other one stands under a key that is known.
  return add({ entries: [], book }, eventDraft(book, JET.setting, message, { signingKey: key }), act, signer);
}

/**
 * Years begin with another day from the next one on [FIS-12], `start` as `07-15`; nothing is written where they do already. The open one ends as it was to, or
 * earlier: what was closed stays.
 */
export async function changeFiscalYear(book: RegisterBook, start: string, act: Act, signer: Signer): Promise<Appended> {
  if (yearStartOf(book) === start) return { entries: [], book };
  const ready = await prepared(book, act, signer);
  return add(ready, eventDraft(book, JET.setting, `fiscal year begins with ${start}`, { fiscalYear: { start } }), act, signer);
}

/** Everything that must stand before an act: closings of days that are over, and the version that writes from now on. */
async function prepared(book: RegisterBook, act: Act, signer: Signer): Promise<Appended> {
  const closed = await closeWhatEnded({ entries: [], book }, act, signer);
  if (book.softwareVersion === act.softwareVersion) return closed;
  const detail = { from: book.softwareVersion, to: act.softwareVersion };
  return add(closed, eventDraft(book, JET.newVersion, `version ${act.softwareVersion}`, detail), act, signer);
}
