import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProductView, VariantView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { catalogQuery, countSold, isQuick } from "../catalog/catalog.ts";
import { priceText, textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { changeCart, type LineWay } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { defaultOptions } from "./options.ts";
import { useSoldOutMode } from "./sold-out-mode.ts";

export type Chosen = {
  readonly product: ProductView;
  readonly variant: VariantView;
  readonly options: readonly { readonly group: string; readonly value: string }[];
  /** Grams of goods by weight. */
  readonly quantity: number;
  /** What the label of a scale says that it costs, in minor units. */
  readonly labelPrice?: number;
  /** It is not taken along; left out, it is. */
  readonly elsewhere?: LineWay;
};

/** What a tap on a product does: sells it, asks what kind, or marks it as sold out while that is switched on. */
export function useSell() {
  const [choosing, setChoosing] = useState<{ readonly product: ProductView; readonly isElsewhere?: true } | undefined>(undefined);
  const isMarking = useSoldOutMode();
  const mark = useMarkSoldOut();
  const add = (chosen: Chosen): void => {
    addToTicket(chosen);
    setChoosing(undefined);
  };
  const tap = (product: ProductView): void => {
    if (isMarking) {
      mark.mutate(product);
      return;
    }
    const [variant] = product.variants;
    if (isQuick(product) && variant && isNoneLeft(variant)) setChoosing({ product, isElsewhere: true });
    else if (isQuick(product) && variant) add({ product, variant, options: defaultOptions(product.optionGroups), quantity: 1 });
    else setChoosing({ product });
  };
  return {
    choosing,
    tap,
    look: (product: ProductView) => setChoosing({ product, isElsewhere: true }),
    add,
    close: () => setChoosing(undefined),
  };
}

/** Counted, and by the books none is here: another store may have it. */
const isNoneLeft = ({ availability: { tracked, available, soldOut } }: VariantView): boolean =>
  tracked && (soldOut || (available ?? 0) <= 0);

/** Puts it on the ticket, shown at once. */
export function addToTicket({ product, variant, options, quantity, labelPrice, elsewhere }: Chosen): void {
  countSold([variant.sku]);
  const detail = options.map(({ group, value }) => optionName(product, group, value)).join(", ");
  const price = variant.price ? priceText(variant.price) : "";
  const way = { ...(elsewhere && { elsewhere }), ...(labelPrice !== undefined && { labelPrice }) };
  changeCart({ kind: "add", sku: variant.sku, quantity, options: [...options], ...way }, { name: nameOf(product, variant), detail, price });
}

/** Sold out, or back again: one act, on every channel at once. */
function useMarkSoldOut() {
  const { register } = useTill();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (product: ProductView) => {
      const soldOut = !isSoldOut(product);
      for (const { id } of product.variants)
        await api.ask("catalog.setSoldOut", { params: { placeId: register.placeId, variantId: id }, body: { soldOut } });
      return soldOut;
    },
    onSuccess: (soldOut, product) =>
      showToast(
        soldOut ? t("till.sold_out.marked", { what: textOf(product.name) }) : t("till.sold_out.back", { what: textOf(product.name) }),
      ),
    onError: (error) => showToast(problemText(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: catalogQuery(register.placeId).queryKey }),
  });
}

export function isSoldOut({ variants }: ProductView): boolean {
  return variants.every(({ availability }) => availability.soldOut);
}

function nameOf(product: ProductView, variant: VariantView): string {
  const own = textOf(variant.name);
  const name = textOf(product.name);
  return product.variants.length > 1 && own !== name ? `${name}, ${own}` : name;
}

function optionName(product: ProductView, group: string, value: string): string {
  const found = product.optionGroups.find(({ code }) => code === group)?.values.find(({ code }) => code === value);
  return found ? textOf(found.name) : value;
}
