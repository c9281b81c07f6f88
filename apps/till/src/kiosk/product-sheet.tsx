import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ProductView, VariantView } from "@weft/contracts/client";
import { allergenName } from "@weft/ui/app/allergen-name.ts";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { lowestWords, promotionLine, reducedWords } from "@weft/ui/app/shown-promotion.ts";
import { formatList } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { priceText, textOf } from "../common/text.ts";
import { useNow } from "../common/use-now.ts";
import { OptionChoices, totalText, VariantChoices } from "../sell/option-choices.tsx";
import { defaultOptions, isComplete, toggleOption, type Options } from "../sell/options.ts";
import { t } from "../t.ts";
import { changeCart } from "./order.ts";
import { isGone, isVariantGone } from "./shelf.ts";
import styles from "./kiosk.module.css";

/** More of one thing nobody means at a kiosk. */
const MOST = 20;

type ProductProps = { readonly product: ProductView; readonly placeId: string; readonly onClose: () => void };

/** All there is to know of it and to choose; what is usual is chosen already. */
export function ProductSheet({ product, placeId, onClose }: ProductProps) {
  const [sku, setSku] = useState(() => (product.variants.find((one) => !isVariantGone(one)) ?? product.variants[0])?.sku);
  const [chosen, setChosen] = useState<Options>(() => defaultOptions(product.optionGroups));
  const [quantity, setQuantity] = useState(1);
  const add = useMutation({
    networkMode: "always",
    mutationFn: (body: { readonly sku: string }) => changeCart({ kind: "add", sku: body.sku, quantity, options: [...chosen] }, placeId),
    onSuccess: onClose,
  });
  const variant = product.variants.find((one) => one.sku === sku);
  if (!variant) return null;
  const name = textOf(product.name);
  const isAway = isGone(product) || isVariantGone(variant);
  const footer = (
    <div className={styles.buy}>
      <Stepper what={name} value={quantity} max={MOST} onChange={setQuantity} />
      <Button
        kind="primary"
        wide
        busy={add.isPending}
        disabled={isAway || !isComplete(product.optionGroups, chosen)}
        onClick={() => add.mutate({ sku: variant.sku })}
      >
        {isAway ? t("till.sold_out.note") : t("till.kiosk.add", { price: totalText(product, variant, chosen, quantity) })}
      </Button>
    </div>
  );
  return (
    <Sheet open onClose={onClose} title={name} footer={footer}>
      {add.error ? <ProblemNote error={add.error} /> : null}
      <About product={product} variant={variant} />
      <VariantChoices variants={product.variants} sku={sku} isGone={isVariantGone} offersGone={false} onChoose={setSku} />
      {product.optionGroups
        .filter(({ values }) => values.length > 0)
        .map((group) => (
          <OptionChoices
            key={group.code}
            group={group}
            chosen={chosen}
            onToggle={(value) => setChosen((held) => toggleOption(group, held, value))}
          />
        ))}
    </Sheet>
  );
}

function About({ product, variant: { price, reduced } }: { readonly product: ProductView; readonly variant: VariantView }) {
  const now = useNow();
  const lowest = price && reduced ? lowestWords(price, reduced, priceText) : undefined;
  const lines = [reduced ? reducedWords(reduced, now) : undefined, lowest, ...product.promotions.map(promotionLine)].filter(
    (line) => line !== undefined,
  );
  return (
    <div className={styles.about}>
      {product.pictureUrl === null ? null : <img {...pictureSources(product.pictureUrl, "520px")} alt="" width={520} height={300} />}
      <p>{textOf(product.description)}</p>
      {lines.map((line) => (
        <p key={line} className={styles.promotion}>
          {line}
        </p>
      ))}
      <p className={styles.quiet}>
        {product.allergens.length === 0
          ? t("till.kiosk.no_allergens")
          : t("till.kiosk.allergens", { list: formatList(product.allergens.map(allergenName)) })}
      </p>
    </div>
  );
}
