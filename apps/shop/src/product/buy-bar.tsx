import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ProductView, VariantView } from "@weft/contracts/client";
import { addToCart } from "../cart/send.ts";
import { navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { inLanguage, priceOf } from "../text.ts";
import { stockNote } from "./availability-text.ts";
import { BringHere } from "./bring-here.tsx";
import { WEIGHTS, type Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

/** More is an order to talk about. */
const MOST = 99;

type Props = { readonly product: ProductView; readonly draft: Draft; readonly storeId: string | undefined; readonly onAdded: () => void };

/** How many, and into the cart; the price counts along. Where it cannot be had it is brought or sent from elsewhere, or it says why not. */
export function BuyBar({ product, draft, storeId, onAdded }: Props) {
  const note = stockNote(draft.variant.availability);
  const name = inLanguage(product.name);
  const { unitPrice } = draft.hint;
  const first = draft.missing[0];
  if (product.isService)
    return (
      <Button kind="primary" wide onClick={() => navigate(bookingOf(draft.variant.sku, storeId))}>
        {t("shop.product.choose_time")}
      </Button>
    );
  if (unitPrice === null || note?.canBuy === false) {
    const why = (
      <Button kind="primary" wide disabled>
        {note?.text ?? t("shop.price.none")}
      </Button>
    );
    if (unitPrice === null || first) return why;
    const sold = { variant: draft.variant, draft, name, onAdded };
    return <BringHere {...sold} storeId={storeId} otherwise={why} />;
  }
  return (
    <div className={styles.buy}>
      <div data-tour="count">
        {product.unit === "gram" ? (
          <SelectField label={t("shop.product.weight")} value={draft.quantity} onChoose={(grams) => draft.setQuantity(Number(grams))}>
            {WEIGHTS.map((grams) => (
              <option key={grams} value={grams}>
                {t("shop.cart.grams", { count: grams })}
              </option>
            ))}
          </SelectField>
        ) : (
          <Stepper what={name} value={draft.quantity} onChange={draft.setQuantity} max={mostOf(draft.variant)} />
        )}
      </div>
      <Button
        kind="primary"
        data-tour="add"
        disabled={first !== undefined}
        onClick={() => {
          addToCart(draft.variant.sku, draft.quantity, draft.hint, storeId);
          showToast(t("shop.product.added", { name }));
          onAdded();
        }}
      >
        {first
          ? t("shop.product.choose_first", { what: inLanguage(first.name) })
          : t("shop.product.add", { amount: formatMoney(priceOf(unitPrice, draft.quantity)) })}
      </Button>
    </div>
  );
}

/** Where the time of a service is chosen. */
const bookingOf = (sku: string, storeId: string | undefined): string =>
  `${pathTo("book")}?${new URLSearchParams({ sku, ...(storeId !== undefined && { store: storeId }) })}`;

/** No more than are there, where they are counted. */
function mostOf({ availability: { tracked, available, ahead } }: VariantView): number {
  return tracked && available !== null ? Math.max(1, Math.min(MOST, available + (ahead?.left ?? 0))) : MOST;
}
