import type { ChannelId, Id, RecordId } from "@weft/kernel";

export type TouchId = Id<"touchpoint">;

/** What event clients send. */
export const SENT_KINDS = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type SentKind = (typeof SENT_KINDS)[number];

/** What the hub itself writes from facts of its modules. */
export const FACT_KINDS = [
  "order",
  "sale",
  "order_canceled",
  "cart",
  "handover",
  "sign_in",
  "contact_verified",
  "claim",
  "receipt_claimed",
  "till_visit",
  "ready",
  "collection",
  "shipped",
  "delivered",
  "return",
  "return_announced",
  "return_received",
  "return_refused",
  "return_withdrawn",
  "message",
  "linked",
  "unlinked",
  "booking",
  "booking_moved",
  "booking_canceled",
  "booking_attended",
  "booking_no_show",
  "points_burned",
  "points_given_back",
  "points_taken_back",
  "points_granted",
  "points_expired",
  "terms_given",
  "terms_withdrawn",
  "shown",
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** The kinds that say where somebody was: at a till, with their card, at a hand-over. A phone's position never does [TCH-5]. */
export const VISIT_KINDS: readonly string[] = ["sale", "till_visit", "collection", "booking_attended"];

/** Whose it is: a record, or somebody by the channel's own id, whose record is found or made when it is stored. */
export type Holder = { readonly recordId: RecordId } | { readonly channelId: ChannelId; readonly externalId: string };

/** A touchpoint before it is stored. `payload` and `shown` are JSON texts; times are ISO 8601, UTC. */
export type Touch = {
  readonly id: TouchId;
  /** What makes it one, however often it comes; null when its id does. */
  readonly key: string | null;
  readonly holder: Holder;
  readonly channelId: ChannelId | null;
  readonly messageId: string | null;
  readonly kind: SentKind | FactKind;
  readonly name: string | null;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly sentAt: string | null;
  readonly originalAt: string | null;
  readonly fingerprint: number | null;
  readonly placeId: string | null;
  readonly payload: string;
  readonly reference: { readonly kind: string; readonly id: string } | null;
  /** The journey that it is part of, `cart/<id>`; null when it names none [TCH-13]. */
  readonly journeyRef: string | null;
  readonly shown: string | null;
};

/** What ties touchpoints of several channels into one journey. */
const JOURNEYS: ReadonlySet<string> = new Set(["cart", "order", "conversation", "campaign"]);

/** The journey of something about a cart, an order, a conversation or a campaign [TCH-13]. */
export function journeyOf(reference: { readonly kind: string; readonly id: string } | null): string | null {
  return reference !== null && JOURNEYS.has(reference.kind) ? `${reference.kind}/${reference.id}` : null;
}

export const HOUR_MS = 3_600_000;
const MOST_AHEAD_MS = 24 * HOUR_MS;

/**
 * When it happened by the hub's clock, in milliseconds [TCH-2]: `received - (sent - original)`, so that the sender's clock error cancels
 * out and the time in its queue stays. Without a sending time the sender's own time counts when it is at most 24 hours ahead.
 * Never more than 24 hours ahead and never before 1970 in any case.
 */
export function occurredAt(times: { readonly original: number | null; readonly sent: number | null; readonly received: number }): number {
  const { original, sent, received } = times;
  if (original === null) return received;
  if (sent === null) return original <= received + MOST_AHEAD_MS ? original : received;
  return Math.max(0, Math.min(received - (sent - original), received + MOST_AHEAD_MS));
}

/** A client's time in milliseconds: ISO 8601, or a number of milliseconds or seconds. Null for anything else. */
export function clientTime(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" && value !== "" ? Date.parse(value) : NaN;
  if (!Number.isFinite(number) || number < 0) return null;
  const milliseconds = typeof value === "number" && value < SECONDS_END ? value * 1000 : number;
  return milliseconds <= LAST_TIME ? Math.round(milliseconds) : null;
}

/** Numbers below count seconds: as milliseconds they would lie before March 1973. */
const SECONDS_END = 1e11;
/** The end of the year 9999, which is the last that ISO 8601 writes with four digits. */
const LAST_TIME = 253_402_300_799_999;
