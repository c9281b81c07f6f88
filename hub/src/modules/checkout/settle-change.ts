import { publish, type Actor, type Ctx } from "../../platform/index.ts";
import { PaymentFailed } from "../payments/events.ts";
import { intentsById } from "../payments/index.ts";
import { askForMoney, giveBack, type AskDeps, type Desk } from "./ask-for-money.ts";
import { endChange, lookAtChangeLater, readChangeAttempt, type ChangeAttempt, type ChangeAttemptId } from "./change-attempt.ts";
import { changeOrder, type ChangeDeps } from "./change-order.ts";
import type { CheckoutError } from "./errors.ts";

export type SettledChange =
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly error: CheckoutError }
  | { readonly kind: "pending"; readonly actionUrl: string | null };

/**
 * Brings a change that waits for its provider to its end, or as far as the provider lets it [CHK-26], as `settleAttempt` does for a completion: by
 * the request that began it, a retry with the same key, a late answer or the clock, whoever is first.
 */
export async function settleChange(
  desk: Desk,
  deps: AskDeps & ChangeDeps,
  id: ChangeAttemptId,
  ask: "charge" | "find",
): Promise<SettledChange> {
  const attempt = await readChangeAttempt(desk.read, id);
  if (attempt?.state !== "charging") return endOf(attempt);
  const asked = await askForMoney(desk, deps, attempt, ask);
  if (asked.kind === "captured") return finish(desk, deps, attempt);
  if (asked.kind === "refused") return giveUp(desk, deps, attempt, asked.error);
  await desk.write((ctx) => lookAtChangeLater(ctx, id));
  return asked;
}

function endOf(attempt: ChangeAttempt | null): SettledChange {
  if (attempt?.state === "changed") return { kind: "changed" };
  return { kind: "failed", error: attempt?.error ?? { code: "order.unknown" } };
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

/** The second transaction: the order is judged again, of the very version that was shown, then changed. Else the money goes back [CHK-5]. */
async function finish(desk: Desk, deps: AskDeps & ChangeDeps, attempt: ChangeAttempt): Promise<SettledChange> {
  try {
    await desk.write((ctx) => change({ ...ctx, actor: asSystem(attempt.actor) }, deps, attempt));
    return { kind: "changed" };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const now = await readChangeAttempt(desk.read, attempt.id);
    return now?.state === "charging" ? giveUp(desk, deps, attempt, error.refusal) : endOf(now);
  }
}

/** The right to change it was checked when it began; the version of the order says who it was all the same. */
const asSystem = (actor: Actor): Actor => ({ ...actor, kind: "system" });

async function change(ctx: Ctx, deps: ChangeDeps, { id, orderId, wish, intentIds }: ChangeAttempt): Promise<void> {
  if (!wish || !(await endChange(ctx, id, null))) throw new Undone({ code: "order.unknown" });
  const intents = await intentsById(ctx, intentIds);
  const paid = intents.map((intent) => ({ intentId: intent.id, amount: intent.amount }));
  const changed = await changeOrder(ctx, deps, orderId, wish, paid);
  if (!changed.ok) throw new Undone(changed.error);
}

/** Ends the attempt, tells it, and gives back whatever was taken. */
async function giveUp(desk: Desk, deps: AskDeps, attempt: ChangeAttempt, error: CheckoutError): Promise<SettledChange> {
  const ended = await desk.write((ctx) => fail(ctx, attempt, error));
  if (!ended) return endOf(await readChangeAttempt(desk.read, attempt.id));
  for (const intentId of attempt.intentIds) await giveBack(desk, deps, intentId, error.code);
  return { kind: "failed", error };
}

async function fail(ctx: Ctx, attempt: ChangeAttempt, error: CheckoutError): Promise<boolean> {
  if (!(await endChange(ctx, attempt.id, error))) return false;
  for (const { id, cartId, amount, currency } of await intentsById(ctx, attempt.intentIds))
    await publish(ctx, PaymentFailed, `cart/${cartId}`, { intentId: id, cartId, amount, currency, reason: error.code });
  return true;
}
