import type { CategoryId, ChannelId, PlaceId, Problems, ProductId, VariantId } from "@weft/kernel";
import type { GtinProblem } from "./domain/index.ts";

export type CatalogError =
  | { code: "catalog.product_unknown"; product: ProductId | string }
  | { code: "catalog.variant_unknown"; variant: string }
  | { code: "catalog.category_unknown"; categoryId: CategoryId | string }
  | { code: "catalog.sku_taken"; sku: string }
  | { code: "catalog.slug_taken"; slug: string }
  | { code: "catalog.barcode_invalid"; barcode: string; because: GtinProblem }
  | { code: "catalog.barcode_taken"; barcode: string }
  | { code: "catalog.changed_meanwhile"; version: number }
  | { code: "catalog.version_missing"; version: number }
  | { code: "catalog.no_variant_sold" }
  | { code: "catalog.variant_unnamed"; sku: string }
  | { code: "catalog.variant_elsewhere"; sku: string }
  | { code: "catalog.fixed"; field: "unit" | "tracked" | "kind" }
  | { code: "catalog.option_group_unknown"; id: string }
  | { code: "catalog.options_invalid"; because: "maximum_below_minimum" | "too_few_values" | "value_twice" | "currency" }
  | { code: "catalog.tax_class_unknown"; taxClass: string }
  | { code: "catalog.channel_unknown"; channelId: ChannelId | string }
  | { code: "catalog.picture_unknown"; url: string }
  | { code: "catalog.picture_invalid"; because: "kind" | "pixels" | "broken" }
  | { code: "catalog.picture_too_large"; mostBytes: number }
  | { code: "catalog.picture_variant_unknown"; variantId: VariantId }
  | { code: "catalog.code_taken"; taken: string }
  | { code: "catalog.category_circle" }
  | { code: "catalog.part_invalid"; sku: string; because: "itself" | "not_counted" | "has_parts" | "is_part" }
  | { code: "catalog.until_past"; until: string }
  | { code: "catalog.place_unknown"; placeId: PlaceId }
  | { code: "catalog.out_of_reach"; placeId: PlaceId | string | null };

export const CATALOG_PROBLEMS: Problems<CatalogError> = {
  "catalog.product_unknown": { status: 404, title: "There is no such product" },
  "catalog.variant_unknown": { status: 404, title: "There is no such variant" },
  "catalog.category_unknown": { status: 404, title: "There is no such category" },
  "catalog.sku_taken": { status: 409, title: "Another variant has this SKU" },
  "catalog.slug_taken": { status: 409, title: "Another product has this address" },
  "catalog.barcode_invalid": { status: 422, title: "This is no barcode" },
  "catalog.barcode_taken": { status: 409, title: "Another variant has this barcode" },
  "catalog.changed_meanwhile": { status: 412, title: "Somebody has changed this meanwhile" },
  "catalog.version_missing": { status: 428, title: "Say in If-Match which version is changed" },
  "catalog.no_variant_sold": { status: 422, title: "A product has at least one variant that can be bought" },
  "catalog.variant_unnamed": { status: 422, title: "Among several variants each has a name" },
  "catalog.variant_elsewhere": { status: 409, title: "This variant belongs to another product" },
  "catalog.fixed": { status: 409, title: "This stays as the product was made" },
  "catalog.option_group_unknown": { status: 422, title: "There is no such group of options" },
  "catalog.options_invalid": { status: 422, title: "These options contradict each other" },
  "catalog.tax_class_unknown": { status: 422, title: "There is no such tax class" },
  "catalog.channel_unknown": { status: 422, title: "There is no such channel" },
  "catalog.picture_unknown": { status: 422, title: "There is no such picture" },
  "catalog.picture_invalid": { status: 422, title: "This is no picture that can be kept" },
  "catalog.picture_too_large": { status: 413, title: "This picture is too large" },
  "catalog.picture_variant_unknown": { status: 422, title: "A picture shows a variant that the product does not have" },
  "catalog.code_taken": { status: 409, title: "This code is taken" },
  "catalog.category_circle": { status: 422, title: "A category cannot stand below itself" },
  "catalog.part_invalid": { status: 422, title: "This cannot be a part of it" },
  "catalog.until_past": { status: 422, title: "This time has passed already" },
  "catalog.place_unknown": { status: 404, title: "There is no such place" },
  "catalog.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
};
