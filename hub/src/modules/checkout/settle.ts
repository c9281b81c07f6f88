import type { OrderView } from "@weft/contracts";
import type { IntentId, OrderId } from "@weft/kernel";
import pg from "pg";
import { keepAnswer, problemOf, publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { PaymentFailed, PaymentVoided } from "../payments/events.ts";
import { applyAnswer, intentsById, type Intent, type IntentState, type ProviderAnswer } from "../payments/index.ts";
import { lookAgainLater, markFailed, markPlaced, readAttempt, type Attempt, type AttemptId } from "./attempt.ts";
import type { SaleDeps } from "./complete-sale.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { prepareSale } from "./prepare-sale.ts";
import { writeSale } from "./write-sale.ts";

/** Transactions and readings, for work that calls the outside world between them. A job's context is one. */
export type Desk = {
  readonly read: ReadCtx;
  readonly write: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
};

export type SettleDeps = SaleDeps & {
  /** How long an answer of the provider is waited for before the attempt is left to be resumed. */
  readonly providerWaitMs: number;
};

export type Settled =
  | { readonly kind: "placed"; readonly orderId: OrderId; /** Absent when another call wrote it. */ readonly view?: OrderView }
  | { readonly kind: "failed"; readonly error: CheckoutError }
  | { readonly kind: "pending" };

/**
 * Brings an attempt to its end, or as far as the provider lets it [CHK-4]. Called by the request that began it, by a retry with the same
 * key, by a late answer and by the clock: whoever is first writes the order, once. `charge` asks for the money the first time; everyone
 * after that only asks what became of it, so that a lost answer is never a second charge [PAY-5].
 */
export async function settleAttempt(desk: Desk, deps: SettleDeps, id: AttemptId, ask: "charge" | "find"): Promise<Settled> {
  const attempt = await readAttempt(desk.read, id);
  if (!attempt || attempt.state !== "charging") return endOf(attempt);
  const states: (IntentState | null)[] = [];
  for (const intent of await intentsById(desk.read, attempt.intentIds)) states.push(await decide(desk, deps, intent, ask));
  if (states.every((state) => state === "captured")) {
    const difference = await amountsDiffer(desk, attempt);
    return difference ? giveUp(desk, deps, attempt, difference) : finish(desk, deps, attempt);
  }
  const refused = await refusalOfIntents(desk, attempt, states);
  if (refused) return giveUp(desk, deps, attempt, refused);
  await desk.write((ctx) => lookAgainLater(ctx, id));
  return { kind: "pending" };
}

function endOf(attempt: Attempt | null): Settled {
  if (attempt?.orderId) return { kind: "placed", orderId: attempt.orderId };
  return { kind: "failed", error: attempt?.error ?? { code: "cart.changed" } };
}

/** Asks the provider about one intent, outside of any transaction, and keeps what it says. */
async function decide(desk: Desk, deps: SettleDeps, intent: Intent, ask: "charge" | "find"): Promise<IntentState | null> {
  if (intent.state !== "created" && intent.state !== "pending_action") return intent.state;
  const amount = { amount: intent.amount, currency: intent.currency };
  let answer: ProviderAnswer | "late" =
    ask === "charge" && intent.token !== null
      ? await within(deps.providerWaitMs, (signal) =>
          deps.provider.charge({ intentId: intent.id, token: intent.token ?? "", amount }, signal),
        )
      : "late";
  if (answer === "late") answer = await within(deps.providerWaitMs, () => deps.provider.find(intent.id));
  // It never heard of the intent: told to take nothing for it from now on, so that a request still under way is no charge.
  if (answer !== "late" && answer.kind === "unknown")
    answer = await within(deps.providerWaitMs, () => deps.provider.cancel(intent.id, amount));
  return answer === "late" ? intent.state : keep(desk, intent, answer);
}

/** The answer, or "late" when it did not come in time or the provider could not be reached: then it is asked for again. */
async function within(ms: number, ask: (signal: AbortSignal) => Promise<ProviderAnswer>): Promise<ProviderAnswer | "late"> {
  const giveUp = new AbortController();
  const { promise: tooLate, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => {
    giveUp.abort();
    resolve("late");
  }, ms);
  try {
    return await Promise.race([ask(giveUp.signal).catch(() => "late" as const), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function keep(desk: Desk, intent: Intent, answer: ProviderAnswer): Promise<IntentState | null> {
  if (answer.kind === "unknown") return intent.state;
  return desk.write((ctx) => applyAnswer(ctx, intent, answer));
}

/** Why the attempt cannot go on: a card was declined, nothing was taken, or the provider has thought for too long. */
async function refusalOfIntents(desk: Desk, attempt: Attempt, states: readonly (IntentState | null)[]): Promise<CheckoutError | undefined> {
  if (states.includes("failed")) {
    const failed = (await intentsById(desk.read, attempt.intentIds)).find(({ state }) => state === "failed");
    return { code: "payment.declined", reason: failed?.because?.reason ?? "declined" };
  }
  if (states.includes("voided") || states.includes("expired")) return { code: "payment.timed_out" };
  return attempt.isOverdue ? { code: "payment.timed_out" } : undefined;
}

/** An amount that is not the agreed one is never passed over in silence. */
async function amountsDiffer(desk: Desk, { intentIds }: Attempt): Promise<CheckoutError | undefined> {
  const odd = (await intentsById(desk.read, intentIds)).find(({ amount, captured }) => captured !== amount);
  if (!odd) return undefined;
  const money = (amount: number) => ({ amount, currency: odd.currency });
  return { code: "payment.amount_differs", expected: money(odd.amount), captured: money(odd.captured) };
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

/** The second transaction: everything is read and judged again, then written. Money that cannot become an order goes back [CHK-5]. */
async function finish(desk: Desk, deps: SettleDeps, attempt: Attempt): Promise<Settled> {
  try {
    const placed = await desk.write((ctx) => place(ctx, deps, attempt));
    return { kind: "placed", ...placed };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    // Somebody else may have written the order meanwhile: then this attempt has its end, and nothing is given back.
    const now = await readAttempt(desk.read, attempt.id);
    return now?.state === "charging" ? giveUp(desk, deps, attempt, error.refusal) : endOf(now);
  }
}

async function place(ctx: Ctx, deps: SettleDeps, attempt: Attempt): Promise<{ orderId: OrderId; view: OrderView }> {
  const { request, actor } = attempt;
  if (!request) throw new Undone({ code: "cart.changed" });
  const prepared = await prepareSale(ctx, request, { mode: "live", actor, at: ctx.now, isResumed: true });
  if (!prepared.ok) throw new Undone(prepared.error);
  const intents = await intentsById(ctx, attempt.intentIds);
  const cards = intents.map(({ id, amount }) => ({ intentId: id, amount, approval: null }));
  const written = await writeSale(ctx, deps.vault, { ...prepared.value, cards });
  if (!written.ok) throw new Undone(written.error);
  const { orderId, view } = written.value;
  if (!(await markPlaced(ctx, attempt.id, orderId))) throw new Undone({ code: "cart.changed" });
  if (attempt.key) await keepAnswer(ctx.db, attempt.key, { status: 201, response: JSON.stringify(view), recordId: attempt.recordId });
  return { orderId, view };
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

/**
 * Gives back what a provider took for an intent that has no order, and tells it to take nothing more [CHK-5]. When the provider
 * cannot be reached the clock asks again. Publishes `payment.voided.v1` when money had been taken.
 * Called only once the attempt has ended, and the intent is read here: one read before that would not know of the order that somebody
 * else has written meanwhile, and money that was paid for it would go back.
 */
export async function giveBack(desk: Desk, deps: SettleDeps, intentId: IntentId, reason: string): Promise<void> {
  const [intent] = await intentsById(desk.read, [intentId]);
  if (!intent || intent.orderId !== null || intent.state === "failed" || intent.state === "voided") return;
  const { id, cartId, amount, currency } = intent;
  const answer = await within(deps.providerWaitMs, () => deps.provider.cancel(id, { amount, currency }));
  if (answer === "late" || answer.kind === "unknown") return;
  await desk.write(async (ctx) => {
    await applyAnswer(ctx, intent, answer);
    if (intent.state !== "captured" || answer.kind !== "voided" || !cartId) return;
    await publish(ctx, PaymentVoided, `cart/${cartId}`, { intentId: id, cartId, amount, currency, reason });
  });
}
