import type { PlaceId, RecordId } from "@weft/kernel";
import { on, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { CartHandedOver, CartOpened } from "../carts/events.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import { wasNear } from "./commands/near.ts";

type Whereabouts = { readonly recordId: string | null; readonly placeId: string | null };

/** Who has a cart, an order or a collection at a place is near it. May be seconds late: then a cashier asks for a name instead. */
export const customerSubscribers: readonly Subscriber[] = [
  subscriber(
    "customers.near_place",
    [CartOpened, CartHandedOver, OrderPlaced, FulfillmentChanged].map((event) =>
      on<Whereabouts>(event, (ctx, { data, time }) => keepNear(ctx, data, time)),
    ),
  ),
];

async function keepNear(ctx: Ctx, { recordId, placeId }: Whereabouts, time: string): Promise<void> {
  // Both are ids that the publisher took from its own rows.
  if (recordId && placeId) await wasNear(ctx, recordId as RecordId, placeId as PlaceId, new Date(time));
}
