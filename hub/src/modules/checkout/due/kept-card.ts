import { asId, type CartId, type FulfillmentId, type OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, job, on, publish, subscriber, type Ctx, type Job, type Subscriber } from "../../../platform/index.ts";
import { FulfillmentChanged } from "../../fulfillment/events.ts";
import { fulfillmentsOf } from "../../fulfillment/index.ts";
import { DueRequested, PaymentNeeded } from "../../payments/events.ts";
import { forgetKeptCards, keptCardOf, paidOf } from "../../payments/index.ts";
import type { SettleDeps } from "../settle.ts";
import { hasEnded, worthOf } from "../worth-of-parts.ts";
import { settleDue } from "./settle.ts";
import { beginDuePayment, isDuePaid, type DuePaymentId } from "./stored.ts";

/** States in which a part is about to leave: it is packed, or waits for its customer. */
const LEAVES: ReadonlySet<string> = new Set(["packed", "ready"]);

/**
 * Charges the card that was kept when an order was placed for a part that is about to leave and is due [CHK-55]: its share, and with the last of the
 * order all that is left. Asked once for a part. An order of which nothing is due comes by with one statement. Publishes `payment.due_requested.v1`.
 */
export async function chargeKeptCard(ctx: Ctx, orderId: OrderId, fulfillmentId: FulfillmentId): Promise<void> {
  const { rows } = await sql<{ cartId: CartId | null; currency: string }>`
    select cart_id as "cartId", currency from orders.read_state where id = ${orderId} and due > 0`.execute(ctx.db);
  const [order] = rows;
  const kept = order?.cartId ? await keptCardOf(ctx, orderId) : null;
  if (!order?.cartId || !kept) return;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  if (await isDuePaid(ctx, orderId)) return;
  const { due } = await paidOf(ctx, orderId);
  const all = await fulfillmentsOf(ctx, orderId);
  const part = all.find(({ fulfillment }) => fulfillment.id === fulfillmentId);
  const isLast = all.every(({ fulfillment: { id, state } }) => id === fulfillmentId || hasEnded(state));
  const amount = isLast ? due : Math.min(due, await worthOf(ctx, orderId, part?.lines ?? []));
  if (!part || amount <= 0) return;
  const { provider, card: token } = kept;
  const { cartId, currency } = order;
  const wanted = { orderId, cartId, fulfillmentId, provider, token, amount, currency, returnPath: null, key: null };
  const id = await beginDuePayment(ctx, wanted);
  if (id) await publish(ctx, DueRequested, `order/${orderId}`, { orderId, duePaymentId: id });
}

type Payload = { readonly id: DuePaymentId };

/** Asks the provider for what a kept card pays, after the commit that decided it; a second run only asks what became of it. */
export const keptCardJob = (deps: SettleDeps): Job<Payload> =>
  job("checkout.kept_card", async (desk, { id }: Payload) => {
    await settleDue(desk, deps, id, "charge");
  });

/**
 * An agreement is over before its goods have left [PAY-36]: a part that is about to leave is charged to the kept card at once, every other one when it
 * is. Where no card was kept and something is to be sent, its customer is asked to pay before it leaves [CHK-56]. Publishes `payment.needed.v1` then.
 */
export async function afterAgreement(ctx: Ctx, orderId: OrderId): Promise<void> {
  const open = (await fulfillmentsOf(ctx, orderId)).filter(({ fulfillment }) => !hasEnded(fulfillment.state));
  if (await keptCardOf(ctx, orderId)) {
    for (const { fulfillment } of open) if (LEAVES.has(fulfillment.state)) await chargeKeptCard(ctx, orderId, fulfillment.id);
    return;
  }
  if (open.some(({ fulfillment }) => fulfillment.kind === "ship"))
    await publish(ctx, PaymentNeeded, `order/${orderId}`, { orderId, because: "agreement_ended" });
}

export const keptCardSubscribers = (deps: SettleDeps): readonly Subscriber[] => [
  subscriber("checkout.kept_card", [
    on(FulfillmentChanged, async (ctx, { data: { orderId, fulfillmentId, state } }) => {
      if (LEAVES.has(state)) await chargeKeptCard(ctx, asId(orderId), asId(fulfillmentId));
      // Nothing is to come any more, and nothing of it is due: the card is forgotten.
      if (hasEnded(state)) await forgetWhenOver(ctx, asId(orderId));
    }),
    // By a job, because a provider may be slow; the payment's intent keeps a second run from charging twice. About 1 s late.
    on(DueRequested, async (ctx, { data: { duePaymentId } }) => {
      const id = asId<DuePaymentId>(duePaymentId);
      await addJob(ctx, keptCardJob(deps), { id }, { key: `due payment ${id}` });
    }),
  ]),
];

async function forgetWhenOver(ctx: Ctx, orderId: OrderId): Promise<void> {
  if (!(await keptCardOf(ctx, orderId))) return;
  const all = await fulfillmentsOf(ctx, orderId);
  const { due } = await paidOf(ctx, orderId);
  if (due === 0 && all.every(({ fulfillment }) => hasEnded(fulfillment.state))) await forgetKeptCards(ctx, orderId);
}
