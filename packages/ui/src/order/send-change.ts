import type { AnswerOf, BodyOf } from "@weft/contracts/client";
import { keyHeader, type Api } from "../api/api.ts";
import { ProblemError } from "../api/problem-error.ts";

/** A provider that has not answered is asked again this often, for as long as a person would wait. */
const ASK_EVERY_MS = 1500;
const MOST_ASKS = 40;

/** A change of an order as it was asked for, under which key: kept for this tab, because a step at the payer's bank leaves the page and comes back. */
export type BegunChange = { readonly body: BodyOf<"orders.change">; readonly version: number; readonly key: string };

const nameOf = (orderId: string): string => `weft.change.${orderId}`;

/** The change that this tab began for an order and has no answer for; undefined when there is none. */
export function changeBegun(orderId: string): BegunChange | undefined {
  const text = window.sessionStorage.getItem(nameOf(orderId));
  return text === null ? undefined : (JSON.parse(text) as BegunChange); // written by `sendChange` alone
}

const forget = (orderId: string): void => window.sessionStorage.removeItem(nameOf(orderId));

type Asked = { readonly api: Api; readonly orderId: string; readonly headers?: Record<string, string> | undefined };

/** `at_bank`: the payer has to go to `url` first, and comes back to ask again. */
export type SentChange =
  | { readonly kind: "changed"; readonly order: AnswerOf<"orders.change"> }
  | { readonly kind: "at_bank"; readonly url: string };

/** Asks for a change, and again while its provider thinks: the same key never charges twice. A refusal is thrown. */
export async function sendChange({ api, orderId, headers }: Asked, begun: BegunChange): Promise<SentChange> {
  const { body, version, key } = begun;
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    const answer = await api.call("orders.change", {
      params: { id: orderId },
      body: { ...body, returnPath: window.location.pathname },
      headers: { ...headers, ...keyHeader(key), "if-match": `"${version}"` },
    });
    if (answer.ok && answer.status !== 202) {
      forget(orderId);
      return { kind: "changed", order: answer.value };
    }
    if (!answer.ok && answer.problem.code !== "idempotency.running") {
      // A lost connection leaves the outcome open: the same key finds it. A refusal is final for its key.
      if (!answer.offline && answer.problem.status < 500) forget(orderId);
      throw new ProblemError(answer.problem, answer.offline);
    }
    window.sessionStorage.setItem(nameOf(orderId), JSON.stringify(begun));
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
