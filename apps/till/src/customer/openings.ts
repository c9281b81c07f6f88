import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** So far ahead somebody at a counter looks. */
const DAYS = 14;

/** When a service can be booked at a store: the same times as in the shop. */
export const openingsQuery = (storeId: string, serviceId: string) =>
  queryOptions({
    queryKey: ["openings", storeId, serviceId],
    queryFn: ({ signal }) => api.ask("services.openings", { params: { id: serviceId }, query: { storeId, days: DAYS }, signal }),
  });
