import { err, ok, type Id, type IntentId, type Result, type TenderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { DocumentPlace } from "../orders/index.ts";
import { planTenders, raiseDue, type PaymentProvider, type PlannedTender, type WantedTender } from "../payments/index.ts";
import type { CheckoutError } from "./errors.ts";
import type { PreparedChange } from "./prepare-change.ts";

type Difference = {
  readonly prepared: PreparedChange;
  /** In minor units of the order's currency; more than nothing. */
  readonly amount: number;
  readonly tenders: readonly WantedTender[];
  readonly document: DocumentPlace;
  readonly paid: readonly PaidCard[];
};

/** What a card that was asked outside has paid already, for this very change. */
export type PaidCard = { readonly intentId: IntentId; readonly amount: number };

/**
 * Takes what an order costs more after a change [CHK-23], in the transaction of the change: what is due at the collection, and a card that its
 * provider decides on the spot, or that was asked before [CHK-26]: nothing outside is waited for in a transaction.
 * Errors: `payment.method_not_offered`, `payment.declined`, those of `planTenders`.
 */
export async function takeDifference(
  ctx: Ctx,
  provider: PaymentProvider,
  { prepared, amount, tenders, document, paid }: Difference,
): Promise<Result<null, CheckoutError>> {
  const { order } = prepared.entry;
  const planned = planTenders({ amount, currency: order.currency }, tenders);
  if (!planned.ok) return planned;
  const refused = planned.value.find(({ kind }) => !isOffered(prepared, kind));
  if (refused) return err({ code: "payment.method_not_offered", kind: refused.kind });
  const rows = [];
  const approved = [];
  const cards = [...paid];
  for (const tender of planned.value) {
    if (tender.kind === "due_at_collection" && (await raiseDue(ctx, order.id, tender.amount))) continue;
    const before = tender.kind === "card" ? cards.findIndex((one) => one.amount === tender.amount) : -1;
    const [asked] = before < 0 ? [] : cards.splice(before, 1);
    const card = tender.kind === "card" && !asked ? chargeOnTheSpot(ctx, provider, prepared, tender) : null;
    if (card && !card.ok) return card;
    if (card) approved.push(card.value);
    rows.push({ ...rowOf(ctx, tender, asked?.intentId ?? card?.value.id ?? null), currency: order.currency, ...document });
  }
  const approvals = approved.length > 0 ? JSON.stringify(approved) : null;
  await sql`select payments.record(${order.id}, ${JSON.stringify(rows)}::json, ${approvals}::json)`.execute(ctx.db);
  return ok(null);
}

/** What is due needs a collection; an order on account may be so for what it costs more. Cash is taken at the hand-over, where the drawer that it goes into counts it. */
export function isOffered({ target, entry }: PreparedChange, kind: PlannedTender["kind"]): boolean {
  if (kind === "due_at_collection") return target !== undefined && target.fulfillment.kind !== "ship";
  // What its company owes grows, where that is how the order is paid [CHK-28].
  if (kind === "account") return entry.company !== null && entry.order.on_account > 0;
  return kind === "card";
}

function rowOf(ctx: Pick<Ctx, "newId" | "now">, tender: PlannedTender, intentId: IntentId | null) {
  const state = tender.kind === "due_at_collection" ? "due" : "captured";
  return { id: ctx.newId<TenderId>(), intent_id: intentId, kind: tender.kind, state, amount: tender.amount, at: ctx.now };
}

type Approved = { readonly id: IntentId; readonly [column: string]: unknown };

function chargeOnTheSpot(
  ctx: Pick<Ctx, "newId" | "now">,
  provider: PaymentProvider,
  { entry: { order } }: PreparedChange,
  { token, amount }: Extract<PlannedTender, { kind: "card" }>,
): Result<Approved, CheckoutError> {
  const id = ctx.newId<IntentId>();
  const answer = provider.decideInline?.({ intentId: id, token, amount: { amount, currency: order.currency } }) ?? null;
  if (answer === null) return err({ code: "payment.method_not_offered", kind: "card" });
  if (answer.kind === "declined") return err({ code: "payment.declined", reason: answer.reason });
  return ok({
    id,
    cart_id: order.cart_id,
    event_id: ctx.newId<Id<"payment event">>(),
    provider: provider.name,
    provider_event_id: answer.eventId,
    provider_ref: answer.providerRef,
    currency: order.currency,
    amount,
    at: ctx.now,
  });
}
