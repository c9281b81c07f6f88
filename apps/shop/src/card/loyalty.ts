import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** Points and member card; live with the customer. */
export const loyaltyQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "loyalty"],
    queryFn: ({ signal }) => api.ask("loyalty.read", { params: { id: "me" }, signal }),
  });

/** The latest movements of points. */
export const pointsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "points"],
    queryFn: async ({ signal }) => (await api.ask("loyalty.history", { params: { id: "me" }, query: { limit: 50 }, signal })).items,
  });
