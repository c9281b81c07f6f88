import { queryOptions, useQuery } from "@tanstack/react-query";
import type { AnswerOf, ProductView, VariantView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { api } from "../api.ts";
import { withChange } from "../../../../hub/src/modules/catalog/domain/catalog-parts.ts";
import { GIFT_CARD_CLASS } from "../../../../hub/src/modules/payments/domain.ts";
import { askOrRecall, recall } from "../local/kept.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";

export type Catalog = Pick<AnswerOf<"catalog.snapshot">, "version" | "digest" | "categories" | "products">;
export type Sellable = { readonly product: ProductView; readonly variant: VariantView };

/** Sold out and prices must be right within a minute even where the stream is away. */
const FRESH_MS = 60_000;

/** Everything that is sold at the place. Below the store's subject, so that a change there asks for it again. */
export const catalogQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["store", placeId, "catalog"],
    queryFn: ({ signal }) =>
      askOrRecall(
        `catalog ${placeId}`,
        () => readCatalog(placeId, signal),
        (was, now) => was.version !== now.version,
      ),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

type Kept = Omit<Catalog, "digest"> & { readonly digest?: string };

/** The last copy of this page, untouched by what is marked on a screen before the hub has heard of it. */
let held: { readonly placeId: string; readonly catalog: Catalog } | undefined;

/** Takes only what has changed since the copy that is here, or was kept [TIL-52]. */
async function readCatalog(placeId: string, signal: AbortSignal): Promise<Catalog> {
  // One that an earlier version kept has no digest.
  const before: Kept | undefined = held?.placeId === placeId ? held.catalog : (await recall<Kept>(`catalog ${placeId}`))?.value;
  const known = before?.digest === undefined ? {} : { digest: before.digest };
  const { version, digest, categories, ...change } = await api.ask("catalog.snapshot", { query: { placeId, ...known }, signal });
  const catalog = { version, digest, categories, products: [...withChange(before?.products ?? [], change)] };
  held = { placeId, catalog };
  return catalog;
}

export function useCatalog(placeId: string) {
  useLive(`store/${placeId}`);
  return useQuery(catalogQuery(placeId));
}

/** Lower case without accents, as a cashier types. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Products whose name in any language or whose SKU holds every typed word; those that begin with it first. */
export function searchProducts(products: readonly ProductView[], typed: string): ProductView[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const ranked = products.flatMap((product) => {
    const names = fold([...Object.values(product.name), ...product.variants.map(({ sku }) => sku)].join("\n"));
    if (!words.every((word) => names.includes(word))) return [];
    return [{ product, rank: names.split(/[\n\s]/).some((part) => part.startsWith(words[0] ?? "")) ? 0 : 1 }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ product }) => product);
}

/** What a barcode or SKU stands for. */
export function findByCode(products: readonly ProductView[], code: string): Sellable | undefined {
  for (const product of products)
    for (const variant of product.variants) if (variant.sku === code || variant.barcodes.includes(code)) return { product, variant };
  return undefined;
}

/** The goods that are gift cards: each is sold with a code, or pays onto one that is there. */
export const isGiftCard = ({ taxClass }: Pick<ProductView, "taxClass">): boolean => taxClass === GIFT_CARD_CLASS;

/**
 * Whether one tap sells it: one variant, and whatever must be chosen costs the same. How a croissant is served can be changed on its
 * line; the size and milk of a drink change its price and are asked, and what is sold by weight is weighed.
 */
export function isQuick({ unit, variants, optionGroups }: ProductView): boolean {
  const isFree = optionGroups.every(
    ({ minimum, values }) => minimum === 0 || values.every(({ priceDifference }) => priceDifference.amount === 0),
  );
  return unit === "piece" && variants.length === 1 && isFree;
}

const SOLD_KEY = "weft.till.sold";
/** On the first day there is no history: then a tile of every category stands in. */
const FAVORITES = 18;

/** Counts what this till sells, so that what is sold most stands first. */
export function countSold(skus: readonly string[]): void {
  const counts = soldCounts();
  for (const sku of skus) counts[sku] = (counts[sku] ?? 0) + 1;
  writeStored(SOLD_KEY, JSON.stringify(counts));
}

/** What is sold most at this till; filled up in turn from all categories. */
export function favorites({ products, categories }: Catalog): ProductView[] {
  const counts = soldCounts();
  const soldOf = ({ variants }: ProductView): number => variants.reduce((sum, { sku }) => sum + (counts[sku] ?? 0), 0);
  const sold = products.filter((product) => soldOf(product) > 0).sort((a, b) => soldOf(b) - soldOf(a));
  // A service asks for a time first: it is no tile to stand in for what is sold most.
  const lists = categories.map(({ id }) => products.filter(({ categoryId, isService }) => categoryId === id && !isService));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const inTurn = Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list[n] ?? [])).flat();
  return [...new Set([...sold, ...inTurn])].slice(0, FAVORITES);
}

function soldCounts(): Record<string, number> {
  try {
    return JSON.parse(readStored(SOLD_KEY) ?? "{}") as Record<string, number>; // written by countSold
  } catch {
    return {};
  }
}
