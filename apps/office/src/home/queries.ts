import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** What moves is told live; what only time changes (late, silent) is asked for again this often. */
const REFRESH_MS = 60_000;
/** The largest page that the hub gives. */
const PAGE = 200;

/** A part of the chain as the address has it. */
export type Scope = { readonly group?: string | undefined; readonly place?: string | undefined };

const inScope = ({ group, place }: Scope) => (place !== undefined ? { placeId: place } : group !== undefined ? { groupId: group } : {});

/** Everything below is asked again together when the day moves. */
export const DAY_KEY = "day";
export const SALES = "sales";
const keyOf = (part: string, { group, place }: Scope) => [DAY_KEY, part, place ?? group ?? "all"];

export const nowQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf("now", scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("today.now", { query: inScope(scope), signal }),
  });

export const workQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf("work", scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("today.work", { query: inScope(scope), signal }),
  });

export const goodsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf("goods", scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("today.goods", { query: inScope(scope), signal }),
  });

export const tillsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf("tills", scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("today.tills", { query: inScope(scope), signal }),
  });

export const salesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf(SALES, scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("today.sales", { query: inScope(scope), signal }),
  });

export const taskCountsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keyOf("tasks", scope),
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("tasks.counts", { query: inScope(scope), signal }),
  });

export const healthQuery = queryOptions({
  queryKey: ["health"],
  refetchInterval: REFRESH_MS,
  queryFn: ({ signal }) => api.ask("platform.report", { signal }),
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
