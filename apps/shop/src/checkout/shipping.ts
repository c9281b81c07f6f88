import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView, DeliveryAddressView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { useBasket } from "../cart/basket.ts";
import { changeCart, operation } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { readKept } from "../kept.ts";
import { useStore } from "../stores/stores.ts";
import { offerOf, type ShippingOffer } from "./shipping-offer.ts";

/** A cart with more kinds of goods asks only for the first ones; the hub judges them all. */
const MOST_ASKED = 12;

/** Undefined until it is known. */
export function useShippingOffer(cart: CartView | undefined): ShippingOffer | undefined {
  const lines = (cart?.lines ?? []).slice(0, MOST_ASKED);
  const skus = lines.map(({ sku }) => sku);
  const shipTo = useShipCountry(cart);
  return useQuery({
    queryKey: ["shipping", shipTo, skus],
    queryFn: async ({ signal }) => {
      const ask = async (sku: string) => (await api.ask("availability.read", { query: { sku, shipTo, limit: 1 }, signal })).shipping;
      return offerOf(lines, await Promise.all(skus.map(ask)));
    },
    enabled: lines.length > 0 && shipTo !== undefined,
    staleTime: 60_000,
  }).data;
}

/**
 * The country that the cart goes to, else that of the store, as the hub takes it too; undefined until one is known. What is asked about it
 * is answered with every country that is served.
 */
export function useShipCountry(cart: CartView | undefined): string | undefined {
  const { store } = useStore();
  return cart?.delivery?.country ?? store?.address.country;
}

/** What is shipped of a variant, and when it arrives; null where nothing is. Not asked before the country is known. */
export const shippingQuery = (sku: string, quantity: number, country: string | undefined) =>
  queryOptions({
    queryKey: ["shipping", country, sku, quantity],
    queryFn: async ({ signal }) =>
      (await api.ask("availability.read", { query: { sku, quantity, shipTo: country, limit: 1 }, signal })).shipping,
    enabled: country !== undefined,
    staleTime: 60_000,
  });

/** The address of the cart, else where the customer's last parcel went; null when neither is known. */
export function useKnownAddress(cart: CartView): { readonly address: DeliveryAddressView | null; readonly isKnown: boolean } {
  const customer = useCustomer();
  const hasAddress = cart.delivery?.hasAddress ?? false;
  const ofCart = useQuery({ ...addressQuery(cart.id, cart.version), enabled: hasAddress });
  const last = useQuery({ ...lastAddressQuery(customer?.customerId ?? ""), enabled: customer !== null && !hasAddress });
  if (hasAddress) return { address: ofCart.data?.address ?? null, isKnown: ofCart.data !== undefined };
  return { address: last.data?.address ?? null, isKnown: customer === null || !last.isPending };
}

const addressQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["cart", id, "address", version],
    queryFn: ({ signal }) => api.ask("carts.address", { params: { id }, signal }),
  });

const lastAddressQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "address"],
    queryFn: ({ signal }) => api.ask("customers.deliveryAddress", { params: { id: "me" }, signal }),
  });

/** How it is to be handed over, as somebody chose a moment ago: the hub has not answered yet. Undefined when nothing waits. */
export function useAskedFulfillment() {
  const asked = useBasket().pending.findLast(({ operation: { kind } }) => kind === "setFulfillment");
  return asked?.operation.kind === "setFulfillment" ? asked.operation.fulfillment : undefined;
}

/** Has the cart shipped, by a way or by none yet. */
export function ship(methodId: string | null): void {
  changeCart({ operation: operation("setFulfillment", { fulfillment: { kind: "ship", methodId } }) });
}

/** Has the cart handed over at a store again. */
export function handOverAt(storeId: string): void {
  const placeId = readKept("storeId") ?? storeId;
  changeCart({ operation: operation("setFulfillment", { fulfillment: { kind: "take_away", placeId } }) });
}

export function shipTo(address: DeliveryAddressView): void {
  changeCart({ operation: operation("setAddress", { address }) });
}
