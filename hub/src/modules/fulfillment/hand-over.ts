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
import { type Committed, committed, publish, type Ctx, type Signer, type Vault } from "../../platform/index.ts";
import { isCardNumber, readCardToken, recordOfCard } from "../loyalty/index.ts";
import { OrderChanged } from "../orders/events.ts";
import { addContribution, sameCustomer, setPaid } from "../orders/index.ts";
import { paidOf, planTenders, type PaymentProvider, type PlannedTender, type WantedTender } from "../payments/index.ts";
import { documentPlace } from "../places/index.ts";
import { codeMac } from "./code-mac.ts";
import { countWrongCode, isLockedOut, lockFulfillment, mustRead, step, tellReady } from "./commands.ts";
import { move, normalizeCode } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { fulfillmentByCode, type WholeFulfillment } from "./queries.ts";

export type HandOverDeps = { readonly vault: Vault; readonly signer: Signer; readonly provider: PaymentProvider };

export type HandOver = {
  readonly fulfillmentId: FulfillmentId;
  /** What was shown: the collection code, the member card's number or QR, or the order number. */
  readonly code?: string | undefined;
  readonly proof: "code" | "member_card" | "order_number";
  readonly tenders: readonly WantedTender[];
};

type Answer = Promise<Result<WholeFulfillment | Committed<FulfillmentError>, FulfillmentError>>;

/**
 * Hands the goods over [FUL-4]: checks the proof, takes what is due, and moves stock, lines and the order's axes in one transaction.
 * A wrong code is counted and stays counted although it is refused. Handed over twice it stays handed over.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible`, `collection.code_wrong`, `collection.too_many_tries`,
 * `fulfillment.payment_due`, `fulfillment.nothing_due`, those of tenders. Publishes `fulfillment.changed.v1` and `order.changed.v1`.
 */
export async function handOver(ctx: Ctx, deps: HandOverDeps, wanted: HandOver): Answer {
  const found = await lockFulfillment(ctx, wanted.fulfillmentId);
  if (!found.ok) return found;
  const { fulfillment } = found.value;
  const decision = move(fulfillment.state, "collect");
  if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
  if (decision.kind === "is_there") return found;
  if (await isLockedOut(ctx, fulfillment.place_id)) return err({ code: "collection.too_many_tries" });
  if (!(await isProved(ctx, deps, found.value, wanted)))
    return ok(committed<FulfillmentError>({ code: "collection.code_wrong", triesLeft: await countWrongCode(ctx, fulfillment.place_id) }));
  const paid = await takeWhatIsDue(ctx, deps, found.value, wanted.tenders);
  if (!paid.ok) return paid;
  await step(ctx, found.value, decision.to, { proof: wanted.proof });
  await deliver(ctx, found.value);
  return ok(await mustRead(ctx, fulfillment.id));
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

/** Settles `due_at_collection` by the tenders given [PAY-3]: nothing leaves the counter unpaid. Cards must be decided on the spot. */
async function takeWhatIsDue(
  ctx: Ctx,
  deps: HandOverDeps,
  { fulfillment, currency }: WholeFulfillment,
  wanted: readonly WantedTender[],
): Promise<Result<null, FulfillmentError>> {
  const { due: amount } = await paidOf(ctx, fulfillment.order_id);
  const due: Money = { amount, currency };
  if (amount === 0) return wanted.length > 0 ? err({ code: "fulfillment.nothing_due" }) : ok(null);
  if (wanted.length === 0) return err({ code: "fulfillment.payment_due", due });
  const planned = planTenders(due, wanted);
  if (!planned.ok) return planned;
  const rows: TenderRecord[] = [];
  for (const tender of planned.value) {
    const row = tenderRecord(ctx, deps, tender, currency);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  await recordTenders(ctx, fulfillment, rows);
  await setPaid(ctx, fulfillment.order_id, await paidOf(ctx, fulfillment.order_id));
  await addContribution(ctx, fulfillment.order_id, "payment");
  return ok(null);
}

type TenderRecord = {
  readonly tender: Record<string, unknown>;
  readonly approved: Record<string, unknown> | null;
};

function tenderRecord(ctx: Ctx, deps: HandOverDeps, tender: PlannedTender, currency: string): Result<TenderRecord, FulfillmentError> {
  const base = { id: ctx.newId<TenderId>(), currency, amount: tender.amount, at: ctx.now, state: "captured" };
  if (tender.kind === "cash")
    return ok({ tender: { ...base, kind: "cash", received: tender.received, change: tender.change }, approved: null });
  if (tender.kind === "due_at_collection") return err({ code: "payment.method_not_offered", kind: tender.kind });
  const intentId = ctx.newId<IntentId>();
  const answer = deps.provider.decideInline?.({ intentId, token: tender.token, amount: { amount: tender.amount, currency } }) ?? null;
  if (answer === null) return err({ code: "payment.method_not_offered", kind: "card" });
  if (answer.kind === "declined") return err({ code: "payment.declined", reason: answer.reason });
  return ok({
    tender: { ...base, kind: "card", intent_id: intentId },
    approved: {
      id: intentId,
      event_id: ctx.newId<Id<"payment event">>(),
      provider: deps.provider.name,
      provider_event_id: answer.eventId,
      provider_ref: answer.providerRef,
      currency,
      amount: tender.amount,
      at: ctx.now,
    },
  });
}

async function recordTenders(ctx: Ctx, fulfillment: WholeFulfillment["fulfillment"], rows: readonly TenderRecord[]): Promise<void> {
  const place = await documentPlace(ctx, fulfillment.place_id);
  if (!place) throw new Error(`place ${fulfillment.place_id} of fulfillment ${fulfillment.id} is unknown`);
  const document = {
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: ctx.actor.channelId ?? fulfillment.channel_id,
    business_date: businessDate(ctx.now, place.timeZone, place.dayEnd),
    time_zone: place.timeZone,
  };
  const approved = rows.flatMap((row) => (row.approved ? [row.approved] : []));
  await sql`
    select payments.settle_due(${fulfillment.order_id}, ${JSON.stringify(rows.map((row) => ({ ...row.tender, ...document })))}::json,
      ${approved.length > 0 ? JSON.stringify(approved) : null}::json)`.execute(ctx.db);
}

/** Stock last: the contended rows are locked just before the commit. */
async function deliver(ctx: Ctx, { fulfillment, lines }: WholeFulfillment): Promise<void> {
  const ids = lines.map((line) => line.order_line_id);
  const quantities = lines.map((line) => line.quantity);
  await sql`select orders.fulfill(${fulfillment.order_id}, ${ids}::uuid[], ${quantities}::integer[])`.execute(ctx.db);
  await tellReady(ctx, fulfillment.order_id);
  await addContribution(ctx, fulfillment.order_id, "hand_over");
  await publish(ctx, OrderChanged, `order/${fulfillment.order_id}`, {
    orderId: fulfillment.order_id,
    recordId: fulfillment.record_id,
    placeId: fulfillment.place_id,
  });
  await sql`select stock.fulfill(${fulfillment.id}, ${fulfillment.place_id}, ${ids}::uuid[], ${quantities}::integer[])`.execute(ctx.db);
}
