import type { LocalizedText } from "@weft/contracts";
import type { CategoryId, ChannelId, Id, Money, PlaceId, ProductId, UnitOfMeasure, VariantId } from "@weft/kernel";
import type { Gtin } from "./gtin.ts";

export type OptionGroupId = Id<"option group">;

export type Category = {
  readonly id: CategoryId;
  readonly parentId: CategoryId | null;
  readonly code: string;
  readonly name: LocalizedText;
  readonly position: number;
  readonly icon: string | null;
};

/** A choice made when ordering. `minimum` 1 makes it required; the first value is the default then. Several products share a group. */
export type OptionGroup = {
  readonly id: OptionGroupId;
  readonly code: string;
  readonly name: LocalizedText;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: readonly OptionValue[];
};

export type OptionValue = {
  readonly code: string;
  readonly name: LocalizedText;
  /** What it costs more or less than the price of the variant. */
  readonly priceDifference: Money;
  /** What it is made of: where that is sold out, so is this value. */
  readonly variantId: VariantId | null;
  /** Work that it adds to a piece of what somebody makes [CAT-25]; left out: none. */
  readonly prepSeconds?: number;
};

/** A picture of a product, or of one of its variants only, and what it shows in words; without words it is decoration. */
export type ProductPicture = { readonly url: string; readonly alt: LocalizedText; readonly variantId?: VariantId };

/**
 * When a card is charged for goods that are ordered before they are there [CAT-23]: with the order, as they leave, or as the place says that sells them
 * (`house`).
 */
export type ChargedWhen = "house" | "order" | "dispatch";

/** `service`: it is given at a time that is booked, lies on no shelf and travels in no parcel [CAT-24]. */
export type ProductKind = "goods" | "service";

export type ProductFacts = {
  readonly id: ProductId;
  /** Rises with every change. */
  readonly version: number;
  readonly slug: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  /** Whose make it is, as its maker writes it; empty where it is nobody's [CAT-21]. */
  readonly brand: string;
  readonly categoryId: CategoryId;
  /** The first of `pictures`. */
  readonly pictureUrl: string | null;
  readonly pictures: readonly ProductPicture[];
  readonly allergens: readonly string[];
  readonly taxClass: string;
  /** Work on one unit; 0 when it is only handed over. */
  readonly prepSeconds: number;
  /** What every further piece of it in an order takes of that, in percent: two of the same drink are made together [CAT-25]. */
  readonly batchPercent: number;
  readonly unit: UnitOfMeasure;
  /** Counted in stock. What is made to order is not. */
  readonly isTracked: boolean;
  /** May travel in a parcel. */
  readonly isShippable: boolean;
  readonly chargedWhen: ChargedWhen;
  readonly kind: ProductKind;
  readonly isActive: boolean;
  /** Sold by every store, but where the assortment says otherwise. */
  readonly soldEverywhere: boolean;
  /** Orders search results: the higher, the earlier. */
  readonly popularity: number;
  /** Order within the category. */
  readonly position: number;
};

/** What is sold and priced. `name` is empty in all languages when the product has one variant only. */
export type VariantFacts = {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly sku: string;
  readonly name: LocalizedText;
  /** The maker's own number of it, or empty. */
  readonly mpn: string;
  readonly position: number;
  /** Whether it can still be bought; documents name it for ever [CAT-9]. */
  readonly isActive: boolean;
};

/** Where a store differs from `soldEverywhere`. */
export type AssortmentFact = { readonly productId: ProductId; readonly placeId: PlaceId; readonly isIncluded: boolean };

/** The catalog as stored. */
export type CatalogFacts = {
  readonly revision: number;
  readonly categories: readonly Category[];
  readonly products: readonly ProductFacts[];
  readonly variants: readonly VariantFacts[];
  readonly barcodes: readonly (Gtin & { readonly variantId: VariantId })[];
  readonly optionGroups: readonly OptionGroup[];
  /** In the order in which a product asks them. */
  readonly productOptions: readonly { readonly productId: ProductId; readonly groupId: OptionGroupId }[];
  readonly assortment: readonly AssortmentFact[];
  /** What variants are made of [CAT-11]. */
  readonly parts: readonly { readonly variantId: VariantId; readonly componentId: VariantId; readonly quantity: number }[];
  /** Channels that do not sell a product [CAT-10]. */
  readonly exclusions: readonly { readonly productId: ProductId; readonly channelId: ChannelId }[];
};
