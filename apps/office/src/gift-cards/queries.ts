import { queryOptions } from "@tanstack/react-query";
import type { ListedGiftCardView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { pagedQuery } from "../common/paged.ts";

type Filter = { readonly query: string | undefined; readonly state: ListedGiftCardView["state"] | undefined };

export const giftCardsQuery = ({ query, state }: Filter) =>
  pagedQuery(["gift-cards", "list", { query, state }], (page, signal) =>
    api.ask("giftCards.list", { query: { ...page, ...(query !== undefined && { query }), ...(state && { state }) }, signal }),
  );

export const giftCardQuery = (id: string) =>
  queryOptions({
    queryKey: ["gift-cards", "one", id],
    queryFn: ({ signal }) => api.ask("giftCards.read", { params: { id }, signal }),
  });

/** A gift card ends as a day begins: the one before is the last on which it can be spent. */
export const lastDay = (expiresAt: string): Date => new Date(Date.parse(expiresAt) - 1);
