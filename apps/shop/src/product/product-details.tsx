import type { OptionGroupView, ProductView, VariantView } from "@weft/contracts/client";
import { formatList, formatMoney } from "@weft/ui/i18n/format.ts";
import { depositText } from "@weft/ui/app/deposit.ts";
import { lowestWords, promotionLine, reducedWords } from "@weft/ui/app/shown-promotion.ts";
import { PriceTag } from "@weft/ui/kit/price-tag.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { HeartButton } from "../saved/heart.tsx";
import { TellMe } from "../saved/tell-me.tsx";
import { GIFT_CARD_CLASS } from "../../../../hub/src/modules/payments/domain.ts";
import { t } from "../t.ts";
import { useStore } from "../stores/stores.ts";
import { inLanguage, priceText } from "../text.ts";
import { useNow } from "../use-now.ts";
import { allergenName } from "@weft/ui/app/allergen-name.ts";
import { stockNote } from "./availability-text.ts";
import { ManyChoices } from "./many-choices.tsx";
import { ReturnTerms } from "./return-terms.tsx";
import { PlacesList } from "./places-list.tsx";
import { ProductPictures } from "./product-pictures.tsx";
import { TopUp } from "./top-up.tsx";
import type { Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = { readonly product: ProductView; readonly draft: Draft; readonly storeId: string | undefined };

/** All there is to know of a product and to choose about it. */
export function ProductDetails({ product, draft, storeId }: Props) {
  // Who cannot have it asks to be told where they would have bought it; everybody else, below all there is to know.
  const isAway = stockNote(draft.variant.availability)?.canBuy === false;
  return (
    <div className={styles.details}>
      <ProductPictures product={product} variantId={draft.variant.id} />
      <div className={styles.words}>
        <div className={styles.priced}>
          <p className={styles.price}>
            <VariantPrice {...draft.variant} />
          </p>
          <HeartButton product={product} draft={draft} storeId={storeId} />
        </div>
        <Promotions product={product} variant={draft.variant} />
        {isAway ? <TellMe draft={draft} storeId={storeId} /> : null}
        <p>{inLanguage(product.description)}</p>
        {product.brand === null ? null : <p className={styles.allergens}>{product.brand}</p>}
        <VariantChoice product={product} draft={draft} />
        {product.optionGroups.map((group) => (
          <OptionChoice key={group.code} group={group} draft={draft} />
        ))}
        {product.taxClass === GIFT_CARD_CLASS ? (
          <>
            <p className={styles.allergens}>{t("shop.product.gift_card")}</p>
            <TopUp draft={draft} storeId={storeId} />
          </>
        ) : (
          <>
            <p className={styles.allergens}>
              {product.allergens.length === 0
                ? t("shop.product.no_allergens")
                : t("shop.product.allergens", { list: formatList(product.allergens.map(allergenName)) })}
            </p>
            <ReturnTerms sku={draft.variant.sku} storeId={storeId} />
            <PlacesList sku={draft.variant.sku} quantity={draft.quantity} storeId={storeId} />
          </>
        )}
        {isAway || product.taxClass === GIFT_CARD_CLASS ? null : <TellMe draft={draft} storeId={storeId} />}
      </div>
    </div>
  );
}

function VariantPrice({ price, reduced, deposit }: Pick<VariantView, "price" | "reduced" | "deposit">) {
  return (
    <>
      <PriceTag price={price === null ? t("shop.price.none") : priceText(price)} reduced={reduced ? priceText(reduced.price) : undefined} />
      {deposit && price !== null ? <small>{depositText({ name: deposit.name, total: deposit.amount })}</small> : null}
    </>
  );
}

/** What makes it cost less now, and what else would. */
function Promotions({ product, variant: { price, reduced } }: { readonly product: ProductView; readonly variant: VariantView }) {
  const now = useNow();
  const timeZone = useStore().store?.timeZone;
  const lowest = price && reduced ? lowestWords(price, reduced, priceText) : undefined;
  const lines = [reduced ? reducedWords(reduced, now, { timeZone }) : undefined, lowest, ...product.promotions.map(promotionLine)].filter(
    (line) => line !== undefined,
  );
  if (lines.length === 0) return null;
  return (
    <ul className={styles.promotions}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function VariantChoice({ product, draft }: { readonly product: ProductView; readonly draft: Draft }) {
  if (product.variants.length < 2) return null;
  return (
    <ChoiceGroup
      label={t("shop.product.variant")}
      value={draft.variant.sku}
      onChange={draft.setVariant}
      choices={product.variants.map(({ sku, name, price, reduced, availability }) => ({
        value: sku,
        label: inLanguage(name),
        note: stockNote(availability)?.text ?? (price === null ? undefined : priceText(reduced?.price ?? price)),
        disabled: price === null,
      }))}
    />
  );
}

function OptionChoice({ group, draft }: { readonly group: OptionGroupView; readonly draft: Draft }) {
  const choices = group.values.map(({ code, name, priceDifference, soldOut }) => ({
    value: code,
    label: inLanguage(name),
    note: soldOut ? t("shop.stock.sold_out") : differenceText(priceDifference),
    disabled: soldOut,
  }));
  const chosen = draft.choices[group.code] ?? [];
  const label = inLanguage(group.name);
  if (group.minimum === 1 && group.maximum === 1) {
    return <ChoiceGroup label={label} value={chosen[0]} choices={choices} onChange={(value) => draft.tap(group, value)} />;
  }
  return (
    <ManyChoices
      label={label}
      hint={t("shop.product.at_most", { count: group.maximum })}
      chosen={chosen}
      choices={choices}
      onTap={(value) => draft.tap(group, value)}
    />
  );
}

function differenceText(difference: { readonly amount: number; readonly currency: string }): string | undefined {
  if (difference.amount === 0) return undefined;
  return difference.amount > 0 ? `+${formatMoney(difference)}` : formatMoney(difference);
}
