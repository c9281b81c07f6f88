import { useSyncExternalStore } from "react";
import type { TenderInput } from "@weft/contracts/client";
import { newId, type Id, type Money } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { chargeOf } from "../../../../hub/src/modules/payments/domain.ts";
import { askedAfter, type Asked, type TenderHere, type UnitsPaid } from "../../../../hub/src/modules/till/domain/index.ts";

/** What pays a part: as the hub is asked for it, or as this register took it by itself. */
export type PartTender = (Extract<TenderInput, { kind: "cash" | "card" | "store_credit" | "gift_card" | "points" }> | TenderHere) & {
  readonly amount: number;
};
export type Part = {
  readonly id: string;
  readonly tender: PartTender;
  /** What of the ticket somebody chose to pay with it. */
  readonly items: readonly UnitsPaid[];
};

/** A payment in parts, as far as it is [TIL-58]. */
export type Payment = {
  readonly parts: readonly Part[];
  /** What the next part is about; null: all that is left. */
  readonly asked: Asked | null;
  /** All of it is with the outbox: what becomes of it is the hub's answer. */
  readonly isSent: boolean;
  /** The part that was taken last, until one goes back: whoever paid it waits for the change. */
  readonly latest?: string;
};

/**
 * Payments that have begun, by what they pay: a ticket by its key, an order that is fetched by its id. They outlive the page, because the money is in the
 * drawer or off the card [TIL-59].
 */
type Kept = Readonly<Record<string, Payment>>;
const KEPT = "weft.till.payments";
const NONE: Payment = { parts: [], asked: null, isSent: false };
const listeners = new Set<() => void>();
let kept: Kept = readKept();

/** How far a payment is. */
export const paymentOf = (subject: string): Payment => kept[subject] ?? NONE;

/** Everything that somebody has paid a part of and that is not sold yet. */
export const usePaymentsHeld = (): readonly string[] => {
  const all = useSyncExternalStore(subscribe, () => kept);
  return Object.keys(all).filter((subject) => holdsMoney(paymentOf(subject)));
};

export const usePayment = (subject: string): Payment => useSyncExternalStore(subscribe, () => paymentOf(subject));

/** Keeps a part; what a terminal took is kept once. `left`: what is to be paid after it. */
export function takePart(subject: string, tender: PartTender, left: number): void {
  const { parts, asked } = paymentOf(subject);
  if (tender.kind === "card" && isCharged(tender) && parts.some(({ tender: other }) => "token" in other && other.token === tender.token))
    return;
  const next = askedAfter(asked, tender.amount, left);
  // Their things are paid for once their part is.
  const items = asked?.kind === "items" && next === null ? asked.items : [];
  const id = newId<Id<"part">>();
  change(subject, { parts: [...parts, { id, tender, items }], asked: next, latest: id });
}

/** A part is taken back: what comes next is asked anew. */
export function dropPart(subject: string, id: string): void {
  const { latest: _told, ...payment } = paymentOf(subject);
  keep(subject, { ...payment, parts: payment.parts.filter((part) => part.id !== id), asked: null });
}

/** Puts back a part that was taken back by mistake. */
export function restorePart(subject: string, part: Part): void {
  change(subject, { parts: [...paymentOf(subject).parts, part], asked: null });
}

/** Says what the next part is about. */
export const askFor = (subject: string, asked: Asked | null): void => change(subject, { asked });

export const markSent = (subject: string, isSent: boolean): void => change(subject, { isSent });

/**
 * Takes out the card that was declined, where the hub was to charge several and says which [PAY-47], so that another way pays its part; nothing of the others
 * was charged. `last`: what was paid last and is no part yet; where that may be the one, nothing is taken out.
 */
export function dropDeclinedOf(subject: string, error: Error, last: TenderInput | undefined): void {
  const declined = error instanceof ProblemError && error.problem.code === "payment.declined" ? error.problem["amount"] : undefined;
  if (!declined) return;
  const { amount } = declined as Money; // as the hub says it
  const isIt = (tender: TenderInput | PartTender): boolean =>
    tender.kind === "card" && chargeOf({ amount: tender.amount ?? 0, tip: tender.tip }) === amount;
  if (last && isIt(last)) return;
  const part = paymentOf(subject).parts.find(({ tender }) => isIt(tender) && !isCharged(tender));
  if (part) dropPart(subject, part.id);
}

/** It is sold or given up. */
export function forgetParts(subject: string): void {
  if (!(subject in kept)) return;
  const { [subject]: _over, ...others } = kept;
  keepAll(others);
}

export const sumOfParts = ({ parts }: Pick<Payment, "parts">): number => parts.reduce((sum, { tender }) => sum + tender.amount, 0);

/** Whether money has changed hands: cash is in the drawer, a terminal has charged a card. Everything else is only agreed. */
export const isCharged = (tender: PartTender): boolean =>
  tender.kind === "cash" || (tender.kind === "card" && tender.token.startsWith("terminal:"));

/** Whether somebody has paid for this already, so that it is not simply put aside or given up [TIL-59]. */
export const holdsMoney = ({ parts, isSent }: Payment): boolean => !isSent && parts.some(({ tender }) => isCharged(tender));

/** Whether the hub alone can take it. */
export const needsHub = (tender: PartTender): boolean => !isCharged(tender) && !("right" in tender);

/** What was handed over of it in all, and is to be given back when it is taken back. */
export function handedOver(tender: PartTender): number {
  if ("right" in tender || tender.kind === "store_credit" || tender.kind === "gift_card" || tender.kind === "points") return tender.amount;
  return chargeOf(tender) + (tender.kind === "cash" ? (tender.rounding ?? 0) : 0);
}

/** The change of the part that was taken last, in minor units; 0 once a part has gone back, because the change was given before that. */
export const changeNow = ({ parts, latest }: Payment): number => {
  const last = parts.at(-1);
  return last !== undefined && last.id === latest ? (changeOf(last.tender) ?? 0) : 0;
};

/** What goes back of the cash that was handed over; null of what is no cash. */
export const changeOf = (tender: PartTender): number | null =>
  tender.kind === "cash" ? (tender.received ?? handedOver(tender)) - handedOver(tender) : null;

function change(subject: string, changed: Partial<Payment>): void {
  keep(subject, { ...paymentOf(subject), ...changed });
}

function keep(subject: string, payment: Payment): void {
  const { [subject]: _before, ...others } = kept;
  const isNothing = payment.parts.length === 0 && payment.asked === null && !payment.isSent;
  keepAll(isNothing ? others : { ...others, [subject]: payment });
}

function keepAll(payments: Kept): void {
  kept = payments;
  writeStored(KEPT, Object.keys(kept).length === 0 ? null : JSON.stringify(kept));
  for (const listener of listeners) listener();
}

function readKept(): Kept {
  try {
    return JSON.parse(readStored(KEPT) ?? "{}") as Kept; // written by keepAll
  } catch {
    return {};
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
