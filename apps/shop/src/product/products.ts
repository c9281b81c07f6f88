import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import type { Narrowing } from "../menu/narrowing.ts";

/** A menu is one page of it for nearly every chain; the rest comes when asked for. */
const PAGE = 200;

/** Categories change with the catalog, which is rarely. */
export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: async ({ signal }) => (await api.ask("categories.list", { signal })).items,
  staleTime: 10 * 60_000,
});

/** What a store sells, with price and stock there. A search forgives typing errors and accents, and says how it can be narrowed down. */
export const productsQuery = (storeId: string | undefined, query: string, narrowing: Narrowing = {}) =>
  infiniteQueryOptions({
    queryKey: ["products", storeId ?? "", query, narrowing],
    queryFn: ({ pageParam, signal }) =>
      api.ask("products.list", {
        query: { limit: PAGE, storeId, cursor: pageParam, ...(query !== "" && { query, ...narrowing, facets: "true" as const }) }, // the contract knows "true" and "false"
        signal,
      }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** One product as it is sold at a store, by its id or slug. Below the store's subject, so that a change there asks for it again. */
export const productQuery = (slug: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["store", storeId ?? "", "product", slug],
    queryFn: ({ signal }) => api.ask("products.read", { params: { id: slug }, query: { storeId }, signal }),
  });

/** Where a variant is to be had, and when: at one store, or everywhere, nearest first. */
export const availabilityQuery = (
  sku: string,
  quantity: number,
  { storeId, near }: { readonly storeId?: string | undefined; readonly near?: string | undefined },
) =>
  queryOptions({
    queryKey: ["store", storeId ?? "", "availability", sku, quantity, near ?? ""],
    queryFn: async ({ signal }) =>
      (await api.ask("availability.read", { query: { sku, quantity, storeId, near, limit: 50 }, signal })).places,
    staleTime: 10_000,
  });
