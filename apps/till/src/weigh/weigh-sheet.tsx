import { useState } from "react";
import type { ProductView, VariantView } from "@weft/contracts/client";
import { lineTotal } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { textOf } from "../common/text.ts";
import { defaultOptions } from "../sell/options.ts";
import type { Chosen } from "../sell/use-sell.ts";
import { t } from "../t.ts";
import { useLoad, useOwnScale, type Load } from "./use-scale.ts";
import { gramsTyped, kiloPriceText, netOf, weightText } from "./weight.ts";
import styles from "./weigh.module.css";

type WeighSheetProps = { readonly product: ProductView; readonly onClose: () => void; readonly onAdd: (chosen: Chosen) => void };

/**
 * Goods by weight: what the scale says is what is sold, and nobody types over it. Without a scale, or when it cannot be reached, the weight that another
 * scale shows is typed in.
 */
export function WeighSheet({ product, onClose, onAdd }: WeighSheetProps) {
  const [sku, setSku] = useState(product.variants.find(({ availability }) => !availability.soldOut)?.sku ?? product.variants[0]?.sku);
  const [typed, setTyped] = useState("");
  const [tareTyped, setTare] = useState("");
  const scale = useOwnScale();
  const load = useLoad(scale);
  const variant = product.variants.find((one) => one.sku === sku);
  if (!variant) return null;
  const byHand = scale === null || (load?.kind === "not_weighed" && load.because === "unreachable");
  const gross = byHand ? gramsTyped(typed) : load?.kind === "weight" ? load.grams : undefined;
  const tare = gramsTyped(tareTyped) ?? 0;
  const net = gross === undefined ? undefined : netOf(gross, tare);
  const add = (): void => {
    if (net?.kind !== "net") return;
    onAdd({ product, variant, options: defaultOptions(product.optionGroups), quantity: net.grams, ...(byHand && { isTyped: true }) });
  };
  const footer = (
    <Button kind="primary" wide disabled={net?.kind !== "net"} onClick={add}>
      {net?.kind === "net" ? t("till.weigh.add", { price: priceOf(variant, net.grams) }) : t("till.weigh.add_later")}
    </Button>
  );
  return (
    <Sheet open onClose={onClose} title={textOf(product.name)} footer={footer}>
      <Kinds product={product} sku={variant.sku} onChoose={setSku} />
      <output className={styles.weight} data-still={net?.kind === "net"} aria-live="polite">
        <strong>{net?.kind === "net" ? weightText(net.grams) : weightText(0)}</strong>
        {variant.price ? <span>{`× ${kiloPriceText(variant.price)}`}</span> : null}
      </output>
      <p className={styles.state} role="status">
        {net?.kind === "not_yet" ? t(`till.weigh.${net.because}`) : stateText(byHand, load)}
      </p>
      {byHand ? (
        <Field
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever said that there is no scale types the weight
          autoFocus
          label={t("till.weigh.typed")}
          hint={t("till.weigh.typed_hint")}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      ) : null}
      <Field
        label={t("till.weigh.tare")}
        hint={t("till.weigh.tare_hint")}
        inputMode="decimal"
        autoComplete="off"
        value={tareTyped}
        onChange={({ target }) => setTare(target.value)}
      />
    </Sheet>
  );
}

function Kinds({
  product,
  sku,
  onChoose,
}: {
  readonly product: ProductView;
  readonly sku: string;
  readonly onChoose: (sku: string) => void;
}) {
  if (product.variants.length < 2) return null;
  return (
    <div className={styles.kinds} role="group" aria-label={t("till.options.kind")}>
      {product.variants.map((one) => (
        <button key={one.sku} type="button" aria-pressed={one.sku === sku} onClick={() => onChoose(one.sku)}>
          <span>{textOf(one.name)}</span>
          <small>{one.price ? kiloPriceText(one.price) : ""}</small>
        </button>
      ))}
    </div>
  );
}

/** What the one who stands at the scale has to do. */
function stateText(byHand: boolean, load: Load | undefined): string {
  if (byHand) return load ? t("till.weigh.unreachable") : t("till.weigh.no_scale");
  if (load === undefined) return t("till.weigh.asking");
  return load.kind === "weight" ? t("till.weigh.stable") : t(`till.weigh.${load.because}`);
}

/** By the list, as a tile does; promotions and the total are the ticket's to say. */
function priceOf({ price }: VariantView, grams: number): string {
  return price ? formatMoney({ amount: lineTotal(price, grams), currency: price.currency }) : "";
}
