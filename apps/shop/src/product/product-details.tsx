import type { OptionGroupView, ProductView } from "@weft/contracts/client";
import { formatList, formatMoney } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Picture } from "../shared/picture.tsx";
import { t } from "../t.ts";
import { inLanguage, priceText } from "../text.ts";
import { allergenName } from "./allergens.ts";
import { stockNote } from "./availability-text.ts";
import { ManyChoices } from "./many-choices.tsx";
import { PlacesList } from "./places-list.tsx";
import type { Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = { readonly product: ProductView; readonly draft: Draft; readonly storeId: string | undefined };

/** All there is to know of a product and to choose about it. */
export function ProductDetails({ product, draft, storeId }: Props) {
  return (
    <div className={styles.details}>
      <div className={styles.picture}>
        <Picture url={product.pictureUrl} words={product.pictures[0] && inLanguage(product.pictures[0].alt)} isInSight />
      </div>
      {product.pictures.length > 1 ? <MorePictures pictures={product.pictures.slice(1)} /> : null}
      <div className={styles.words}>
        <p className={styles.price}>{draft.variant.price === null ? t("shop.price.none") : priceText(draft.variant.price)}</p>
        <p>{inLanguage(product.description)}</p>
        <VariantChoice product={product} draft={draft} />
        {product.optionGroups.map((group) => (
          <OptionChoice key={group.code} group={group} draft={draft} />
        ))}
        <p className={styles.allergens}>
          {product.allergens.length === 0
            ? t("shop.product.no_allergens")
            : t("shop.product.allergens", { list: formatList(product.allergens.map(allergenName)) })}
        </p>
        <PlacesList sku={draft.variant.sku} quantity={draft.quantity} storeId={storeId} />
      </div>
    </div>
  );
}

/** The other pictures, small, in their order. */
function MorePictures({ pictures }: { readonly pictures: ProductView["pictures"] }) {
  return (
    <ul className={styles.more}>
      {pictures.map(({ url, alt }) => (
        <li key={url}>
          <Picture url={url} words={inLanguage(alt)} size={88} />
        </li>
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
      choices={product.variants.map(({ sku, name, price, availability }) => ({
        value: sku,
        label: inLanguage(name),
        note: stockNote(availability)?.text ?? (price === null ? undefined : priceText(price)),
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
