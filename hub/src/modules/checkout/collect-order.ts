import type { FulfillmentView } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import {
  BusyError,
  Committed,
  inTransaction,
  problemOf,
  type Ctx,
  type Key,
  type StoredAnswer,
  type Surroundings,
} from "../../platform/index.ts";
import {
  beginHandOver,
  handOverOfKey,
  nextLookAtHandOver,
  tryHandOver,
  type HandOver,
  type HandOverAttemptId,
  type HandOverDeps,
} from "../fulfillment/index.ts";
import type { AskDeps } from "./ask-for-money.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { deskOn } from "./late-answers.ts";
import { presentWork, settleHandOver } from "./settle-hand-over.ts";

export type CollectDeps = HandOverDeps & AskDeps;

export type Collection =
  | { readonly kind: "handed_over"; readonly view: FulfillmentView }
  /** The provider has not answered: ask again with the same key. */
  | { readonly kind: "pending" }
  /** `isKept`: a wrong code counts although it is refused, and its answer is stored already. */
  | { readonly kind: "refused"; readonly error: CheckoutError; readonly isKept: boolean }
  | { readonly kind: "stored"; readonly stored: StoredAnswer };

type Begun =
  | { readonly kind: "handed_over"; readonly view: FulfillmentView }
  | { readonly kind: "refused"; readonly error: CheckoutError }
  | { readonly kind: "charging"; readonly attemptId: HandOverAttemptId; readonly resumeAfter: Date };

/**
 * Hands an order over and takes what is due on it [CHK-15]. Without an outside provider it is one transaction; with one it is two, and
 * the provider is asked between them. Called again with the same key, also after a crash, it goes on from the state of the attempt and
 * its intents, never from the start.
 */
export async function collectOrder(around: Surroundings, deps: CollectDeps, wanted: HandOver, key: Key): Promise<Collection> {
  const outcome = await inTransaction(around, (ctx) => begin(ctx, deps, wanted, key), {
    key,
    keep: (begun) => answerOf(begun, around.requestId),
  }).catch(busyMeansRunning);
  if (outcome.kind === "replayed") return replayed(around, deps, wanted, key, outcome.stored);
  const { result } = outcome;
  if (!result.ok) return { kind: "refused", error: result.error, isKept: false };
  const begun = result.value;
  if (begun.kind === "refused") return { ...begun, isKept: true };
  return begun.kind === "charging" ? settle(around, deps, key, begun.attemptId, "charge") : begun;
}

/** The request that holds the same key or order has not ended within the lock timeout. */
function busyMeansRunning(error: unknown): { readonly kind: "replayed"; readonly stored: StoredAnswer } {
  if (error instanceof BusyError) return { kind: "replayed", stored: { kind: "running", resumeAfter: null } };
  throw error;
}

async function begin(ctx: Ctx, deps: CollectDeps, wanted: HandOver, key: Key): Promise<Result<Begun, CheckoutError>> {
  const tried = await tryHandOver(ctx, deps, wanted);
  if (!tried.ok) return tried;
  if (tried.value.kind === "outside") {
    const attemptId = await beginHandOver(ctx, tried.value.prepared, tried.value.provider, {
      credential: key.credential,
      route: key.route,
      key: key.key,
    });
    return ok({ kind: "charging", attemptId, resumeAfter: nextLookAtHandOver(ctx.now) });
  }
  const { handed } = tried.value;
  if (handed instanceof Committed) return ok({ kind: "refused", error: handed.error });
  return ok({ kind: "handed_over", view: await presentWork(ctx, handed) });
}

function answerOf(begun: Begun, requestId: string) {
  if (begun.kind === "charging") return { resumeAfter: begun.resumeAfter };
  if (begun.kind === "handed_over") return { status: 200, response: JSON.stringify(begun.view) };
  const problem = problemOf(begun.error, CHECKOUT_PROBLEMS[begun.error.code], requestId);
  return { status: problem.status, response: JSON.stringify(problem) };
}

async function replayed(around: Surroundings, deps: CollectDeps, wanted: HandOver, key: Key, stored: StoredAnswer): Promise<Collection> {
  if (stored.kind !== "running") return { kind: "stored", stored };
  const attempt = await handOverOfKey(deskOn(around).read, wanted.fulfillmentId, key);
  return attempt ? settle(around, deps, key, attempt.id, "find") : { kind: "stored", stored };
}

async function settle(
  around: Surroundings,
  deps: CollectDeps,
  key: Key,
  attemptId: HandOverAttemptId,
  ask: "charge" | "find",
): Promise<Collection> {
  const settled = await settleHandOver(deskOn(around), deps, attemptId, ask);
  if (settled.kind === "pending") return { kind: "pending" };
  if (settled.kind === "failed") return { kind: "refused", error: settled.error, isKept: true };
  if (settled.view) return { kind: "handed_over", view: settled.view };
  // Somebody else wrote it and its answer: the key has it now.
  const outcome = await inTransaction<never, null>(around, async () => err(null), { key, keep: () => NOTHING });
  return outcome.kind === "replayed" ? { kind: "stored", stored: outcome.stored } : { kind: "pending" };
}

const NOTHING = { status: 500, response: "" };
