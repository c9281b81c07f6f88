import { err, ok, type LineId, type PlaceId, type Result } from "@weft/kernel";
import type { Goods, StoredLine } from "./cart.ts";
import { isCode } from "./elsewhere.ts";
import type { Refusal } from "./refusal.ts";

/** The time at which a service of the cart is given. The line has the id of the booking that holds it, and keeps what is shown of it. */
export type BookedTime = {
  readonly serviceId: string;
  readonly placeId: PlaceId;
  readonly placeName: string;
  readonly staffName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  /** The seat is kept from others until then. */
  readonly heldUntil: Date;
};

/** Whose times are booked with these operations, by line. */
export type BookedTimes = ReadonlyMap<string, BookedTime>;

/**
 * The time of a line that is added [CRT-40]: a service has one, but at a counter, where it is given to whoever stands there. Refusals:
 * `cart.time_missing`.
 */
export function timeOf(
  goods: Goods,
  lineId: LineId | undefined,
  { booked, isAtCounter }: { readonly booked: BookedTimes | undefined; readonly isAtCounter: boolean },
): Result<BookedTime | undefined, Refusal> {
  if (goods.kind !== "service") return ok(undefined);
  const time = lineId && booked?.get(lineId);
  if (time || isAtCounter) return ok(time);
  return err({ code: "cart.time_missing", data: { sku: goods.sku } });
}

/** What is nothing to carry: a gift card is its code, and a service is given at its time. It comes with no parcel. */
export const isImmaterial = (goods: (Pick<Goods, "taxClass"> & Pick<Goods, "kind">) | undefined): boolean =>
  goods?.kind === "service" || isCode(goods);

/** What keeps a service from being sold [CRT-40]: no time, or one that is held no more. */
export function whyNoTime(
  { booked }: Pick<StoredLine, "booked">,
  { kind }: Pick<Goods, "kind">,
  { at, handsOverNow }: { readonly at: Date; readonly handsOverNow: boolean },
): { readonly code: "booking.time_missing" | "booking.lapsed"; readonly data?: { readonly startsAt: string } } | null {
  if (kind !== "service") return null;
  if (!booked) return handsOverNow ? null : { code: "booking.time_missing" };
  return booked.heldUntil <= at ? { code: "booking.lapsed", data: { startsAt: booked.startsAt.toISOString() } } : null;
}
