import { queryOptions } from "@tanstack/react-query";
import { api, tokenHeader } from "../api.ts";

/** What a link offers, and whether it still does. */
export const offerQuery = (token: string) =>
  queryOptions({
    queryKey: ["offer", token],
    queryFn: ({ signal }) => api.ask("offers.open", { params: { token }, signal }),
    retry: false,
  });

/** Its cart as it is now, followed under the same key; opened by the link's token and not by the one of the visitor's own cart. */
export const offeredCartQuery = (id: string, token: string) =>
  queryOptions({
    queryKey: ["cart", id],
    queryFn: ({ signal }) => api.ask("carts.read", { params: { id }, signal, headers: tokenHeader(token) }),
    retry: false,
  });
