import { useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { CollectElsewhere, CollectInstead, ShipInstead } from "@weft/ui/order/switch-way.tsx";
import { api, tokenHeader } from "../api.ts";
import { AddressForm } from "../checkout/address-form.tsx";
import { TEST_CARDS } from "../checkout/test-cards.ts";
import { storesQuery, useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";

/** Fetched instead of sent, at another store, or the other way round, within the country of the order. */
export function SwitchWay({ order }: { readonly order: OrderView }) {
  const { store } = useStore();
  const known = useQuery(storesQuery()).data ?? [];
  // The store that the customer goes to is offered first.
  const stores = [...known.filter(({ id }) => id === store?.id), ...known.filter(({ id }) => id !== store?.id)];
  const sentTo = order.fulfillments.find(({ delivery }) => delivery)?.delivery?.country;
  const country = sentTo ?? stores.find(({ id }) => id === order.placeId)?.address.country;
  const card = { label: t("ui.change.pay.card"), tender: { kind: "card", token: TEST_CARDS[0].token } } as const;
  const asked = { api, order, ways: [card], headers: tokenHeader(orderToken(order.id) ?? null) };
  if (country === undefined) return null;
  return (
    <>
      <CollectInstead {...asked} stores={stores.filter(({ address }) => address.country === country)} />
      <CollectElsewhere {...asked} stores={stores.filter(({ address }) => address.country === country)} />
      <ShipInstead
        {...asked}
        renderAddressForm={(onSend) => <AddressForm known={null} countries={[country]} country={country} onSend={onSend} />}
      />
    </>
  );
}
