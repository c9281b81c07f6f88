import type { BusinessDate, PlaceId, VariantId } from "@weft/kernel";

/** How goods are sold before they are there: they come again, or they are not on the market yet. */
export type AheadKind = "backorder" | "preorder";

/** On which terms goods are sold ahead at a place. One of `comesOn` (on the calendar of the place) and `inDays` is set. */
export type AheadTerms = {
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly kind: AheadKind;
  /** Units that may wait at once, of carts and orders; 0: sold ahead no more. */
  readonly most: number;
  readonly comesOn: BusinessDate | null;
  /** So many days after it was ordered. */
  readonly inDays: number | null;
};

export type AheadRefusal = "date_or_days" | "date_over" | "preorder_needs_date";

/** Why terms cannot be set; undefined when they can. Terms that sell nothing ahead may keep a day that is over. */
export function aheadProblem(
  { kind, most, comesOn, inDays }: Omit<AheadTerms, "variantId" | "placeId">,
  today: BusinessDate,
): AheadRefusal | undefined {
  if ((comesOn === null) === (inDays === null)) return "date_or_days";
  if (kind === "preorder" && comesOn === null) return "preorder_needs_date";
  return most > 0 && comesOn !== null && comesOn < today ? "date_over" : undefined;
}
