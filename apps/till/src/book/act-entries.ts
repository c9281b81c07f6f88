import { sumOfCount } from "../../../../hub/src/modules/till/domain/index.ts";
import {
  appendDuplicate,
  appendForHub,
  appendTicket,
  closeShift,
  signerOf,
  type Act,
  type Appended,
  type RegisterBook,
  type Signer,
  type TicketFacts,
} from "../../../../hub/src/modules/till/fiscal/index.ts";
import type { BodyOfKind, Kind } from "../outbox/rows.ts";
import type { LeftToSign, OwnJournal } from "./rows.ts";
import { billFacts, plainDocument } from "./ticket-facts.ts";

/** An act before it is kept. */
export type Draft = { readonly [K in Kind]: { readonly kind: K; readonly body: BodyOfKind<K> } }[Kind] & {
  readonly id: string;
  readonly at: Date;
  readonly staffId: string | null;
  /** Of a sale that this register made by itself, or of goods that it took back or exchanged: what the journal keeps of it. */
  readonly facts?: TicketFacts | undefined;
};

/** A journal that is open: it has a book to go on from. */
export type OpenJournal = OwnJournal & { readonly book: RegisterBook };

export const signerOfJournal = ({ keyId, privateKey }: OwnJournal): Signer => signerOf(keyId, privateKey);

/**
 * The entries of an act that this register does by itself, with or without a network. Undefined where the hub does it: then its document comes
 * with the answer and is signed after it [JRN-9].
 */
export function entriesOfAct(own: OpenJournal, draft: Draft, version: string): Promise<Appended> | undefined {
  const { id: commandId, at, staffId: operator } = draft;
  const act: Act = { at, operator, softwareVersion: version };
  const signer = signerOfJournal(own);
  const event = (document: object) =>
    appendForHub(own.book, { commandId, kind: draft.kind, document: plainDocument(document) }, act, signer);
  const { currency } = own;
  switch (draft.kind) {
    case "sale.record":
      return draft.facts && appendTicket(own.book, { kind: "sale", document: { ...draft.facts, commandId } }, act, signer);
    case "return.take":
      return draft.facts && appendTicket(own.book, { kind: "return", document: { ...draft.facts, commandId } }, act, signer);
    case "exchange.record":
      return draft.facts && appendTicket(own.book, { kind: "exchange", document: { ...draft.facts, commandId } }, act, signer);
    case "shift.open": {
      const { shiftId, float, joins } = draft.body;
      return event({ shiftId, float: sumOfCount(float.lines), count: float.lines, currency, ...(joins && { joins }) });
    }
    case "shift.close": {
      const { shiftId, count } = draft.body;
      // Null where the drawer was left to others, who count it.
      const counted = count ? sumOfCount(count.lines) : null;
      const detail = plainDocument({ commandId, counted, count: count?.lines ?? null, currency });
      return closeShift(own.book, { id: shiftId, detail }, act, signer);
    }
    case "cash.move": {
      const { shiftId, direction, amount, reason } = draft.body;
      return event({ shiftId, amount: direction === "in" ? amount : -amount, currency, reason });
    }
    case "receipt.duplicate": {
      const { ticket, reason } = draft.body;
      if (!ticket) return undefined;
      const { kind: type, ...place } = ticket;
      return appendDuplicate(own.book, { ...place, type, reason, commandId }, act, signer);
    }
    case "drawer.open":
    case "price.give":
      return event(draft.body);
    case "receipt.gift": {
      const { orderId, lineIds } = draft.body;
      return event({ orderId, lines: lineIds?.length ?? null });
    }
    case "bill.print":
      return appendTicket(own.book, { kind: "bill", document: billFacts(draft.body, own.book.register.training, commandId) }, act, signer);
    default:
      return undefined;
  }
}

/** The entries of what the hub did, command after command: they bear the time at which they are signed, because their day may be closed. */
export async function entriesLeft(own: OpenJournal, left: readonly LeftToSign[], at: Date, version: string): Promise<Appended> {
  let appended: Appended = { entries: [], book: own.book };
  for (const { commandId, kind, operatorId, document } of left) {
    const act: Act = { at, operator: operatorId, softwareVersion: version };
    const next = await appendForHub(appended.book, { commandId, kind, document: plainDocument(document) }, act, signerOfJournal(own));
    appended = { entries: [...appended.entries, ...next.entries], book: next.book };
  }
  return appended;
}
