import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf, QueryOf } from "@weft/contracts/client";
import { api, tokenHeader } from "../api.ts";

export type Slot = AnswerOf<"slots.list">["items"][number];

/** What is to be collected, in which version, and the token that opens it where its visitor has another one than that of their cart. */
type SlotsFor = { readonly what: QueryOf<"slots.list">; readonly token?: string | null; readonly version?: number };

/** The slots of a store for something. Others take them meanwhile, so they are asked for again whenever somebody looks. */
export const slotsQuery = (storeId: string, { what, token, version }: SlotsFor) =>
  queryOptions({
    queryKey: ["slots", storeId, what, version ?? 0],
    queryFn: ({ signal }) =>
      api.ask("slots.list", { params: { id: storeId }, query: what, signal, ...(token !== undefined && { headers: tokenHeader(token) }) }),
    staleTime: 10_000,
    // Each choice is a version of the cart: the list that is there stays until the next one is, so that it does not go away under a finger.
    placeholderData: (before, query) => (query?.queryKey[1] === storeId ? before : undefined),
    refetchInterval: 60_000,
  });

/** Those that can still be taken. */
export function freeSlots(slots: readonly Slot[]): Slot[] {
  return slots.filter(({ left }) => left > 0);
}
