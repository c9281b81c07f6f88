import type { IntentId } from "@weft/kernel";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { PaymentVoided } from "../payments/events.ts";
import {
  applyAnswer,
  intentsById,
  turnToAsk,
  type Intent,
  type IntentState,
  type PaymentError,
  providerNamed,
  type CardTakers,
  type PaymentProvider,
  type ProviderAnswer,
} from "../payments/index.ts";

/** Transactions and readings, for work that calls the outside world between them. A job's context is one. */
export type Desk = {
  readonly read: ReadCtx;
  readonly write: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
};

export type AskDeps = CardTakers & {
  /** What the addresses begin with that payers come back to. */
  readonly publicUrl?: string;
  /** How long an answer of the provider is waited for before what waits for it is left to be resumed. */
  readonly providerWaitMs: number;
};

/** What waits for its money: a completion or a hand-over. `isOverdue`: for longer than a payment may take. */
type Waiting = {
  readonly intentIds: readonly IntentId[];
  readonly isOverdue: boolean;
  /** Where the payer comes back to after a step at their bank, as a path of the house. */
  readonly returnPath?: string | null;
  /** Goods are handed over or leave later [PAY-33]. */
  readonly isForLater?: boolean;
  /** Something of it is ordered before it is there: the card agrees and is kept [PAY-37]. */
  readonly keepsCard?: boolean;
  /** A kept card is charged: nobody is there. */
  readonly isKept?: boolean;
};

export type Asked =
  | { readonly kind: "captured" }
  /** `actionUrl`: where the payer has to go before the provider decides. */
  | { readonly kind: "pending"; readonly actionUrl: string | null }
  | { readonly kind: "refused"; readonly error: PaymentError };

/**
 * Asks the provider about all intents of what waits, outside of any transaction. `charge` asks for the money the first time; everyone
 * after that only asks what became of it, so that a lost answer is never a second charge [PAY-5].
 */
export async function askForMoney(desk: Desk, deps: AskDeps, waiting: Waiting, ask: "charge" | "find"): Promise<Asked> {
  const states: (IntentState | null)[] = [];
  const returnUrl = waiting.returnPath ? `${deps.publicUrl ?? ""}${waiting.returnPath}` : null;
  for (const [before, intent] of (await intentsById(desk.read, waiting.intentIds)).entries()) {
    const asking = { ask, returnUrl, waiting };
    const state = await (before === 0 ? decide(desk, deps, intent, asking) : decideNext(desk, deps, intent, asking));
    states.push(state);
    if (!hasPaid(state)) break;
  }
  if (states.length === waiting.intentIds.length && states.every(hasPaid)) {
    const error = await amountsDiffer(desk, waiting);
    return error ? { kind: "refused", error } : { kind: "captured" };
  }
  const error = await refusalOfIntents(desk, waiting, states);
  if (error) return { kind: "refused", error };
  const actions = (await intentsById(desk.read, waiting.intentIds)).flatMap(({ actionUrl }) => actionUrl ?? []);
  return { kind: "pending", actionUrl: actions[0] ?? null };
}

const hasPaid = (state: IntentState | null): boolean => state === "captured" || state === "authorized";

type Asking = {
  readonly ask: "charge" | "find";
  readonly returnUrl: string | null;
  readonly waiting: Waiting;
  /** Somebody else asks for it right now, of which the provider may not have heard yet. */
  readonly isAskedNow?: boolean;
};

/**
 * The next of several cards, once those before it have paid [PAY-47]: two that are held to one reader are asked one after the other, and none is
 * charged after another was refused. Whoever takes the turn charges it, once, be it the request, a retry, a webhook or the clock; everyone else finds it.
 */
async function decideNext(desk: Desk, deps: AskDeps, intent: Intent, asking: Asking): Promise<IntentState | null> {
  if (!isOpen(intent)) return intent.state;
  const turn = await desk.write((ctx) => turnToAsk(ctx, intent.id));
  return decide(desk, deps, intent, { ...asking, ask: turn === "ours" ? "charge" : "find", isAskedNow: turn === "now" });
}

const isOpen = ({ state }: Intent): boolean => state === "created" || state === "pending_action";

/** Asks the provider about one intent, outside of any transaction, and keeps what it says. */
async function decide(
  desk: Desk,
  deps: AskDeps,
  intent: Intent,
  { ask, returnUrl, waiting, isAskedNow = false }: Asking,
): Promise<IntentState | null> {
  if (!isOpen(intent)) return intent.state;
  const provider = mustKnow(deps, intent);
  const amount = { amount: intent.amount, currency: intent.currency };
  let answer: ProviderAnswer | "late" =
    ask === "charge" && intent.token !== null
      ? await within(deps.providerWaitMs, (signal) =>
          provider.charge({ intentId: intent.id, token: intent.token ?? "", amount, returnUrl, ...termsOf(waiting) }, signal),
        )
      : "late";
  if (answer === "late") answer = await within(deps.providerWaitMs, () => provider.find(intent.id));
  // It never heard of the intent: told to take nothing for it from now on, so that a request still under way is no charge.
  if (answer !== "late" && answer.kind === "unknown" && !isAskedNow)
    answer = await within(deps.providerWaitMs, () => provider.cancel(intent.id, amount));
  return answer === "late" ? intent.state : keep(desk, intent, answer);
}

const termsOf = ({ isForLater = false, keepsCard = false, isKept = false }: Waiting) => ({ isForLater, keepsCard, isKept });

/** An account that was taken out of the settings while something waits for it is a mistake to be seen, not to be passed over. */
export function mustKnow(deps: CardTakers, { provider: name }: Pick<Intent, "provider">): PaymentProvider {
  const provider = providerNamed(deps, name);
  if (!provider) throw new Error(`the payment account ${name} is not set up any more, and payments wait for it`);
  return provider;
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

/** Why it cannot go on: a card was declined, nothing was taken, or the provider has thought for too long. */
async function refusalOfIntents(desk: Desk, waiting: Waiting, states: readonly (IntentState | null)[]): Promise<PaymentError | undefined> {
  if (states.includes("failed")) {
    const failed = (await intentsById(desk.read, waiting.intentIds)).find(({ state }) => state === "failed");
    const amount = failed && waiting.intentIds.length > 1 && { amount: { amount: failed.amount, currency: failed.currency } };
    return { code: "payment.declined", reason: failed?.because?.reason ?? "declined", ...amount };
  }
  if (states.includes("voided") || states.includes("expired")) return { code: "payment.timed_out" };
  return waiting.isOverdue ? { code: "payment.timed_out" } : undefined;
}

/** An amount that is not the agreed one is never passed over in silence. */
async function amountsDiffer(desk: Desk, { intentIds }: Waiting): Promise<PaymentError | undefined> {
  const odd = (await intentsById(desk.read, intentIds)).find(
    ({ amount, captured, authorized, state }) => amount !== (state === "authorized" ? authorized : captured),
  );
  if (!odd) return undefined;
  const money = (amount: number) => ({ amount, currency: odd.currency });
  return { code: "payment.amount_differs", expected: money(odd.amount), captured: money(odd.captured) };
}

/**
 * Gives back what a provider took for an intent that has no order, and tells it to take nothing more [CHK-5]. When the provider
 * cannot be reached the clock asks again. Publishes `payment.voided.v1` when money had been taken.
 * Called only once the attempt has ended, and the intent is read here: one read before that would not know of the order that somebody
 * else has written meanwhile, and money that was paid for it would go back.
 */
export async function giveBack(desk: Desk, deps: AskDeps, intentId: IntentId, reason: string): Promise<void> {
  const [intent] = await intentsById(desk.read, [intentId]);
  if (!intent || intent.orderId !== null || intent.state === "failed" || intent.state === "voided") return;
  const { id, cartId, amount, currency } = intent;
  const provider = mustKnow(deps, intent);
  const answer = await within(deps.providerWaitMs, () => provider.cancel(id, { amount, currency }));
  if (answer === "late" || answer.kind === "unknown") return;
  await desk.write(async (ctx) => {
    await applyAnswer(ctx, intent, answer);
    if (intent.state !== "captured" || answer.kind !== "voided" || !cartId) return;
    await publish(ctx, PaymentVoided, `cart/${cartId}`, { intentId: id, cartId, amount, currency, reason });
  });
}
