import { isId, newId, type ChannelId, type PlaceId, type RecordId } from "@weft/kernel";
import { unstorablePath } from "../../platform/index.ts";
import { isBlocked } from "../customers/index.ts";
import { checkEvent, type Rejection, type SentEvent } from "./check-event.ts";
import { clientTime, occurredAt, type Holder, type SentKind, type Touch, type TouchId } from "./domain.ts";
import { fingerprintOf, messageKey } from "./keys.ts";

/** Who sends, and when it came. */
export type Delivery = {
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  /** Somebody signed in: what their session says counts more than what the message says. */
  readonly recordId: RecordId | null;
  /** Whether it came with the channel's secret key. */
  readonly isServer: boolean;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** When the batch was sent, by the sender's clock, for events that do not say it themselves. */
  readonly sentAt: unknown;
};

/** One event as it is to be stored, and who it says that they are. */
export type Prepared = {
  readonly touch: Touch;
  readonly event: SentEvent;
  /** The account of the channel that is named; null when it is blocked or not given. */
  readonly userId: string | null;
  readonly visitorId: string | null;
};

/** One touchpoint may take so many bytes. */
const MOST_BYTES = 32 * 1024;

/** What is stored in columns, or is of no use to anybody. */
const NOT_IN_PAYLOAD = new Set(
  "type messageId timestamp originalTimestamp sentAt receivedAt writeKey integrations _metadata event name userId anonymousId".split(" "),
);

/** Makes a touchpoint of what a client sent [TCH-1] [TCH-2] [TCH-3]. `fallback` is the kind that the address says. */
export function toTouch(raw: unknown, fallback: SentKind | null, delivery: Delivery): Prepared | { readonly rejection: Rejection } {
  const checked = checkEvent(withType(raw, fallback));
  if ("rejection" in checked) return checked;
  const { event } = checked;
  const userId = usableId(event.userId);
  const visitorId = usableId(event.anonymousId);
  const holder = holderOf(delivery, userId, visitorId);
  if (!holder) return { rejection: { code: "touchpoint.sender_missing", detail: null } };
  const payload = payloadOf(event);
  if (Buffer.byteLength(payload) > MOST_BYTES)
    return { rejection: { code: "touchpoint.too_large", detail: String(Buffer.byteLength(payload)) } };
  const unstorable = unstorableIn(event, payload);
  if (unstorable !== undefined) return { rejection: { code: "touchpoint.cannot_be_stored", detail: unstorable } };
  return { touch: assemble(event, holder, payload, delivery), event, userId, visitorId };
}

/**
 * Where a text is that the database cannot hold, told before it makes a batch of others fail. Only a payload with an escape is looked at
 * closer, and most have none.
 */
function unstorableIn(event: SentEvent, payload: string): string | undefined {
  const { messageId, event: name, name: title, userId, anonymousId } = event;
  const inColumns = unstorablePath([messageId, name, title, userId, anonymousId], "");
  return inColumns ?? (payload.includes("\\u") ? unstorablePath(event, "") : undefined);
}

function assemble(event: SentEvent, holder: Holder, payload: string, delivery: Delivery): Touch {
  const { channelId, receivedAt } = delivery;
  const original = clientTime(event.originalTimestamp) ?? clientTime(event.timestamp);
  const sent = clientTime(event.sentAt) ?? clientTime(delivery.sentAt);
  const id = newId<TouchId>();
  const messageId = event.messageId ?? null;
  const name = (event.type === "track" ? event.event : (event.name ?? event.event)) ?? null;
  return {
    id,
    key: messageId === null ? null : messageKey(`${channelId}\n${messageId}`, original ?? sent ?? receivedAt),
    holder,
    channelId,
    messageId,
    kind: event.type,
    name,
    occurredAt: iso(occurredAt({ original, sent, received: receivedAt })),
    receivedAt: iso(receivedAt),
    sentAt: sent === null ? null : iso(sent),
    originalAt: original === null ? null : iso(original),
    fingerprint: fingerprintOf(`${event.type}\n${name}\n${payload}`),
    placeId: delivery.placeId,
    payload,
    reference: null,
    journeyRef: saidJourney(event),
    shown: null,
  };
}

/** As event clients name them; the first that is there counts. */
const JOURNEY_FIELDS = [
  ["order", ["order_id", "orderId"]],
  ["cart", ["cart_id", "cartId"]],
  ["conversation", ["conversation_id", "conversationId"]],
] as const;
const LONGEST_CAMPAIGN = 100;

/**
 * The journey that an event says it is part of [TCH-13]: an order, cart or conversation of the hub by its id, else the campaign that led
 * here. What is no id of the hub ties nothing together and stays in the payload alone.
 */
export function saidJourney({ properties, context }: Pick<SentEvent, "properties" | "context">): string | null {
  for (const [kind, names] of JOURNEY_FIELDS)
    for (const name of names) {
      const said = properties?.[name];
      const id = typeof said === "string" ? said.toLowerCase() : "";
      if (isId(id)) return `${kind}/${id}`;
    }
  const campaign = context?.["campaign"];
  if (typeof campaign !== "object" || campaign === null) return null;
  const { id, name } = campaign as { readonly id?: unknown; readonly name?: unknown }; // an object, as just seen
  const said = [id, name].find((one): one is string => typeof one === "string" && one.trim() !== "");
  return said === undefined ? null : `campaign/${said.trim().slice(0, LONGEST_CAMPAIGN)}`;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

function withType(raw: unknown, fallback: SentKind | null): unknown {
  if (fallback === null || typeof raw !== "object" || raw === null || "type" in raw) return raw;
  return { ...raw, type: fallback };
}

function holderOf({ recordId, channelId }: Delivery, userId: string | null, visitorId: string | null): Holder | null {
  if (recordId !== null) return { recordId };
  if (userId !== null) return { channelId, externalId: userId };
  return visitorId === null ? null : { channelId, externalId: visitorExternalId(visitorId) };
}

/** A visitor's id is one of the channel's own ids of people, too, apart from those of accounts. */
export const visitorExternalId = (visitorId: string): string => `visitor:${visitorId}`;

function usableId(id: string | number | null | undefined): string | null {
  const text = id === null || id === undefined ? "" : String(id).trim();
  return text === "" || isBlocked(text.toLowerCase()) ? null : text;
}

function payloadOf(event: SentEvent): string {
  const rest: Record<string, unknown> = {};
  for (const field in event) if (!NOT_IN_PAYLOAD.has(field)) rest[field] = event[field];
  return JSON.stringify(rest);
}
