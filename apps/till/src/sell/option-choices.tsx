import type { OptionGroupView, ProductView, VariantView } from "@weft/contracts/client";
import { lineTotal } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { reduceUnitPrice } from "../../../../hub/src/modules/pricing/domain/promotions/steps.ts";
import { priceText, textOf } from "../common/text.ts";
import { t } from "../t.ts";
import type { Options } from "./options.ts";
import styles from "./options-sheet.module.css";

type GroupProps = { readonly group: OptionGroupView; readonly chosen: Options; readonly onToggle: (value: string) => void };

/** What is chosen of one group; tapped again it goes, where it may. */
export function OptionChoices({ group, chosen, onToggle }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>
        {textOf(group.name)} {group.maximum > 1 ? <small>{t("till.options.up_to", { count: group.maximum })}</small> : null}
      </legend>
      <div className={styles.values}>
        {group.values.map(({ code, name, priceDifference, soldOut }) => (
          <button
            key={code}
            type="button"
            disabled={soldOut}
            aria-pressed={chosen.some((option) => option.group === group.code && option.value === code)}
            onClick={() => onToggle(code)}
          >
            <span>{textOf(name)}</span>
            <small>{soldOut ? t("till.sold_out.note") : priceDifference.amount === 0 ? "" : `+ ${formatMoney(priceDifference)}`}</small>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

type VariantProps = {
  readonly variants: readonly VariantView[];
  readonly sku: string | undefined;
  readonly isGone: (variant: VariantView) => boolean;
  /** Whether what is gone can be chosen all the same: the cashier sees it on the shelf. */
  readonly offersGone: boolean;
  readonly onChoose: (sku: string) => void;
};

/** Which kind of it; nothing to choose where there is one. */
export function VariantChoices({ variants, sku, isGone, offersGone, onChoose }: VariantProps) {
  if (variants.length === 1) return null;
  return (
    <fieldset className={styles.group}>
      <legend>{t("till.options.kind")}</legend>
      <div className={styles.values}>
        {variants.map((each) => (
          <button
            key={each.sku}
            type="button"
            disabled={!offersGone && isGone(each)}
            aria-pressed={each.sku === sku}
            onClick={() => onChoose(each.sku)}
          >
            <span>{textOf(each.name)}</span>
            <small>{isGone(each) ? t("till.sold_out.note") : each.price ? priceText(each.reduced?.price ?? each.price) : ""}</small>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** By what is shown of promotions; the hub's total is the one that is paid. */
export function totalText(product: ProductView, { price, reduced }: VariantView, options: Options, quantity: number): string {
  if (price === null) return "";
  const extras = options.reduce((sum, { group, value }) => {
    const found = product.optionGroups.find(({ code }) => code === group)?.values.find(({ code }) => code === value);
    return sum + (found?.priceDifference.amount ?? 0);
  }, 0);
  const pieces = price.per.unit === "piece" ? price.per.quantity : 1;
  const whole = { ...price, amount: price.amount + extras * pieces * 10 ** price.scale };
  return formatMoney({ amount: lineTotal(reduced ? reduceUnitPrice(whole, reduced.steps) : whole, quantity), currency: price.currency });
}
