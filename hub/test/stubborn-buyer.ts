import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createClient, type CallInput, type OperationId } from "@weft/contracts/client";
import type { Id } from "@weft/kernel";

const AGAIN_MS = 50;
const MOST_MS = 120_000;
const KEY = { authorization: "Bearer pk_demo_app_3nK8vD5sJ1yFg6Pa" };

/** What a buyer holds in the hand at the end: the key they sent, and the order that was acknowledged under it. */
export type Acknowledged = {
  readonly key: string;
  readonly cartId: string;
  readonly orderId: string;
  readonly attempts: number;
  /** Sends the completion once more, as it was; answers the order's id. */
  repeat(): Promise<string>;
};

export type Buyers = {
  readonly placeId: string;
  readonly skus: readonly string[];
  buy(sku: string, pays: "card" | "there"): Promise<Acknowledged>;
};

/** Buyers who never give up: whatever breaks, they send the same thing again under the same key. */
export async function openBuyers(url: string): Promise<Buyers> {
  const client = createClient({ baseUrl: url, headers: () => KEY });
  const attempt = async <Op extends OperationId>(operation: Op, input: CallInput<Op>) => {
    const until = performance.now() + MOST_MS;
    for (let attempts = 1; performance.now() < until; attempts++) {
      const answer = await client.call(operation, { ...input, signal: AbortSignal.timeout(15_000) }).catch(() => undefined); // an answer cut in two throws
      if (answer?.ok && answer.status !== 202) return { value: answer.value, attempts };
      if (answer && !answer.ok && isFinal(answer.problem.status))
        throw new Error(`${operation} was refused: ${JSON.stringify(answer.problem)}`);
      await pause(AGAIN_MS);
    }
    throw new Error(`${operation} was not answered in ${MOST_MS / 1000} s`);
  };
  const stores = await attempt("stores.list", { query: { limit: 1 } });
  const placeId = stores.value.items[0]?.id ?? "";
  const products = await attempt("products.list", { query: { limit: 200, storeId: placeId } });
  return {
    placeId,
    skus: products.value.items.flatMap(({ defaultSku, price, availability: { inAssortment, soldOut, tracked, available } }) =>
      // Half of what is there: a cart whose opening was cut off keeps its hold for a while.
      price && inAssortment && !soldOut ? Array.from({ length: tracked ? Math.floor((available ?? 0) / 2) : 5 }, () => defaultSku) : [],
    ),
    async buy(sku, pays) {
      const opened = await attempt("carts.open", { body: { placeId, fulfillment: "collect", operations: [], ticket: false } });
      const { cart, token } = opened.value;
      const params = { id: cart.id };
      const headers = { "weft-cart": token };
      const add = { id: randomUUID() as Id<"operation">, kind: "add" as const, sku, quantity: 1, options: [] }; // ids of clients are any UUID
      const { value } = await attempt("carts.operate", { params, headers, body: { operations: [add] } });
      const key = randomUUID();
      const completion: CallInput<"checkout.complete"> = {
        params,
        headers: { ...headers, "idempotency-key": key },
        body: {
          fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
          tenders: [pays === "card" ? { kind: "card", token: "sandbox_approve" } : { kind: "due_at_collection" }],
          expectedTotal: value.cart.totals.total,
          contact: { email: "buyer@example.com" },
        },
      };
      const { value: order, attempts } = await attempt("checkout.complete", completion);
      const repeat = async () => (await attempt("checkout.complete", completion)).value.id;
      return { key, cartId: cart.id, orderId: order.id, attempts, repeat };
    },
  };
}

/** A conflict may be the earlier attempt that still runs, or that the restarted hub has not picked up yet; what is wrong stays wrong. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 409 && status !== 429;
