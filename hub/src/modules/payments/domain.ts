import { err, ok, type IntentId, type Money, type Result } from "@weft/kernel";

/** How somebody wants to pay. `amount` may be missing on one of several: it takes what the others leave. */
export type WantedTender =
  | { readonly kind: "cash"; readonly amount?: number | undefined; readonly received?: number | undefined }
  | { readonly kind: "card"; readonly amount?: number | undefined; readonly token: string }
  | { readonly kind: "due_at_collection"; readonly amount?: number | undefined };

/** How it is paid, in minor units of the order's currency. */
export type PlannedTender =
  | { readonly kind: "cash"; readonly amount: number; readonly received: number; readonly change: number }
  | { readonly kind: "card"; readonly amount: number; readonly token: string }
  | { readonly kind: "due_at_collection"; readonly amount: number };

export type TenderError =
  | { readonly code: "payment.tenders_differ"; readonly expected: Money; readonly given: Money }
  | { readonly code: "payment.amount_missing" }
  | { readonly code: "payment.cash_short"; readonly amount: Money; readonly received: Money };

/**
 * Splits what is to be paid over the wanted tenders [PAY-6]: together exactly `total`, cash handed over covers its part and the
 * rest is change. A tender of nothing is left out. Errors: `payment.tenders_differ`, `payment.amount_missing` (two without an amount),
 * `payment.cash_short`.
 */
export function planTenders(total: Money, wanted: readonly WantedTender[]): Result<PlannedTender[], TenderError> {
  const money = (amount: number): Money => ({ amount, currency: total.currency });
  const given = wanted.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const open = wanted.filter(({ amount }) => amount === undefined);
  if (open.length > 1) return err({ code: "payment.amount_missing" });
  if (given > total.amount || (open.length === 0 && given !== total.amount))
    return err({ code: "payment.tenders_differ", expected: total, given: money(given) });
  const planned: PlannedTender[] = [];
  for (const tender of wanted) {
    const amount = tender.amount ?? total.amount - given;
    if (amount === 0) continue;
    if (tender.kind !== "cash") {
      planned.push({ ...tender, amount });
      continue;
    }
    const received = tender.received ?? amount;
    if (received < amount) return err({ code: "payment.cash_short", amount: money(amount), received: money(received) });
    planned.push({ kind: "cash", amount, received, change: received - amount });
  }
  return ok(planned);
}

/** What an order was paid with and still holds, or is to be paid. */
export type StandingTender = {
  readonly kind: "cash" | "card" | "due_at_collection" | "imported";
  readonly isDue: boolean;
  /** What of it did not go back yet. */
  readonly left: number;
};

/** Money that goes back to one kind of tender; of `due_at_collection` it is not asked for any more. */
export type RefundPart = { readonly kind: StandingTender["kind"]; readonly amount: number };

/**
 * To where `amount` goes back [PAY-10]: what is due falls first, then the newest tender, each at most what it still holds. One part per
 * kind of tender; together never more than there is. `tenders` come newest first.
 */
export function planRefund(tenders: readonly StandingTender[], amount: number): RefundPart[] {
  const parts = new Map<StandingTender["kind"], number>();
  let rest = amount;
  for (const { kind, left } of [...tenders.filter(({ isDue }) => isDue), ...tenders.filter(({ isDue }) => !isDue)]) {
    const part = Math.min(left, rest);
    if (part > 0) parts.set(kind, (parts.get(kind) ?? 0) + part);
    rest -= part;
  }
  return [...parts].map(([kind, part]) => ({ kind, amount: part }));
}

/** A card to be charged: what the provider is asked, always by the intent's id, so that asking again is no second charge [PAY-5]. */
export type Charge = { readonly intentId: IntentId; readonly token: string; readonly amount: Money };

/**
 * What a provider says of an intent. `eventId` is the provider's own: the same answer by webhook and by request counts once [PAY-2].
 * `pending`: it has not decided; `unknown`: it never heard of the intent.
 */
export type ProviderAnswer =
  | {
      readonly kind: "captured";
      readonly eventId: string;
      readonly providerRef: string;
      /** When the provider says it. */ readonly amount?: Money;
    }
  | { readonly kind: "declined"; readonly eventId: string; readonly reason: string }
  | { readonly kind: "voided"; readonly eventId: string }
  | { readonly kind: "pending" }
  | { readonly kind: "unknown" };

/**
 * A payment provider. Everything but `decideInline` is called outside of any transaction and may fail or hang: the intent then
 * stays as it is and is asked for later.
 */
export type PaymentProvider = {
  readonly name: string;
  /** Decides on the spot, without any I/O, or answers null: it must be asked outside. */
  decideInline?(charge: Charge): Extract<ProviderAnswer, { kind: "captured" | "declined" }> | null;
  /** Charges once per intent, however often it is asked. */
  charge(charge: Charge, signal: AbortSignal): Promise<ProviderAnswer>;
  /** What became of an intent. */
  find(intentId: IntentId): Promise<ProviderAnswer>;
  /** Gives back whatever was taken for the intent, and takes nothing for it from then on. Asking again changes nothing. */
  cancel(intentId: IntentId, amount: Money): Promise<ProviderAnswer>;
  /** Gives back a part or all of what was captured; once per refund id. */
  refund(refund: {
    readonly refundId: string;
    readonly intentId: IntentId;
    readonly amount: Money;
  }): Promise<"succeeded" | "pending" | "failed">;
};
