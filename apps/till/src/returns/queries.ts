import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";

/** What of an order can come back here, and what would go back for the units asked about. The last answer stands until the next is there. */
export const offerQuery = (orderId: string, placeId: string, units: string | null) =>
  queryOptions({
    queryKey: ["return-offer", orderId, placeId, units],
    queryFn: ({ signal }) =>
      api.ask("returns.offer", { params: { id: orderId }, query: { placeId, ...(units !== null && { units }) }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });

/** The order whose receipt or number the customer shows; null when this till may not see one. */
export async function orderShown(number: string): Promise<string | null> {
  try {
    return (await api.ask("grants.create", { body: { shown: number } })).orderId;
  } catch (error) {
    if (problemCode(error) === "order.unknown") return null;
    throw error;
  }
}

export const returnQuery = (id: string) =>
  queryOptions({ queryKey: ["return", id], queryFn: ({ signal }) => api.ask("returns.read", { params: { id }, signal }) });
