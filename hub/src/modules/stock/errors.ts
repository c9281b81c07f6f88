import type { PlaceId, Problems, VariantId } from "@weft/kernel";
import type { AheadRefusal } from "./domain/index.ts";

export type StockError =
  | { code: "stock.sku_unknown"; sku: string }
  | { code: "stock.not_tracked"; sku: string }
  | { code: "stock.place_unknown"; placeId: PlaceId | string }
  | { code: "stock.level_unknown"; variantId: VariantId; placeId: PlaceId }
  | { code: "stock.quantity_invalid"; quantity: number; because: "receipt_not_positive" | "waste_not_positive" | "correction_zero" }
  | { code: "stock.count_outdated"; variantId: VariantId; placeId: PlaceId; startedFrom: number; onHand: number }
  | { code: "stock.ahead_invalid"; because: AheadRefusal }
  | { code: "stock.document_unknown" }
  | { code: "stock.document_ended"; state: string }
  | { code: "stock.same_place"; placeId: PlaceId }
  | { code: "stock.short_to_send"; variantId: VariantId; placeId: PlaceId; requested: number; available: number }
  | { code: "stock.nothing_asked" }
  | { code: "stock.line_unknown" }
  | { code: "stock.line_booked"; variantId: VariantId }
  | { code: "stock.out_of_reach"; placeId: PlaceId | string | null };

/** One row per code; a code without a row does not compile. */
export const STOCK_PROBLEMS: Problems<StockError> = {
  "stock.sku_unknown": { status: 404, title: "There is no such SKU" },
  "stock.not_tracked": { status: 422, title: "This is made to order and not counted" },
  "stock.place_unknown": { status: 404, title: "There is no such place" },
  "stock.level_unknown": { status: 404, title: "This place does not stock this variant" },
  "stock.quantity_invalid": { status: 422, title: "This quantity does not fit the kind of movement" },
  "stock.count_outdated": { status: 409, title: "The figure has changed since the count began" },
  "stock.ahead_invalid": { status: 422, title: "Goods cannot be sold ahead on these terms" },
  "stock.document_unknown": { status: 404, title: "There is no such document" },
  "stock.document_ended": { status: 409, title: "This has ended already" },
  "stock.same_place": { status: 422, title: "Goods travel from one place to another" },
  "stock.short_to_send": { status: 409, title: "What is promised to customers stays at its place" },
  "stock.nothing_asked": { status: 409, title: "Nothing of this is asked for any more" },
  "stock.line_unknown": { status: 422, title: "This is not on the list" },
  "stock.line_booked": { status: 409, title: "This line is booked already" },
  "stock.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
};
