import type { VariantView } from "@weft/contracts/client";
import { useQuery } from "@tanstack/react-query";
import { formatDate, formatList } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactNode } from "react";
import { addToCart } from "../cart/send.ts";
import { useCart } from "../cart/use-cart.ts";
import { ship, shippingQuery, useShipCountry, useShippingOffer } from "../checkout/shipping.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import type { Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = {
  readonly variant: VariantView;
  readonly draft: Draft;
  readonly name: string;
  readonly onAdded: () => void;
  /** What stands there when it cannot be sent either. */
  readonly otherwise: ReactNode;
  /** Another way stands above it. */
  readonly isSecond?: boolean;
};

/**
 * What the chosen store has no more of, sent from a place that has it: the whole cart is shipped then, so nothing in it may have to stay in
 * the store.
 */
export function SendInstead({ variant, draft, name, onAdded, otherwise, isSecond = false }: Props) {
  const { cart } = useCart();
  const country = useShipCountry(cart);
  const { data: shipping } = useQuery(shippingQuery(variant.sku, draft.quantity, country));
  const stays = useStaying();
  if (!shipping?.promiseAt) return otherwise;
  const day = formatDate(shipping.promiseAt, { style: "day" });
  return (
    <div className={styles.send}>
      <p>{t(isSecond ? "shop.product.or_sent" : "shop.product.sent_from_elsewhere", { day })}</p>
      {stays.length > 0 ? <p role="status">{t("shop.checkout.stays", { what: formatList(stays) })}</p> : null}
      <Button
        kind={isSecond ? "secondary" : "primary"}
        wide
        disabled={stays.length > 0}
        onClick={() => {
          if (!cart?.delivery) ship(null);
          addToCart(variant.sku, draft.quantity, draft.hint, undefined);
          showToast(t("shop.product.added", { name }));
          onAdded();
        }}
      >
        {t("shop.product.send")}
      </Button>
    </div>
  );
}

/** The names of what is in the cart and is never shipped. */
function useStaying(): string[] {
  const { cart } = useCart();
  const offer = useShippingOffer(cart);
  return (offer?.stays ?? []).slice(0, 3).map(({ name }) => inLanguage(name));
}
