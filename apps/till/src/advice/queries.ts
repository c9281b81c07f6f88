import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** Others sell meanwhile. */
const AGAIN_MS = 30_000;

/** What an adviser needs of a customer at a store, with what is on the ticket in view. Below the customer's subject: what they save is asked again. */
export const adviceQuery = (customerId: string, storeId: string, cart: readonly string[]) =>
  queryOptions({
    queryKey: ["customer", customerId, "advice", storeId, ...cart],
    queryFn: ({ signal }) =>
      api.ask("advice.ofCustomer", {
        params: { id: customerId },
        query: { storeId, ...(cart.length > 0 && { cart: cart.join(",") }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });

/** Goods that were searched, here and nearby. */
export const advisedGoodsQuery = (storeId: string, skus: readonly string[]) =>
  queryOptions({
    queryKey: ["advised", storeId, ...skus],
    enabled: skus.length > 0,
    queryFn: async ({ signal }) => (await api.ask("advice.goods", { query: { storeId, skus: skus.join(",") }, signal })).items,
    placeholderData: keepPreviousData,
    staleTime: AGAIN_MS,
  });
