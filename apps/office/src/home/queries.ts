import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf, OrderSummaryView } from "@weft/contracts/client";
import { api } from "../api.ts";

/** The home page asks again this often: what it shows is a signal, not a live view. */
const REFRESH_MS = 20_000;
/** The largest page that the hub gives. */
const PAGE = 200;
/** A day with more orders than this is told as its latest part: the page stays quick in the largest chain. */
const MOST_PAGES = 10;

export type OrdersOfDay = { readonly orders: readonly OrderSummaryView[]; readonly isWhole: boolean };

/** The orders of one business date, newest first. */
export const ordersOfDayQuery = (date: string) =>
  queryOptions({
    queryKey: ["orders", "day", date],
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }): Promise<OrdersOfDay> => {
      const orders: OrderSummaryView[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = { from: date, to: date, limit: PAGE, ...(cursor !== null && { cursor }) };
        const answer: AnswerOf<"orders.list"> = await api.ask("orders.list", { query, signal });
        orders.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) return { orders, isWhole: true };
      }
      return { orders, isWhole: false };
    },
  });

/** The newest orders, of whichever day. */
export const latestOrdersQuery = queryOptions({
  queryKey: ["orders", "latest"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("orders.list", { query: { limit: 8 }, signal }),
});

/** Orders that are not closed: what waits in stores is among them. */
export const openOrdersQuery = queryOptions({
  queryKey: ["orders", "open"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("orders.list", { query: { state: "placed", limit: PAGE }, signal }),
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("platform.report", { signal }),
});

export const openConflictsQuery = queryOptions({
  queryKey: ["conflicts", "count"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("stock.conflicts", { query: { state: "open", limit: PAGE }, signal }),
});

export const waitingQuarantineQuery = queryOptions({
  queryKey: ["quarantine", "count"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("quarantine.list", { query: { state: "waiting", limit: PAGE }, signal }),
});

export const openMatchesQuery = queryOptions({
  queryKey: ["matches", "count"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("customers.matches", { query: { status: "open", limit: PAGE }, signal }),
});
