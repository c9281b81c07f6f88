import { err, ok, type Id, type IntentId, type Money, type Result } from "@weft/kernel";

export * from "./domain/credit-limit.ts";
export * from "./domain/gift-card-code.ts";
export * from "./domain/shown-right.ts";

export type GiftCardId = Id<"gift card">;

/** How somebody wants to pay. `amount` may be missing on one of several: it takes what the others leave. */
export type WantedTender =
  | {
      readonly kind: "cash";
      readonly amount?: number | undefined;
      readonly received?: number | undefined;
      /** What rounding adds to the amount, or takes off it, in coins [PAY-42]. */
      readonly rounding?: number | undefined;
      readonly tip?: number | undefined;
    }
  | { readonly kind: "card"; readonly amount?: number | undefined; readonly token: string; readonly tip?: number | undefined }
  | { readonly kind: "due_at_collection"; readonly amount?: number | undefined }
  | { readonly kind: "store_credit"; readonly amount?: number | undefined }
  /** Points of the buyer, by the rate of the program; what they pay is no money that came in. */
  | { readonly kind: "points"; readonly amount?: number | undefined }
  /** Owed by the company that it is bought for [PAY-31]. */
  | { readonly kind: "account"; readonly amount?: number | undefined }
  /** By its code, or by the id that looking the code up answered. */
  | {
      readonly kind: "gift_card";
      readonly amount?: number | undefined;
      readonly code?: string | undefined;
      readonly cardId?: string | undefined;
    };

/** How it is paid, in minor units of the order's currency. */
export type PlannedTender =
  /** Handed over are `received - change`: the amount as it is rounded, and the tip. */
  | { readonly kind: "cash"; readonly amount: number; readonly received: number; readonly change: number; readonly tip?: number }
  /** The card is charged the amount and the tip at once. */
  | { readonly kind: "card"; readonly amount: number; readonly token: string; readonly tip?: number }
  | { readonly kind: "due_at_collection"; readonly amount: number }
  | { readonly kind: "store_credit"; readonly amount: number }
  | { readonly kind: "points"; readonly amount: number }
  | { readonly kind: "account"; readonly amount: number }
  | { readonly kind: "gift_card"; readonly amount: number; readonly code?: string | undefined; readonly cardId?: string | undefined };

/** What a payment by card takes of the card: the part of the order, and what is given to the staff on top [PAY-44]. */
export const chargeOf = ({ amount, tip = 0 }: { readonly amount: number; readonly tip?: number | undefined }): number => amount + tip;

/** What is given to the staff on top, of any wanted tender. */
export const tipOf = (tender: WantedTender): number => (tender.kind === "cash" || tender.kind === "card" ? (tender.tip ?? 0) : 0);

/** Value that the house keeps for its customers in the ledger. */
export type ValueKind = "store_credit" | "gift_card";
export const isValue = <T extends { readonly kind: string }>(tender: T): tender is Extract<T, { readonly kind: ValueKind }> =>
  tender.kind === "store_credit" || tender.kind === "gift_card";

/** What is no money that came in: it goes back to where it came from and nowhere else [PAY-32]. */
export const staysThere = ({ kind }: { readonly kind: string }): boolean => kind === "account" || kind === "points" || isValue({ kind });

export type TenderError =
  | { readonly code: "payment.tenders_differ"; readonly expected: Money; readonly given: Money }
  | { readonly code: "payment.amount_missing" }
  | { readonly code: "payment.cash_short"; readonly amount: Money; readonly received: Money }
  | { readonly code: "payment.cash_rounding"; readonly expected: Money; readonly given: Money }
  | { readonly code: "payment.no_tip" };

/** What rounding adds to an amount that is paid in cash, or takes off it: to the nearest multiple of `step`, halves up; nothing where there is no step. */
export function cashRounding(amount: number, step: number): number {
  return step <= 1 ? 0 : Math.floor((amount + step / 2) / step) * step - amount;
}

/**
 * Splits what is to be paid over the wanted tenders [PAY-6]: together exactly `total`, cash handed over covers its part and the
 * rest is change. A tender of nothing is left out. Errors: `payment.tenders_differ`, `payment.amount_missing` (two without an amount),
 * `payment.cash_short`, `payment.cash_rounding`, `payment.no_tip` (none is taken here, or it stands on a tender of nothing). Cash is rounded by `cashStep` or not at all: a till that had not heard of it is not refused;
 * what was taken already is rounded as it was (`null`). A tip is beside the total: it is no part of what is split [PAY-44].
 */
export function planTenders(
  total: Money,
  wanted: readonly WantedTender[],
  cashStep: number | null = 0,
  takesTips = false,
): Result<PlannedTender[], TenderError> {
  const money = (amount: number): Money => ({ amount, currency: total.currency });
  const given = wanted.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const open = wanted.filter(({ amount }) => amount === undefined);
  if (open.length > 1) return err({ code: "payment.amount_missing" });
  if (given > total.amount || (open.length === 0 && given !== total.amount))
    return err({ code: "payment.tenders_differ", expected: total, given: money(given) });
  const planned: PlannedTender[] = [];
  for (const tender of wanted) {
    const amount = tender.amount ?? total.amount - given;
    const tip = tipOf(tender);
    if (tip > 0 && (!takesTips || amount === 0)) return err({ code: "payment.no_tip" });
    if (amount === 0) continue;
    if (tender.kind === "card") {
      planned.push({ kind: "card", amount, token: tender.token, ...(tip > 0 && { tip }) });
      continue;
    }
    if (tender.kind !== "cash") {
      planned.push({ ...tender, amount });
      continue;
    }
    const { rounding = 0 } = tender;
    const expected = cashStep === null ? rounding : cashRounding(amount, cashStep);
    if (rounding !== 0 && rounding !== expected)
      return err({ code: "payment.cash_rounding", expected: money(expected), given: money(rounding) });
    const asked = Math.max(0, amount + rounding) + tip;
    const received = tender.received ?? asked;
    if (received < asked) return err({ code: "payment.cash_short", amount: money(asked), received: money(received) });
    planned.push({ kind: "cash", amount, received, change: received - asked, ...(tip > 0 && { tip }) });
  }
  return ok(planned);
}

/** What an order was paid with and still holds, or is to be paid. */
export type StandingTender = {
  readonly kind: "cash" | "card" | "due_at_collection" | "imported" | "account" | "points" | ValueKind;
  /** Not taken yet: due, or only agreed to. */
  readonly isDue: boolean;
  /** What of it did not go back yet. */
  readonly left: number;
};

/** Money that goes back to one kind of tender; of `due_at_collection` it is not asked for any more. */
export type RefundPart = { readonly kind: StandingTender["kind"]; readonly amount: number };

/** Where money that was paid goes back: to where it came from, or, where somebody chose so or nothing else is carried, to store credit. */
export type RefundTarget = "tender" | "store_credit";

/**
 * To where `amount` goes back [PAY-10]: what is due falls first, then the newest tender, each at most what it still holds. One part per
 * kind of tender; together never more than there is. `tenders` come newest first. To store credit goes what was paid in money; what came off
 * a gift card goes back on it, and what a company owes it owes no more.
 */
export function planRefund(tenders: readonly StandingTender[], amount: number, target: RefundTarget = "tender"): RefundPart[] {
  const parts = new Map<StandingTender["kind"], number>();
  let rest = amount;
  for (const { kind: paidBy, isDue, left } of [...tenders.filter(({ isDue }) => isDue), ...tenders.filter(({ isDue }) => !isDue)]) {
    const part = Math.min(left, rest);
    const kind = target === "store_credit" && !isDue && !staysThere({ kind: paidBy }) ? "store_credit" : paidBy;
    if (part > 0) parts.set(kind, (parts.get(kind) ?? 0) + part);
    rest -= part;
  }
  return [...parts].map(([kind, part]) => ({ kind, amount: part }));
}

/** Money of an order that pays for another one, by what it was paid with at first: given back, it goes there. */
export type MovedMoney = {
  /** The refund that it left by, and the tender that it becomes. */
  readonly id: Id<"refund">;
  readonly kind: "cash" | "card";
  /** Of the card that was charged at first. */
  readonly intentId: IntentId | null;
  readonly amount: number;
};
