import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { CartOperation, CartView, OfferView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { cartQuery } from "../customer/queries.ts";
import { refusalText } from "./refusal.ts";

type Filters = { readonly state?: OfferView["state"] | undefined; readonly kind?: OfferView["kind"] | undefined };

/** Customers answer by themselves: a list that stands open is asked again so often. */
const AGAIN_MS = 15_000;

/** Payment links and quotes, the newest first. */
export const offersQuery = ({ state, kind }: Filters) => ({
  ...pagedQuery(["offers", { state, kind }], (page, signal) =>
    api.ask("offers.list", { query: { ...page, limit: PAGE_ROWS, ...(state && { state }), ...(kind && { kind }) }, signal }),
  ),
  refetchInterval: AGAIN_MS,
});

/** What was made of one cart; below the cart's key, so that every change of it asks again. */
export const offersOfCartQuery = (cartId: string) =>
  queryOptions({
    queryKey: ["cart", cartId, "offers"],
    queryFn: async ({ signal }) => (await api.ask("offers.ofCart", { params: { id: cartId }, signal })).items,
    refetchInterval: AGAIN_MS,
  });

/** What the shop sells at a place, as its search finds it. */
export const goodsAtQuery = (query: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["find", "goods", storeId ?? "", query],
    enabled: query !== "",
    staleTime: 30_000,
    queryFn: async ({ signal }) =>
      (await api.ask("products.list", { query: { query, limit: 6, ...(storeId && { storeId }) }, signal })).items,
  });

type Change = CartOperation extends infer One ? (One extends { readonly id: string } ? Omit<One, "id"> : never) : never;

/** Changes a cart that staff fill; what the hub refuses of it is said. */
export function useChangeCart(cart: CartView) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => {
      const operations = [{ ...change, id: newId() } as CartOperation]; // a change with the id that every operation has
      return api.ask("carts.operate", { params: { id: cart.id }, body: { operations } });
    },
    onSuccess: ({ cart: next, results: [result] }) => {
      queries.setQueryData(cartQuery(cart.id).queryKey, next);
      if (result?.outcome === "refused") showToast(refusalText(result.code ?? "", result.data));
    },
    onError: (error) => showToast(problemText(error)),
  });
}
