import type { DataUseView, TimelineEntryView } from "@weft/contracts/client";

/** What a sentence of the timeline is made of: which one it is, and what stands in it, still to be put into the reader's language. */
export type Saying =
  | { readonly say: "order" | "sale"; readonly number: string; readonly total: { readonly amount: number; readonly currency: string } }
  | { readonly say: "canceled"; readonly number: string }
  | { readonly say: "message"; readonly template: string; readonly medium: string }
  | { readonly say: "terms_given" | "terms_withdrawn"; readonly topic: string | null; readonly way: string | null }
  | { readonly say: "use_allowed" | "use_refused"; readonly use: DataUseView["purpose"] }
  | { readonly say: "points"; readonly kind: string; readonly points: number }
  | { readonly say: "viewed"; readonly what: string }
  | { readonly say: "event"; readonly event: string; readonly what: string | null }
  | { readonly say: "verified"; readonly contact: "email" | "phone" }
  | { readonly say: "plain"; readonly kind: string; readonly name: string | null };

/** What shops' clients call what people do there most; anything else is said as it was called. */
export const KNOWN_EVENTS = [
  "product_viewed",
  "product_added",
  "product_removed",
  "cart_viewed",
  "checkout_started",
  "order_completed",
  "products_searched",
] as const;

/** The kinds of entries that a reader may want alone, the most asked for first. */
export const TIMELINE_KINDS = [
  "order",
  "sale",
  "collection",
  "return",
  "message",
  "terms_given",
  "terms_withdrawn",
  "till_visit",
  "sign_in",
  "track",
  "page",
  "screen",
  "identify",
] as const;

/** What may become of somebody's data besides messages. */
export const USES: readonly DataUseView["purpose"][] = ["joining", "profiling", "location", "measurement"];

/** The sentence of an entry, by what came with it; what is not known says its kind and the name that its source gave it. */
export function sayingOf({ kind, name, data }: Pick<TimelineEntryView, "kind" | "name" | "data">): Saying {
  const plain: Saying = { say: "plain", kind, name };
  const total = moneyIn(data);
  if (kind === "order" || kind === "sale") return name !== null && total ? { say: kind, number: name, total } : plain;
  if (kind === "order_canceled") return name === null ? plain : { say: "canceled", number: name };
  if (kind === "message") return { say: "message", template: name ?? "", medium: textIn(data, "medium") ?? "email" };
  if (kind === "terms_given" || kind === "terms_withdrawn") {
    const use = USES.find((one) => one === data["purpose"]);
    if (use) return { say: kind === "terms_given" ? "use_allowed" : "use_refused", use };
    return { say: kind, topic: textIn(data, "topic"), way: textIn(data, "channelKind") };
  }
  if (kind.startsWith("points_"))
    return typeof data["points"] === "number" ? { say: "points", kind, points: Math.abs(data["points"]) } : plain;
  if (kind === "page" || kind === "screen") return name === null ? plain : { say: "viewed", what: name };
  if (kind === "track") return name === null ? plain : { say: "event", event: name, what: subjectIn(data) };
  if (kind === "contact_verified") return name === "email" || name === "phone" ? { say: "verified", contact: name } : plain;
  return plain;
}

/** The key of an event's own words: `Product Viewed` is `product_viewed`; undefined where there are none. */
export function knownEvent(event: string): (typeof KNOWN_EVENTS)[number] | undefined {
  const key = event
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "_");
  return KNOWN_EVENTS.find((known) => known === key);
}

type Data = Readonly<Record<string, unknown>>;

function textIn(data: Data, field: string): string | null {
  const value = data[field];
  return typeof value === "string" && value !== "" ? value : null;
}

function moneyIn({ total, currency }: Data): { amount: number; currency: string } | null {
  return typeof total === "number" && Number.isInteger(total) && typeof currency === "string" ? { amount: total, currency } : null;
}

/** What an event of a client is about, where it says so in the usual places. */
function subjectIn(data: Data): string | null {
  const properties = data["properties"];
  if (typeof properties !== "object" || properties === null) return null;
  const found = properties as Data; // just seen
  return textIn(found, "name") ?? textIn(found, "query") ?? textIn(found, "sku") ?? textIn(found, "order_id");
}
