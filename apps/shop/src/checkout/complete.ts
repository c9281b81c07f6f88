import type { AnswerOf, BodyOf } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api, tokenHeader } from "../api.ts";
import { basket, forgetCart } from "../cart/basket.ts";
import { keep, keepOrder } from "../kept.ts";

type Body = BodyOf<"checkout.complete">;

/** A provider that has not answered is asked again this often, for as long as a person would wait. */
const ASK_EVERY_MS = 1500;
const MOST_ASKS = 40;

/** What was asked for, under which key: kept for this tab, because a step at the payer's bank leaves the shop and comes back. */
type Intention = {
  readonly cartId: string;
  readonly body: Body;
  readonly key: string;
  /** The hub has it, and its provider has not decided. */
  readonly isWaiting: boolean;
};
const INTENTION = "weft.shop.payment";

/** The payment that this tab began for a cart and has no answer for; undefined when there is none. */
export function intentionFor(cartId: string): Intention | undefined {
  const text = window.sessionStorage.getItem(INTENTION);
  if (text === null) return undefined;
  const kept = JSON.parse(text) as Intention; // written by `keyOf` alone
  return kept.cartId === cartId ? kept : undefined;
}

export const forgetIntention = (): void => window.sessionStorage.removeItem(INTENTION);

/** The same intention has the same key, however often the button is pressed: one order, one charge. Anything else is a new one. */
function keyOf(cartId: string, body: Body): string {
  const before = intentionFor(cartId);
  if (before && JSON.stringify(before.body) === JSON.stringify(body)) return before.key;
  const key = newKey();
  remember({ cartId, body, key, isWaiting: false });
  return key;
}

const remember = (intention: Intention): void => window.sessionStorage.setItem(INTENTION, JSON.stringify(intention));

/** `at_bank`: the payer has to go to `url` first, and comes back to ask again. */
export type Completed =
  | { readonly kind: "placed"; readonly order: AnswerOf<"checkout.complete"> }
  | { readonly kind: "at_bank"; readonly url: string };

/** Completes the cart, by a token of its own where it is not the visitor's. A refusal is thrown; after a decline the next press is a new try with a new key. */
export async function completeCart(cartId: string, body: Body, onWaiting: () => void, token: string | null = null): Promise<Completed> {
  const key = keyOf(cartId, body);
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    const answer = await api.call("checkout.complete", {
      params: { id: cartId },
      body,
      headers: { ...keyHeader(key), ...tokenHeader(token) },
    });
    if (answer.ok && answer.status !== 202) {
      forgetIntention();
      return { kind: "placed", order: answer.value };
    }
    if (answer.ok) remember({ cartId, body, key, isWaiting: true });
    const url = answer.ok ? actionIn(answer.value) : null;
    if (url !== null) return { kind: "at_bank", url };
    if (!answer.ok && answer.problem.code !== "idempotency.running") {
      // A lost connection leaves the outcome open: the same key finds it. A refusal is final for its key.
      if (!answer.offline && answer.problem.status < 500) forgetIntention();
      throw new ProblemError(answer.problem, answer.offline);
    }
    onWaiting();
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

/** The cart has become an order: a visitor keeps the token that opens it, and the next tap on the menu begins a new cart. */
export function afterOrder(order: AnswerOf<"checkout.complete">): void {
  api.queries.setQueryData(["order", order.id], order);
  keepOrder(order.id, basket().cart?.token ?? null);
  forgetCart();
  keep("cart", undefined);
  void api.queries.invalidateQueries({ queryKey: ["customer"] });
}
