import {
  ok,
  err,
  wallClock,
  type BusinessDate,
  type CategoryId,
  type ChannelId,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import { answersForAll, isGranted, mayActAt } from "../access/index.ts";
import { recallOf, recallsSnapshot } from "../batches/index.ts";
import { catalogSnapshot, type Catalog } from "../catalog/index.ts";
import { carriesBetween, channelOf, type Proof, type Terms } from "../channels/index.ts";
import { fulfillmentsOf } from "../fulfillment/index.ts";
import { readOrder, type BookEntry, type StandingLine } from "../orders/index.ts";
import { businessDateAt, documentPlace, placeOf, SETTINGS, type DocumentPlace } from "../places/index.ts";
import { isGiftCardLine } from "../checkout/index.ts";
import type { RefundTarget } from "../payments/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import {
  isFromAfar,
  judgeReturn,
  returnableOf,
  returnableUntil,
  returnPolicyOf,
  type ReturnableLine,
  type ReturnClosed,
  type BroughtOrder,
  type ReturnPolicy,
} from "./domain/index.ts";
import type { ReturnError } from "./errors.ts";

/** Where goods are brought, and by which channel. */
export type Counter = { readonly placeId: PlaceId; readonly channelId: ChannelId | null };

/** An order as it stands for those who would take goods of it back at a place. */
export type Standing = {
  readonly entry: BookEntry;
  readonly place: DocumentPlace & { readonly today: BusinessDate };
  readonly lines: readonly ReturnableLine[];
  readonly closed: ReturnClosed | null;
  readonly until: BusinessDate;
  readonly proof: Proof;
  /** Where money may go back, the usual first: where channels only hand over, to store credit alone; nobody unknown has store credit. */
  readonly refundTargets: readonly RefundTarget[];
};

type Reader = Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">;

/**
 * What of an order can come back at a place now [RET-7], or what could on the day on which it was announced [RET-11]. Errors: `order.unknown`, also
 * for one that the link levels do not carry here [RET-8], `return.other_place` for staff who do not work there.
 */
export async function standingOf(
  ctx: Reader,
  orderId: OrderId,
  counter: Counter,
  announcedOn?: BusinessDate,
): Promise<Result<Standing, ReturnError>> {
  const place = await documentPlace(ctx, counter.placeId);
  if (!place || !mayActAt(ctx.actor, counter.placeId)) return err({ code: "return.other_place" });
  const entry = await readOrder(ctx, orderId);
  const carried = entry && (await carriedHere(ctx, entry, counter));
  if (!entry || !carried) return err({ code: "order.unknown" });
  const today = businessDateAt(place, ctx.now);
  const judged = await judgeOrder(ctx, entry, { ...place, today: announcedOn ?? today }, carried.refundTo, announcedOn !== undefined);
  const refundTargets: RefundTarget[] = [
    ...(carried.refundTo === "tender" ? (["tender"] as const) : []),
    ...(entry.customer.id === null ? [] : (["store_credit"] as const)),
  ];
  return ok({ entry, place: { ...place, today }, ...judged, proof: carried.proof, refundTargets });
}

/** An order as its customer may bring or send of it. */
export type CustomerStanding = Omit<Standing, "proof" | "refundTargets"> & { readonly policy: ReturnPolicy; readonly mayParcel: boolean };

/**
 * What of an order its customer may announce to come back, judged where it was sold. What was bought from afar may be sent back. Errors:
 * `order.unknown`, also for one that no place sold.
 */
export async function standingForCustomer(ctx: Reader, orderId: OrderId): Promise<Result<CustomerStanding, ReturnError>> {
  const entry = await readOrder(ctx, orderId);
  const place = entry?.order.place_id ? await documentPlace(ctx, entry.order.place_id) : undefined;
  if (!entry || !place) return err({ code: "order.unknown" });
  const here = { ...place, today: businessDateAt(place, ctx.now) };
  const judged = await judgeOrder(ctx, entry, here, "tender", false);
  const channel = await channelOf(ctx, entry.order.channel_id);
  return ok({ entry, place: here, ...judged, mayParcel: channel !== undefined && isFromAfar(channel.kind) });
}

/**
 * What of a service goes back because its booking was canceled in time [RET-15]: no matter how long ago or how often, and nobody inspects it. Errors:
 * `order.unknown`, also for one that no place sold.
 */
export async function standingByRule(ctx: Reader, orderId: OrderId): Promise<Result<Standing, ReturnError>> {
  const entry = await readOrder(ctx, orderId);
  const place = entry?.order.place_id ? await documentPlace(ctx, entry.order.place_id) : undefined;
  if (!entry || !place) return err({ code: "order.unknown" });
  const lines = (await returnableLines(ctx, entry, await policyOfPlace(ctx, entry.order.place_id), true)).map((line) => ({
    ...line,
    isFaultyOnly: false,
  }));
  const today = businessDateAt(place, ctx.now);
  return ok({ entry, place: { ...place, today }, lines, closed: null, until: today, proof: "none", refundTargets: ["tender"] });
}

type Judged = Pick<Standing, "lines" | "closed" | "until"> & { readonly policy: ReturnPolicy };

async function judgeOrder(
  ctx: Reader,
  entry: BookEntry,
  place: DocumentPlace & { readonly today: BusinessDate },
  refundTo: Terms["order"]["refundTo"],
  isAnnounced: boolean,
): Promise<Judged> {
  const { order } = entry;
  const policy = await policyOfPlace(ctx, order.place_id);
  const lines = await returnableLines(ctx, entry, policy, ctx.actor.staff !== null);
  const brought = {
    mode: order.mode,
    entityId: order.entity_id,
    currency: order.currency,
    ...(await countedFrom(ctx, order)),
    returnable: lines.reduce((sum, line) => (line.kind === "goods" ? sum + returnableOf(line) : sum), 0),
    refundTo,
    isKnown: entry.customer.id !== null,
    // How often somebody brings something back was judged when it was announced.
    returnsOfCustomer: isAnnounced ? 0 : await returnsOfCustomer(ctx, order.record_id, policy),
  };
  return { policy, lines, closed: judgeReturn(brought, place, policy), until: returnableUntil(brought, policy) };
}

/** By which proof the levels carry the order to the counter, and how its money goes back there; null when they do not [RET-8]. */
async function carriedHere(
  ctx: Reader,
  { order }: BookEntry,
  { placeId, channelId }: Counter,
): Promise<{ readonly refundTo: Terms["order"]["refundTo"]; readonly proof: Proof } | null> {
  if (answersForAll(ctx.actor)) return { refundTo: "tender", proof: "none" };
  const from = { channelId: order.channel_id, placeId: order.place_id };
  for (const proof of ["none", "order_number"] as const) {
    if (proof === "order_number" && !(await isGranted(ctx, [`order/${order.id}`]))) return null;
    const carriage = await carriesBetween(ctx, from, { channelId, placeId }, "order", proof);
    if (carriage.carried) return { refundTo: carriage.terms.refundTo, proof };
    if (carriage.because === "siloed") return null;
  }
  return null;
}

/**
 * The policy by which goods come back: that of the place that sold them, so that every place and channel gives the same answer [RET-10].
 * What no place sold comes back by what holds where nothing is set.
 */
export async function policyOfPlace(ctx: Pick<Reader, "snapshots">, placeId: PlaceId | null): Promise<ReturnPolicy> {
  const place = placeId && (await placeOf(ctx, placeId));
  if (place) return returnPolicyOf(place.settings);
  const { returnDays, returnDaysFromAfar, returnsPerCustomer, returnFaultyOnly, returnParcelFree } = SETTINGS;
  return returnPolicyOf({
    returnDays: returnDays.fallback,
    returnDaysFromAfar: returnDaysFromAfar.fallback,
    returnsPerCustomer: returnsPerCustomer.fallback,
    returnFaultyOnly: returnFaultyOnly.fallback,
    returnParcelFree: returnParcelFree.fallback,
  });
}

/** What was bought from afar counts from the day on which the last of it was received, or sent where nobody knows more. */
async function countedFrom(
  ctx: Pick<Reader, "db" | "snapshots">,
  { id, channel_id, business_date, time_zone }: BookEntry["order"],
): Promise<Pick<BroughtOrder, "countedFrom" | "isFromAfar">> {
  const channel = await channelOf(ctx, channel_id);
  if (!channel || !isFromAfar(channel.kind)) return { isFromAfar: false, countedFrom: business_date };
  const reached = (await fulfillmentsOf(ctx, id)).flatMap(({ steps }) => steps.filter(({ state }) => REACHED.has(state)));
  const last = reached
    .map(({ at }) => wallClock(at, time_zone).date)
    .toSorted()
    .at(-1);
  return { isFromAfar: true, countedFrom: last !== undefined && last > business_date ? last : business_date };
}

/** States in which goods are with their customer, or as good as. */
const REACHED: ReadonlySet<string> = new Set(["collected", "dispatched", "delivered"]);

/** Whether goods of a product come back only when something is wrong with them: the category, or one above it, is named. */
export function isFaultyOnly(catalog: Catalog, categoryId: CategoryId, { faultyOnly }: ReturnPolicy): boolean {
  return catalog.categories.some(({ id, code }) => faultyOnly.includes(code) && catalog.categoriesFrom(id).has(categoryId));
}

/** `withServices`: of what nobody can send back only staff, and a booking that was canceled, give the money back [RET-15]. */
async function returnableLines(
  ctx: Pick<Reader, "snapshots">,
  { lines }: BookEntry,
  policy: ReturnPolicy,
  withServices: boolean,
): Promise<ReturnableLine[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const isFaulty = (variantId: VariantId | null): boolean => {
    const goods = variantId && catalog.variantOf(variantId);
    return goods !== null && goods !== undefined && isFaultyOnly(catalog, goods.product.categoryId, policy);
  };
  const recalls = await ctx.snapshots.current(recallsSnapshot);
  const isCalledBack = ({ product_id: productId, variant_id: variantId, trace }: StandingLine): boolean =>
    productId !== null && variantId !== null && recallOf(recalls, { productId, variantId, trace: trace ?? undefined }) !== undefined;
  return lines.map((line) =>
    returnableLine(line, { catalog, withServices, isCalledBack: isCalledBack(line), isFaultyOnly: isFaulty(line.variant_id) }),
  );
}

type LineFacts = {
  readonly catalog: Catalog;
  readonly withServices: boolean;
  readonly isCalledBack: boolean;
  readonly isFaultyOnly: boolean;
};

/** A line as it can come back; what is called back goes on no shelf [BAT-9]. */
function returnableLine(
  { id, kind, ordered, canceled, fulfilled, returned, total, tax, tax_class, tax_rate, deposit, variant_id }: StandingLine,
  { catalog, withServices, isCalledBack, isFaultyOnly: isFaulty }: LineFacts,
): ReturnableLine {
  return {
    id,
    kind,
    ordered,
    canceled,
    // A gift card is money that may be spent by now: it is blocked, and never comes back.
    fulfilled: isGiftCardLine({ tax_class }) || (!withServices && isServiceLine(catalog, { variant_id })) ? returned : fulfilled,
    returned,
    total,
    tax,
    taxRate: tax_rate,
    deposit,
    isRestockable: !isCalledBack && variant_id !== null && (catalog.byVariant(variant_id)?.tracked ?? false),
    isFaultyOnly: isFaulty,
    ...(isCalledBack && { isCalledBack: true as const }),
  };
}

/** Whether a line of an order is a service, which was given or is given at its time. */
export const isServiceLine = (catalog: Catalog, { variant_id }: Pick<StandingLine, "variant_id">): boolean =>
  variant_id !== null && catalog.variantOf(variant_id)?.product.kind === "service";

/** How often a customer brought something back within the days that the policy counts. */
async function returnsOfCustomer(
  ctx: Pick<Reader, "db" | "now">,
  recordId: RecordId | null,
  { mostPerCustomer }: ReturnPolicy,
): Promise<number> {
  const days = mostPerCustomer?.days;
  if (recordId === null || days === undefined) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from returns.return_order
     where mode = 'live' and record_id = any(array(select customers.records_of(${recordId}))) and at > ${ctx.now}::timestamptz - make_interval(days => ${days})`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
}
