import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** Beside the stream: what is put on a tab at another till shows when that one leaves it. */
const LOOK_MS = 15_000;

/** Tables of a store, and the tickets that are open at them. */
export const tablesQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["tables", placeId],
    queryFn: ({ signal }) => api.ask("till.tables", { signal }),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
