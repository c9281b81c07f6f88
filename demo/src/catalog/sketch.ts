import type { Picture } from "../pictures/picture.ts";
import type { Allergen, Diet, Station, TaxClass } from "../types.ts";

/** One text in English, French, German and Catalan, in this order. */
export type Four = readonly [en: string, fr: string, de: string, ca: string];

/** How a product is written down in the lists of this folder; `products.ts` gives it ids, barcodes and the section's values. */
export type Sketch = {
  /** The first variant's SKU is this, or this and the variant's ending. */
  readonly sku: string;
  readonly name: Four;
  readonly about: Four;
  /** Minor units of EUR, tax included, in France. */
  readonly price: number;
  readonly picture: Picture;
  readonly allergens?: readonly Allergen[];
  readonly diet?: Diet;
  readonly prepSeconds?: number;
  readonly options?: readonly string[];
  readonly taxClass?: TaxClass;
  readonly isTracked?: boolean;
  readonly isShippable?: boolean;
  readonly station?: Station;
  readonly variants?: readonly VariantSketch[];
  /** Sold nowhere: only what is made of it is. */
  readonly isActive?: boolean;
  /** What one is made of, by SKU. */
  readonly parts?: readonly (readonly [sku: string, quantity: number])[];
};
export type VariantSketch = { readonly ending: string; readonly name: Four; readonly price: number; readonly picture?: Picture };

/** Products of one category with what they have in common; a sketch may say otherwise. */
export type Section = {
  readonly category: string;
  readonly taxClass: TaxClass;
  readonly isTracked: boolean;
  readonly isShippable: boolean;
  readonly station: Station;
  readonly prepSeconds: number;
  readonly diet: Diet;
  readonly products: readonly Sketch[];
};
