import { useState } from "react";
import type { ProductView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { ElsewhereSheet } from "../elsewhere/elsewhere-sheet.tsx";
import { Wanted } from "../goods/wanted.tsx";
import type { LineWay } from "../ticket/shape.ts";
import { textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { OptionChoices, totalText, VariantChoices } from "./option-choices.tsx";
import { defaultOptions, isComplete, toggleOption, type Options } from "./options.ts";
import type { Chosen } from "./use-sell.ts";
import styles from "./options-sheet.module.css";

type OptionsSheetProps = {
  /** What stands on the line that is changed; absent for a new one. */
  readonly was?: Pick<Chosen, "options" | "quantity"> & { readonly sku: string };
  readonly product: ProductView;
  /** The kind that was scanned. */
  readonly sku?: string;
  /** Where else it is stands first: here there is none. */
  readonly looksElsewhere?: boolean;
  readonly onClose: () => void;
  readonly onAdd: (chosen: Chosen) => void;
  /** Of gift cards: the customer has one already. */
  readonly onTopUp?: (product: ProductView) => void;
};

/** Size, milk and extras. What is usual is chosen already, so that the usual drink is one more tap. */
export function OptionsSheet({ product, was, sku: scanned, looksElsewhere = false, onClose, onAdd, onTopUp }: OptionsSheetProps) {
  const [sku, setSku] = useState(
    () => was?.sku ?? scanned ?? (product.variants.find(({ availability }) => !availability.soldOut) ?? product.variants[0])?.sku,
  );
  const [options, setOptions] = useState<Options>(() => was?.options ?? defaultOptions(product.optionGroups));
  const [quantity, setQuantity] = useState(was?.quantity ?? 1);
  const [isElsewhere, setElsewhere] = useState(looksElsewhere);
  const variant = product.variants.find((candidate) => candidate.sku === sku);
  if (!variant) return null;
  const name = textOf(product.name);
  const add = (elsewhere?: LineWay): void => onAdd({ product, variant, options, quantity, ...(elsewhere && { elsewhere }) });
  const here = (
    <div className={styles.foot}>
      <Stepper what={name} value={quantity} onChange={setQuantity} />
      <Button kind={isElsewhere ? "quiet" : "primary"} wide disabled={!isComplete(product.optionGroups, options)} onClick={() => add()}>
        {isElsewhere
          ? t("till.elsewhere.in_hand")
          : t(was ? "till.options.change" : "till.options.add", {
              price: variant.price ? totalText(product, variant, options, quantity) : "",
            })}
      </Button>
    </div>
  );
  if (isElsewhere)
    return (
      <ElsewhereSheet name={name} sku={variant.sku} quantity={quantity} options={options} onClose={onClose} onChoose={add} footer={here} />
    );
  return (
    <Sheet open onClose={onClose} title={name} footer={here}>
      <Wanted sku={variant.sku} />
      {onTopUp ? (
        <Button kind="quiet" onClick={() => onTopUp(product)}>
          {t("till.top_up.open")}
        </Button>
      ) : null}
      {variant.availability.tracked && !was ? (
        <Button kind="quiet" disabled={!isComplete(product.optionGroups, options)} onClick={() => setElsewhere(true)}>
          {t("till.elsewhere.open")}
        </Button>
      ) : null}
      <VariantChoices
        variants={product.variants}
        sku={sku}
        isGone={({ availability }) => availability.soldOut}
        offersGone={true}
        onChoose={setSku}
      />
      {product.optionGroups
        .filter(({ values }) => values.length > 0)
        .map((group) => (
          <OptionChoices
            key={group.code}
            group={group}
            chosen={options}
            onToggle={(value) => setOptions(toggleOption(group, options, value))}
          />
        ))}
    </Sheet>
  );
}
