import {
  businessDate,
  err,
  ok,
  type FulfillmentId,
  type Id,
  type IntentId,
  type Money,
  type RecordId,
  type Result,
  type TenderId,
} from "@weft/kernel";
import { sql } from "kysely";
import { type Committed, committed, type Ctx, type Signer, type Vault } from "../../platform/index.ts";
import { isCardNumber, readCardToken, recordOfCard } from "../loyalty/index.ts";
import { addContribution, sameCustomer, setPaid } from "../orders/index.ts";
import { paidOf, planTenders, type PaymentProvider, type PlannedTender, type WantedTender } from "../payments/index.ts";
import { documentPlace } from "../places/index.ts";
import { codeMac } from "./code-mac.ts";
import { countWrongCode, isLockedOut, lockFulfillment, mustRead, step } from "./commands.ts";
import { fits, move, normalizeCode, type Proof } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { endHandOver, isBeingPaid, type HandOverAttempt, type PreparedHandOver } from "./hand-over-attempt.ts";
import { fulfillmentByCode, type WholeFulfillment } from "./queries.ts";
import { serve } from "./serve.ts";

export type HandOverDeps = { readonly vault: Vault; readonly signer: Signer; readonly provider: PaymentProvider };

export type HandOver = {
  readonly fulfillmentId: FulfillmentId;
  /** What was shown: the collection code, the member card's number or QR, or the order number. */
  readonly code?: string | undefined;
  readonly proof: Proof;
  readonly tenders: readonly WantedTender[];
};

type Handed = WholeFulfillment | Committed<FulfillmentError>;

/** How a tender was paid: a card by its intent, with what its provider said on the spot, or null when the intent says it. */
type PaidTender =
  | Extract<PlannedTender, { kind: "cash" }>
  | {
      readonly kind: "card";
      readonly amount: number;
      readonly intentId: IntentId;
      readonly approval: { readonly provider: string; readonly eventId: string; readonly providerRef: string } | null;
    };

/**
 * Hands the goods over [FUL-4]: checks the proof, takes what is due, and moves stock, lines and the order's axes in one transaction.
 * A wrong code is counted and stays counted although it is refused. Handed over twice it stays handed over. A card that must be asked
 * outside is refused as `payment.method_not_offered`, because nothing outside may be waited for here: use `checkout.collectOrder` then.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.other_kind`, `fulfillment.not_possible`, `collection.code_wrong`, `collection.too_many_tries`,
 * `fulfillment.payment_due`, `fulfillment.nothing_due`, `fulfillment.being_paid`, those of tenders. Publishes `fulfillment.changed.v1` and
 * `order.changed.v1`.
 */
export async function handOver(ctx: Ctx, deps: HandOverDeps, wanted: HandOver): Promise<Result<Handed, FulfillmentError>> {
  const tried = await tryHandOver(ctx, deps, wanted);
  if (!tried.ok) return tried;
  return tried.value.kind === "outside" ? err({ code: "payment.method_not_offered", kind: "card" }) : ok(tried.value.handed);
}

export type TriedHandOver =
  | { readonly kind: "handed"; readonly handed: Handed }
  /** A card must be asked outside: nothing was written, and the order is locked. */
  | { readonly kind: "outside"; readonly prepared: PreparedHandOver };

/** As `handOver`, up to a card that must be asked outside. */
export async function tryHandOver(ctx: Ctx, deps: HandOverDeps, wanted: HandOver): Promise<Result<TriedHandOver, FulfillmentError>> {
  const found = await lockFulfillment(ctx, wanted.fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment } = found.value;
  if (!fits(fulfillment.kind, "collect")) return err({ code: "fulfillment.other_kind", kind: fulfillment.kind });
  const decision = move(fulfillment.state, "collect");
  if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
  if (decision.kind === "is_there") return ok({ kind: "handed", handed: found.value });
  if (await isLockedOut(ctx, fulfillment.place_id)) return err({ code: "collection.too_many_tries" });
  if (!(await isProved(ctx, deps, found.value, wanted))) {
    const triesLeft = await countWrongCode(ctx, fulfillment.place_id);
    return ok({ kind: "handed", handed: committed<FulfillmentError>({ code: "collection.code_wrong", triesLeft }) });
  }
  const planned = await planDue(ctx, found.value, wanted.tenders);
  if (!planned.ok) return planned;
  const prepared: PreparedHandOver = { whole: found.value, proof: wanted.proof, tenders: planned.value };
  const paid = decideOnTheSpot(ctx, deps.provider, prepared);
  if (!paid.ok) return paid;
  if (paid.value === "outside") return ok({ kind: "outside", prepared });
  return ok({ kind: "handed", handed: await writeHandOver(ctx, prepared, paid.value) });
}

/**
 * Hands over what waited for its provider, now that the money is there [FUL-11]: judged again, because the order may have changed meanwhile.
 * Its actor is the one who began. Errors: `fulfillment.not_possible`, `fulfillment.payment_due` and `fulfillment.nothing_due` when another
 * amount is due by now, `fulfillment.being_paid` when the attempt has ended. Publishes what `handOver` does.
 */
export async function finishHandOver(ctx: Ctx, attempt: HandOverAttempt): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const act: Ctx = { ...ctx, actor: attempt.actor };
  const found = await lockFulfillment(act, attempt.fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment, currency } = found.value;
  if (!(await endHandOver(act, attempt.id, null))) return err({ code: "fulfillment.being_paid" });
  if (move(fulfillment.state, "collect").kind !== "moves") return err({ code: "fulfillment.not_possible", state: fulfillment.state });
  const { due: amount } = await paidOf(act, fulfillment.order_id);
  if (amount === 0) return err({ code: "fulfillment.nothing_due" });
  if (amount !== attempt.tenders.reduce((sum, tender) => sum + tender.amount, 0))
    return err({ code: "fulfillment.payment_due", due: { amount, currency } });
  const paid = attempt.tenders.flatMap((tender): PaidTender[] => {
    if (tender.kind === "due_at_collection") return [];
    return [tender.kind === "card" ? { ...tender, approval: null } : tender];
  });
  return ok(await writeHandOver(act, { whole: found.value, proof: attempt.proof }, paid));
}

/** The money, the state, the goods: all that a hand-over writes. */
async function writeHandOver(
  ctx: Ctx,
  { whole, proof }: Pick<PreparedHandOver, "whole" | "proof">,
  paid: readonly PaidTender[],
): Promise<WholeFulfillment> {
  const { fulfillment, currency } = whole;
  if (paid.length > 0) {
    await recordTenders(ctx, fulfillment, currency, paid);
    await setPaid(ctx, fulfillment.order_id, await paidOf(ctx, fulfillment.order_id));
    await addContribution(ctx, fulfillment.order_id, "payment");
  }
  await step(ctx, whole, "collected", { proof });
  await serve(ctx, whole, "hand_over");
  return mustRead(ctx, fulfillment.id);
}

async function isProved(ctx: Ctx, deps: HandOverDeps, { fulfillment }: WholeFulfillment, { code, proof }: HandOver): Promise<boolean> {
  if (code === undefined) return false;
  if (proof === "order_number") return normalizeCode(code).toUpperCase() === normalizeCode(fulfillment.order_number);
  if (proof === "code") {
    const opened = await fulfillmentByCode(ctx, fulfillment.place_id, codeMac(deps.vault, fulfillment.place_id, code));
    return opened?.fulfillment.id === fulfillment.id;
  }
  const recordId = await recordShown(ctx, deps.signer, code);
  if (!recordId || !fulfillment.record_id) return false;
  return sameCustomer(ctx, recordId, fulfillment.record_id);
}

/** Whose member card this is, its number or its QR; null when it is none. */
export async function recordShown(ctx: Ctx, signer: Signer, code: string): Promise<RecordId | null> {
  return isCardNumber(code) ? recordOfCard(ctx, code) : readCardToken(signer, code);
}

/** How what is due is to be paid [PAY-3]: nothing leaves the counter unpaid, and one payment is asked for at a time [FUL-11]. */
async function planDue(
  ctx: Ctx,
  { fulfillment, currency }: WholeFulfillment,
  wanted: readonly WantedTender[],
): Promise<Result<PlannedTender[], FulfillmentError>> {
  const { due: amount } = await paidOf(ctx, fulfillment.order_id);
  const due: Money = { amount, currency };
  if (amount === 0) return wanted.length > 0 ? err({ code: "fulfillment.nothing_due" }) : ok([]);
  if (await isBeingPaid(ctx, fulfillment.order_id)) return err({ code: "fulfillment.being_paid" });
  if (wanted.length === 0) return err({ code: "fulfillment.payment_due", due });
  const notHere = wanted.find(({ kind }) => kind === "due_at_collection");
  return notHere ? err({ code: "payment.method_not_offered", kind: notHere.kind }) : planTenders(due, wanted);
}

/** Asks the provider about every card without any I/O. One declined refuses all; one undecided sends all outside. */
function decideOnTheSpot(
  ctx: Pick<Ctx, "newId">,
  provider: PaymentProvider,
  { whole: { currency }, tenders }: PreparedHandOver,
): Result<readonly PaidTender[] | "outside", FulfillmentError> {
  const paid: PaidTender[] = [];
  for (const tender of tenders) {
    if (tender.kind === "cash") paid.push(tender);
    if (tender.kind !== "card") continue;
    const { token, amount } = tender;
    const intentId = ctx.newId<IntentId>();
    const answer = provider.decideInline?.({ intentId, token, amount: { amount, currency } }) ?? null;
    if (answer === null) return ok("outside");
    if (answer.kind === "declined") return err({ code: "payment.declined", reason: answer.reason });
    const { eventId, providerRef } = answer;
    paid.push({ kind: "card", amount, intentId, approval: { provider: provider.name, eventId, providerRef } });
  }
  return ok(paid);
}

async function recordTenders(
  ctx: Ctx,
  fulfillment: WholeFulfillment["fulfillment"],
  currency: string,
  paid: readonly PaidTender[],
): Promise<void> {
  const place = await documentPlace(ctx, fulfillment.place_id);
  if (!place) throw new Error(`place ${fulfillment.place_id} of fulfillment ${fulfillment.id} is unknown`);
  const document = {
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: ctx.actor.channelId ?? fulfillment.channel_id,
    business_date: businessDate(ctx.now, place.timeZone, place.dayEnd),
    time_zone: place.timeZone,
  };
  const tenders = paid.map((tender) => {
    const { kind, amount } = tender;
    const how = tender.kind === "cash" ? { received: tender.received, change: tender.change } : { intent_id: tender.intentId };
    return { id: ctx.newId<TenderId>(), kind, currency, amount, at: ctx.now, state: "captured", ...how, ...document };
  });
  const approved = paid.flatMap((tender) =>
    tender.kind === "card" && tender.approval ? [approvedIntent(ctx, currency, tender, tender.approval)] : [],
  );
  await sql`
    select payments.settle_due(${fulfillment.order_id}, ${JSON.stringify(tenders)}::json,
      ${approved.length > 0 ? JSON.stringify(approved) : null}::json)`.execute(ctx.db);
}

type PaidCard = Extract<PaidTender, { kind: "card" }>;

function approvedIntent(ctx: Ctx, currency: string, { intentId, amount }: PaidCard, approval: NonNullable<PaidCard["approval"]>) {
  const { provider, eventId, providerRef } = approval;
  return {
    id: intentId,
    event_id: ctx.newId<Id<"payment event">>(),
    provider,
    provider_event_id: eventId,
    provider_ref: providerRef,
    currency,
    amount,
    at: ctx.now,
  };
}
