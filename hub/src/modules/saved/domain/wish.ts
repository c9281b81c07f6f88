import type { Because } from "@weft/contracts";
import type { Id, PlaceId, RecordId, UnitPrice, VariantId, ChannelId } from "@weft/kernel";
import { isCheaper } from "../../pricing/domain/index.ts";

export type WishId = Id<"wish">;
export type WishKind = "back_in_stock" | "cheaper" | "in_my_store" | "new_on_menu";

export type WaitingWish = {
  readonly id: WishId;
  readonly recordId: RecordId;
  readonly channelId: ChannelId | null;
  readonly kind: WishKind;
  readonly variantId: VariantId | null;
  /** Null: anywhere. */
  readonly placeId: PlaceId | null;
  /** What it cost when the wish was made. */
  readonly price: UnitPrice | null;
};

/** What of a wish says whether a unit is held for it. */
export type Offered = { readonly offeredUntil: Date | null; readonly takenAt: Date | null };

/** Whether a unit is held for whoever made a wish, and for nobody else [SAV-12]. */
export function isHeld({ offeredUntil, takenAt }: Offered, now: Date): boolean {
  return offeredUntil !== null && takenAt === null && offeredUntil > now;
}

/** How it is now, in the places that serve, in the order in which they are tried. */
export type WishFacts = {
  readonly places: readonly PlaceId[];
  isSoldAt(variantId: VariantId, placeId: PlaceId): boolean;
  /** Sold there, not sold out, and there are units of it where they are counted. */
  isThere(variantId: VariantId, placeId: PlaceId): boolean;
  /** What one costs there on the channel of the wish; without a place, on the channel. Null where it is not for sale. */
  priceAt(variantId: VariantId, placeId: PlaceId | null): UnitPrice | null;
};

/**
 * Whether what somebody waits for is so now [SAV-7], with the reason that the note tells; null while it is not. What is new on a menu is
 * told by comparing menus, not here. A price in another currency or unit is no cheaper one.
 */
export function isTrue({ kind, variantId, placeId, price }: WaitingWish, facts: WishFacts): Because | null {
  if (variantId === null) return null;
  const asked = placeId === null ? facts.places : [placeId];
  if (kind === "back_in_stock") {
    const at = asked.find((place) => facts.isThere(variantId, place));
    return at === undefined ? null : { kind: "back_in_stock", data: { placeId: at } };
  }
  if (kind === "in_my_store") {
    const isSold = placeId !== null && facts.isSoldAt(variantId, placeId) && facts.priceAt(variantId, placeId) !== null;
    return isSold ? { kind: "in_my_store", data: { placeId } } : null;
  }
  if (kind !== "cheaper" || price === null) return null;
  const now = facts.priceAt(variantId, placeId);
  return now !== null && isCheaper(now, price) ? { kind: "cheaper", data: { from: price, to: now, placeId } } : null;
}
