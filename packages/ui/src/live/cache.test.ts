import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { applyMessage } from "./cache.ts";

function cacheWith(held: Record<string, unknown>): QueryClient {
  const queries = new QueryClient();
  queries.setQueryData(["cart", "c"], held);
  queries.setQueryData(["cart", "c", "promises"], []);
  queries.setQueryData(["cart", "other"], { version: 1 });
  return queries;
}

const isStale = (queries: QueryClient, ...key: string[]): boolean | undefined => queries.getQueryState(key)?.isInvalidated;

it("[LVC-6] the next version is written into the query of its subject, and only what hangs below is asked again", () => {
  const queries = cacheWith({ version: 4, total: 10 });
  applyMessage(queries, { subject: "cart/c", version: 5, patch: { total: 12 } });
  expect(queries.getQueryData(["cart", "c"])).toEqual({ version: 5, total: 12 });
  expect(isStale(queries, "cart", "c")).toBe(false);
  expect(isStale(queries, "cart", "c", "promises")).toBe(true);
  expect(isStale(queries, "cart", "other")).toBe(false);
});

it("[LVC-6] after a gap the newest is shown, and the query itself is asked again", () => {
  const queries = cacheWith({ version: 4, total: 10 });
  applyMessage(queries, { subject: "cart/c", version: 9, patch: { total: 99 } });
  expect(queries.getQueryData(["cart", "c"])).toEqual({ version: 9, total: 99 });
  expect(isStale(queries, "cart", "c")).toBe(true);
});

it("[LVC-6] a repeated message asks nothing", () => {
  const queries = cacheWith({ version: 4 });
  applyMessage(queries, { subject: "cart/c", version: 4, patch: {} });
  expect(isStale(queries, "cart", "c", "promises")).toBe(false);
});

/** A query that somebody looks at, answered when the test lets it. */
function watched(queries: QueryClient): { readonly asked: { resolve(value: unknown): void }[]; stop(): void } {
  const asked: PromiseWithResolvers<unknown>[] = [];
  const queryFn = () => {
    const answer = Promise.withResolvers<unknown>();
    asked.push(answer);
    return answer.promise;
  };
  const observer = new QueryObserver(queries, { queryKey: ["cart", "c"], queryFn, staleTime: Infinity });
  return { asked, stop: observer.subscribe(() => undefined) };
}

it("[LVC-6] an answer that was asked for before the message does not take its place", async () => {
  const queries = cacheWith({ version: 4 });
  const { asked, stop } = watched(queries);
  applyMessage(queries, { subject: "cart/c", version: 6, patch: { total: 6 } });
  expect(asked).toHaveLength(1); // because of the gap
  applyMessage(queries, { subject: "cart/c", version: 7, patch: { total: 7 } });
  asked[0]?.resolve({ version: 6, total: 6 });
  await new Promise((done) => setImmediate(done));
  expect(queries.getQueryData(["cart", "c"])).toEqual({ version: 7, total: 7 });
  stop();
});

it("[LVC-6] a message that comes before the first answer has it asked for once more", async () => {
  const queries = new QueryClient();
  const { asked, stop } = watched(queries);
  applyMessage(queries, { subject: "cart/c", version: 2, patch: { total: 2 } });
  asked[0]?.resolve({ version: 1, total: 1 });
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.resolve({ version: 2, total: 2 });
  await expect.poll(() => queries.getQueryData(["cart", "c"])).toEqual({ version: 2, total: 2 });
  stop();
});
