import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProductView, VariantView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import type { Trace } from "../../../../hub/src/modules/batches/domain/index.ts";
import { catalogQuery, countSold, isQuick, type Catalog } from "../catalog/catalog.ts";
import { priceText, textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { changeCart } from "../ticket/ticket.ts";
import type { LineWay } from "../ticket/shape.ts";
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
  /** The weight was typed in, no scale said it. */
  readonly isTyped?: true;
  /** What its code says of this very one. */
  readonly trace?: Trace;
  /** What whoever makes it has to know. */
  readonly note?: string;
  /** It is not taken along; left out, it is. */
  readonly elsewhere?: LineWay;
};

/** What a scanner read of a product that is to be chosen more closely. */
export type Scanned = { readonly sku: string; readonly trace: Trace | undefined };
type Choosing = { readonly product: ProductView; readonly isElsewhere?: true; readonly scanned?: Scanned };

/** What a tap on a product does: sells it, asks what kind, or marks it as sold out while that is switched on. */
export function useSell() {
  const [choosing, setChoosing] = useState<Choosing | undefined>(undefined);
  const isMarking = useSoldOutMode();
  const mark = useMarkSoldOut();
  const add = (chosen: Chosen): void => {
    // Whoever takes another kind of it than the one that was scanned has another thing in hand.
    const scanned = choosing?.scanned;
    addToTicket(scanned?.trace && scanned.sku === chosen.variant.sku ? { ...chosen, trace: scanned.trace } : chosen);
    setChoosing(undefined);
  };
  const tap = (product: ProductView, scanned?: Scanned): void => {
    if (isMarking) {
      mark.mutate({ product, soldOut: !isSoldOut(product) });
      return;
    }
    const [variant] = product.variants;
    if (isQuick(product) && variant && isNoneLeft(variant)) setChoosing({ product, isElsewhere: true });
    else if (isQuick(product) && variant) add({ product, variant, options: defaultOptions(product.optionGroups), quantity: 1 });
    else setChoosing({ product, ...(scanned && { scanned }) });
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
export function addToTicket({ product, variant, options, quantity, labelPrice, elsewhere, isTyped, note, trace }: Chosen): void {
  countSold([variant.sku]);
  const detail = options.map(({ group, value }) => optionName(product, group, value)).join(", ");
  const price = variant.price ? priceText(variant.price) : "";
  const way = { ...(elsewhere && { elsewhere }), ...(labelPrice !== undefined && { labelPrice }) };
  const said = { ...(isTyped && { isTyped }), ...(note !== undefined && { note }), ...(trace && { trace }) };
  const ghost = { name: nameOf(product, variant), detail, price };
  changeCart({ kind: "add", sku: variant.sku, quantity, options: [...options], ...way, ...said }, ghost);
}

/** Sold out, or back again: one act, on every channel at once. The tile answers to the tap, so that a second tap is the way back. */
function useMarkSoldOut() {
  const { register } = useTill();
  const queries = useQueryClient();
  const { queryKey } = catalogQuery(register.placeId);
  return useMutation({
    mutationKey: ["sold-out"],
    scope: { id: "sold-out" }, // one after the other, in the order of the taps
    onMutate: async ({ product, soldOut }: Mark) => {
      queries.setQueryData(queryKey, (was) => was && marked(was, product.id, soldOut));
      await queries.cancelQueries({ queryKey }); // what was asked before the tap would undo it on the screen
    },
    mutationFn: async ({ product, soldOut }: Mark) => {
      for (const { id } of product.variants)
        await api.ask("catalog.setSoldOut", { params: { placeId: register.placeId, variantId: id }, body: { soldOut } });
    },
    onSuccess: (_, { product, soldOut }) =>
      showToast(
        soldOut ? t("till.sold_out.marked", { what: textOf(product.name) }) : t("till.sold_out.back", { what: textOf(product.name) }),
      ),
    onError: (error) => showToast(problemText(error)),
    onSettled: async () => {
      const isLast = queries.isMutating({ mutationKey: ["sold-out"] }) === 1;
      if (isLast) await queries.invalidateQueries({ queryKey });
    },
  });
}

type Mark = { readonly product: ProductView; readonly soldOut: boolean };

const marked = (catalog: Catalog, productId: string, soldOut: boolean): Catalog => ({
  ...catalog,
  products: catalog.products.map((product) =>
    product.id === productId
      ? { ...product, variants: product.variants.map((variant) => ({ ...variant, availability: { ...variant.availability, soldOut } })) }
      : product,
  ),
});

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
