import { queryOptions } from "@tanstack/react-query";
import type { PlacePromiseView } from "@weft/contracts/client";
import { api } from "../api.ts";

/** Nobody sends a customer across town for more shops than fit on a screen. */
const MOST_STORES = 12;

/**
 * What other stores can give of a SKU, nearest to this one first and those of its country only, what can be sent home within it, and what can be
 * brought here. Others sell
 * meanwhile, so it is asked for whenever somebody looks.
 */
export const elsewhereQuery = (placeId: string, sku: string, quantity: number) =>
  queryOptions({
    queryKey: ["elsewhere", placeId, sku, quantity],
    queryFn: async ({ signal }) => {
      const ask = async (query: { readonly near?: string; readonly shipTo?: string; readonly limit: number }) =>
        api.ask("availability.read", { query: { sku, quantity, storeId: placeId, ...query }, signal });
      const [here] = (await ask({ limit: 1 })).places;
      if (!here) return { places: [], shipping: null, bring: null, country: "" };
      const { latitude, longitude, address } = here.store;
      const { places, shipping } = await ask({ near: `${latitude},${longitude}`, shipTo: address.country, limit: MOST_STORES });
      const others = places.filter((place) => isOther(place, placeId, address.country));
      // Who has it comes first, the nearest of them on top.
      others.sort((a, b) => Number(a.promiseAt === null) - Number(b.promiseAt === null));
      return { places: others, shipping, bring: here.bring, country: address.country };
    },
    staleTime: 10_000,
  });

const isOther = ({ store, inAssortment }: PlacePromiseView, placeId: string, country: string): boolean =>
  store.id !== placeId && inAssortment && store.address.country === country;

/** Where the last parcel of a customer went whom this till has opened; null when nobody is opened, or nothing was sent. */
export const lastAddressQuery = (customerId: string | null) =>
  queryOptions({
    queryKey: ["last-address", customerId],
    enabled: customerId !== null,
    queryFn: async ({ signal }) =>
      customerId === null ? null : (await api.ask("customers.deliveryAddress", { params: { id: customerId }, signal })).address,
  });
