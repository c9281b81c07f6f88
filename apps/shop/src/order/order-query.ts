import { queryOptions } from "@tanstack/react-query";
import { api, tokenHeader } from "../api.ts";
import { readKept } from "../kept.ts";

/** The token that opens an order for who was not signed in when they placed it. */
export function orderToken(id: string): string | undefined {
  return readKept("orders")?.find((order) => order.id === id)?.token;
}

/** An order with its fulfillments, live under the same key. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["order", id],
    queryFn: ({ signal }) => {
      const token = orderToken(id);
      return api.ask("orders.read", { params: { id }, signal, ...(token !== undefined && { headers: tokenHeader(token) }) });
    },
  });
