import type { CallResult } from "@weft/contracts/client";
import { ProblemError } from "./problem-error.ts";

/** A provider that has not answered is asked again this often, for as long as a person would wait. */
const ASK_EVERY_MS = 1500;
const MOST_ASKS = 40;

/** `at_bank`: the payer has to go to `url` first, and comes back to ask again. */
export type Paid<Answer> = { readonly kind: "done"; readonly answer: Answer } | { readonly kind: "at_bank"; readonly url: string };

/** What of a payment is kept for this tab, because a step at the payer's bank leaves the page and comes back. */
type Kept = { readonly remember: () => void; readonly forget: () => void };

/** Asks for what a card pays, and again while its provider thinks: `call` says the same key each time, which never charges twice. A refusal is thrown. */
export async function askUntilPaid<Answer>(call: () => Promise<CallResult<Answer>>, { remember, forget }: Kept): Promise<Paid<Answer>> {
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    const answer = await call();
    if (answer.ok && answer.status !== 202) {
      forget();
      return { kind: "done", answer: answer.value };
    }
    if (!answer.ok && answer.problem.code !== "idempotency.running") {
      // A lost connection leaves the outcome open: the same key finds it. A refusal is final for its key.
      if (!answer.offline && answer.problem.status < 500) forget();
      throw new ProblemError(answer.problem, answer.offline);
    }
    remember();
    const url = answer.ok ? actionIn(answer.value) : null;
    if (url !== null) return { kind: "at_bank", url };
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new ProblemError(
    { type: "about:blank", title: "The provider has not answered yet", status: 202, code: "payment.timed_out" },
    false,
  );
}

/** Where the payer has to go, from the body of a 202. */
function actionIn(body: unknown): string | null {
  // The type of an answer is that of its final form; this one waits.
  const { actionUrl = null } = body as { readonly actionUrl?: string | null };
  return actionUrl;
}
