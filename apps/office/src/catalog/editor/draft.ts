import type { LocalizedText, ProductDraftView } from "@weft/contracts/client";
import { readGtin } from "../../../../../hub/src/modules/catalog/domain/index.ts";

export type VariantDraftView = ProductDraftView["variants"][number];

/** A product that nobody has said anything of, with one variant to sell. */
export function emptyDraft(variantId: string, categoryId: string, taxClass: string): ProductDraftView {
  return {
    slug: "",
    name: { en: "" },
    description: { en: "" },
    brand: "",
    categoryId,
    pictures: [],
    allergens: [],
    taxClass,
    prepSeconds: 0,
    batchPercent: 100,
    unit: "piece",
    tracked: true,
    shippable: false,
    chargedWhen: "house",
    kind: "goods",
    active: true,
    soldEverywhere: true,
    notOnChannelIds: [],
    variants: [emptyVariant(variantId)],
    optionGroupIds: [],
  };
}

export const emptyVariant = (id: string): VariantDraftView => ({ id, sku: "", name: { en: "" }, mpn: "", barcodes: [], active: true });

/** An address made of a name: `Café au lait!` becomes `cafe-au-lait`. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 120);
}

/** A list with the entry at `from` moved by `by` places; what would leave the list stays. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** The barcodes in a text that people typed or scanned, and the first that is none, by its check digit too. */
export function readBarcodes(text: string): { readonly barcodes: string[]; readonly wrong: string | undefined } {
  const barcodes = text.split(/[,;\s]+/).filter((part) => part !== "");
  return { barcodes, wrong: barcodes.find((barcode) => !readGtin(barcode).ok) };
}

/** A text with another wording in one language. */
export const withText = (text: LocalizedText, language: keyof LocalizedText, wording: string): LocalizedText => ({
  ...text,
  [language]: wording,
});
