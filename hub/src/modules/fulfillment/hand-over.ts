import {
  businessDate,
  err,
  ok,
  type FulfillmentId,
  type Id,
  type IntentId,
  type Money,
  type PlaceId,
  type RecordId,
  type Result,
  type TenderId,
} from "@weft/kernel";
import { sql } from "kysely";
import { type Committed, committed, type Ctx, type Signer, type Vault } from "../../platform/index.ts";
import { isCardNumber, readCardToken, recordOfCard } from "../loyalty/index.ts";
import { addContribution, sameCustomer, setPaid } from "../orders/index.ts";
import {
  chargeOf,
  isValue,
  judgeValues,
  paidOf,
  planTenders,
  providerFor,
  spendValues,
  type CardTakers,
  type PaymentProvider,
  type PlannedTender,
  type WantedTender,
} from "../payments/index.ts";
import { documentPlace, placesSnapshot } from "../places/index.ts";
import { codeMac } from "./code-mac.ts";
import { endCollector, noteReceiver } from "./collector.ts";
import { awaitsGoods, countWrongCode, isLockedOut, lockFulfillment, mustRead, step } from "./commands.ts";
import { fits, isCollectorCode, move, normalizeCode, unitsOf, type LineUnits, type Proof } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { endHandOver, isBeingPaid, type HandOverAttempt, type PreparedHandOver } from "./hand-over-attempt.ts";
import { fulfillmentByCode, type WholeFulfillment } from "./queries.ts";
import { mayChange } from "./may-change.ts";
import { takePart } from "./part-collection.ts";
import { serve } from "./serve.ts";

export type HandOverDeps = CardTakers & { readonly vault: Vault; readonly signer: Signer };

export type HandOver = {
  readonly fulfillmentId: FulfillmentId;
  /** What was shown: the collection code, the member card's number or QR, or the order number. */
  readonly code?: string | undefined;
  readonly proof: Proof;
  readonly tenders: readonly WantedTender[];
  /** What is taken now; the rest waits on with a code of its own [FUL-33]. Left out or empty: all of it. */
  readonly lines?: readonly LineUnits[] | undefined;
  /** The name of whoever takes it for its customer, as staff wrote it down [FUL-32]. */
  readonly receivedBy?: string | undefined;
};

type Handed = WholeFulfillment | Committed<FulfillmentError>;

/** How a tender was paid: a card by its intent, with what its provider said on the spot, or null when the intent says it. */
type PaidTender =
  | Extract<PlannedTender, { kind: "cash" | "store_credit" | "gift_card" }>
  | {
      readonly kind: "card";
      readonly amount: number;
      readonly tip?: number;
      readonly intentId: IntentId;
      readonly approval: { readonly provider: string; readonly eventId: string; readonly providerRef: string } | null;
    };

/**
 * Hands the goods over [FUL-4]: checks the proof, takes what is due, and moves stock, lines and the order's axes in one transaction.
 * A wrong code is counted and stays counted although it is refused. Handed over twice it stays handed over. A card that must be asked
 * outside is refused as `payment.method_not_offered`, because nothing outside may be waited for here: use `checkout.collectOrder` then.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.other_kind`, `fulfillment.not_possible`, `fulfillment.units_unknown`, `fulfillment.not_changeable`, `collection.code_wrong`,
 * `collection.too_many_tries`, `fulfillment.payment_due`, `fulfillment.nothing_due`, `fulfillment.being_paid`, those of tenders. Publishes `fulfillment.changed.v1` and
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
  | { readonly kind: "outside"; readonly prepared: PreparedHandOver; readonly provider: string };

/** As `handOver`, up to a card that must be asked outside. */
export async function tryHandOver(ctx: Ctx, deps: HandOverDeps, wanted: HandOver): Promise<Result<TriedHandOver, FulfillmentError>> {
  const found = await lockFulfillment(ctx, wanted.fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment } = found.value;
  if (!fits(fulfillment.kind, "collect")) return err({ code: "fulfillment.other_kind", kind: fulfillment.kind });
  const waits = awaitsGoods(found.value);
  if (waits) return err(waits);
  const decision = move(fulfillment.state, "collect");
  if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
  if (decision.kind === "is_there") return ok({ kind: "handed", handed: found.value });
  const units = wanted.lines ?? [];
  if (unitsOf(found.value.lines, units).kind === "unknown") return err({ code: "fulfillment.units_unknown" });
  if (unitsOf(found.value.lines, units).kind === "some" && !(await mayChange(ctx, fulfillment)))
    return err({ code: "fulfillment.not_changeable" });
  if (await isLockedOut(ctx, fulfillment.place_id)) return err({ code: "collection.too_many_tries" });
  if (!(await isProved(ctx, deps, found.value, wanted))) {
    const triesLeft = await countWrongCode(ctx, fulfillment.place_id);
    return ok({ kind: "handed", handed: committed<FulfillmentError>({ code: "collection.code_wrong", triesLeft }) });
  }
  const planned = await planDue(ctx, found.value, wanted.tenders);
  if (!planned.ok) return planned;
  const { record_id: recordId } = fulfillment;
  const paying = await judgeValues(ctx, deps.vault, planned.value, {
    recordId,
    currency: found.value.currency,
    mayNameCards: ctx.actor.staff !== null,
  });
  if (!paying.ok) return paying;
  if (wanted.receivedBy !== undefined) await noteReceiver(ctx, found.value, wanted.receivedBy);
  const byCollector = wanted.receivedBy !== undefined || (wanted.proof === "code" && isCollectorCode(wanted.code ?? ""));
  const prepared: PreparedHandOver = { whole: found.value, proof: wanted.proof, units, byCollector, tenders: paying.value };
  const provider = await takerAt(ctx, deps, fulfillment.place_id);
  const paid = decideOnTheSpot(ctx, provider, prepared);
  if (!paid.ok) return paid;
  if (paid.value === "outside") return ok({ kind: "outside", prepared, provider: provider.name });
  return ok({ kind: "handed", handed: await writeHandOver(ctx, deps.vault, prepared, paid.value) });
}

/**
 * Hands over what waited for its provider, now that the money is there [FUL-11]: judged again, because the order may have changed meanwhile.
 * Its actor is the one who began. Errors: `fulfillment.not_possible`, `fulfillment.payment_due` and `fulfillment.nothing_due` when another
 * amount is due by now, `fulfillment.being_paid` when the attempt has ended. Publishes what `handOver` does.
 */
export async function finishHandOver(
  ctx: Ctx,
  vault: Vault,
  attempt: HandOverAttempt,
): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const act: Ctx = { ...ctx, actor: attempt.actor };
  const found = await lockFulfillment(act, attempt.fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment, currency, lines } = found.value;
  const { units, proof, byCollector } = attempt;
  if (!(await endHandOver(act, attempt.id, null))) return err({ code: "fulfillment.being_paid" });
  if (move(fulfillment.state, "collect").kind !== "moves") return err({ code: "fulfillment.not_possible", state: fulfillment.state });
  if (unitsOf(lines, units).kind === "unknown") return err({ code: "fulfillment.units_unknown" });
  const { due: amount } = await paidOf(act, fulfillment.order_id);
  if (amount === 0) return err({ code: "fulfillment.nothing_due" });
  if (amount !== attempt.tenders.reduce((sum, tender) => sum + tender.amount, 0))
    return err({ code: "fulfillment.payment_due", due: { amount, currency } });
  const paid = attempt.tenders.flatMap((tender): PaidTender[] => {
    if (tender.kind === "due_at_collection" || tender.kind === "account" || tender.kind === "points") return [];
    return [tender.kind === "card" ? { ...tender, approval: null } : tender];
  });
  return ok(await writeHandOver(act, vault, { whole: found.value, proof, units, byCollector }, paid));
}

/** The money, the state, the goods: all that a hand-over writes. */
async function writeHandOver(
  ctx: Ctx,
  vault: Vault,
  prepared: Omit<PreparedHandOver, "tenders">,
  paid: readonly PaidTender[],
): Promise<WholeFulfillment> {
  const { proof, byCollector } = prepared;
  const whole = await takePart(ctx, vault, prepared.whole, prepared.units);
  const { fulfillment, currency } = whole;
  let recorded: Awaited<ReturnType<typeof recordTenders>> = [];
  if (paid.length > 0) {
    recorded = await recordTenders(ctx, fulfillment, currency, paid);
    await setPaid(ctx, fulfillment.order_id, await paidOf(ctx, fulfillment.order_id));
    await addContribution(ctx, fulfillment.order_id, "payment");
  }
  await step(ctx, whole, "collected", { proof });
  await endCollector(ctx, whole, byCollector);
  await serve(ctx, whole, "hand_over");
  // Balances come last.
  await spendValues(ctx, { orderId: fulfillment.order_id, recordId: fulfillment.record_id }, recorded);
  return mustRead(ctx, fulfillment.id);
}

async function isProved(ctx: Ctx, deps: HandOverDeps, { fulfillment }: WholeFulfillment, { code, proof }: HandOver): Promise<boolean> {
  if (code === undefined) return false;
  if (proof === "order_number") return normalizeCode(code).toUpperCase() === normalizeCode(fulfillment.order_number);
  if (proof === "code") {
    const opened = await fulfillmentByCode(ctx, fulfillment.place_id, codeMac(deps.vault, fulfillment.place_id, code));
    return opened?.fulfillment.id === fulfillment.id;
  }
  const recordId = await recordShown(ctx, deps, code);
  if (!recordId || !fulfillment.record_id) return false;
  return sameCustomer(ctx, recordId, fulfillment.record_id);
}

/** Whose member card this is, its number or its QR; null when it is none. */
export async function recordShown(ctx: Ctx, keys: Pick<HandOverDeps, "signer" | "vault">, code: string): Promise<RecordId | null> {
  return isCardNumber(code) ? recordOfCard(ctx, code) : readCardToken(keys, code, ctx.now);
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
  const notHere = wanted.find(({ kind }) => kind === "due_at_collection" || kind === "account" || kind === "points");
  return notHere
    ? err({ code: "payment.method_not_offered", kind: notHere.kind })
    : planTenders(due, wanted, ...(await counterTermsAt(ctx, fulfillment.place_id)));
}

/** To what cash is rounded at the counter of a place, and whether it takes tips. */
async function counterTermsAt(ctx: Ctx, placeId: PlaceId): Promise<[cashStep: number, takesTips: boolean]> {
  const settings = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId)?.settings;
  return [settings?.cashRounding ?? 0, (settings?.tipPercents ?? "") !== ""];
}

/** Who takes cards at a place: the account of its legal entity. */
async function takerAt(ctx: Ctx, deps: CardTakers, placeId: PlaceId): Promise<PaymentProvider> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  return place ? providerFor(deps, place.entityId) : deps.provider;
}

/** Asks the provider about every card without any I/O. One declined refuses all; one undecided sends all outside. */
function decideOnTheSpot(
  ctx: Pick<Ctx, "newId">,
  provider: PaymentProvider,
  { whole: { currency }, tenders }: PreparedHandOver,
): Result<readonly PaidTender[] | "outside", FulfillmentError> {
  const paid: PaidTender[] = [];
  for (const tender of tenders) {
    if (tender.kind === "cash" || isValue(tender)) paid.push(tender);
    if (tender.kind !== "card") continue;
    const { token, ...kept } = tender;
    const intentId = ctx.newId<IntentId>();
    const answer = provider.decideInline?.({ intentId, token, amount: { amount: chargeOf(tender), currency } }) ?? null;
    if (answer === null) return ok("outside");
    if (answer.kind === "declined") return err({ code: "payment.declined", reason: answer.reason });
    const { eventId, providerRef } = answer;
    paid.push({ ...kept, intentId, approval: { provider: provider.name, eventId, providerRef } });
  }
  return ok(paid);
}

async function recordTenders(ctx: Ctx, fulfillment: WholeFulfillment["fulfillment"], currency: string, paid: readonly PaidTender[]) {
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
    return { id: ctx.newId<TenderId>(), kind, currency, amount, at: ctx.now, state: "captured", ...howPaid(tender), ...document };
  });
  const approved = paid.flatMap((tender) =>
    tender.kind === "card" && tender.approval ? [approvedIntent(ctx, currency, tender, tender.approval)] : [],
  );
  await sql`
    select payments.settle_due(${fulfillment.order_id}, ${JSON.stringify(tenders)}::json,
      ${approved.length > 0 ? JSON.stringify(approved) : null}::json)`.execute(ctx.db);
  return tenders;
}

function howPaid(tender: PaidTender) {
  if (tender.kind === "cash") return { received: tender.received, change: tender.change, tip: tender.tip };
  if (tender.kind === "card") return { intent_id: tender.intentId, tip: tender.tip };
  return { card_id: tender.kind === "gift_card" ? (tender.cardId ?? null) : null };
}

type PaidCard = Extract<PaidTender, { kind: "card" }>;

function approvedIntent(ctx: Ctx, currency: string, card: PaidCard, approval: NonNullable<PaidCard["approval"]>) {
  const { provider, eventId, providerRef } = approval;
  return {
    id: card.intentId,
    event_id: ctx.newId<Id<"payment event">>(),
    provider,
    provider_event_id: eventId,
    provider_ref: providerRef,
    currency,
    amount: chargeOf(card),
    at: ctx.now,
  };
}
