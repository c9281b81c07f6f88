import type { IntentId } from "@weft/kernel";
import { z } from "zod";
import type { ProviderAnswer, SaidDispute, SettlementLine } from "../../payments/index.ts";

/** A payment intent, what of it is read. Amounts are minor units, as ours. */
export const StripeIntent = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int().default(0),
  created: z.int().default(0),
  amount_received: z.int().default(0),
  currency: z.string(),
  /** Both, and `setup_future_usage`, of a card that was kept to be charged again. */
  customer: z.string().nullish(),
  payment_method: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
  setup_future_usage: z.string().nullish(),
  next_action: z.object({ redirect_to_url: z.object({ url: z.string() }).nullish() }).nullish(),
  /** Asked for with `expand`. */
  latest_charge: z
    .union([
      z.string(),
      z.object({ payment_method_details: z.object({ card: z.object({ capture_before: z.int().nullish() }).nullish() }).nullish() }),
    ])
    .nullish(),
  last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
});
export type StripeIntent = z.output<typeof StripeIntent>;

/** Whom a card is kept by; nothing but the id is read. */
export const StripeCustomer = z.object({ id: z.string() });

/** A page on which Stripe takes the card itself. */
export const StripePage = z.object({
  id: z.string(),
  status: z.enum(["open", "complete", "expired"]).nullable(),
  payment_status: z.string(),
  url: z.string().nullish(),
  amount_total: z.int().nullish(),
  currency: z.string().nullish(),
  payment_intent: z.string().nullish(),
});
export type StripePage = z.output<typeof StripePage>;

export const StripeReader = z.object({
  action: z
    .object({
      status: z.string(),
      failure_code: z.string().nullish(),
      process_payment_intent: z.object({ payment_intent: z.string() }).nullish(),
    })
    .nullish(),
});

export const StripeRefund = z.object({
  id: z.string(),
  status: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export const StripeRefunds = z.object({ data: z.array(StripeRefund) });

/** What a payment intent says. Its id and state make the name of the answer, so that it counts once however it comes [PAY-2]. */
export function answerOfIntent(intent: StripeIntent): ProviderAnswer {
  const { id, status, next_action: next, last_payment_error: error } = intent;
  if (status === "succeeded") {
    const amount = { amount: intent.amount_received, currency: intent.currency.toUpperCase() };
    return { kind: "captured", eventId: `${id} succeeded`, providerRef: id, amount };
  }
  if (status === "requires_capture") {
    const amount = { amount: intent.amount, currency: intent.currency.toUpperCase() };
    const keptCard = keptCardOf(intent);
    const until = endOfAgreement(intent);
    return { kind: "authorized", eventId: `${id} authorized`, providerRef: id, until, amount, ...(keptCard !== undefined && { keptCard }) };
  }
  if (status === "canceled") return { kind: "voided", eventId: `${id} canceled` };
  const url = status === "requires_action" ? next?.redirect_to_url?.url : undefined;
  if (url) return { kind: "action_required", url };
  if (status === "requires_payment_method" && error)
    return { kind: "declined", eventId: `${id} declined`, reason: error.decline_code ?? error.code ?? "declined" };
  return { kind: "pending" };
}

/** A kept card as it is charged again: its Stripe customer and its payment method. */
function keptCardOf({ customer, payment_method: method, setup_future_usage: usage }: StripeIntent): string | undefined {
  const id = typeof method === "object" ? method?.id : method;
  return usage === "off_session" && customer && id ? `${customer} ${id}` : undefined;
}

/** As long as a card agrees when its network does not say by when it has to be charged. */
const AGREES_DAYS = 7;

function endOfAgreement({ latest_charge: charge, created }: StripeIntent): Date {
  const before = typeof charge === "object" ? charge?.payment_method_details?.card?.capture_before : undefined;
  return new Date((before ?? created + AGREES_DAYS * 24 * 3600) * 1000);
}

/** What a page says: open, its payer is there or has to go there; a card that it refused is tried again there. */
export function answerOfPage(page: StripePage): ProviderAnswer {
  const { id, status, url, payment_intent: intentRef, amount_total: amount = null, currency = null } = page;
  if (status === "expired") return { kind: "declined", eventId: `${id} expired`, reason: "page_expired" };
  if (status === "open") return url ? { kind: "action_required", url } : { kind: "pending" };
  if (page.payment_status !== "paid" || !intentRef) return { kind: "pending" };
  return {
    kind: "captured",
    eventId: `${id} paid`,
    providerRef: intentRef,
    ...(amount !== null && currency !== null && { amount: { amount, currency: currency.toUpperCase() } }),
  };
}

const StripeMovement = z.object({
  id: z.string(),
  type: z.string(),
  amount: z.int(),
  fee: z.int(),
  currency: z.string(),
  created: z.int(),
  /** Asked for with `expand`: the charge or refund that it is about. */
  source: z
    .union([
      z.string(),
      z.object({ id: z.string(), payment_intent: z.string().nullish(), metadata: z.record(z.string(), z.string()).nullish() }),
    ])
    .nullish(),
});
/** Movements of a Stripe balance, a page of them. */
export const StripeMovements = z.object({ data: z.array(StripeMovement), has_more: z.boolean() });

const MOVEMENT_KINDS: Readonly<Record<string, SettlementLine["kind"]>> = {
  charge: "payment",
  payment: "payment",
  refund: "refund",
  payment_refund: "refund",
  stripe_fee: "fee",
  payout: "payout",
};

/** A movement of the balance as a line: a payment by its intent, a refund by what we called it when we asked. */
export function lineOfMovement({ id, type, amount, fee, currency, created, source }: z.output<typeof StripeMovement>): SettlementLine {
  const about = typeof source === "object" ? source : null;
  const refundId = about?.metadata?.["weft_refund"]?.split(" ")[0];
  const kind = MOVEMENT_KINDS[type] ?? "other";
  const reference = (kind === "refund" ? refundId : about?.payment_intent) ?? about?.id ?? id;
  const settledOn = new Date(created * 1000).toISOString().slice(0, 10);
  return { lineKey: id, kind, reference, amount, fee, currency: currency.toUpperCase(), settledOn };
}

/** A payment that its cardholder took back. */
export const StripeDispute = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  created: z.int(),
  evidence_details: z.object({ due_by: z.int().nullish() }).nullish(),
  /** Asked for with `expand`: the intent that was taken back, marked with ours. */
  payment_intent: z.union([z.string(), z.object({ metadata: z.record(z.string(), z.string()).nullish() })]).nullish(),
});

/** An inquiry is answered as a dispute is, only that no money was taken yet; one that was prevented or withdrawn leaves it where it is. */
const DISPUTE_STATES: Readonly<Record<string, SaidDispute["state"]>> = {
  warning_needs_response: "open",
  needs_response: "open",
  warning_under_review: "answered",
  under_review: "answered",
  lost: "lost",
};

/** How a dispute stands; null when it is about no payment of ours. */
export function saidOfDispute(dispute: z.output<typeof StripeDispute>): SaidDispute | null {
  const { id, status, amount, currency, reason, created, evidence_details: evidence, payment_intent: about } = dispute;
  const intentId = typeof about === "object" ? z.uuid().safeParse(about?.metadata?.["weft_intent"]).data : undefined;
  if (intentId === undefined) return null;
  const dueBy = evidence?.due_by ?? null;
  return {
    reference: id,
    intentId: intentId as IntentId, // by the check before
    state: DISPUTE_STATES[status] ?? "won",
    amount: { amount, currency: currency.toUpperCase() },
    reason,
    dueAt: dueBy === null ? null : new Date(dueBy * 1000),
    openedAt: new Date(created * 1000),
  };
}
