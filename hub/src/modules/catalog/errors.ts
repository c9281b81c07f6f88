import type { CategoryId, PlaceId, Problems, ProductId } from "@weft/kernel";
import type { GtinProblem } from "./domain/index.ts";

export type CatalogError =
  | { code: "catalog.product_unknown"; product: ProductId | string }
  | { code: "catalog.variant_unknown"; variant: string }
  | { code: "catalog.category_unknown"; categoryId: CategoryId | string }
  | { code: "catalog.sku_taken"; sku: string }
  | { code: "catalog.slug_taken"; slug: string }
  | { code: "catalog.barcode_invalid"; barcode: string; because: GtinProblem }
  | { code: "catalog.barcode_taken"; barcode: string }
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
  "catalog.until_past": { status: 422, title: "This time has passed already" },
  "catalog.place_unknown": { status: 404, title: "There is no such place" },
  "catalog.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
};
