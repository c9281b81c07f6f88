import { appendDuplicate, appendEvent, appendTicket, type CopyOf } from "./append.ts";
import { JET, type JetCode } from "./jet.ts";
import type { Act, Appended, Document, RegisterBook, Signer, TicketFacts, TicketKind } from "./types.ts";

/** What the hub did of a command, because it needed the hub, and asks the register to sign: a ticket, or something that the log must know. */
export type UnsignedAct = { readonly commandId: string; readonly kind: string; readonly document: Document };

/** The entry of an act of the hub, by its kind: tickets with the document that the hub made, everything else as an event with its code. */
export function appendForHub(book: RegisterBook, { commandId, kind, document }: UnsignedAct, act: Act, signer: Signer): Promise<Appended> {
  if (isCopy(kind, document)) return appendDuplicate(book, { ...document.of, reason: document.reason, commandId }, act, signer);
  if (isTicketKind(kind)) return appendTicket(book, { kind, document: { ...(document as TicketFacts), commandId } }, act, signer); // of a ticket
  if (kind === "bill.print")
    return appendTicket(book, { kind: "bill", document: { ...(document as TicketFacts), commandId } }, act, signer); // written as one
  const { code, message } = EVENTS[kind] ?? { code: JET.nonItemAmount, message: kind };
  return appendEvent(book, { code, message, detail: { ...document, commandId } }, act, signer);
}

/** How a command of the till is written in the log. */
const EVENTS: Readonly<Record<string, { readonly code: JetCode; readonly message: string }>> = {
  "shift.open": { code: JET.balancing, message: "shift opened" },
  "shift.close": { code: JET.shiftClosed, message: "shift closed" },
  "cash.move": { code: JET.nonItemAmount, message: "cash moved" },
  "drawer.open": { code: JET.nonItemAmount, message: "drawer opened without a sale" },
  "device.added": { code: JET.deviceAdded, message: "device added" },
  "device.removed": { code: JET.deviceRemoved, message: "device removed" },
  "price.give": { code: JET.rights, message: "price given by hand" },
  "storage.restored": { code: JET.defect, message: "storage was empty; what the second copy had was restored" },
  "sale.abandon": { code: JET.abandonedSale, message: "sale abandoned" },
  "collection.hand_over": { code: JET.nonItemAmount, message: "order handed over" },
  "receipt.gift": { code: JET.exported, message: "receipt without prices given" },
  "receipt.duplicate": { code: JET.exported, message: "copy of a document without a ticket printed" },
};

type CopyDocument = Document & { readonly of: Required<Pick<CopyOf, "register" | "chain" | "seq" | "type">>; readonly reason: string };

/** A copy of a register's ticket; of an order that no register took money for there is only a document to be copied, which is an event. */
function isCopy(kind: string, document: Document): document is CopyDocument {
  return kind === "receipt.duplicate" && document["of"] !== undefined;
}

/** Whether it is what a register sold or took back, which its own chain numbers. */
export function isTicketKind(kind: string): kind is TicketKind {
  return kind === "sale" || kind === "collection" || kind === "return" || kind === "exchange" || kind === "empties";
}
