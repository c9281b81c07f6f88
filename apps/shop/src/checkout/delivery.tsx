import type { CartView, DeliveryAddressView } from "@weft/contracts/client";
import { formatDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useState } from "react";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { AddressForm } from "./address-form.tsx";
import { AddressLines } from "./address-lines.tsx";
import { Parcels } from "./parcels.tsx";
import { ship, shipTo, useAskedFulfillment, useKnownAddress, useShippingOffer } from "./shipping.ts";
import styles from "./checkout.module.css";

type Delivery = NonNullable<CartView["delivery"]>;

/** Where a parcel goes, and by what. */
export function DeliveryChoices({ cart, delivery }: { readonly cart: CartView; readonly delivery: Delivery }) {
  return (
    <>
      <Address cart={cart} delivery={delivery} />
      <Methods delivery={delivery} />
      <Parcels lines={cart.lines} delivery={delivery} />
    </>
  );
}

function Address({ cart, delivery }: { readonly cart: CartView; readonly delivery: Delivery }) {
  const { address, isKnown } = useKnownAddress(cart);
  const offer = useShippingOffer(cart);
  const [isEdited, setIsEdited] = useState(false);
  const send = (next: DeliveryAddressView): void => {
    shipTo(next);
    setIsEdited(false);
  };
  const isForm = isEdited || !delivery.hasAddress;
  return (
    <section aria-labelledby="address-title">
      <h2 id="address-title">{t("shop.checkout.address")}</h2>
      {!isKnown ? <Skeleton height="6rem" /> : null}
      {isKnown && isForm ? (
        <AddressForm known={address} countries={offer?.countries ?? [delivery.country]} country={delivery.country} onSend={send} />
      ) : null}
      {isKnown && !isForm && address ? (
        <div className={styles.address}>
          <AddressLines address={address} />
          <Button kind="quiet" onClick={() => setIsEdited(true)}>
            {t("shop.checkout.change_address")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** The ways with their price and day. The first is taken until somebody chooses: it is what most people want. */
function Methods({ delivery: { options, methodId } }: { readonly delivery: Delivery }) {
  const first = options[0]?.methodId;
  const asked = useAskedFulfillment();
  const isAsked = asked !== undefined;
  useEffect(() => {
    if (methodId === null && first !== undefined && !isAsked) ship(first);
  }, [methodId, first, isAsked]);
  if (options.length === 0) return null;
  return (
    <div className={styles.when}>
      <ChoiceGroup
        label={t("shop.checkout.method")}
        value={(asked?.kind === "ship" ? asked.methodId : methodId) ?? undefined}
        onChange={ship}
        choices={options.map((option) => ({
          value: option.methodId,
          label: t("shop.checkout.method_price", {
            name: inLanguage(option.name),
            price: option.price.amount === 0 ? t("shop.checkout.free") : formatMoney(option.price),
          }),
          note: option.promiseAt === null ? undefined : t("shop.checkout.arrives", { day: formatDate(option.promiseAt, { style: "day" }) }),
        }))}
      />
    </div>
  );
}
