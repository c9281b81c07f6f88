import type { LocalizedText } from "@weft/contracts";
import type { CategoryId, ChannelId, PlaceId, ProductId, UnitOfMeasure, VariantId } from "@weft/kernel";
import type { CatalogFacts, Category, OptionGroup, OptionGroupId, ProductFacts, ProductKind, VariantFacts } from "./facts.ts";
import { printedGtin } from "./gtin.ts";
import type { Part } from "./parts.ts";
import { picturesOf } from "./pictures.ts";

export type Variant = VariantFacts & { readonly barcodes: readonly string[] };

/** A product with all that belongs to it. */
export type Product = ProductFacts & {
  /** Those that can be bought. */
  readonly variants: readonly Variant[];
  /** Those that no longer can [CAT-9]. */
  readonly retired: readonly Variant[];
  readonly optionGroups: readonly OptionGroup[];
};

export type ProductVariant = { readonly product: Product; readonly variant: Variant };

/** A thing that can be put into a cart: one variant with what its product says of it. */
export type Goods = {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly sku: string;
  /** Of the product, with the variant where it has several. */
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unit: UnitOfMeasure;
  readonly taxClass: string;
  /** Counted in stock, by itself or by its parts. */
  readonly tracked: boolean;
  readonly isShippable: boolean;
  readonly kind: ProductKind;
  readonly prepSeconds: number;
  readonly optionGroups: readonly OptionGroup[];
  /** What one of it is made of [CAT-11]; nearly always nothing. */
  readonly parts: readonly Part[];
};

/** Everything that can be sold, in the form that answers by look-up. Never changed: a change of the catalog makes another. */
export type Catalog = {
  readonly revision: number;
  /** Parents before children, each level by position. */
  readonly categories: readonly Category[];
  /** Those that are sold, by category and position: the order of a menu. */
  readonly menu: readonly Product[];
  /** Active or not, by id: an order of last year still names its product. */
  readonly products: ReadonlyMap<ProductId, Product>;
  bySku(sku: string): Goods | undefined;
  byVariant(id: VariantId): Goods | undefined;
  /** The same, also where it can no longer be bought: for what was sold before that was known. */
  everByVariant(id: VariantId): Goods | undefined;
  /** `gtin` with 14 digits, as `readGtin` gives it. */
  byBarcode(gtin: string): Goods | undefined;
  bySlug(slug: string): Product | undefined;
  /** Active or not: what an old line of stock or of an order was. */
  variantOf(id: VariantId): ProductVariant | undefined;
  /** Active or not. */
  variantOfSku(sku: string): ProductVariant | undefined;
  /** What one of a variant is made of [CAT-11]; nearly always nothing. */
  partsOf(id: VariantId): readonly Part[];
  /** The variants that have it as a part. */
  wholesWith(id: VariantId): readonly VariantId[];
  /** Whether a store sells a product [CAT-1]. */
  isSoldAt(productId: ProductId, placeId: PlaceId): boolean;
  /** Whether a channel sells a product [CAT-10]; the places are asked apart. */
  isSoldOn(productId: ProductId, channelId: ChannelId | null): boolean;
  /** The channels that do not sell a product, by id. */
  channelsWithout(productId: ProductId): readonly ChannelId[];
  /** A category with all below it. */
  categoriesFrom(id: CategoryId): ReadonlySet<CategoryId>;
};

/** Puts the facts together. What names something that is not there (it was read a moment earlier) is left out. */
export function compileCatalog(facts: CatalogFacts): Catalog {
  const products = assembleProducts(facts);
  const all = [...products.values()];
  const variants = new Map(
    all.flatMap((product) => [...product.variants, ...product.retired].map((variant) => [variant.id, { product, variant }] as const)),
  );
  const skus = new Map(facts.variants.map(({ sku, id }) => [sku, id]));
  const barcodes = new Map(facts.barcodes.map(({ gtin, variantId }) => [gtin, variantId]));
  const slugs = new Map(all.map((product) => [product.slug, product]));
  const categories = inTreeOrder(facts.categories);
  const differences = new Map(facts.assortment.map(({ productId, placeId, isIncluded }) => [`${productId}/${placeId}`, isIncluded]));
  const excluded = groupBy(facts.exclusions, ({ productId }) => productId);
  const known = facts.parts.filter(({ variantId, componentId }) => variants.has(variantId) && variants.has(componentId));
  const parts = new Map([...groupBy(known, ({ variantId }) => variantId)].map(([id, rows]) => [id, rows.map(toPart)]));
  const wholes = groupBy(known, ({ componentId }) => componentId);
  const partsOf = (id: VariantId): readonly Part[] => parts.get(id) ?? NO_PARTS;
  const goods = new Map<VariantId, Goods>();

  function byVariant(id: VariantId | undefined): Goods | undefined {
    const entry = id && variants.get(id);
    if (!entry?.product.isActive || !entry.variant.isActive) return undefined;
    let found = goods.get(entry.variant.id);
    if (!found) goods.set(entry.variant.id, (found = goodsOf(entry.product, entry.variant, partsOf(entry.variant.id))));
    return found;
  }

  return {
    revision: facts.revision,
    categories,
    menu: inMenuOrder(all, categories),
    products,
    byVariant,
    everByVariant(id) {
      const entry = variants.get(id);
      return byVariant(id) ?? (entry && goodsOf(entry.product, entry.variant, partsOf(id)));
    },
    bySku: (sku) => byVariant(skus.get(sku)),
    byBarcode: (gtin) => byVariant(barcodes.get(gtin)),
    bySlug: (slug) => slugs.get(slug),
    variantOf: (id) => variants.get(id),
    variantOfSku(sku) {
      const id = skus.get(sku);
      return id && variants.get(id);
    },
    partsOf,
    wholesWith: (id) => (wholes.get(id) ?? []).map(({ variantId }) => variantId),
    isSoldAt(productId, placeId) {
      const product = products.get(productId);
      return product?.isActive === true && (differences.get(`${productId}/${placeId}`) ?? product.soldEverywhere);
    },
    isSoldOn: (productId, channelId) => !excluded.get(productId)?.some((row) => row.channelId === channelId),
    channelsWithout: (productId) => (excluded.get(productId) ?? []).map(({ channelId }) => channelId).toSorted(),
    categoriesFrom: (id) => withChildren(id, facts.categories),
  };
}

function assembleProducts(facts: CatalogFacts): Map<ProductId, Product> {
  const printed = groupBy(facts.barcodes, ({ variantId }) => variantId);
  const variants = groupBy(facts.variants, ({ productId }) => productId);
  const groups = new Map(facts.optionGroups.map((group) => [group.id, group]));
  const options = groupBy(facts.productOptions, ({ productId }) => productId);
  return new Map(
    facts.products.map((product) => [
      product.id,
      {
        ...product,
        ...byState(
          (variants.get(product.id) ?? []).map((variant) => ({ ...variant, barcodes: (printed.get(variant.id) ?? []).map(printedGtin) })),
        ),
        optionGroups: (options.get(product.id) ?? []).flatMap(({ groupId }) => found(groups, groupId)),
      },
    ]),
  );
}

function byState(variants: readonly Variant[]): Pick<Product, "variants" | "retired"> {
  // Nearly every product has none that is retired: then nothing is copied.
  if (variants.every(({ isActive }) => isActive)) return { variants, retired: [] };
  return { variants: variants.filter(({ isActive }) => isActive), retired: variants.filter(({ isActive }) => !isActive) };
}

function found(groups: ReadonlyMap<OptionGroupId, OptionGroup>, id: OptionGroupId): OptionGroup[] {
  const group = groups.get(id);
  return group ? [group] : [];
}

const NO_PARTS: readonly Part[] = [];
const toPart = ({ componentId, quantity }: CatalogFacts["parts"][number]): Part => ({ variantId: componentId, quantity });

function goodsOf(product: Product, variant: Variant, parts: readonly Part[]): Goods {
  const { id: productId, unit, taxClass, isTracked, isShippable, kind, prepSeconds, optionGroups } = product;
  const { id: variantId, sku } = variant;
  return {
    variantId,
    productId,
    sku,
    name: fullName(product.name, variant.name),
    pictureUrl: picturesOf(product, variantId)[0]?.url ?? null,
    unit,
    taxClass,
    tracked: isTracked || parts.length > 0,
    isShippable,
    kind,
    prepSeconds,
    optionGroups,
    parts,
  };
}

/** The product's name, with the variant's behind it in every language that has one: `House blend · 250 g`. */
export function fullName(product: LocalizedText, variant: LocalizedText): LocalizedText {
  if (variant.en === "") return product;
  const behind: Readonly<Record<string, string | undefined>> = variant;
  const texts = Object.entries(product).map(([locale, text]) => [locale, `${text} · ${behind[locale] ?? variant.en}`]);
  return Object.fromEntries(texts) as LocalizedText; // the languages of `product`
}

function inTreeOrder(categories: readonly Category[]): Category[] {
  const children = groupBy(categories, ({ parentId }) => parentId);
  const below = (parent: CategoryId | null): Category[] =>
    (children.get(parent) ?? []).toSorted((a, b) => a.position - b.position).flatMap((category) => [category, ...below(category.id)]);
  return below(null);
}

function inMenuOrder(products: readonly Product[], categories: readonly Category[]): Product[] {
  const order = new Map(categories.map(({ id }, index) => [id, index]));
  const rank = ({ categoryId }: Product): number => order.get(categoryId) ?? categories.length;
  return products
    .filter((product) => product.isActive && product.variants.length > 0)
    .toSorted((a, b) => rank(a) - rank(b) || a.position - b.position || (a.id < b.id ? -1 : 1));
}

function withChildren(id: CategoryId, categories: readonly Category[]): Set<CategoryId> {
  const family = new Set([id]);
  // A set grows while it is walked: children of children are reached too.
  for (const parent of family) for (const category of categories) if (category.parentId === parent) family.add(category.id);
  return family;
}

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
