import type { VariantView } from "@weft/contracts/client";
import { useQuery } from "@tanstack/react-query";
import { newId } from "@weft/kernel";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactNode } from "react";
import { changeCart, operation } from "../cart/send.ts";
import { useCart } from "../cart/use-cart.ts";
import { t } from "../t.ts";
import { availabilityQuery } from "./products.ts";
import { SendInstead } from "./send-instead.tsx";
import type { Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = {
  readonly variant: VariantView;
  readonly draft: Draft;
  readonly name: string;
  readonly storeId: string | undefined;
  readonly onAdded: () => void;
  /** What stands there when it cannot be had in any way. */
  readonly otherwise: ReactNode;
};

/**
 * What the chosen store has no more of, brought there from another one that has it, where the store does that: the rest of the cart waits for nothing.
 * Below it, or instead, it is sent.
 */
export function BringHere({ storeId, otherwise, ...sold }: Props) {
  const { variant, draft, name, onAdded } = sold;
  const { cart } = useCart();
  const promises = useQuery({ ...availabilityQuery(variant.sku, draft.quantity, { storeId }), enabled: storeId !== undefined });
  const here = promises.data?.find(({ store }) => store.id === storeId);
  // A cart that is sent goes as a whole.
  if (!here?.bring || storeId === undefined || cart?.delivery) return <SendInstead {...sold} otherwise={otherwise} />;
  const { place, promiseAt } = here.bring;
  const day = formatDate(promiseAt, { timeZone: here.store.timeZone, style: "day" });
  const add = (): void => {
    const { sku } = variant;
    const options = draft.hint.options.map(({ group, value }) => ({ group, value }));
    const elsewhere = { kind: "bring", placeId: place.id } as const;
    if (!cart?.fulfillment || cart.place?.id !== storeId)
      changeCart({ operation: operation("setFulfillment", { fulfillment: { kind: "take_away", placeId: storeId } }) });
    changeCart({ operation: operation("add", { sku, quantity: draft.quantity, options, lineId: newId(), elsewhere }), hint: draft.hint });
    showToast(t("shop.product.added", { name }));
    onAdded();
  };
  return (
    <div className={styles.send}>
      <p>{t("shop.product.brought_from", { from: place.name, store: here.store.name, day })}</p>
      <Button kind="primary" wide onClick={add}>
        {t("shop.product.bring")}
      </Button>
      <SendInstead {...sold} otherwise={null} isSecond />
    </div>
  );
}
