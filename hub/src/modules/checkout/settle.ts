import type { OrderView } from "@weft/contracts";
import type { OrderId, RecordId } from "@weft/kernel";
import pg from "pg";
import { keepAnswer, problemOf, publish, type Ctx } from "../../platform/index.ts";
import { PaymentFailed } from "../payments/events.ts";
import { keepOfferHeld } from "../carts/index.ts";
import { intentsById } from "../payments/index.ts";
import { releaseHeldSlots } from "../promises/index.ts";
import { askForMoney, giveBack, type AskDeps, type Desk } from "./ask-for-money.ts";
import { lookAgainLater, markFailed, markPlaced, readAttempt, type Attempt, type AttemptId } from "./attempt.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { handsOverNow, type SaleMode } from "./domain/index.ts";
import { withGoodsBack, type ExchangeDeps } from "./exchange.ts";
import { prepareSale } from "./prepare-sale.ts";
import { writeSale } from "./write-sale.ts";

export type SettleDeps = ExchangeDeps & AskDeps;

export type Settled =
  /** `view` is absent when another call wrote it. */
  | { readonly kind: "placed"; readonly orderId: OrderId; readonly recordId: RecordId; readonly view?: OrderView }
  | { readonly kind: "failed"; readonly error: CheckoutError }
  | { readonly kind: "pending"; readonly actionUrl: string | null };

/**
 * Brings an attempt to its end, or as far as the provider lets it [CHK-4]. Called by the request that began it, by a retry with the same
 * key, by a late answer and by the clock: whoever is first writes the order, once. `charge` asks for the money the first time; everyone
 * after that only asks what became of it, so that a lost answer is never a second charge [PAY-5].
 */
export async function settleAttempt(desk: Desk, deps: SettleDeps, id: AttemptId, ask: "charge" | "find"): Promise<Settled> {
  const attempt = await readAttempt(desk.read, id);
  if (!attempt || attempt.state !== "charging") return endOf(attempt);
  const asked = await askForMoney(
    desk,
    deps,
    { ...attempt, returnPath: attempt.request?.returnPath ?? null, isForLater: isForLater(attempt), keepsCard: attempt.keepsCard },
    ask,
  );
  if (asked.kind === "captured") return finish(desk, deps, attempt);
  if (asked.kind === "refused") return giveUp(desk, deps, attempt, asked.error);
  await desk.write((ctx) => lookAgainLater(ctx, id));
  return asked;
}

/** Whether the goods are with their customer later than the payment. */
const isForLater = ({ request, actor }: Attempt): boolean => request !== null && !handsOverNow(actor, request.fulfillment);

function endOf(attempt: Attempt | null): Settled {
  if (attempt?.orderId) return { kind: "placed", orderId: attempt.orderId, recordId: attempt.recordId };
  return { kind: "failed", error: attempt?.error ?? { code: "cart.changed" } };
}

/** Undoes a transaction with the error that it is undone for. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly refusal: CheckoutError;
  constructor(refusal: CheckoutError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * The second transaction: everything is read and judged again, then written. Money that cannot become an order goes back [CHK-5]; at a
 * till the goods are in the customer's hand, so that a stock that was lost meanwhile is a conflict and no reason to give it back.
 */
async function finish(desk: Desk, deps: SettleDeps, attempt: Attempt, mode: SaleMode = attempt.mode): Promise<Settled> {
  try {
    const placed = await desk.write((ctx) => place(ctx, deps, attempt, mode));
    return { kind: "placed", recordId: attempt.recordId, ...placed };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const isInHand = attempt.request !== null && handsOverNow(attempt.actor, attempt.request.fulfillment);
    if (isInHand && mode === "live" && error.refusal.code === "stock.insufficient" && !error.refusal.isElsewhere)
      return finish(desk, deps, attempt, "recorded");
    // Somebody else may have written the order meanwhile: then this attempt has its end, and nothing is given back.
    const now = await readAttempt(desk.read, attempt.id);
    return now?.state === "charging" ? giveUp(desk, deps, attempt, error.refusal) : endOf(now);
  }
}

async function place(ctx: Ctx, deps: SettleDeps, attempt: Attempt, mode: SaleMode): Promise<{ orderId: OrderId; view: OrderView }> {
  const { request: asked, actor } = attempt;
  if (!asked) throw new Undone({ code: "cart.changed" });
  const request = await withGoodsBack(ctx, deps, asked, attempt.by);
  if (!request.ok) throw new Undone(request.error);
  const prepared = await prepareSale(ctx, deps.vault, request.value, { mode, actor, at: ctx.now, isResumed: true });
  if (!prepared.ok) throw new Undone(prepared.error);
  const intents = await intentsById(ctx, attempt.intentIds);
  const cards = intents.map(({ id, amount, state }) => ({ intentId: id, amount, approval: null, isAuthorized: state === "authorized" }));
  const written = await writeSale(ctx, deps.vault, { ...prepared.value, cards });
  if (!written.ok) throw new Undone(written.error);
  const { orderId, view } = written.value;
  if (asked.brought) await deps.takesBack.name(ctx, asked.brought, orderId);
  if (!(await markPlaced(ctx, attempt.id, orderId))) throw new Undone({ code: "cart.changed" });
  if (attempt.key) await keepAnswer(ctx.db, attempt.key, { status: 201, response: JSON.stringify(view), recordId: attempt.recordId });
  return { orderId, view };
}

/** Gives up an attempt that waits, because its payer wants so: as when the provider refused. */
export async function abandonAttempt(desk: Desk, deps: SettleDeps, id: AttemptId): Promise<void> {
  const attempt = await readAttempt(desk.read, id);
  if (attempt?.state === "charging") await giveUp(desk, deps, attempt, { code: "payment.given_up" });
}

/** Ends the attempt, tells it, and gives back whatever was taken. */
async function giveUp(desk: Desk, deps: SettleDeps, attempt: Attempt, error: CheckoutError): Promise<Settled> {
  const failed = await desk.write((ctx) => fail(ctx, attempt, error)).catch(alreadyEnded);
  if (!failed) return endOf(await readAttempt(desk.read, attempt.id));
  for (const intentId of attempt.intentIds) await giveBack(desk, deps, intentId, error.code);
  return { kind: "failed", error };
}

const ATTEMPT_ENDED = "WF005";

function alreadyEnded(error: unknown): false {
  if (error instanceof pg.DatabaseError && error.code === ATTEMPT_ENDED) return false;
  throw error;
}

async function fail(ctx: Ctx, attempt: Attempt, error: CheckoutError): Promise<boolean> {
  if (!(await markFailed(ctx, attempt.id, error))) return false;
  await keepOfferHeld(ctx, attempt.cartId);
  await releaseHeldSlots(ctx, attempt.cartId);
  for (const { id, cartId, amount, currency } of await intentsById(ctx, attempt.intentIds))
    await publish(ctx, PaymentFailed, `cart/${attempt.cartId}`, {
      intentId: id,
      cartId: cartId ?? attempt.cartId,
      amount,
      currency,
      reason: error.code,
    });
  if (attempt.key) {
    const problem = problemOf(error, CHECKOUT_PROBLEMS[error.code], ctx.requestId);
    await keepAnswer(ctx.db, attempt.key, { status: problem.status, response: JSON.stringify(problem) });
  }
  return true;
}
