import type { LocalizedText } from "@weft/contracts";
import type { CategoryId, ChannelId, ProductId, UnitOfMeasure, VariantId } from "@weft/kernel";
import type { Catalog, Product, Variant } from "./catalog.ts";
import type { ChargedWhen, OptionGroupId, ProductKind, ProductPicture } from "./facts.ts";

export type VariantDraft = {
  readonly id: VariantId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly mpn: string;
  /** As printed. */
  readonly barcodes: readonly string[];
  readonly active: boolean;
};

/** All that the keepers of the catalog say of a product. */
export type ProductDraft = {
  readonly slug: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly brand: string;
  readonly categoryId: CategoryId;
  readonly pictures: readonly ProductPicture[];
  readonly allergens: readonly string[];
  readonly taxClass: string;
  readonly prepSeconds: number;
  readonly batchPercent: number;
  readonly unit: UnitOfMeasure;
  readonly tracked: boolean;
  readonly shippable: boolean;
  readonly chargedWhen: ChargedWhen;
  readonly kind: ProductKind;
  readonly active: boolean;
  readonly soldEverywhere: boolean;
  readonly notOnChannelIds: readonly ChannelId[];
  readonly variants: readonly VariantDraft[];
  readonly optionGroupIds: readonly OptionGroupId[];
};

/** A product as an editor or a file has it. */
export function draftOf(catalog: Catalog, product: Product): ProductDraft {
  const { slug, name, description, brand, categoryId, pictures, allergens, taxClass, prepSeconds, batchPercent, unit, chargedWhen, kind } =
    product;
  const inOrder = [...product.variants, ...product.retired].toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  return {
    slug,
    name: tidyText(name),
    description: tidyText(description),
    brand,
    categoryId,
    pictures: pictures.map(tidyPicture),
    allergens,
    taxClass,
    prepSeconds,
    batchPercent,
    unit,
    tracked: product.isTracked,
    shippable: product.isShippable,
    chargedWhen,
    kind,
    active: product.isActive,
    soldEverywhere: product.soldEverywhere,
    notOnChannelIds: catalog.channelsWithout(product.id),
    variants: inOrder.map(draftOfVariant),
    optionGroupIds: product.optionGroups.map(({ id }) => id),
  };
}

function draftOfVariant({ id, sku, name, mpn, barcodes, isActive }: Variant): VariantDraft {
  return { id, sku, name: tidyText(name), mpn, barcodes, active: isActive };
}

/** A language without words is left out, so that its readers see English; English is always there. */
export function tidyText({ en, fr, de, ca }: LocalizedText): LocalizedText {
  return { en, ...(fr && { fr }), ...(de && { de }), ...(ca && { ca }) };
}

function tidyPicture({ url, alt, variantId }: ProductPicture): ProductPicture {
  return { url, alt: tidyText(alt), ...(variantId && { variantId }) };
}

/** The draft with its texts tidy, its lists without repetitions, and the channels in one order. */
export function tidyDraft(draft: ProductDraft): ProductDraft {
  return {
    ...draft,
    name: tidyText(draft.name),
    description: tidyText(draft.description),
    pictures: draft.pictures.map(tidyPicture),
    allergens: [...new Set(draft.allergens)],
    notOnChannelIds: [...new Set(draft.notOnChannelIds)].toSorted(),
    optionGroupIds: [...new Set(draft.optionGroupIds)],
    variants: draft.variants.map((variant) => ({ ...variant, name: tidyText(variant.name), barcodes: [...new Set(variant.barcodes)] })),
  };
}

/** The draft with the variants that it left out, which are no longer sold [CAT-9]; they stand last. */
export function withRetired(before: ProductDraft, draft: ProductDraft): ProductDraft {
  const given = new Set(draft.variants.map(({ id }) => id));
  const left = before.variants.filter(({ id }) => !given.has(id)).map((variant) => ({ ...variant, active: false }));
  return { ...draft, variants: [...draft.variants, ...left] };
}

/** The names of the fields that differ, for the audit; of none that says what stood there. */
export function changedFields(before: ProductDraft, after: ProductDraft): (keyof ProductDraft)[] {
  const keys = Object.keys(after) as (keyof ProductDraft)[]; // the fields of the type
  return keys.filter((key) => JSON.stringify(sortedForm(before, key)) !== JSON.stringify(sortedForm(after, key)));
}

/** Barcodes have no order of their own. */
function sortedForm(draft: ProductDraft, key: keyof ProductDraft): unknown {
  if (key === "variants")
    return draft.variants.map((variant) => ({ ...variant, barcodes: variant.barcodes.toSorted(), name: fixedOrder(variant.name) }));
  if (key === "pictures") return draft.pictures.map(({ url, alt, variantId }) => ({ url, alt: fixedOrder(alt), variantId }));
  return key === "name" || key === "description" ? fixedOrder(draft[key]) : draft[key];
}

/** The database gives the languages of a text back in an order of its own. */
const fixedOrder = ({ en, fr, de, ca }: LocalizedText): readonly (string | undefined)[] => [en, fr, de, ca];

/** What a draft says that cannot be, whatever else is in the catalog. */
export type DraftProblem =
  | { readonly kind: "no_variant_sold" }
  | { readonly kind: "variant_unnamed"; readonly sku: string }
  | { readonly kind: "fixed"; readonly field: "unit" | "tracked" | "kind" }
  | { readonly kind: "picture_of_nothing"; readonly variantId: VariantId };

/**
 * Judges a draft [CAT-6]. Among several variants each has a name, because nobody could choose. In what a product is measured, whether
 * it is counted and whether it is a service stays as it was made: stock, prices and orders of the past are written in it. A service is neither counted
 * nor sent, by whatever name its draft says it is [CAT-24].
 */
export function judgeDraft(draft: ProductDraft, before: ProductDraft | undefined): DraftProblem | undefined {
  const sold = draft.variants.filter(({ active }) => active);
  if (sold.length === 0) return { kind: "no_variant_sold" };
  const unnamed = sold.length > 1 ? sold.find(({ name }) => name.en.trim() === "") : undefined;
  if (unnamed) return { kind: "variant_unnamed", sku: unnamed.sku };
  if (before && before.unit !== draft.unit) return { kind: "fixed", field: "unit" };
  if (before && before.kind !== draft.kind) return { kind: "fixed", field: "kind" };
  if (before && draft.kind === "goods" && before.tracked !== draft.tracked) return { kind: "fixed", field: "tracked" };
  const shown = draft.pictures.flatMap(({ variantId }) => variantId ?? []);
  const stray = shown.find((variantId) => !draft.variants.some(({ id }) => id === variantId));
  return stray === undefined ? undefined : { kind: "picture_of_nothing", variantId: stray };
}

export type EditedProduct = { readonly id: ProductId; readonly version: number; readonly draft: ProductDraft };
