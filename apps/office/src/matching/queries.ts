import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** While a run is under way it is asked for this often. */
const ASK_MILLISECONDS = 1000;

export const matchingQuery = queryOptions({
  queryKey: ["matching"],
  queryFn: ({ signal }) => api.ask("matching.read", { signal }),
  refetchInterval: ({ state }) => (state.data?.run?.state === "running" ? ASK_MILLISECONDS : false),
});

export const limitsQuery = queryOptions({
  queryKey: ["limits"],
  queryFn: ({ signal }) => api.ask("matching.limits", { signal }),
  refetchInterval: ({ state }) => (state.data?.course.isApplying ? ASK_MILLISECONDS : false),
});

export const fieldRulesQuery = queryOptions({
  queryKey: ["field-rules"],
  queryFn: ({ signal }) => api.ask("customers.fieldRules", { signal }),
  refetchInterval: ({ state }) => (state.data?.isRebuilding ? ASK_MILLISECONDS : false),
});

/** With its counts beside the rows of a page. */
export const violationsQuery = infiniteQueryOptions({
  queryKey: ["violations"],
  queryFn: ({ pageParam, signal }) => api.ask("customers.violations", { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
  initialPageParam: null as string | null, // widens the type: the first page has no cursor
  getNextPageParam: ({ nextCursor }) => nextCursor,
});
