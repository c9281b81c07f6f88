import type { LocalizedText } from "@weft/contracts";
import { asId, err, ok, type FulfillmentId, type MessageId, type OrderId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { maskContact } from "../customers/domain/index.ts";
import { fulfillmentsOf, lockFulfillment, partsHolding, readFulfillment, type WholeFulfillment } from "../fulfillment/index.ts";
import { namesOf, readOrder, type BookEntry } from "../orders/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { addressed, openCodes, reachOfBuyer, type Reach } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import type { Rendered, TemplateName } from "./domain.ts";
import type { MessageError } from "./errors.ts";
import { readyToldAgain, wasToldReady } from "./queries.ts";
import { collectionMail, collectionText, readyMail, readySms, type Brand, type CollectionNews } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly vault: Vault; readonly publicUrl: string };

type Step = {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly kind: string;
  readonly state: string;
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
};

/**
 * What its customer hears of each step of an order that they collect [MSG-2]: in preparation where the place tells that, ready, ready taken
 * back if they were told, and that nobody came for it. A step that comes twice is told once; ready again after it was taken back is told anew.
 */
export async function writeStep(ctx: Ctx, deps: Deps, { fulfillmentId, orderId, kind, state, at, reason }: Step): Promise<void> {
  if (kind !== "collect") return;
  const step = [fulfillmentId, orderId] as const;
  if (state === "ready" && reason !== "extended") await writeReady(ctx, deps, ...step, at === undefined ? "" : ` ${at}`);
  else if (state === "in_preparation") await writeBegun(ctx, deps, ...step, reason === "taken_back", at ?? "");
  else if (state === "not_collected") await tell(ctx, deps, ...step, { news: "not_collected", cause: "not collected" });
}

async function writeBegun(ctx: Ctx, deps: Deps, id: string, orderId: string, isTakenBack: boolean, at: string): Promise<void> {
  const waiting = await readFulfillment(ctx, asId<FulfillmentId>(id)); // ids in events are texts
  if (!waiting) return;
  const { place_id, record_id } = waiting.fulfillment;
  if (isTakenBack) {
    if (await wasToldReady(ctx, record_id, id)) await tell(ctx, deps, id, orderId, { news: "not_ready", cause: `taken back ${at}` });
  } else if ((await placeOf(ctx, place_id))?.settings.tellInPreparation === 1) {
    await tell(ctx, deps, id, orderId, { news: "preparing", cause: "preparing" });
  }
}

/** It waits only a little longer: its customer is reminded. */
export async function writeEnding(
  ctx: Ctx,
  deps: Deps,
  { fulfillmentId, orderId, waitsUntil }: { readonly fulfillmentId: string; readonly orderId: string; readonly waitsUntil: string },
): Promise<void> {
  await tell(ctx, deps, fulfillmentId, orderId, { news: "ending", cause: `ending ${waitsUntil}`, until: new Date(waitsUntil) });
}

/** It is to be collected at another time: its customer is told when. */
export async function writeMoved(
  ctx: Ctx,
  deps: Deps,
  { fulfillmentId, orderId, dueAt }: { readonly fulfillmentId: string; readonly orderId: string; readonly dueAt: string },
  eventId: string,
): Promise<void> {
  await tell(ctx, deps, fulfillmentId, orderId, { news: "moved", cause: `moved ${eventId}`, until: new Date(dueAt) });
}

/** It will be late, and nobody knows when it is ready: that is what its customer is told, with what they can do [PRM-17]. */
export async function writeDelayed(
  ctx: Ctx,
  deps: Deps,
  { fulfillmentId, orderId, promisedAt }: { readonly fulfillmentId: string; readonly orderId: string; readonly promisedAt: string },
  eventId: string,
): Promise<void> {
  await tell(ctx, deps, fulfillmentId, orderId, { news: "delayed", cause: `delayed ${eventId}`, until: new Date(promisedAt) });
}

/** What they ordered cannot be made any more, and nobody has begun with it: they choose something else, or take it off [MSG-25]. Once for each thing. */
export async function writeSoldOut(
  ctx: Ctx,
  deps: Deps,
  { placeId, variantId }: { readonly placeId: string; readonly variantId: string },
): Promise<void> {
  const parts = await partsHolding(ctx, asId<PlaceId>(placeId), asId<VariantId>(variantId)); // ids in events are texts
  for (const { fulfillmentId, orderId, name } of parts)
    await tell(ctx, deps, fulfillmentId, orderId, { news: "sold_out", cause: `sold out ${variantId}`, what: name });
}

export type ReadyNotice = { readonly messageId: MessageId; readonly kind: "email" | "sms"; readonly maskedTo: string };

/**
 * Tells the customer of something ready once more, because they did not see it [MSG-13]; pressed again within two minutes it is the same
 * message. Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible` when it is not ready, `message.no_address`.
 */
export async function resendReady(ctx: Ctx, deps: Deps, id: FulfillmentId): Promise<Result<ReadyNotice, MessageError>> {
  const locked = await lockFulfillment(ctx, id);
  if (!locked.ok) return locked;
  const { state, order_id, record_id } = locked.value.fulfillment;
  if (state !== "ready") return err({ code: "fulfillment.not_possible", state });
  const asked = (await readyToldAgain(ctx, record_id, id)) ?? `again ${ctx.now.toISOString()}`;
  const notice = await writeReady(ctx, deps, id, order_id, ` ${asked}`);
  if (!notice) return err({ code: "message.no_address", kind: "email" });
  await auditWrite(ctx, { action: "messages.resendReady", subject: `order/${order_id}` });
  return ok(notice);
}

async function writeReady(ctx: Ctx, { brand, vault }: Deps, id: string, orderId: string, cause: string): Promise<ReadyNotice | null> {
  const about = await readAbout(ctx, id, orderId);
  if (!about) return null;
  const { entry, reach, to, place, waiting } = about;
  const render = to.kind === "sms" ? readySms : readyMail;
  const messageId = await queueMessage(ctx, {
    ...addressed(entry, to.value),
    kind: to.kind,
    template: "order_ready",
    rendered: render(brand, reach.locale, entry.order.number, place.name, openCodes(vault, waiting)),
    cause: `fulfillment ${id} ready${cause}`,
  });
  return { messageId, kind: to.kind, maskedTo: maskContact(to.kind === "sms" ? "phone" : "email", to.value) };
}

type Telling = { readonly news: CollectionNews["kind"]; readonly cause: string; readonly until?: Date; readonly what?: LocalizedText };

const TEMPLATES: Readonly<Record<CollectionNews["kind"], TemplateName>> = {
  preparing: "order_preparing",
  not_ready: "order_not_ready",
  ending: "order_waiting",
  moved: "order_moved",
  delayed: "order_delayed",
  sold_out: "order_sold_out",
  not_collected: "order_not_collected",
};

async function tell(
  ctx: Ctx,
  { brand, vault, publicUrl }: Deps,
  id: string,
  orderId: string,
  { news, cause, until, what }: Telling,
): Promise<void> {
  const about = await readAbout(ctx, id, orderId);
  if (!about) return;
  const { entry, reach, to, place, waiting } = about;
  const told: CollectionNews = {
    kind: news,
    number: entry.order.number,
    placeName: place.name,
    timeZone: place.timeZone,
    until: until ?? null,
    what: what ? (what[reach.locale] ?? what.en) : "",
    codes: news === "ending" ? openCodes(vault, waiting) : [],
    url: `${publicUrl}/shop/orders/${orderId}`,
  };
  const rendered: Rendered = to.kind === "sms" ? collectionText(brand, reach.locale, told) : collectionMail(brand, reach.locale, told);
  await queueMessage(ctx, {
    ...addressed(entry, to.value),
    kind: to.kind,
    template: TEMPLATES[news],
    rendered,
    cause: `fulfillment ${id} ${cause}`,
  });
}

type About = {
  readonly entry: BookEntry;
  readonly reach: Reach;
  readonly to: { readonly kind: "email" | "sms"; readonly value: string };
  readonly place: { readonly name: string; readonly timeZone: string };
  readonly waiting: readonly WholeFulfillment[];
};

/** The order, whom to write to, and where it waits; undefined when nobody knows an address. */
async function readAbout(ctx: Ctx, id: string, orderId: string): Promise<About | undefined> {
  const entry = await readOrder(ctx, asId<OrderId>(orderId)); // ids in events are texts
  const reach = entry && (await reachOfBuyer(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id));
  const value = reach?.phone ?? reach?.email;
  if (!entry || !reach || !value) return undefined;
  const waiting = (await fulfillmentsOf(ctx, entry.order.id)).filter(({ fulfillment }) => fulfillment.id === id);
  const placeId = waiting[0]?.fulfillment.place_id ?? entry.order.place_id;
  const place = {
    name: (placeId && (await namesOf(ctx.snapshots)).placeName(placeId)) ?? "",
    timeZone: (placeId && (await placeOf(ctx, placeId))?.timeZone) ?? entry.order.time_zone,
  };
  return { entry, reach, to: { kind: reach.phone === null ? "email" : "sms", value }, place, waiting };
}

async function placeOf(ctx: Pick<Ctx, "snapshots">, placeId: PlaceId): Promise<Place | undefined> {
  return (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
}
