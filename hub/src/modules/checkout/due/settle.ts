import { businessDate, type OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { OrderChanged } from "../../orders/events.ts";
import { readOrder, setPaid } from "../../orders/index.ts";
import { PaymentFailed, PaymentNeeded } from "../../payments/events.ts";
import { bookDuePaid, intentsById, paidOf } from "../../payments/index.ts";
import { documentPlace } from "../../places/index.ts";
import { askForMoney, giveBack, type AskDeps, type Desk } from "../ask-for-money.ts";
import type { CheckoutError } from "../errors.ts";
import { endDuePayment, lookAtDueLater, readDuePayment, type DuePayment, type DuePaymentId } from "./stored.ts";

export type SettledDue =
  | { readonly kind: "paid" }
  | { readonly kind: "failed"; readonly error: CheckoutError }
  | { readonly kind: "pending"; readonly actionUrl: string | null };

/**
 * Brings a payment of what is due to its end, or as far as the provider lets it [CHK-55, CHK-56], as `settleAttempt` does for a completion: by the
 * request or job that began it, a retry, a late answer or the clock, whoever is first.
 */
export async function settleDue(desk: Desk, deps: AskDeps, id: DuePaymentId, ask: "charge" | "find"): Promise<SettledDue> {
  const payment = await readDuePayment(desk.read, id);
  if (payment?.state !== "charging") return endOf(payment);
  const asked = await askForMoney(desk, deps, { ...payment, isKept: payment.fulfillmentId !== null }, ask);
  if (asked.kind === "captured") return finish(desk, deps, payment);
  // A bank that asks somebody has nobody to ask where a kept card is charged: its customer pays by themselves.
  const isStuck = asked.kind === "pending" && asked.actionUrl !== null && payment.fulfillmentId !== null;
  if (isStuck) return giveUp(desk, deps, payment, { code: "payment.declined", reason: "authentication_required" });
  if (asked.kind === "refused") return giveUp(desk, deps, payment, asked.error);
  await desk.write((ctx) => lookAtDueLater(ctx, id));
  return asked;
}

function endOf(payment: DuePayment | null): SettledDue {
  return payment?.state === "paid" ? { kind: "paid" } : { kind: "failed", error: payment?.error ?? { code: "order.unknown" } };
}

/** The second transaction: so much is due no more. Where less is due by now, the money goes back [CHK-5]. */
async function finish(desk: Desk, deps: AskDeps, payment: DuePayment): Promise<SettledDue> {
  const outcome = await desk.write((ctx) => book(ctx, payment));
  if (outcome === "paid") return { kind: "paid" };
  return outcome === "ended"
    ? endOf(await readDuePayment(desk.read, payment.id))
    : giveUp(desk, deps, payment, { code: "order.nothing_due" });
}

async function book(ctx: Ctx, { id, orderId, intentIds }: DuePayment): Promise<"paid" | "ended" | "not_due"> {
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const [intent] = await intentsById(ctx, intentIds);
  const entry = await readOrder(ctx, orderId);
  const place = entry?.order.place_id ? await documentPlace(ctx, entry.order.place_id) : undefined;
  if (!intent || !entry || !place) throw new Error(`order ${orderId} is paid and was not found`);
  const document = {
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: entry.order.channel_id,
    business_date: businessDate(ctx.now, place.timeZone, place.dayEnd),
    time_zone: place.timeZone,
  };
  const now = await readDuePayment(ctx, id);
  if (now?.state !== "charging") return "ended";
  if (!(await bookDuePaid(ctx, orderId, { intentId: intent.id, amount: intent.amount, currency: intent.currency }, document)))
    return "not_due";
  await endDuePayment(ctx, id, null);
  await tellPaid(ctx, orderId);
  return "paid";
}

/** The order's sums follow what was paid of it. */
async function tellPaid(ctx: Ctx, orderId: OrderId): Promise<void> {
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const entry = await readOrder(ctx, orderId);
  const { record_id: recordId = null, place_id: placeId = null } = entry?.order ?? {};
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
}

/** Ends the payment, tells it, and gives back whatever was taken. A kept card that does not pay is told to its customer, who pays by themselves. */
async function giveUp(desk: Desk, deps: AskDeps, payment: DuePayment, error: CheckoutError): Promise<SettledDue> {
  const ended = await desk.write((ctx) => fail(ctx, payment, error));
  if (!ended) return endOf(await readDuePayment(desk.read, payment.id));
  for (const intentId of payment.intentIds) await giveBack(desk, deps, intentId, error.code);
  return { kind: "failed", error };
}

async function fail(ctx: Ctx, { id, orderId, intentIds, fulfillmentId }: DuePayment, error: CheckoutError): Promise<boolean> {
  if (!(await endDuePayment(ctx, id, error))) return false;
  for (const { id: intentId, cartId, amount, currency } of await intentsById(ctx, intentIds))
    await publish(ctx, PaymentFailed, `cart/${cartId}`, { intentId, cartId, amount, currency, reason: error.code });
  if (fulfillmentId !== null && error.code !== "order.nothing_due")
    await publish(ctx, PaymentNeeded, `order/${orderId}`, { orderId, because: "card_declined" });
  return true;
}
