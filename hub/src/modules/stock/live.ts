import { mayActAt } from "../access/index.ts";
import { livePresenter, type LivePresenter } from "../../platform/index.ts";
import { StockAskedChanged, StockDocumentChanged } from "./events.ts";

/**
 * Says that deliveries, waste, transfers, counts or what it is asked for changed at a place: `goods/<place>`. It carries nothing: a screen asks again. The
 * version is the place of the last change in the log.
 */
export function goodsLive(): LivePresenter {
  const lastOf = new Map<string, number>();
  return livePresenter({
    kind: "goods",
    affectedBy: [
      {
        event: StockDocumentChanged,
        subject({ data, position }) {
          const { placeId, fromPlaceId } = data as { placeId: string; fromPlaceId: string | null }; // the schema of the event
          const places = fromPlaceId === null ? [placeId] : [placeId, fromPlaceId];
          for (const place of places) lastOf.set(place, position);
          return places.map((place) => `goods/${place}`);
        },
      },
      {
        event: StockAskedChanged,
        subject({ data, position }) {
          const { placeId } = data as { placeId: string }; // the schema of the event
          lastOf.set(placeId, position);
          return [`goods/${placeId}`];
        },
      },
    ],
    authorize: async ({ actor }, id) => ((actor.staff ?? actor.device) && mayActAt(actor, id) ? "goods" : null),
    present: async (_ctx, id) => ({ version: lastOf.get(id) ?? 0, patch: {} }),
  });
}
