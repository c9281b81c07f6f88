import type { PlaceId, VariantId } from "@weft/kernel";

/** Units of a variant at a place. */
export type Level = {
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  /** In the house; below zero when a sale that had happened took more. */
  readonly onHand: number;
  /** For orders. */
  readonly allocated: number;
  /** For carts, also holds whose time has passed and that nobody has tidied up. */
  readonly held: number;
  readonly safety: number;
  /** What can be promised now; may be below zero. */
  readonly available: number;
};

/** What may be booked by hand. `waste` counts what is lost, so it is positive too; a count says what is there now. */
export type StockEntry = { readonly variantId: VariantId; readonly placeId: PlaceId; readonly reason: string } & (
  | { readonly kind: "receipt" | "waste" | "correction"; readonly quantity: number }
  | { readonly kind: "count"; readonly counted: number; readonly changeFromQuantity: number }
);

/** What is wrong with the quantity of an entry, if anything. */
export function quantityProblem(entry: StockEntry): "receipt_not_positive" | "waste_not_positive" | "correction_zero" | undefined {
  switch (entry.kind) {
    case "receipt":
      return entry.quantity > 0 ? undefined : "receipt_not_positive";
    case "waste":
      return entry.quantity > 0 ? undefined : "waste_not_positive";
    case "correction":
      return entry.quantity === 0 ? "correction_zero" : undefined;
    case "count":
      return undefined;
  }
}

/** At or below this many units a level is on the list of what runs out. */
export const LOW_UNITS = 3;
