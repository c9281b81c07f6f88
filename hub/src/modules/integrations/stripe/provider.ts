import type { IntentId } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../../../platform/index.ts";
import type {
  CaptureAnswer,
  Charge,
  PaymentProvider,
  ProviderAnswer,
  SettlementLine,
  WantedCapture,
  WantedRefund,
} from "../../payments/index.ts";
import type { StripeAccount } from "./accounts.ts";
import { stripeApi, StripeRefusal, type StripeApi } from "./api.ts";
import {
  answerOfIntent,
  answerOfPage,
  saidOfDispute,
  StripeCustomer,
  StripeDispute,
  StripeIntent,
  StripePage,
  StripeReader,
  StripeMovements,
  StripeRefund,
  StripeRefunds,
  lineOfMovement,
} from "./objects.ts";

const PAGE_TOKEN = "provider_page";
const REFUND_STATES: Readonly<Record<string, "succeeded" | "failed">> = { succeeded: "succeeded", failed: "failed", canceled: "failed" };

type Row = {
  readonly kind: "card" | "page" | "reader" | "none";
  readonly ref: string | null;
  readonly reader: string | null;
  readonly is_canceled: boolean;
};
type Opened = { readonly kind: "card" | "page" | "reader"; readonly ref: string; readonly reader: string | null };
type Desk = { readonly pool: pg.Pool; readonly account: StripeAccount; readonly api: StripeApi };

export const stripeName = (code: string): string => `stripe:${code}`;

/**
 * Cards by a Stripe account: on its own page, on the reader of a register, or a payment method that a client of its own made. Nothing is
 * confirmed before the pair of our intent and Stripe's is written, and every request has a key made of our id: whatever is lost on the way,
 * asking again is never a second charge [PAY-5].
 */
export function stripeProvider(pool: pg.Pool, account: StripeAccount): PaymentProvider {
  const desk: Desk = { pool, account, api: stripeApi(account) };
  return {
    name: stripeName(account.code),
    cardWay({ registerId }) {
      const reader = registerId === null ? undefined : account.readers[registerId];
      return reader ? { way: "reader", token: reader.id, label: reader.label } : { way: "provider_page", token: PAGE_TOKEN };
    },
    settlements: (days) => settled(desk, days),
    capture: (capture) => captureOnce(desk, capture),
    charge: (charge, signal) => takeCharge(desk, charge, signal),
    find: (intentId) => find(desk, intentId),
    cancel: (intentId) => cancel(desk, intentId),
    dispute: async (reference) =>
      saidOfDispute(
        await desk.api("GET", `/v1/disputes/${encodeURIComponent(reference)}`, StripeDispute, { form: { "expand[0]": "payment_intent" } }),
      ),
    refund: (refund) => refundOnce(desk, refund),
  };
}

async function takeCharge(desk: Desk, charge: Charge, signal: AbortSignal): Promise<ProviderAnswer> {
  const { intentId } = charge;
  if (await rowOf(desk, intentId)) return find(desk, intentId);
  const opened = await open(desk, charge, signal);
  if (typeof opened === "string") return { kind: "declined", eventId: `${intentId} declined`, reason: opened };
  const written = await statement(
    desk.pool,
    `insert into integrations.stripe_payment (intent_id, account, kind, ref, reader) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1`,
    [intentId, desk.account.code, opened.kind, opened.ref, opened.reader],
  );
  // Told meanwhile to take nothing, or asked twice at once: whoever wrote the pair confirms it.
  if (written.length === 0) return find(desk, intentId);
  return confirm(desk, charge, opened, signal);
}

/** Makes the object that the card is charged by, and charges nothing yet. A text says why it cannot be. */
async function open(
  { api, account }: Desk,
  { intentId, token, amount, returnUrl = null, isForLater = false, keepsCard = false, isKept = false }: Charge,
  signal: AbortSignal,
): Promise<Opened | string> {
  const key = `open ${intentId}`;
  const money = { amount: amount.amount, currency: amount.currency.toLowerCase() };
  const mark = { "metadata[weft_intent]": intentId };
  const method = isForLater && (keepsCard || account.capture === "at_handover") ? ("manual" as const) : ("automatic" as const);
  if (isKept) return openKept(api, { ...money, ...mark }, token, { key, signal });
  if (token === PAGE_TOKEN) {
    if (returnUrl === null) return "no_way_back";
    const page = await api("POST", "/v1/checkout/sessions", StripePage, {
      form: { ...pageForm(money, intentId, returnUrl), "payment_intent_data[capture_method]": method, ...(keepsCard && KEPT_ON_PAGE) },
      key,
      signal,
    });
    return { kind: "page", ref: page.id, reader: null };
  }
  if (Object.values(account.readers).some(({ id }) => id === token)) {
    const form = { ...money, ...mark, "payment_method_types[0]": "card_present", capture_method: method };
    const { id } = await api("POST", "/v1/payment_intents", StripeIntent, { form, key, signal });
    return { kind: "reader", ref: id, reader: token };
  }
  if (!token.startsWith("pm_")) return "card_unknown";
  // A card is kept by a customer of Stripe's, who is nobody but this card.
  const keeper = keepsCard ? await api("POST", "/v1/customers", StripeCustomer, { form: mark, key: `keep ${intentId}`, signal }) : null;
  const kept = keeper && { customer: keeper.id, setup_future_usage: "off_session" };
  const form = { ...money, ...mark, "payment_method_types[0]": "card", payment_method: token, capture_method: method, ...kept };
  const { id } = await api("POST", "/v1/payment_intents", StripeIntent, { form, key, signal });
  return { kind: "card", ref: id, reader: null };
}

const KEPT_ON_PAGE = { customer_creation: "always", "payment_intent_data[setup_future_usage]": "off_session" };

/** Makes the object by which a kept card is charged while nobody is there: a bank that wants to ask somebody refuses it. */
async function openKept(
  api: StripeApi,
  form: Readonly<Record<string, string | number>>,
  card: string,
  around: { readonly key: string; readonly signal: AbortSignal },
): Promise<Opened | string> {
  const [customer = "", method = ""] = card.split(" ");
  if (customer === "" || method === "") return "card_unknown";
  const kept = { "payment_method_types[0]": "card", customer, payment_method: method };
  const { id } = await api("POST", "/v1/payment_intents", StripeIntent, { form: { ...form, ...kept }, ...around });
  return { kind: "card", ref: id, reader: null };
}

const pageForm = (money: { readonly amount: number; readonly currency: string }, intentId: string, returnUrl: string) => ({
  mode: "payment",
  success_url: returnUrl,
  cancel_url: returnUrl,
  client_reference_id: intentId,
  "metadata[weft_intent]": intentId,
  "payment_intent_data[metadata][weft_intent]": intentId,
  "line_items[0][quantity]": 1,
  "line_items[0][price_data][currency]": money.currency,
  "line_items[0][price_data][unit_amount]": money.amount,
  "line_items[0][price_data][product_data][name]": "Order",
});

async function confirm(
  { api }: Desk,
  { intentId, returnUrl, isKept = false }: Charge,
  { kind, ref, reader }: Opened,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  const key = `confirm ${intentId}`;
  if (kind === "page") return answerOfPage(await api("GET", `/v1/checkout/sessions/${ref}`, StripePage, { signal }));
  try {
    if (kind === "reader") {
      await api("POST", `/v1/terminal/readers/${reader}/process_payment_intent`, StripeReader, {
        form: { payment_intent: ref },
        key,
        signal,
      });
      return { kind: "pending" };
    }
    const form = isKept ? { off_session: "true" } : { return_url: returnUrl ?? undefined };
    return answerOfIntent(await api("POST", `/v1/payment_intents/${ref}/confirm`, StripeIntent, { form, key, signal }));
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    return { kind: "declined", eventId: `${ref} declined`, reason: error.code };
  }
}

async function find(desk: Desk, intentId: IntentId): Promise<ProviderAnswer> {
  const row = await rowOf(desk, intentId);
  if (!row) return { kind: "unknown" };
  if (row.ref === null) return { kind: "voided", eventId: `${intentId} never charged` };
  if (row.kind === "page") {
    const page = await desk.api("GET", `/v1/checkout/sessions/${row.ref}`, StripePage);
    // A card that only agreed has not paid its page: what it said is its intent's.
    const isDone = page.status === "complete" && page.payment_status !== "paid" && page.payment_intent;
    return isDone ? answerOfIntent(await readIntent(desk, isDone)) : answerOfPage(page);
  }
  const answer = answerOfIntent(await readIntent(desk, row.ref));
  return answer.kind === "pending" && row.reader !== null ? atReader(desk, row.ref, row.reader) : answer;
}

const readIntent = ({ api }: Desk, ref: string): Promise<StripeIntent> =>
  api("GET", `/v1/payment_intents/${ref}`, StripeIntent, { form: { "expand[0]": "latest_charge" } });

/** Takes what a card agreed to, once: whatever is not taken of it is let go. What became of a request that was lost is read afterwards. */
async function captureOnce(desk: Desk, { captureId, attempt, intentId, amount }: WantedCapture): Promise<CaptureAnswer> {
  const ref = await intentRef(desk, intentId);
  if (!ref) return { kind: "refused", reason: "never_charged" };
  const key = `capture ${captureId} ${attempt}`;
  await quietly(desk.api("POST", `/v1/payment_intents/${ref}/capture`, StripeIntent, { form: { amount_to_capture: amount.amount }, key }));
  const { status } = await readIntent(desk, ref);
  if (status === "succeeded") return { kind: "captured", eventId: `${ref} succeeded`, providerRef: ref };
  return status === "canceled" ? { kind: "refused", reason: "authorization_expired" } : { kind: "pending" };
}

const PAGES_AT_MOST = 200;

/** All movements of the balance in some days, page by page. */
async function settled({ api }: Desk, { from, to }: { readonly from: string; readonly to: string }): Promise<SettlementLine[]> {
  const lines: SettlementLine[] = [];
  const form = {
    "created[gte]": Date.parse(`${from}T00:00:00Z`) / 1000,
    "created[lt]": Date.parse(`${to}T00:00:00Z`) / 1000 + 24 * 3600,
    "expand[0]": "data.source",
    limit: 100,
  };
  for (let after: string | undefined, page = 0; page < PAGES_AT_MOST; page++) {
    const { data, has_more } = await api("GET", "/v1/balance_transactions", StripeMovements, { form: { ...form, starting_after: after } });
    lines.push(...data.map(lineOfMovement));
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) return lines;
  }
  throw new Error("there is more in these days than is asked for at a time");
}

/** Stripe's payment intent behind one of ours; undefined when nothing was confirmed for it. */
async function intentRef(desk: Desk, intentId: IntentId): Promise<string | undefined> {
  const row = await rowOf(desk, intentId);
  if (!row?.ref) return undefined;
  if (row.kind !== "page") return row.ref;
  return (await desk.api("GET", `/v1/checkout/sessions/${row.ref}`, StripePage)).payment_intent ?? undefined;
}

/** A card that nobody has held to the reader yet, or that it refused. */
async function atReader({ api }: Desk, ref: string, reader: string): Promise<ProviderAnswer> {
  const { action } = await api("GET", `/v1/terminal/readers/${reader}`, StripeReader);
  const isOurs = action?.process_payment_intent?.payment_intent === ref;
  if (!isOurs || action.status !== "failed") return { kind: "pending" };
  return { kind: "declined", eventId: `${ref} declined`, reason: action.failure_code ?? "reader_failed" };
}

/** One that Stripe never heard of is noted, so that a request that is still on its way confirms nothing. */
async function cancel(desk: Desk, intentId: IntentId): Promise<ProviderAnswer> {
  const [row] = await statement<Row>(
    desk.pool,
    `insert into integrations.stripe_payment (intent_id, account, kind, is_canceled) values ($1, $2, 'none', true)
     on conflict (intent_id) do update set is_canceled = true returning kind, ref, reader, is_canceled`,
    [intentId, desk.account.code],
  );
  if (!row?.ref) return { kind: "voided", eventId: `${intentId} never charged` };
  if (row.kind === "page") return cancelPage(desk, intentId, row.ref);
  if (row.reader !== null) await quietly(desk.api("POST", `/v1/terminal/readers/${row.reader}/cancel_action`, StripeReader));
  return cancelIntent(desk, intentId, row.ref);
}

async function cancelPage(desk: Desk, intentId: IntentId, ref: string): Promise<ProviderAnswer> {
  await quietly(desk.api("POST", `/v1/checkout/sessions/${ref}/expire`, StripePage));
  const page = await desk.api("GET", `/v1/checkout/sessions/${ref}`, StripePage);
  if (page.status === "expired") return { kind: "voided", eventId: `${ref} expired` };
  return page.payment_intent ? cancelIntent(desk, intentId, page.payment_intent) : { kind: "pending" };
}

async function cancelIntent(desk: Desk, intentId: IntentId, ref: string): Promise<ProviderAnswer> {
  await quietly(desk.api("POST", `/v1/payment_intents/${ref}/cancel`, StripeIntent));
  const intent = await desk.api("GET", `/v1/payment_intents/${ref}`, StripeIntent);
  if (intent.status === "canceled") return { kind: "voided", eventId: `${ref} canceled` };
  if (intent.status !== "succeeded") return { kind: "pending" };
  const whole = { refundId: intentId, attempt: 1, amount: intent.amount_received };
  return (await giveBack(desk, ref, whole)) === "failed" ? { kind: "pending" } : { kind: "voided", eventId: `${ref} given back` };
}

/** What has ended already cannot be ended: what became of it is read afterwards. */
async function quietly(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof StripeRefusal)) throw error;
  });
}

async function refundOnce(desk: Desk, { refundId, attempt, intentId, amount }: WantedRefund): Promise<"succeeded" | "pending" | "failed"> {
  const ref = await intentRef(desk, intentId);
  return ref ? giveBack(desk, ref, { refundId, attempt, amount: amount.amount }) : "failed";
}

type GivingBack = { readonly refundId: string; readonly attempt: number; readonly amount: number };

/** Looked for first: Stripe forgets keys after a while, and a refund is asked for again after days, too. */
async function giveBack(
  { api }: Desk,
  ref: string,
  { refundId, attempt, amount }: GivingBack,
): Promise<"succeeded" | "pending" | "failed"> {
  const mark = `${refundId} ${attempt}`;
  const { data } = await api("GET", "/v1/refunds", StripeRefunds, { form: { payment_intent: ref, limit: 100 } });
  const known = data.find(({ metadata }) => metadata?.["weft_refund"] === mark);
  const form = { payment_intent: ref, amount, "metadata[weft_refund]": mark };
  try {
    const { status } = known ?? (await api("POST", "/v1/refunds", StripeRefund, { form, key: `refund ${mark}` }));
    return REFUND_STATES[status ?? ""] ?? "pending";
  } catch (error) {
    if (error instanceof StripeRefusal) return "failed";
    throw error;
  }
}

async function rowOf({ pool }: Desk, intentId: IntentId): Promise<Row | undefined> {
  const [row] = await statement<Row>(pool, "select kind, ref, reader, is_canceled from integrations.stripe_payment where intent_id = $1", [
    intentId,
  ]);
  return row;
}
