import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** The customer's own store credit; asked again with everything else of them when it changes on any channel. */
export const creditQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "credit"],
    queryFn: ({ signal }) => api.ask("storeCredit.read", { params: { id: "me" }, signal }),
  });
