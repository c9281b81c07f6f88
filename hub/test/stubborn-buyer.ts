import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createClient, type AnswerOf, type CallInput, type OperationId } from "@weft/contracts/client";
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
  /** Adds something made to order to the order, as a version of it; answers how to send this once more, and what is to be paid then. */
  change(): Promise<{ readonly owed: number; repeat(): Promise<number> }>;
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
  const made = products.value.items.find(
    ({ price, availability }) => price && availability.inAssortment && !availability.soldOut && !availability.tracked,
  );
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
      const change = () => changeOnce({ attempt, orderId: order.id, sku: made?.defaultSku ?? "", headers, pays });
      return { key, cartId: cart.id, orderId: order.id, attempts, repeat, change };
    },
  };
}

type Attempt = <Op extends OperationId>(operation: Op, input: CallInput<Op>) => Promise<{ readonly value: AnswerOf<Op> }>;
type Changing = {
  readonly attempt: Attempt;
  readonly orderId: string;
  readonly sku: string;
  readonly headers: Record<string, string>;
  readonly pays: "card" | "there";
};

/** Nobody works at the order yet, so the version that the preview names is the one that is changed, however often it is sent. */
async function changeOnce({ attempt, orderId, sku, headers, pays }: Changing) {
  const params = { id: orderId };
  const add = [{ sku, quantity: 1, options: [] }];
  const { value: seen } = await attempt("orders.previewChange", { params, headers, body: { add } });
  const input: CallInput<"orders.change"> = {
    params,
    headers: { ...headers, "idempotency-key": randomUUID(), "if-match": `"${seen.version}"` },
    body: {
      add,
      expectedDifference: seen.difference,
      tenders: [pays === "card" ? { kind: "card", token: "sandbox_approve" } : { kind: "due_at_collection" }],
    },
  };
  const send = async () => (await attempt("orders.change", input)).value.total.amount;
  return { owed: await send(), repeat: send };
}

/** A conflict may be the earlier attempt that still runs, or that the restarted hub has not picked up yet; what is wrong stays wrong. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 409 && status !== 429;
