import { queryOptions } from "@tanstack/react-query";
import { api } from "./api.ts";

/** The measure follows what was shown by half a second; nothing announces it. */
const EVERY_MS = 1200;

/** The visitor's own seams, newest first. */
export const seamsQuery = queryOptions({
  queryKey: ["seams"],
  queryFn: async ({ signal }) => (await api.ask("customers.seams", { params: { id: "me" }, query: { limit: 100 }, signal })).items,
  refetchInterval: EVERY_MS,
});

/** The visitor's stage; made on the first visit. */
export const tourQuery = queryOptions({
  queryKey: ["tour"],
  queryFn: () => api.ask("tour.begin", { body: {} }),
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});
