import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import { api } from "../api.ts";

export type Slot = AnswerOf<"slots.list">["items"][number];

/** The collection slots of a store. Others take them meanwhile, so they are asked for again whenever somebody looks. */
export const slotsQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["slots", storeId],
    queryFn: ({ signal }) => api.ask("slots.list", { params: { id: storeId }, signal }),
    staleTime: 10_000,
    refetchInterval: 60_000,
  });

/** Those that can still be taken. */
export function freeSlots(slots: readonly Slot[]): Slot[] {
  return slots.filter(({ left }) => left > 0);
}
