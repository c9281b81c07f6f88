import type { AvailabilityView, CategoryView, OptionGroupView, ProductSummaryView, ProductView } from "@weft/contracts";
import type { PlaceId, ProductId, UnitPrice, VariantId } from "@weft/kernel";
import type { Catalog, Category, OptionGroup, OptionValue, Product, ProductVariant, Variant } from "../../modules/catalog/index.ts";
import { isCounted, type GoodsStates } from "../../modules/promises/index.ts";
import type { PriceWindow } from "./price-tags.ts";
import { promotedGoods } from "../../modules/pricing/index.ts";
import { presentConditions, presentReduced } from "./promotions.ts";

/** All that the look of a product depends on besides itself. Without a place no stock is shown. */
export type Showing = {
  readonly catalog: Catalog;
  readonly placeId: PlaceId | null;
  readonly stateAt: GoodsStates;
  readonly prices: PriceWindow;
  /** Whether the place sells a product now, where it does so at some times only; left out: it sells all day. */
  readonly servedOf?: (productId: ProductId) => AvailabilityView["served"];
};

/** The variants whose state decides how products look at a place: their own, and what their options are made of. */
export function variantsShown(products: readonly Product[]): VariantId[] {
  const ids = new Set<VariantId>();
  for (const { variants, optionGroups } of products) {
    for (const { id } of variants) ids.add(id);
    for (const { values } of optionGroups) for (const { variantId } of values) if (variantId) ids.add(variantId);
  }
  return [...ids];
}

/**
 * A product in a list. It stands for the variant that a tap adds: the one looked up, else the first that is there, else the first,
 * so a list never says "sold out" while another size is on the shelf.
 */
export function presentSummary(product: Product, showing: Showing, lookedUp?: VariantId): ProductSummaryView {
  const { id, slug, name, categoryId, pictureUrl } = product;
  const variant = variantOnShow(product, showing, lookedUp);
  const price = showing.prices.priceOf(variant.id);
  const goods = promotedGoods(showing.catalog, product);
  return {
    id,
    slug,
    name,
    categoryId,
    pictureUrl,
    price,
    deposit: showing.prices.depositOf(variant.id),
    reduced: presentReduced(goods, { id: variant.id, price }, showing.prices),
    promotions: presentConditions(showing.catalog, goods, showing.prices),
    priceVaries: product.variants.some((other) => other !== variant && !samePrice(showing.prices.priceOf(other.id), price)),
    defaultSku: variant.sku,
    hasOptions: product.optionGroups.length > 0,
    ...(product.kind === "service" && { isService: true as const }),
    availability: presentAvailability(
      {
        product,
        variant,
      },
      showing,
    ),
  };
}

/** The variant that a product stands with in a list. */
export function variantOnShow(product: Product, showing: Showing, lookedUp?: VariantId): Variant {
  const [first] = product.variants;
  if (!first) throw new Error(`product ${product.id} has no variant and is on no menu`);
  const wanted = lookedUp && product.variants.find(({ id }) => id === lookedUp);
  return wanted ?? product.variants.find((variant) => isThere(presentAvailability({ product, variant }, showing))) ?? first;
}

function isThere({ soldOut, tracked, available, ahead }: AvailabilityView): boolean {
  return !soldOut && (!tracked || available === null || available > 0 || ahead !== undefined);
}

function samePrice(a: UnitPrice | null, b: UnitPrice | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.amount === b.amount &&
    a.scale === b.scale &&
    a.currency === b.currency &&
    a.per.quantity === b.per.quantity &&
    a.per.unit === b.per.unit
  );
}

/** What a place can give of a variant now. A place that keeps no level of counted goods has none. */
export function presentAvailability(
  { product, variant }: ProductVariant,
  { catalog, placeId, stateAt, servedOf }: Pick<Showing, "catalog" | "placeId" | "stateAt" | "servedOf">,
): AvailabilityView {
  const tracked = isCounted(catalog, { product, variant });
  if (placeId === null) return { placeId, tracked, available: null, soldOut: false, inAssortment: product.isActive };
  const { available, soldOut, ahead } = stateAt(variant.id, placeId);
  const served = servedOf?.(product.id);
  return {
    placeId,
    tracked,
    available: tracked ? Math.max(0, available ?? 0) : null,
    soldOut: soldOut !== null,
    inAssortment: catalog.isSoldAt(product.id, placeId),
    ...(tracked && ahead && ahead.left > 0 && { ahead: { kind: ahead.kind, left: ahead.left, on: ahead.on } }),
    ...(served && { served }),
  };
}

export function presentProduct(product: Product, showing: Showing): ProductView {
  const { id, slug, name, description, brand, categoryId, pictureUrl, pictures, allergens, taxClass, prepSeconds, unit } = product;
  return {
    id,
    slug,
    name,
    description,
    brand: brand === "" ? null : brand,
    categoryId,
    pictureUrl,
    pictures: pictures.map(({ url, alt, variantId }) => ({ url, alt, ...(variantId && { variantId }) })),
    taxClass,
    prepSeconds,
    unit,
    active: product.isActive,
    shippable: product.isShippable,
    ...(product.kind === "service" && { isService: true as const }),
    allergens: [...allergens],
    variants: product.variants.map((variant) =>
      presentVariant(
        {
          product,
          variant,
        },
        showing,
      ),
    ),
    optionGroups: product.optionGroups.map((group) => presentOptionGroup(group, showing)),
    promotions: presentConditions(showing.catalog, promotedGoods(showing.catalog, product), showing.prices),
  };
}

function presentVariant(goods: ProductVariant, showing: Showing): ProductView["variants"][number] {
  const { id, sku, name, barcodes } = goods.variant;
  const price = showing.prices.priceOf(id);
  const reduced = presentReduced(promotedGoods(showing.catalog, goods.product), { id, price }, showing.prices);
  return {
    id,
    sku,
    name,
    barcodes: [...barcodes],
    price,
    deposit: showing.prices.depositOf(id),
    reduced,
    availability: presentAvailability(goods, showing),
  };
}

function presentOptionGroup({ code, name, minimum, maximum, values }: OptionGroup, showing: Showing): OptionGroupView {
  return { code, name, minimum, maximum, values: values.map((value) => presentOptionValue(value, showing)) };
}

function presentOptionValue(
  { code, name, priceDifference, variantId }: OptionValue,
  { placeId, stateAt }: Showing,
): OptionGroupView["values"][number] {
  return { code, name, priceDifference, soldOut: placeId !== null && variantId !== null && stateAt(variantId, placeId).soldOut !== null };
}

export function presentCategory({ id, parentId, code, name, position, icon }: Category): CategoryView {
  return { id, parentId, code, name, position, icon };
}
