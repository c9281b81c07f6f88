import { asId, type ChannelId, type EventDefinition, type HubEvent, type PlaceId, type RecordId } from "@weft/kernel";
import { setSubscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { BookingChanged } from "../bookings/events.ts";
import { CartHandedOver, CartOpened } from "../carts/events.ts";
import { channelAt, channelOf, channelOfKind } from "../channels/index.ts";
import { ConsentGiven, ConsentWithdrawn } from "../consent/events.ts";
import { preferencesInForce } from "../consent/index.ts";
import {
  ContactVerified,
  CustomerClaimed,
  CustomerLinked,
  CustomerOpened,
  CustomerSignedIn,
  CustomerUnlinked,
} from "../customers/events.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { PointsBurned, PointsExpired, PointsGivenBack, PointsGranted, PointsTakenBack } from "../loyalty/events.ts";
import { MessageSent } from "../messages/events.ts";
import { OrderCanceled, OrderClaimed, OrderPlaced } from "../orders/events.ts";
import { ReturnRequestChanged, ReturnTaken } from "../returns/events.ts";
import { journeyOf, type FactKind, type Touch, type TouchId } from "./domain.ts";
import { createRecordCache } from "./record-cache.ts";
import { insertTouches } from "./store.ts";

/**
 * Facts of other modules as entries of the timeline, some milliseconds late. An entry has the id and the time of its fact, so a fact that
 * comes twice is one entry. What nobody is known for has no timeline.
 */
export const touchpointsSubscribers: readonly Subscriber[] = [
  timelineOf("touchpoints.facts", [
    // Imported orders are history: whoever imports them writes it at its own time.
    entry(OrderPlaced, ({ data }) => (data.mode === "imported" ? null : orderEntry(data))),
    // What became theirs after the sale stands in their timeline when it did.
    entry(OrderClaimed, ({ data: { number, total, currency, points, ...data } }) => {
      return {
        kind: "receipt_claimed",
        ...data,
        name: number,
        reference: ["order", data.orderId],
        data: { number, total, currency, points },
      };
    }),
    entry(OrderCanceled, ({ data }) => ({ kind: "order_canceled", ...data, reference: ["order", data.orderId] })),
    entry(ReturnTaken, ({ data: { orderId, returnId, total, currency, units, ...at } }) => {
      return {
        kind: "return",
        ...at,
        reference: orderId === null ? ["return", returnId] : ["order", orderId],
        data: { total, currency, units },
      };
    }),
    entry(ReturnRequestChanged, ({ data: { orderId, requestId, state, ...at } }) => {
      const kind = REQUEST_KINDS[state];
      return kind && { kind, ...at, reference: ["order", orderId], data: { requestId } };
    }),
    entry(BookingChanged, ({ data: { bookingId, what, serviceId, startsAt, staffId, ...at } }) => {
      return { kind: BOOKING_KINDS[what], ...at, reference: ["booking", bookingId], data: { serviceId, startsAt, staffId } };
    }),
    entry(CartOpened, ({ data }) => ({ kind: "cart", ...data, reference: ["cart", data.cartId] })),
    entry(CartHandedOver, ({ data }) => {
      const { cartId, mode, proof, fromChannelId, toChannelId } = data;
      const handedOver: Entry = { kind: "handover", ...data, channelId: toChannelId, reference: ["cart", cartId] };
      return { ...handedOver, data: { mode, proof, fromChannelId } };
    }),
    entry(FulfillmentChanged, ({ data }, ctx) => fulfillmentEntry(ctx, data)),
    entry(MessageSent, (event, ctx) => messageEntry(ctx, event)),
  ]),
  timelineOf("touchpoints.people", [
    entry(CustomerSignedIn, ({ data }) => ({ kind: "sign_in", ...data })),
    entry(ContactVerified, ({ data: { kind, by, ...data } }) => ({ ...data, kind: "contact_verified", name: kind, data: { by } })),
    entry(CustomerClaimed, ({ data }) => ({ kind: "claim", ...data })),
    entry(CustomerOpened, ({ data }) => ({ kind: "till_visit", ...data, data: { registerId: data.registerId } })),
    entry(PointsTakenBack, ({ data }) => pointsEntry("points_taken_back", data)),
    entry(PointsBurned, ({ data }) => pointsEntry("points_burned", data)),
    entry(PointsGivenBack, ({ data }) => pointsEntry("points_given_back", data)),
    entry(PointsGranted, ({ data: { recordId, points, reason } }) => ({ kind: "points_granted", recordId, data: { points, reason } })),
    entry(PointsExpired, ({ data: { recordId, points } }) => ({ kind: "points_expired", recordId, data: { points } })),
    entry(ConsentGiven, ({ data }) => termsEntry("terms_given", data)),
    entry(ConsentWithdrawn, ({ data }) => termsEntry("terms_withdrawn", data)),
    entry(CustomerLinked, ({ data }) => ({ kind: "linked", ...linkEntry(data) })),
    entry(CustomerUnlinked, ({ data }) => ({ kind: "unlinked", ...linkEntry(data) })),
  ]),
];

/** What is told of an announced return; that it was taken is told by the return itself. */
const REQUEST_KINDS = {
  requested: "return_announced",
  received: "return_received",
  refused: "return_refused",
  canceled: "return_withdrawn",
  accepted: null,
} as const satisfies Readonly<Record<string, FactKind | null>>;

const BOOKING_KINDS = {
  booked: "booking",
  moved: "booking_moved",
  canceled: "booking_canceled",
  attended: "booking_attended",
  no_show: "booking_no_show",
} as const satisfies Readonly<Record<string, FactKind>>;

type Entry = {
  readonly kind: FactKind;
  readonly recordId: string | null;
  readonly channelId?: string | null;
  readonly placeId?: string | null;
  readonly name?: string | null;
  readonly reference?: readonly [kind: string, id: string];
  /** Where it is not that of `reference`. */
  readonly journeyRef?: string;
  /** What the person was shown with it. */
  readonly shown?: Readonly<Record<string, unknown>>;
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

const pointsEntry = (kind: FactKind, { recordId, orderId, points }: { recordId: string; orderId: string; points: number }): Entry => ({
  kind,
  recordId,
  reference: ["order", orderId],
  data: { points },
});

type SaidTerms = {
  readonly recordId: string;
  readonly channelId: string | null;
  readonly placeId: string | null;
  readonly purpose: string;
  readonly topic: string | null;
  readonly channelKind: string | null;
  readonly source: string;
};

function termsEntry(kind: FactKind, { recordId, channelId, placeId, purpose, topic, channelKind, source }: SaidTerms): Entry {
  return { kind, recordId, channelId, placeId, name: topic ?? purpose, data: { purpose, topic, channelKind, source } };
}

/** The customer's own id is that of one of the records: their story has the link once, whoever they are now. */
const linkEntry = ({ customerIdThen, linkId, recordIds }: { customerIdThen: string; linkId: string; recordIds: readonly string[] }) => ({
  recordId: customerIdThen,
  reference: ["merge", linkId] as const,
  data: { recordIds },
});

/** What waits to be fetched, and what was: a visit, whether it was ordered for later or to take away now. A sale is handed over by itself. */
async function fulfillmentEntry(ctx: Ctx, { kind, state, placeId, orderId, recordId, channelId }: FulfillmentFact): Promise<Entry | null> {
  const isToldReady = state === "ready" && kind === "collect";
  const reference: Entry["reference"] = ["order", orderId];
  // Nobody was at a place for it: a parcel belongs to the channel of whoever sent it.
  if (recordId !== null && (state === "dispatched" || state === "delivered"))
    return { kind: state === "dispatched" ? "shipped" : "delivered", recordId, channelId: channelId ?? null, reference };
  if (recordId === null || !(isToldReady || state === "collected")) return null;
  const at = await channelAt(ctx.snapshots, asId<PlaceId>(placeId), channelId ? asId<ChannelId>(channelId) : null); // ids in events are texts
  return { kind: isToldReady ? "ready" : "collection", recordId, placeId, channelId: at, reference };
}

type FulfillmentFact = (typeof FulfillmentChanged)["schema"]["_output"];

/** A mail is shown where it is read: on the retailer's channel for mail, if there is one; not where the order was placed. */
async function messageEntry(ctx: Ctx, { data }: HubEvent<MessageFact>): Promise<Entry | null> {
  const { snapshots } = ctx;
  const { recordId, kind, template, messageId, state, order } = data;
  if (state !== "sent") return null;
  const channel = data.channelId === null ? undefined : await channelOf({ snapshots }, data.channelId as ChannelId); // ids in events are texts
  const mail = kind === "email" && channel ? await channelOfKind({ snapshots }, "email", channel.entityId) : undefined;
  return {
    kind: "message",
    recordId,
    channelId: mail?.id ?? data.channelId,
    name: template,
    reference: ["message", messageId],
    data: { medium: kind },
    ...(order && { journeyRef: `order/${order.id}`, shown: { order, ...(await keptTo(ctx, data)) } }),
  };
}

/** A message left in their language, by their way and to what they agreed to: what was in force where it came from was kept to. */
async function keptTo(ctx: Ctx, { recordId, channelId }: Pick<MessageFact, "recordId" | "channelId">): Promise<Entry["shown"]> {
  if (recordId === null) return {};
  return { preferences: await preferencesInForce(ctx, asId<RecordId>(recordId), channelId ? asId<ChannelId>(channelId) : null) }; // ids in events are texts
}

type MessageFact = (typeof MessageSent)["schema"]["_output"];

type Made = Entry | null | Promise<Entry | null>;
/** One kind of fact, and the entry that it makes. */
type EntryOf = { readonly definition: EventDefinition; readonly make: (event: HubEvent, ctx: Ctx) => Made };

function entry<Data>(definition: EventDefinition<Data>, make: (event: HubEvent<Data>, ctx: Ctx) => Made): EntryOf {
  // Only data of this definition comes under its type.
  return { definition, make: make as EntryOf["make"] };
}

const NO_CACHE = createRecordCache(1);

/** Every cart and every order makes an entry, so all of a turn are stored in one statement. */
function timelineOf(name: string, entries: readonly EntryOf[]): Subscriber {
  const makers = new Map(entries.map(({ definition, make }) => [definition.type, make]));
  return setSubscriber(
    name,
    entries.map(({ definition }) => definition),
    async (ctx, events) => {
      const touches: Touch[] = [];
      for (const event of events) {
        const made = await makers.get(event.type)?.(event, ctx);
        if (made?.recordId) touches.push(toTouch(event, made, made.recordId));
      }
      await insertTouches(ctx.db, touches, NO_CACHE, new Map());
    },
  );
}

function toTouch(
  event: HubEvent,
  { kind, channelId, placeId, name, reference: about, journeyRef, shown, data }: Entry,
  recordId: string,
): Touch {
  const at = new Date(event.time).toISOString();
  const reference = about ? { kind: about[0], id: about[1] } : null;
  return {
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
    reference,
    journeyRef: journeyRef ?? journeyOf(reference),
    shown: shown ? JSON.stringify(shown) : null,
  };
}
