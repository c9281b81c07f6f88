import { keepRefusal, problemOf, replay, sendProblem, type Key, type RawCall, type StoredAnswer } from "../../platform/index.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";

const RETRY_SECONDS = "2";

/** What a call that may wait for the world outside came to, when it was not done by it. */
export type NotDone =
  | { readonly kind: "pending"; readonly actionUrl?: string | null }
  | { readonly kind: "stored"; readonly stored: StoredAnswer }
  /** `isKept`: the refusal lies under the key already. */
  | { readonly kind: "refused"; readonly error: CheckoutError; readonly isKept?: boolean };

/** Answers it the same for every such call: ask again, the answer of before, or why not, which is kept for who asks again. */
export async function answerNotDone({ request, reply, around }: RawCall, key: Key, outcome: NotDone) {
  if (outcome.kind === "pending")
    return reply
      .code(202)
      .header("retry-after", RETRY_SECONDS)
      .send({ state: "pending", actionUrl: outcome.actionUrl ?? null });
  if (outcome.kind === "stored") return replay(outcome.stored, request.id, reply);
  const problem = problemOf(outcome.error, CHECKOUT_PROBLEMS[outcome.error.code], request.id);
  if (!outcome.isKept) await keepRefusal(around.pool, key, { status: problem.status, response: JSON.stringify(problem) });
  return sendProblem(reply, problem);
}
