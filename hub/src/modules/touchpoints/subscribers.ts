import type { ChannelId, HubEvent, PlaceId, RecordId } from "@weft/kernel";
import { on, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { CartHandedOver, CartOpened } from "../carts/events.ts";
import { channelAt } from "../channels/index.ts";
import {
  ContactVerified,
  CustomerClaimed,
  CustomerLinked,
  CustomerOpened,
  CustomerSignedIn,
  CustomerUnlinked,
} from "../customers/events.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { PointsTakenBack } from "../loyalty/events.ts";
import { MessageSent } from "../messages/events.ts";
import { OrderCanceled, OrderPlaced } from "../orders/events.ts";
import { journeyOf, type FactKind, type Touch, type TouchId } from "./domain.ts";
import { createRecordCache } from "./record-cache.ts";
import { insertTouches } from "./store.ts";

/**
 * Facts of other modules as entries of the timeline, some milliseconds late. An entry has the id and the time of its fact, so a fact that
 * comes twice is one entry. What nobody is known for has no timeline.
 */
export const touchpointsSubscribers: readonly Subscriber[] = [
  subscriber("touchpoints.facts", [
    on(OrderPlaced, async (ctx, event) => {
      // Imported orders are history: whoever imports them writes it at its own time.
      if (event.data.mode !== "imported") await note(ctx, event, orderEntry(event.data));
    }),
    on(OrderCanceled, (ctx, event) =>
      note(ctx, event, { kind: "order_canceled", ...event.data, reference: ["order", event.data.orderId] }),
    ),
    on(CartOpened, (ctx, event) => note(ctx, event, { kind: "cart", ...event.data, reference: ["cart", event.data.cartId] })),
    on(CartHandedOver, (ctx, event) => {
      const { cartId, mode, proof, fromChannelId, toChannelId } = event.data;
      const entry: Entry = { kind: "handover", ...event.data, channelId: toChannelId, reference: ["cart", cartId] };
      return note(ctx, event, { ...entry, data: { mode, proof, fromChannelId } });
    }),
    on(FulfillmentChanged, (ctx, event) => noteFulfillment(ctx, event)),
    on(MessageSent, async (ctx, event) => {
      const { kind, template, messageId, state } = event.data;
      if (state === "sent")
        await note(ctx, event, {
          ...event.data,
          kind: "message",
          name: template,
          reference: ["message", messageId],
          data: { medium: kind },
        });
    }),
  ]),
  subscriber("touchpoints.people", [
    on(CustomerSignedIn, (ctx, event) => note(ctx, event, { kind: "sign_in", ...event.data })),
    on(ContactVerified, (ctx, event) => {
      const { kind, by } = event.data;
      return note(ctx, event, { ...event.data, kind: "contact_verified", name: kind, data: { by } });
    }),
    on(CustomerClaimed, (ctx, event) => note(ctx, event, { kind: "claim", ...event.data })),
    on(CustomerOpened, (ctx, event) => {
      const { registerId } = event.data;
      return note(ctx, event, { kind: "till_visit", ...event.data, data: { registerId } });
    }),
    on(PointsTakenBack, (ctx, event) => {
      const { orderId, points } = event.data;
      return note(ctx, event, { kind: "points_taken_back", ...event.data, reference: ["order", orderId], data: { points } });
    }),
    on(CustomerLinked, (ctx, event) => note(ctx, event, { kind: "linked", ...linkEntry(event.data) })),
    on(CustomerUnlinked, (ctx, event) => note(ctx, event, { kind: "unlinked", ...linkEntry(event.data) })),
  ]),
];

type Entry = {
  readonly kind: FactKind;
  readonly recordId: string | null;
  readonly channelId?: string | null;
  readonly placeId?: string | null;
  readonly name?: string | null;
  readonly reference?: readonly [kind: string, id: string];
  readonly data?: Readonly<Record<string, unknown>>;
};

type PlacedOrder = {
  readonly orderId: string;
  readonly number: string;
  readonly recordId: string | null;
  readonly channelId: string;
  readonly placeId: string | null;
  readonly handedOver: boolean;
  readonly total: number;
  readonly currency: string;
  readonly points: number;
};

function orderEntry(order: PlacedOrder): Entry {
  const { number, total, currency, points } = order;
  return {
    kind: order.handedOver ? "sale" : "order",
    ...order,
    name: number,
    reference: ["order", order.orderId],
    data: { number, total, currency, points },
  };
}

/** The customer's own id is that of one of the records: their story has the link once, whoever they are now. */
const linkEntry = ({ customerIdThen, linkId, recordIds }: { customerIdThen: string; linkId: string; recordIds: readonly string[] }) => ({
  recordId: customerIdThen,
  reference: ["merge", linkId] as const,
  data: { recordIds },
});

const FULFILLMENT_KINDS: Readonly<Record<string, FactKind>> = { ready: "ready", collected: "collection" };

async function noteFulfillment(
  ctx: Ctx,
  event: HubEvent<{ kind: string; state: string; placeId: string; orderId: string; recordId: string | null }>,
): Promise<void> {
  const { kind, state, placeId, orderId, recordId } = event.data;
  const entryKind = kind === "collect" ? FULFILLMENT_KINDS[state] : undefined;
  if (!entryKind || recordId === null) return;
  const channelId = await channelAt(ctx.snapshots, placeId as PlaceId); // ids in events are texts
  await note(ctx, event, { kind: entryKind, recordId, placeId, channelId, reference: ["order", orderId] });
}

const NO_CACHE = createRecordCache(1);

async function note(ctx: Ctx, event: HubEvent, { kind, recordId, channelId, placeId, name, reference, data }: Entry): Promise<void> {
  if (recordId === null) return;
  const at = new Date(event.time).toISOString();
  const about = reference ? { kind: reference[0], id: reference[1] } : null;
  const touch: Touch = {
    id: event.id as TouchId, // an event's id is a UUIDv7
    key: null,
    holder: { recordId: recordId as RecordId }, // ids in events are texts
    channelId: (channelId ?? null) as ChannelId | null, // the same
    messageId: null,
    kind,
    name: name ?? null,
    occurredAt: at,
    receivedAt: at,
    sentAt: null,
    originalAt: null,
    fingerprint: null,
    placeId: placeId ?? null,
    payload: JSON.stringify(data ?? {}),
    reference: about,
    journeyRef: journeyOf(about),
    shown: null,
  };
  await insertTouches(ctx.db, [touch], NO_CACHE, new Map());
}
