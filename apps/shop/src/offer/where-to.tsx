import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { AddressForm } from "../checkout/address-form.tsx";
import { AddressLines } from "../checkout/address-lines.tsx";
import { useShippingOffer } from "../checkout/shipping.ts";
import { t } from "../t.ts";
import { useOperate } from "./operate.ts";
import styles from "./offer.module.css";

const addressQuery = (id: string, token: string, version: number) =>
  queryOptions({
    queryKey: ["cart", id, "address", version],
    queryFn: ({ signal }) => api.ask("carts.address", { params: { id }, signal, headers: tokenHeader(token) }),
  });

/** Where the parcel goes: theirs to say, whatever else is fixed. */
export function WhereTo({ token, cart }: { readonly token: string; readonly cart: CartView }) {
  const hasAddress = cart.delivery?.hasAddress ?? false;
  const known = useQuery({ ...addressQuery(cart.id, token, cart.version), enabled: hasAddress }).data?.address ?? null;
  const offer = useShippingOffer(cart);
  const [isEdited, setIsEdited] = useState(false);
  const operate = useOperate(cart.id, token);
  const country = cart.delivery?.country ?? "FR";
  return (
    <section className={styles.contact} aria-labelledby="address-title">
      <h2 id="address-title">{t("shop.checkout.address")}</h2>
      {isEdited || !hasAddress ? (
        <AddressForm
          known={known}
          countries={offer?.countries ?? [country]}
          country={country}
          onSend={(address) => operate.mutate({ kind: "setAddress", address }, { onSuccess: () => setIsEdited(false) })}
        />
      ) : known ? (
        <div>
          <AddressLines address={known} />
          <Button kind="quiet" onClick={() => setIsEdited(true)}>
            {t("shop.checkout.change_address")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
