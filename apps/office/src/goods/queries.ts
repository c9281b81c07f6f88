import { queryOptions } from "@tanstack/react-query";
import type { StockDocumentRowView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

export type GoodsFilters = {
  readonly kind?: StockDocumentRowView["kind"] | undefined;
  readonly place?: string | undefined;
  readonly open?: "yes" | undefined;
};

/** What is asked again when goods have moved. */
export const GOODS_TOUCHED = [["goods"], ["stock"], ["conflicts"], ["day"]];

/** Goods arrive, are counted and sold while somebody looks. */
const REFRESH_MS = 15_000;

/** Deliveries, waste, transfers and counts, the newest first. */
export const documentsQuery = ({ kind, place, open }: GoodsFilters) => ({
  ...pagedQuery(["goods", "list", { kind, place, open }], (page, signal) => {
    const filter = {
      ...(kind !== undefined && { kind }),
      ...(place !== undefined && { placeId: place }),
      ...(open !== undefined && { open: "true" as const }), // the contract knows this one word
    };
    return api.ask("stock.documents", { query: { ...page, ...filter, limit: PAGE_ROWS }, signal });
  }),
  refetchInterval: REFRESH_MS,
});

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ["goods", "one", id],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("stock.document", { params: { id }, signal }),
  });

/** What orders have asked places for, to be fetched at other ones. */
export const askedQuery = (place: string | undefined) =>
  queryOptions({
    queryKey: ["goods", "asked", place ?? ""],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => api.ask("stock.asked", { query: place === undefined ? {} : { placeId: place }, signal }),
  });

/** Counted goods by name, SKU or barcode, each once. */
export const findGoodsQuery = (text: string) =>
  queryOptions({
    queryKey: ["goods", "find", text],
    enabled: text !== "",
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { items } = await api.ask("stock.list", { query: { query: text, limit: 100 }, signal });
      return [...new Map(items.map((level) => [level.sku, { sku: level.sku, name: level.name }])).values()].slice(0, 8);
    },
  });
