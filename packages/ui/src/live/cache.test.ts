import { QueryClient } from "@tanstack/react-query";
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
