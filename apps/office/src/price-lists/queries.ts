import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

export const PRICES_KEY = ["prices"];

export const priceListsQuery = queryOptions({
  queryKey: [...PRICES_KEY, "lists"],
  queryFn: ({ signal }) => api.ask("prices.lists", { signal }),
});

export const listedQuery = (listId: string, query: string | undefined) =>
  pagedQuery([...PRICES_KEY, "listed", listId, query], (page, signal) =>
    api.ask("prices.listed", {
      params: { id: listId },
      query: { ...page, ...(query !== undefined && { query }), limit: PAGE_ROWS },
      signal,
    }),
  );
