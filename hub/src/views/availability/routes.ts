import type { AnswerOf } from "@weft/contracts";
import { err, ok, type Problems } from "@weft/kernel";
import { read, type Actor, type Route, type ShownTouch } from "../../platform/index.ts";
import { availabilityOf, shippingOf, type AvailabilityQuery } from "./query.ts";

type AvailabilityError = { code: "availability.unknown_sku"; sku: string };
const AVAILABILITY_PROBLEMS: Problems<AvailabilityError> = {
  "availability.unknown_sku": { status: 404, title: "There is no such SKU" },
};

export const availabilityRoutes: readonly Route[] = [
  read(
    "availability.read",
    async (ctx, { query }) => {
      const places = await availabilityOf(ctx, query);
      const shipping = await shippingOf(ctx, query);
      return places && shipping !== undefined
        ? ok({ sku: query.sku, places, shipping })
        : err({ code: "availability.unknown_sku", sku: query.sku });
    },
    { problems: AVAILABILITY_PROBLEMS, shown: (answer, { query }, actor) => shownPromise(answer, query, actor) },
  ),
];

/** More places than this are on no screen at once. */
const MOST_KEPT = 5;

/**
 * What a channel promised somebody: the nearest places, or the chosen one and those around it. A promise has no version of its own; it
 * counts as another one every minute, so that looking again and again leaves one touch.
 */
function shownPromise(
  { sku, places }: AnswerOf<"availability.read">,
  { quantity, storeId }: AvailabilityQuery,
  actor: Actor,
): ShownTouch | null {
  const [first] = places;
  if (actor.channelId === null || !first) return null;
  return {
    recordId: actor.customer?.recordId ?? null,
    channelId: actor.channelId,
    placeId: storeId ?? actor.device?.placeId ?? null,
    subject: `promise/${encodeURIComponent(sku)}`,
    version: Math.floor(Date.parse(first.asOf) / 60_000),
    kind: "promise.shown",
    shown: {
      promise: {
        sku,
        quantity,
        places: places
          .slice(0, MOST_KEPT)
          .map(({ store, available, method, promiseAt, because }) => ({ placeId: store.id, available, method, promiseAt, because })),
      },
    },
  };
}
