import { asId, err, ok, type PlaceId } from "@weft/kernel";
import { FulfillmentChanged } from "../../modules/fulfillment/events.ts";
import { FULFILLMENT_PROBLEMS, worksAt, type FulfillmentError } from "../../modules/fulfillment/index.ts";
import { OrderCanceled, OrderPlaced } from "../../modules/orders/events.ts";
import { livePresenter, read, type LivePresenter, type Route } from "../../platform/index.ts";
import { queueOf } from "./queue.ts";

export const boardRoutes: readonly Route[] = [
  read(
    "boards.queue",
    async (ctx, { params }) => {
      const placeId = asId<PlaceId>(params.placeId); // a UUID by the contract
      return worksAt(ctx, placeId) ? ok(await queueOf(ctx, placeId, ctx.now)) : err<FulfillmentError>({ code: "fulfillment.other_place" });
    },
    { problems: FULFILLMENT_PROBLEMS },
  ),
];

/** The queue as it moves: the whole of it with every step, so that a wall screen asks for nothing. */
export const queueLive: LivePresenter = livePresenter({
  kind: "queue",
  affectedBy: [OrderPlaced, OrderCanceled, FulfillmentChanged].map((event) => ({
    event,
    subject({ data }) {
      const { placeId } = data as { readonly placeId: string | null }; // each of these facts names its place
      return placeId && `queue/${placeId}`;
    },
  })),
  authorize: async (ctx, id) => (worksAt(ctx, asId<PlaceId>(id)) ? "board" : null), // compared with places, and with nothing else
  async present(ctx, id) {
    const queue = await queueOf(ctx, asId<PlaceId>(id), new Date()); // the same
    return { version: queue.version, patch: queue };
  },
});
