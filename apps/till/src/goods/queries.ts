import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { api } from "../api.ts";

const REFRESH_MS = 60_000;

/** Below the place's goods, so that what is sent here or noted elsewhere asks for it again. */
const openQuery = (placeId: string, kind: "transfer" | "count") =>
  queryOptions({
    queryKey: ["goods", placeId, "open", kind],
    queryFn: ({ signal }) => api.ask("stock.documents", { query: { placeId, kind, open: "true", limit: 50 }, signal }),
    refetchInterval: REFRESH_MS,
  });

/** Transfers and counts of a place that have not ended. */
export function useOpenDocuments(placeId: string, kind: "transfer" | "count") {
  useLive(`goods/${placeId}`);
  return useQuery(openQuery(placeId, kind));
}

export const documentQuery = (placeId: string, id: string) =>
  queryOptions({
    queryKey: ["goods", placeId, "one", id],
    queryFn: ({ signal }) => api.ask("stock.document", { params: { id }, signal }),
  });

const askedQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["goods", placeId, "asked"],
    queryFn: ({ signal }) => api.ask("stock.asked", { query: { placeId }, signal }),
    refetchInterval: REFRESH_MS,
  });

/** What customers of other stores wait for and lies here. */
export function useAsked(placeId: string) {
  useLive(`goods/${placeId}`);
  return useQuery(askedQuery(placeId));
}

/** Where else a SKU is, nearest first. */
export const elsewhereQuery = (sku: string | undefined) =>
  queryOptions({
    queryKey: ["elsewhere", sku],
    enabled: sku !== undefined,
    queryFn: ({ signal }) => api.ask("availability.read", { query: { sku: sku ?? "", limit: 50 }, signal }),
  });
