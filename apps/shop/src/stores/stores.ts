import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView, StoreView } from "@weft/contracts/client";
import { useSyncExternalStore } from "react";
import { api } from "../api.ts";
import { basket } from "../cart/basket.ts";
import { changeCart, operation } from "../cart/send.ts";
import { useCart } from "../cart/use-cart.ts";
import { keep, readKept } from "../kept.ts";
import { likelyStore } from "./likely-store.ts";

/** More than any chain whose stores a person would scroll through; beyond it they are searched by name or position. */
const MOST_STORES = 100;

/** `latitude,longitude` of the reader, where they gave it. */
export type Position = `${number},${number}`;

/** Stores, those first where an order is in hand first where a position is known [PRM-81], or those that fit a name, city or postcode. */
export const storesQuery = ({ near, query }: { readonly near?: Position | undefined; readonly query?: string | undefined } = {}) =>
  queryOptions({
    queryKey: ["stores", near ?? "", query ?? ""],
    queryFn: async ({ signal }) =>
      (
        await api.ask("stores.list", {
          query: { limit: MOST_STORES, near, query: query || undefined, ...(near && { sort: "soonest" as const }) },
          signal,
        })
      ).items,
    // Whether a store is open changes by the clock.
    staleTime: 60_000,
  });

const TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const listeners = new Set<() => void>();
let chosen = readKept("storeId");

/** The store of the cart, else the one chosen in this browser, else the likeliest; undefined until stores are known. */
export function useStore(): { readonly store: StoreView | undefined; readonly isGuess: boolean; readonly error: Error | null } {
  const stores = useQuery(storesQuery());
  const { cart } = useCart();
  const kept = useSyncExternalStore(subscribe, () => chosen);
  // A parcel leaves from wherever the hub says; the store is then the one that somebody looks at.
  const wanted = cart?.delivery ? kept : (cart?.place?.id ?? kept);
  const found = stores.data?.find(({ id }) => id === wanted);
  return { store: found ?? likelyStore(stores.data ?? [], TIME_ZONE), isGuess: found === undefined, error: stores.error };
}

/** The store that a visitor without a cart will see, as soon as stores are known. */
export async function firstStore(): Promise<StoreView | undefined> {
  const stores = await api.queries.ensureQueryData(storesQuery());
  return stores.find(({ id }) => id === chosen) ?? likelyStore(stores, TIME_ZONE);
}

/** Chooses the store to buy at. A cart that is begun moves there: prices, tax and what is in stock are its own. */
export function chooseStore(storeId: string): void {
  chosen = storeId;
  keep("storeId", storeId);
  for (const listener of listeners) listener();
  const { cart } = basket();
  if (cart === null || api.queries.getQueryData<CartView>(["cart", cart.id])?.delivery) return;
  changeCart({ operation: operation("setFulfillment", { fulfillment: { kind: "take_away", placeId: storeId } }) });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
