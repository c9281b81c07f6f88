import type { BusinessDate, LineId, PlaceId, VariantId } from "@weft/kernel";
import {
  promiseForAll,
  shippingPromise,
  waitFor,
  type PromisingPlace,
  type ShippedWish,
  type ShippingPlace,
  type DeliveryMethod,
} from "../../promises/domain/index.ts";
import type { LineAhead } from "./cart.ts";

/** What of a cart a place is asked for: a share of a line, with what it has of it. */
export type LineWish = ShippedWish & { readonly lineId: LineId; readonly variantId: VariantId; readonly notBefore: Date | null };

/** Units of a line that wait for goods [CRT-31]: a part of the order of their own, promised for the day on which the goods come. */
export type AssessedWait = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly kind: LineAhead["kind"];
  readonly quantity: number;
  readonly on: BusinessDate;
  readonly notBefore: Date | null;
  readonly promiseAt: Date | null;
  /** Of what is sent: by when it has to leave. */
  readonly shipBy: Date | null;
  /** A card is charged for it as it leaves [CHK-54]. */
  readonly isChargedLater: boolean;
};

/** What of some wishes is there now; all of them where nothing is: then it is promised together for the day on which it comes. */
export function whatIsThere<W extends ShippedWish>(wishes: readonly W[]): readonly W[] {
  const there = wishes.flatMap((wish) => {
    const quantity = wish.quantity - (waitFor(wish.goods, wish.quantity)?.units ?? 0);
    return quantity === wish.quantity ? [wish] : quantity > 0 ? [{ ...wish, quantity }] : [];
  });
  return there.length > 0 ? there : wishes;
}

/** How a place serves what waits there: it sends it, or hands it over. */
export type WaitingPlace =
  | { readonly kind: "ship"; readonly place: ShippingPlace | null; readonly method: DeliveryMethod | null; readonly country: string }
  | { readonly kind: "collect"; readonly promising: PromisingPlace | null };

/** What waits of the wishes that a place is asked for. What it cannot give at all waits for nothing: it is short. */
export function waitsOf(
  wishes: readonly LineWish[],
  placeId: PlaceId,
  serves: (lineId: LineId) => WaitingPlace,
  at: Date,
): Omit<AssessedWait, "isChargedLater">[] {
  return wishes.flatMap((wish): Omit<AssessedWait, "isChargedLater">[] => {
    const { lineId, variantId, notBefore, goods, quantity } = wish;
    const wait = waitFor(goods, quantity);
    if (!wait || wait.units > (goods.ahead?.left ?? 0)) return [];
    const { kind, on, units } = wait;
    return [{ lineId, variantId, placeId, kind, on, notBefore, quantity: units, ...promisedBy(wish, serves(lineId), at) }];
  });
}

function promisedBy(wish: LineWish, place: WaitingPlace, at: Date): Pick<AssessedWait, "promiseAt" | "shipBy"> {
  if (place.kind === "ship") {
    const { promiseAt, shipBy } = shippingPromise([wish], place.place, place.method, place.country, at);
    return { promiseAt, shipBy };
  }
  return { promiseAt: place.promising && promiseForAll([wish], place.promising, at).promiseAt, shipBy: null };
}
