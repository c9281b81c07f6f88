import { asId, err, ok, type PlaceId } from "@weft/kernel";
import { CustomerArriving, FulfillmentChanged, ItemsPrepared, RoundChanged } from "../../modules/fulfillment/events.ts";
import { FULFILLMENT_PROBLEMS, worksAt, type FulfillmentError } from "../../modules/fulfillment/index.ts";
import { OrderCanceled, OrderPlaced } from "../../modules/orders/events.ts";
import { read, type LivePresenter, type Route } from "../../platform/index.ts";
import { queueOf } from "./queue.ts";
import { stationQueueOf } from "./stations.ts";

export const boardRoutes: readonly Route[] = [
  read(
    "boards.queue",
    async (ctx, { params }) => {
      const placeId = asId<PlaceId>(params.placeId); // a UUID by the contract
      return worksAt(ctx, placeId) ? ok(await queueOf(ctx, placeId, ctx.now)) : err<FulfillmentError>({ code: "fulfillment.other_place" });
    },
    { problems: FULFILLMENT_PROBLEMS },
  ),
  read(
    "boards.stations",
    async (ctx, { params }) => {
      const placeId = asId<PlaceId>(params.placeId); // the same
      if (!worksAt(ctx, placeId)) return err<FulfillmentError>({ code: "fulfillment.other_place" });
      return ok(await stationQueueOf(ctx, placeId, ctx.now));
    },
    { problems: FULFILLMENT_PROBLEMS },
  ),
];

/** What these facts change is shown under their place. */
const affectedPlaces = (kind: string, events: readonly { readonly type: string }[]): LivePresenter["affectedBy"] =>
  events.map(({ type }) => ({
    type,
    subject({ data }) {
      const { placeId } = data as { readonly placeId: string | null }; // each of these facts names its place
      return placeId && `${kind}/${placeId}`;
    },
    takesRights: false,
  }));

/** What the stations of a place make, as it moves: the whole of it with every step, so that their screens ask for nothing. */
export const stationsLive: LivePresenter = {
  kind: "stations",
  affectedBy: affectedPlaces("stations", [OrderPlaced, OrderCanceled, FulfillmentChanged, ItemsPrepared, RoundChanged, CustomerArriving]),
  authorize: async (ctx, id) => (worksAt(ctx, asId<PlaceId>(id)) ? "board" : null), // compared with places, and with nothing else
  async present(ctx, id) {
    const queue = await stationQueueOf(ctx, asId<PlaceId>(id), new Date()); // the same
    return { version: queue.version, patch: queue };
  },
};

/** The queue as it moves: the whole of it with every step, so that a wall screen asks for nothing. */
export const queueLive: LivePresenter = {
  kind: "queue",
  affectedBy: affectedPlaces("queue", [OrderPlaced, OrderCanceled, FulfillmentChanged, CustomerArriving]),
  authorize: async (ctx, id) => (worksAt(ctx, asId<PlaceId>(id)) ? "board" : null), // the same
  async present(ctx, id) {
    const queue = await queueOf(ctx, asId<PlaceId>(id), new Date()); // the same
    return { version: queue.version, patch: queue };
  },
};
