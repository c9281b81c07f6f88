import { asId, type FulfillmentId, type IntentId, type OrderId, type PlaceId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, job, on, publish, subscriber, type Ctx, type Job, type Subscriber } from "../../platform/index.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { fulfillmentsOf } from "../fulfillment/index.ts";
import { OrderChanged } from "../orders/events.ts";
import { setPaid } from "../orders/index.ts";
import { AuthorizationEnding, CaptureRequested } from "../payments/events.ts";
import {
  applyAnswer,
  endingAuthorizations,
  expireAuthorization,
  intentsById,
  keptCardOf,
  noteWarned,
  openCaptures,
  paidOf,
  providerNamed,
  requestCapture,
  settleCapture,
  tendersOf,
  type CardTakers,
  type CaptureAnswer,
  type CaptureId,
  type OpenCapture,
} from "../payments/index.ts";
import { mustKnow, type Desk } from "./ask-for-money.ts";
import { afterAgreement } from "./due/kept-card.ts";
import type { SettleDeps } from "./settle.ts";
import { hasEnded, worthOf } from "./worth-of-parts.ts";

const LEFT: ReadonlySet<string> = new Set(["collected", "dispatched"]);

/**
 * What is handed over or has left is charged to the card that agreed to it [PAY-33]: its share of the order, and with the last of it all that is
 * left. Where a provider charges an authorization once only, nothing is charged before the last, unless the card was kept: then what is left is charged
 * to it anew [PAY-37]. Told again it asks for nothing anew.
 */
export async function chargeWhatLeft(ctx: Ctx, deps: CardTakers, orderId: OrderId, fulfillmentId: FulfillmentId): Promise<void> {
  const { rows: known } = await sql`select 1 from orders.read_state where id = ${orderId} and authorized > 0`.execute(ctx.db);
  if (known.length === 0) return;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const agreed = (await tendersOf(ctx, [orderId])).find(({ state }) => state === "authorized");
  const [intent] = agreed?.intentId ? await intentsById(ctx, [agreed.intentId]) : [];
  if (!intent) return;
  const all = await fulfillmentsOf(ctx, orderId);
  const isLast = all.every(({ fulfillment }) => hasEnded(fulfillment.state));
  if (!isLast && !providerNamed(deps, intent.provider)?.capturesInParts && !(await keptCardOf(ctx, orderId))) return;
  const served = all.find(({ fulfillment }) => fulfillment.id === fulfillmentId)?.lines ?? [];
  await requestCapture(ctx, orderId, { amount: await worthOf(ctx, orderId, served), isLast, source: `served ${fulfillmentId}` });
}

type CapturePayload = { readonly captureId: CaptureId };

/** Asks a provider for money of an authorization, after the commit that decided it. */
export const captureJob = (deps: SettleDeps): Job<CapturePayload> =>
  job("checkout.capture", (desk, { captureId }: CapturePayload) => sendCaptures(desk, deps, captureId));

/** Asks for what waits, or what became of it: by the job, by the clock, and when a provider says that something has [PAY-34]. */
export async function sendCaptures(desk: Desk, deps: SettleDeps, id: CaptureId | null): Promise<void> {
  for (const capture of await openCaptures(desk.read, id)) await sendCapture(desk, deps, capture);
}

async function sendCapture(desk: Desk, deps: SettleDeps, capture: OpenCapture): Promise<void> {
  const { id, kind, intentId, attempt, isLast, currency } = capture;
  const amount = { amount: capture.amount, currency };
  const provider = mustKnow(deps, capture);
  if (kind === "release") {
    const answer = await provider.cancel(intentId, amount);
    if (answer.kind !== "voided" && answer.kind !== "declined") return;
    await desk.write(async (ctx) => {
      const [intent] = await intentsById(ctx, [intentId]);
      await sql`select orders.lock(${capture.orderId})`.execute(ctx.db);
      if (await settleCapture(ctx, id, "succeeded", null)) if (intent) await applyAnswer(ctx, intent, answer);
    });
    return;
  }
  if (!provider.capture) throw new Error(`the payment account ${capture.provider} takes cards at once, and an authorization waits for it`);
  const answer = await provider.capture({ captureId: id, attempt, intentId, amount, isLast });
  if (answer.kind !== "pending") await desk.write((ctx) => keepCapture(ctx, deps, capture, answer));
}

/** What was charged is paid; what can not be charged any more is due again, and somebody has to ask for it. */
async function keepCapture(
  ctx: Ctx,
  deps: SettleDeps,
  capture: OpenCapture,
  answer: Exclude<CaptureAnswer, { kind: "pending" }>,
): Promise<void> {
  const { id, orderId, intentId, amount, currency } = capture;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const [intent] = await intentsById(ctx, [intentId]);
  if (!intent) return;
  if (answer.kind === "captured") {
    if (!(await settleCapture(ctx, id, "succeeded", null))) return;
    const { eventId, providerRef } = answer;
    await applyAnswer(ctx, intent, { kind: "captured", eventId, providerRef, amount: { amount, currency } });
    // A provider that charges an agreement once lets go of what is left of it: that is due, and its card was kept.
    if (!capture.isLast && !mustKnow(deps, capture).capturesInParts) await expireAuthorization(ctx, intentId);
  } else {
    if (!(await settleCapture(ctx, id, "failed", answer.reason))) return;
    if (await expireAuthorization(ctx, intentId)) await afterAgreement(ctx, orderId);
  }
  await follow(ctx, orderId);
}

/** The order's sums follow what of its cards was charged or let go. */
async function follow(ctx: Ctx, orderId: OrderId): Promise<void> {
  await setPaid(ctx, orderId, await paidOf(ctx, orderId));
  const { rows } = await sql<{ recordId: RecordId | null; placeId: PlaceId | null }>`
    select record_id as "recordId", place_id as "placeId" from orders.read_state where id = ${orderId}`.execute(ctx.db);
  const { recordId = null, placeId = null } = rows[0] ?? {};
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
}

/** Tells a day before that a card's agreement ends, and makes what it covered due again when it is over [PAY-36]. */
export const authorizationsJob = (deps: SettleDeps): Job =>
  job(
    "checkout.authorizations",
    async (desk) => {
      for (const { intentId, orderId, until } of await endingAuthorizations(desk.read, "soon"))
        await desk.write(async (ctx) => {
          if (await noteWarned(ctx, intentId))
            await publish(ctx, AuthorizationEnding, `order/${orderId}`, { orderId, intentId, until: until.toISOString() });
        });
      for (const { intentId, orderId } of await endingAuthorizations(desk.read, "over"))
        await endAuthorization(desk, deps, orderId, intentId);
    },
    { cron: "*/10 * * * *" },
  );

/** Of an intent of which nothing was taken these say that nothing will be; of one that was charged in part the rest is let go with it. */
const IS_OVER: ReadonlySet<string> = new Set(["voided", "declined"]);

/** Its provider is asked first: what it still lets be charged stays as it is. What was charged of it before stays charged [PAY-1]. */
export async function endAuthorization(desk: Desk, deps: SettleDeps, orderId: OrderId, intentId: IntentId): Promise<void> {
  const [intent] = await intentsById(desk.read, [intentId]);
  if (!intent) return;
  const answer = await mustKnow(deps, intent).find(intentId);
  if (answer.kind === "unknown" || (!IS_OVER.has(answer.kind) && !(intent.captured > 0 && answer.kind === "captured"))) return;
  await desk.write(async (ctx) => {
    await sql`select orders.lock(${orderId})`.execute(ctx.db);
    if (intent.captured === 0) await applyAnswer(ctx, intent, answer);
    if (!(await expireAuthorization(ctx, intentId))) return;
    await follow(ctx, orderId);
    await afterAgreement(ctx, orderId);
  });
}

export const captureSubscribers = (deps: SettleDeps): readonly Subscriber[] => [
  // A card is charged after the hand-over by a job, because a provider may be slow; the capture's id keeps a second run from charging twice.
  subscriber("checkout.capture", [
    on(FulfillmentChanged, async (ctx, { data: { orderId, fulfillmentId, state } }) => {
      if (LEFT.has(state)) await chargeWhatLeft(ctx, deps, asId(orderId), asId(fulfillmentId));
    }),
    on(CaptureRequested, async (ctx, { data: { captureId } }) => {
      await addJob(ctx, captureJob(deps), { captureId: asId<CaptureId>(captureId) }, { key: `capture ${captureId}` });
    }),
  ]),
];
