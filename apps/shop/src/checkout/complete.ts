import type { AnswerOf, BodyOf } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { basket, forgetCart } from "../cart/basket.ts";
import { keep, keepOrder } from "../kept.ts";

type Body = BodyOf<"checkout.complete">;

/** A provider that has not answered is asked again this often, for as long as a person would wait. */
const ASK_EVERY_MS = 1500;
const MOST_ASKS = 40;

let intention: { readonly text: string; readonly key: string } | undefined;

/** The same intention has the same key, however often the button is pressed: one order, one charge. Anything else is a new one. */
function keyOf(cartId: string, body: Body): string {
  const text = JSON.stringify([cartId, body]);
  if (intention?.text !== text) intention = { text, key: newKey() };
  return intention.key;
}

/** Completes the cart. A refusal is thrown; after a decline the next press is a new try with a new key. */
export async function completeCart(cartId: string, body: Body, onWaiting: () => void): Promise<AnswerOf<"checkout.complete">> {
  const key = keyOf(cartId, body);
  for (let asked = 0; asked < MOST_ASKS; asked += 1) {
    const answer = await api.call("checkout.complete", { params: { id: cartId }, body, headers: keyHeader(key) });
    if (answer.ok && answer.status !== 202) {
      intention = undefined;
      return answer.value;
    }
    if (!answer.ok && answer.problem.code !== "idempotency.running") {
      // A lost connection leaves the outcome open: the same key finds it. A refusal is final for its key.
      if (!answer.offline && answer.problem.status < 500) intention = undefined;
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

/** The cart has become an order: a visitor keeps the token that opens it, and the next tap on the menu begins a new cart. */
export function afterOrder(order: AnswerOf<"checkout.complete">): void {
  api.queries.setQueryData(["order", order.id], order);
  keepOrder(order.id, basket().cart?.token ?? null);
  forgetCart();
  keep("cart", undefined);
  void api.queries.invalidateQueries({ queryKey: ["customer"] });
}
