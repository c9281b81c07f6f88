import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

export const RECALLS_KEY = ["recalls"];

export const recallsQuery = pagedQuery([...RECALLS_KEY, "list"], (page, signal) => api.ask("recalls.list", { query: page, signal }));

/** How many were sold, and how many of their buyers know. While messages leave, it is asked again. */
export const recallQuery = (id: string) =>
  queryOptions({
    queryKey: [...RECALLS_KEY, id],
    queryFn: ({ signal }) => api.ask("recalls.read", { params: { id }, signal }),
    refetchInterval: ({ state }) => ((state.data?.told.queued ?? 0) > 0 ? 3000 : 30_000),
  });

/** `unreached`: only those whose buyer could not be told. */
export const recalledSalesQuery = (id: string, unreached: boolean) =>
  pagedQuery([...RECALLS_KEY, id, "sales", unreached], (page, signal) =>
    api.ask("recalls.sales", { params: { id }, query: { ...page, limit: PAGE_ROWS, ...(unreached && { unreached: "true" }) }, signal }),
  );
