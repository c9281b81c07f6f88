import { useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { ChangeOrder, type PayWay } from "@weft/ui/order/change-order.tsx";
import { AddressForm } from "@weft/ui/order/address-form.tsx";
import { CollectElsewhere, CollectInstead, ShipInstead } from "@weft/ui/order/switch-way.tsx";
import { OrderVersions } from "@weft/ui/order/versions.tsx";
import { addressProblems, tidyAddress } from "../../../../hub/src/modules/promises/domain/address.ts";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { placesQuery } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const ADDRESS_RULE = { tidy: tidyAddress, problems: addressProblems };

/** Staff change an order for its customer. There is no card reader here: more is paid where it is handed over, or by a link. */
export function ChangeForCustomer({ order }: { readonly order: OrderView }) {
  const may = useMay();
  const ways: readonly PayWay[] = [{ label: t("ui.change.pay.due_at_collection"), tender: { kind: "due_at_collection" } }];
  const places = useQuery(placesQuery).data?.places ?? [];
  const sentTo = order.fulfillments.find(({ delivery }) => delivery)?.delivery?.country;
  const country = sentTo ?? places.find(({ id }) => id === order.placeId)?.address.country;
  const stores = places.filter(({ kind, status, address }) => kind !== "warehouse" && status === "active" && address.country === country);
  return may("orders.change") ? (
    <>
      <ChangeOrder api={api} order={order} textOf={inLanguage} ways={ways} offersLink />
      <CollectInstead api={api} order={order} ways={ways} stores={stores} />
      <CollectElsewhere api={api} order={order} ways={ways} stores={stores} />
      {country === undefined ? null : (
        <ShipInstead
          api={api}
          order={order}
          ways={ways}
          offersLink
          renderAddressForm={(onSend) => (
            <AddressForm
              rule={ADDRESS_RULE}
              known={null}
              name={order.customerName ?? ""}
              countries={[country]}
              country={country}
              onSend={onSend}
            />
          )}
        />
      )}
    </>
  ) : null;
}

/** What was changed of an order, who did it, where and why. */
export function Versions({ order }: { readonly order: OrderView }) {
  return <OrderVersions api={api} order={order} textOf={inLanguage} frame={Part} />;
}
