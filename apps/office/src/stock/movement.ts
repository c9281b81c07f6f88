import type { BodyOf, StockLevelView } from "@weft/contracts/client";

/** What a person fills in: how many came, were lost, or are there now; of a correction, signed. */
export type Booking = { readonly kind: "receipt" | "waste" | "correction" | "count"; readonly quantity: number; readonly reason: string };

type Level = Pick<StockLevelView, "placeId" | "sku" | "onHand">;

/** A booking as the hub takes it. A count names the figure that it started from, so that a sale meanwhile is noticed [STK-7]. */
export function movementOf({ placeId, sku, onHand }: Level, { kind, quantity, reason }: Booking): BodyOf<"stock.move"> {
  if (kind === "count") return { kind, placeId, sku, counted: quantity, changeFromQuantity: onHand, reason };
  return { kind, placeId, sku, quantity, reason };
}

/** The correction that takes a booking back; undefined where nothing moved. */
export function undoOf({ placeId, sku, onHand }: Level, { kind, quantity }: Booking, reason: string): BodyOf<"stock.move"> | undefined {
  const moved = kind === "count" ? quantity - onHand : kind === "waste" ? -quantity : quantity;
  return moved === 0 ? undefined : { kind: "correction", placeId, sku, quantity: -moved, reason };
}
