import type { FulfillmentView } from "@weft/contracts";
import { keepAnswer, problemOf, publish, type Ctx, type Vault } from "../../platform/index.ts";
import {
  endHandOver,
  finishHandOver,
  lookAtHandOverLater,
  mayChange,
  presentFulfillment,
  readHandOverAttempt,
  type FulfillmentError,
  type HandOverAttempt,
  type HandOverAttemptId,
  type WholeFulfillment,
} from "../fulfillment/index.ts";
import { namesOf } from "../orders/index.ts";
import { PaymentFailed } from "../payments/events.ts";
import { intentsById } from "../payments/index.ts";
import { askForMoney, giveBack, type AskDeps, type Desk } from "./ask-for-money.ts";
import { CHECKOUT_PROBLEMS } from "./errors.ts";

export type SettledHandOver =
  | { readonly kind: "handed_over"; /** Absent when another call wrote it. */ readonly view?: FulfillmentView }
  | { readonly kind: "failed"; readonly error: FulfillmentError }
  | { readonly kind: "pending" };

/** The vault makes the code of what stays when only a part is handed over. */
type HandOverDesk = AskDeps & { readonly vault: Vault };

/**
 * Brings a hand-over that waits for its provider to its end, or as far as the provider lets it [CHK-15], as `settleAttempt` does for a
 * completion: by the request that began it, a retry with the same key, a late answer or the clock, whoever is first.
 */
export async function settleHandOver(
  desk: Desk,
  deps: HandOverDesk,
  id: HandOverAttemptId,
  ask: "charge" | "find",
): Promise<SettledHandOver> {
  const attempt = await readHandOverAttempt(desk.read, id);
  if (attempt?.state !== "charging") return endOf(attempt);
  const asked = await askForMoney(desk, deps, attempt, ask);
  if (asked.kind === "captured") return finish(desk, deps, attempt);
  if (asked.kind === "refused") return giveUp(desk, deps, attempt, asked.error);
  await desk.write((ctx) => lookAtHandOverLater(ctx, id));
  return { kind: "pending" };
}

function endOf(attempt: HandOverAttempt | null): SettledHandOver {
  if (attempt?.state === "handed_over") return { kind: "handed_over" };
  return { kind: "failed", error: attempt?.error ?? { code: "fulfillment.unknown" } };
}

/** Undoes a transaction with the error that it is undone for. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly refusal: FulfillmentError;
  constructor(refusal: FulfillmentError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The second transaction: the order is judged again, then handed over. Money for what can no longer be handed over goes back [CHK-5]. */
async function finish(desk: Desk, deps: HandOverDesk, attempt: HandOverAttempt): Promise<SettledHandOver> {
  try {
    return { kind: "handed_over", view: await desk.write((ctx) => handOverNow(ctx, deps.vault, attempt)) };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const now = await readHandOverAttempt(desk.read, attempt.id);
    return now?.state === "charging" ? giveUp(desk, deps, attempt, error.refusal) : endOf(now);
  }
}

async function handOverNow(ctx: Ctx, vault: Vault, attempt: HandOverAttempt): Promise<FulfillmentView> {
  const handed = await finishHandOver(ctx, vault, attempt);
  if (!handed.ok) throw new Undone(handed.error);
  const view = await presentWork(ctx, handed.value);
  if (attempt.key) await keepAnswer(ctx.db, attempt.key, { status: 200, response: JSON.stringify(view) });
  return view;
}

/** Ends the attempt, tells it, and gives back whatever was taken. */
async function giveUp(desk: Desk, deps: AskDeps, attempt: HandOverAttempt, error: FulfillmentError): Promise<SettledHandOver> {
  const ended = await desk.write((ctx) => fail(ctx, attempt, error));
  if (!ended) return endOf(await readHandOverAttempt(desk.read, attempt.id));
  for (const intentId of attempt.intentIds) await giveBack(desk, deps, intentId, error.code);
  return { kind: "failed", error };
}

async function fail(ctx: Ctx, attempt: HandOverAttempt, error: FulfillmentError): Promise<boolean> {
  if (!(await endHandOver(ctx, attempt.id, error))) return false;
  for (const { id, cartId, amount, currency } of await intentsById(ctx, attempt.intentIds))
    await publish(ctx, PaymentFailed, `cart/${cartId}`, { intentId: id, cartId, amount, currency, reason: error.code });
  if (attempt.key) {
    const problem = problemOf(error, CHECKOUT_PROBLEMS[error.code], ctx.requestId);
    await keepAnswer(ctx.db, attempt.key, { status: problem.status, response: JSON.stringify(problem) });
  }
  return true;
}

/** A fulfillment as those who work on it see it: without its customer's code. */
export async function presentWork(ctx: Pick<Ctx, "snapshots" | "actor">, whole: WholeFulfillment): Promise<FulfillmentView> {
  const parts = { ...whole, collectCode: null, showsAddress: false, mayChange: await mayChange(ctx, whole.fulfillment) };
  return presentFulfillment(parts, await namesOf(ctx.snapshots));
}
