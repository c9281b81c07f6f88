import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** The purse that the customer shares; asked again with everything else of them when it changes. */
export const purseQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "purse"],
    queryFn: async ({ signal }) => (await api.ask("loyalty.readPool", { params: { id: "me" }, signal })).pool,
  });
