import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CartView, PlacePromiseView } from "@weft/contracts/client";
import { api } from "../api.ts";

/** A cart with more kinds of goods asks only for the first ones: what takes longest is hardly the thirteenth. */
const MOST_ASKED = 12;

/** When all of a cart is ready at its place: the latest of its lines. Null while that is not known, or where one line has no promise [PRM-S1]. */
export function latestPromise(promises: readonly (PlacePromiseView | undefined)[]): string | null {
  const times = promises.map((promise) => promise?.promiseAt ?? null);
  if (times.length === 0 || times.includes(null)) return null;
  return times.reduce((latest, time) => ((time ?? "") > (latest ?? "") ? time : latest), null);
}

/** The promise of the cart at its place; asked again whenever the cart changes, because it hangs below its key. */
export function useCartPromise(cart: CartView | undefined): string | null {
  const placeId = cart?.place?.id;
  // Of a parcel the cart says it itself: it depends on the way that was chosen. So it does where something waits, or comes from elsewhere: the others do not.
  const isApart = ({ waits, elsewhere }: CartView["lines"][number]): boolean => waits !== undefined || elsewhere !== undefined;
  const isSaid = cart !== undefined && (cart.delivery !== null || cart.lines.some(isApart));
  const isAsked = cart !== undefined && !isSaid && placeId !== undefined && cart.lines.length > 0;
  const promises = useQuery({
    queryKey: ["cart", cart?.id ?? "", "promises", cart?.version ?? 0, placeId ?? ""],
    queryFn: async ({ signal }) => {
      const asked = (cart?.lines ?? []).slice(0, MOST_ASKED).map(({ sku, quantity }) => ({ sku, quantity, storeId: placeId, limit: 1 }));
      return Promise.all(asked.map(async (query) => (await api.ask("availability.read", { query, signal })).places[0]));
    },
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  if (isSaid) return cart.promise?.promiseAt ?? null;
  return isAsked && promises.data ? latestPromise(promises.data) : null;
}
