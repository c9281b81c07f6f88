import { useQueries } from "@tanstack/react-query";
import type { CartView, PlacePromiseView } from "@weft/contracts/client";
import { availabilityQuery } from "../product/products.ts";

/** A cart with more kinds of goods asks only for the first ones: what takes longest is hardly the thirteenth. */
const MOST_ASKED = 12;

/** When all of a cart is ready at its place: the latest of its lines. Null while that is not known, or where one line has no promise [PRO-S1]. */
export function latestPromise(promises: readonly (PlacePromiseView | undefined)[]): string | null {
  const times = promises.map((promise) => promise?.promiseAt ?? null);
  if (times.length === 0 || times.includes(null)) return null;
  return times.reduce((latest, time) => ((time ?? "") > (latest ?? "") ? time : latest), null);
}

/** The promise of the cart at its place, kept as true as the answers are. */
export function useCartPromise(cart: CartView | undefined): string | null {
  const placeId = cart?.place?.id;
  const lines = placeId === undefined ? [] : (cart?.lines ?? []).slice(0, MOST_ASKED);
  return useQueries({
    queries: lines.map(({ sku, quantity }) => availabilityQuery(sku, quantity, placeId)),
    combine: (answers) => latestPromise(answers.map(({ data }) => data?.[0])),
  });
}
