import type { Money } from "@weft/kernel";
import { asId, err, ok, type CartId, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import {
  BusyError,
  inTransaction,
  type Ctx,
  type Key,
  type StillRunning,
  type StoredAnswer,
  type Surroundings,
} from "../../../platform/index.ts";
import { isBeingPaid } from "../../fulfillment/index.ts";
import { paidOf, providerFor, type CardTakers } from "../../payments/index.ts";
import { documentPlace } from "../../places/index.ts";
import type { AskDeps } from "../ask-for-money.ts";
import { nextLook } from "../attempt.ts";
import { isChangePaid } from "../change-attempt.ts";
import type { CheckoutError } from "../errors.ts";
import { deskOn } from "../late-answers.ts";
import { changeableOrder } from "../prepare-change.ts";
import { settleDue } from "./settle.ts";
import { beginDuePayment, dueOfKey, isDuePaid, type DuePaymentId } from "./stored.ts";

export type WantedDuePayment = {
  readonly orderId: OrderId;
  readonly cardToken: string;
  /** What was shown as due. */
  readonly expectedDue: Money;
  readonly returnPath: string | null;
};

export type PayingDue =
  | { readonly kind: "paid" }
  /** The provider has not answered: ask again with the same key, after the payer has been at `actionUrl` where there is one. */
  | { readonly kind: "pending"; readonly actionUrl: string | null }
  | { readonly kind: "refused"; readonly error: CheckoutError }
  /** Answered before, by this call or another with the same key. */
  | { readonly kind: "stored"; readonly stored: StoredAnswer };

/**
 * Pays what is due on an order by card before its goods leave [CHK-56]: all that is due, once, in two transactions with the provider between them. Called
 * again with the same key, also after a crash, it goes on from the state of the payment, never from the start.
 */
export async function payDue(around: Surroundings, deps: AskDeps & CardTakers, wanted: WantedDuePayment, key: Key): Promise<PayingDue> {
  const outcome = await inTransaction(around, (ctx) => begin(ctx, deps, wanted, key), { key, keep: answerOf }).catch(busyMeansRunning);
  if (outcome.kind === "replayed") {
    if (outcome.stored.kind !== "running") return { kind: "stored", stored: outcome.stored };
    const id = await dueOfKey(deskOn(around).read, wanted.orderId, key);
    return id ? settle(around, deps, id, "find") : { kind: "stored", stored: outcome.stored };
  }
  const { result } = outcome;
  return result.ok ? settle(around, deps, result.value.id, "charge") : { kind: "refused", error: result.error };
}

/** The request that holds the same key or order has not ended within the lock timeout. */
function busyMeansRunning(error: unknown): { readonly kind: "replayed"; readonly stored: StoredAnswer } {
  if (error instanceof BusyError) return { kind: "replayed", stored: { kind: "running", resumeAfter: null } };
  throw error;
}

type Begun = { readonly id: DuePaymentId; readonly resumeAfter: Date };

const answerOf = ({ resumeAfter }: Begun): StillRunning => ({ resumeAfter });

async function begin(
  ctx: Ctx,
  deps: CardTakers,
  { orderId, cardToken: token, expectedDue, returnPath }: WantedDuePayment,
  { credential, route, key }: Key,
): Promise<Result<Begun, CheckoutError>> {
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const entry = await changeableOrder(ctx, orderId);
  if (!entry.ok) return entry;
  const { cart_id: cartId, place_id: placeId, currency } = entry.value.order;
  const { due: amount } = await paidOf(ctx, orderId);
  if (amount === 0) return err({ code: "order.nothing_due" });
  if (expectedDue.amount !== amount || expectedDue.currency !== currency)
    return err({ code: "order.due_changed", due: { amount, currency } });
  const place = placeId === null ? undefined : await documentPlace(ctx, placeId);
  if (!place || cartId === null) return err({ code: "order.not_changeable", because: "history" });
  // A hand-over, a change or a kept card may be paying just now.
  if ((await isBeingPaid(ctx, orderId)) || (await isChangePaid(ctx, orderId)) || (await isDuePaid(ctx, orderId)))
    return err({ code: "order.being_paid" });
  const { name: provider } = providerFor(deps, place.entityId);
  const beside = { orderId, cartId: asId<CartId>(cartId), fulfillmentId: null, returnPath, key: { credential, route, key } };
  const id = await beginDuePayment(ctx, { ...beside, provider, token, amount, currency });
  return id ? ok({ id, resumeAfter: nextLook(ctx.now) }) : err({ code: "order.being_paid" });
}

async function settle(around: Surroundings, deps: AskDeps, id: DuePaymentId, ask: "charge" | "find"): Promise<PayingDue> {
  const settled = await settleDue(deskOn(around), deps, id, ask);
  return settled.kind === "failed" ? { kind: "refused", error: settled.error } : settled;
}
