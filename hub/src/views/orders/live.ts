import { livePresenter, type LivePresenter } from "../../platform/index.ts";
import { circleOf } from "../../modules/channels/index.ts";
import { worksAt, workCounts } from "../../modules/fulfillment/index.ts";
import { CustomerArriving, FulfillmentChanged } from "../../modules/fulfillment/events.ts";
import { OrderCanceled, OrderChanged, OrderPlaced } from "../../modules/orders/events.ts";
import { readOrder } from "../../modules/orders/index.ts";
import type { PlaceId } from "@weft/kernel";
import { showOrder, type OrderViewDeps, type Viewer } from "./query.ts";
import { orderId, viewerOf } from "./rights.ts";

/** An order as its customer and the staff follow it: the same JSON as when it is read. */
export const orderLive = (deps: OrderViewDeps): LivePresenter =>
  livePresenter({
    kind: "order",
    affectedBy: [OrderPlaced, OrderChanged, OrderCanceled, FulfillmentChanged, CustomerArriving].map((event) => ({
      event,
      subject: ({ subject }) => subject,
    })),
    async authorize(ctx, id, token) {
      const entry = await readOrder(ctx, orderId(id));
      return entry ? viewerOf(token === null ? ctx : { ...ctx, actor: { ...ctx.actor, cartToken: token } }, entry) : null;
    },
    async present(ctx, id, viewer) {
      // The class is what authorize gave.
      const order = await showOrder(ctx, deps, orderId(id), viewer as Viewer);
      return order && { version: order.version, patch: order };
    },
  });

/** Who works on the retailer's own channels. */
const RETAILER = "work";

/** What a place has to do: how much waits, is ready and is done. Screens that show the list ask for it again when this changes. */
export const workLive: LivePresenter = livePresenter({
  kind: "work",
  affectedBy: [
    { event: OrderPlaced, subject: ({ data }) => placeOf(data) },
    { event: OrderCanceled, subject: ({ data }) => placeOf(data) },
    { event: FulfillmentChanged, subject: ({ data }) => placeOf(data) },
    { event: CustomerArriving, subject: ({ data }) => placeOf(data) },
  ],
  // A device of a circle [CHA-9] follows that circle's; the id is compared with places, and with nothing else.
  authorize: async (ctx, id) => (worksAt(ctx, id as PlaceId) ? ((await circleOf(ctx, ctx.actor.channelId)) ?? RETAILER) : null),
  async present(ctx, id, circle) {
    const counts = await workCounts(ctx, id as PlaceId, circle === RETAILER ? null : circle); // the same
    return { version: counts.version, patch: counts };
  },
});

function placeOf(data: unknown): string | null {
  const { placeId } = data as { readonly placeId: string | null }; // each of these facts names its place
  return placeId && `work/${placeId}`;
}
