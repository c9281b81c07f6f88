import type { OptionGroupView, ProductView, VariantView } from "@weft/contracts/client";
import { useState } from "react";
import type { LineHint } from "../cart/basket.ts";
import { stockNote } from "./availability-text.ts";
import { choose, firstChoices, lineHint, missingChoices, type Choices } from "./choices.ts";

/** What someone is about to put into the cart. */
export type Draft = {
  readonly variant: VariantView;
  readonly choices: Choices;
  readonly quantity: number;
  readonly hint: LineHint;
  readonly missing: readonly OptionGroupView[];
  readonly setVariant: (sku: string) => void;
  readonly tap: (group: OptionGroupView, value: string) => void;
  readonly setQuantity: (quantity: number) => void;
};

/** What goods by weight are ordered in, and how much of them most ask for. */
export const WEIGHTS = [100, 250, 500, 1000] as const;
const USUAL_GRAMS = 250;

/** The choices of a product page: the first variant that can be had, and what one gets without asking. */
export function useChoices(product: ProductView): Draft {
  const [sku, setVariant] = useState<string | undefined>(undefined);
  const [choices, setChoices] = useState(() => firstChoices(product.optionGroups));
  const [quantity, setQuantity] = useState(product.unit === "gram" ? USUAL_GRAMS : 1);
  const buyable = product.variants.find(({ availability, price }) => price !== null && (stockNote(availability)?.canBuy ?? true));
  const variant = product.variants.find((known) => known.sku === sku) ?? buyable ?? firstOf(product.variants);
  return {
    variant,
    choices,
    quantity,
    hint: lineHint(product, variant, choices),
    missing: missingChoices(product.optionGroups, choices),
    setVariant,
    tap: (group, value) => setChoices((held) => choose(held, group, value)),
    setQuantity,
  };
}

function firstOf(variants: readonly VariantView[]): VariantView {
  const [first] = variants;
  if (!first) throw new Error("a product has at least one variant, by the contract");
  return first;
}
