import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

export const PROMOTIONS_KEY = ["promotions"];
const MOST_GOODS = 200;

export const promotionsQuery = () =>
  pagedQuery([...PROMOTIONS_KEY, "list"], (page, signal) => api.ask("promotions.list", { query: { ...page, limit: PAGE_ROWS }, signal }));

export const promotionQuery = (id: string) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "one", id],
    queryFn: ({ signal }) => api.ask("promotions.read", { params: { id }, signal }),
  });

/** What a promotion may be about. */
export const goodsQuery = queryOptions({
  queryKey: ["products", "for promotions"],
  queryFn: async ({ signal }) => (await api.ask("catalog.listForOffice", { query: { limit: MOST_GOODS }, signal })).items,
  staleTime: 300_000,
});

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => api.ask("channels.list", { signal }),
});

export const codesQuery = (id: string) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "codes", id],
    queryFn: ({ signal }) => api.ask("promotions.codes", { params: { id }, query: { limit: 100 }, signal }),
  });
