import type { Because } from "@weft/contracts";
import { err, ok, type LineId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { catalogSnapshot, servedAt } from "../catalog/index.ts";
import type { LineUnits, PlannedCollection, Shipment, WholeFulfillment } from "../fulfillment/index.ts";
import type { BookEntry, NewOrderLine } from "../orders/index.ts";
import { placesSnapshot } from "../places/index.ts";
import {
  addressProblems,
  goodsStates,
  isCounted,
  methodsOf,
  placesOffered,
  promiseForAll,
  promisingNow,
  readSlotId,
  shipmentFor,
  shippingPlace,
  shippingPromise,
  tidyAddress,
  whyNoSlot,
  makingsNow,
  takenOf,
  type SlotGoods,
  type Work,
  type DeliveryAddress,
  type DeliveryMethod,
  type PromisingPlace,
} from "../promises/index.ts";
import { closedBy, isOpenToChange, type PlannedRemoval } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import type { ChangeReader } from "./prepare-change.ts";
import { shippingCharge } from "./shipping-charge.ts";
import { stageOf } from "./stage-of.ts";
import { workAt, type NamedGoods } from "./work-of.ts";

/** How an order is wanted instead: what is sent fetched at a store, what is fetched at another one, or all of it sent to an address. */
export type WantedWay = WantedCollection | { readonly kind: "ship"; readonly methodId: string | null; readonly address: DeliveryAddress };

/** `collect`: what was to be sent; `collect_elsewhere`: what was to be fetched at another store [CHK-44]. As soon as it is ready, or in a slot. */
type WantedCollection = { readonly kind: "collect" | "collect_elsewhere"; readonly placeId: PlaceId; readonly slotId?: string | undefined };

/** A part that takes the place of those before. */
export type SwitchedPart = {
  readonly placeId: PlaceId;
  readonly units: readonly LineUnits[];
  readonly promisedAt: Date | null;
  readonly shipBy: Date | null;
  readonly shipment: Shipment | null;
  /** The slot in which it is fetched. */
  readonly slot: PlannedCollection["slot"];
};

export type PlannedSwitch = {
  readonly kind: WantedWay["kind"];
  readonly from: readonly WholeFulfillment[];
  readonly to: readonly SwitchedPart[];
  /** What shipping costs, when it comes to the order with this. */
  readonly lines: readonly NewOrderLine[];
  /** What shipping cost, when it leaves the order with this. */
  readonly removal: PlannedRemoval;
  readonly promisedAt: Date | null;
};

const ENDED: ReadonlySet<string> = new Set(["canceled", "rejected", "not_collected"]);

/**
 * What becomes of an order that is fetched instead of sent, or the other way round [CHK-31]: all its parts of the other kind, as long as nobody
 * has begun with any of them. Nothing is written. Errors: `order.change_closed` with the state that closed it and since when,
 * `order.way_refused` with the reason, `order.address_refused`.
 */
export async function planSwitch(
  ctx: ChangeReader,
  entry: BookEntry,
  parts: readonly WholeFulfillment[],
  way: WantedWay,
): Promise<Result<PlannedSwitch, CheckoutError>> {
  const from = switchable(parts, way.kind);
  const closed = from.find(({ fulfillment }) => !isOpenToChange(fulfillment));
  if (closed) return err(closedBy(stageOf(closed), null));
  if (from.some(({ fulfillment }) => fulfillment.awaits_on !== null)) return refused({ kind: "awaits_goods" });
  const isThere = ({ fulfillment }: WholeFulfillment): boolean => way.kind === "collect_elsewhere" && fulfillment.place_id === way.placeId;
  if (from.every(isThere)) return refused({ kind: "is_so_already" });
  return way.kind === "ship" ? toShip(ctx, entry, from, way) : toCollect(ctx, entry, from, way);
}

/** The parts that another way is about. What its customer took along is theirs already: it closes nothing while others are to come. */
export function switchable(parts: readonly WholeFulfillment[], to: WantedWay["kind"]): WholeFulfillment[] {
  const about = parts.filter(({ fulfillment: { kind, state } }) => (kind === "ship") === (to === "collect") && !ENDED.has(state));
  const open = about.filter(({ fulfillment }) => fulfillment.state !== "collected");
  return open.length > 0 ? open : about;
}

/** What would be fetched at a store instead, as its slots depend on it; undefined where nothing of the order can be. */
export async function switchedGoods(
  ctx: GoodsReader,
  { order, lines }: BookEntry,
  parts: readonly WholeFulfillment[],
  { kind, placeId }: Pick<WantedCollection, "kind" | "placeId">,
): Promise<SlotGoods | undefined> {
  const from = switchable(parts, kind);
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (from.length === 0 || place?.entityId !== order.entity_id) return undefined;
  const units = goodsIn(from);
  const wishes = await wishesAt(ctx, lines, units, placeId, ownAt(from, lines));
  const { promiseAt: readyAt, because } = promiseForAll(wishes, await promisingNow(ctx.snapshots, place, ctx.now), ctx.now);
  const work = await workAt(ctx, placeId, namedGoods(lines, units));
  return { readyAt, work, served: [], refusal: readyAt === null ? (because ?? { kind: "place_closed" }) : null, own: null };
}

type GoodsReader = Omit<ChangeReader, "newId">;

const namedGoods = (lines: BookEntry["lines"], units: readonly LineUnits[]): NamedGoods[] =>
  units.flatMap(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return line ? [{ sku: line.sku, options: line.options, quantity }] : [];
  });

const refused = (because: Because): Result<never, CheckoutError> => err({ code: "order.way_refused", because });

async function toCollect(
  ctx: ChangeReader,
  { order, lines }: BookEntry,
  from: readonly WholeFulfillment[],
  { kind: way, placeId, slotId }: WantedCollection,
): Promise<Result<PlannedSwitch, CheckoutError>> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const isOffered = place && (await placesOffered(ctx, { channelId: order.channel_id }, [place]))(placeId);
  if (!place || !isOffered || place.kind === "warehouse" || place.status !== "active") return refused({ kind: "place_closed" });
  // Another legal entity, or another country, is another invoice and another tax: that is another order.
  const isAbroad = from.some(({ shipment }) => shipment && shipment.country !== place.address.country);
  if (place.entityId !== order.entity_id || isAbroad) return refused({ kind: "other_country" });
  const units = goodsIn(from);
  const wishes = await wishesAt(ctx, lines, units, placeId, ownAt(from, lines));
  const promising = await promisingNow(ctx.snapshots, place, ctx.now);
  const { promiseAt, because } = promiseForAll(wishes, promising, ctx.now);
  if (promiseAt === null) return refused(because ?? { kind: "place_closed" });
  const slot = slotId === undefined ? null : slotIn(promising, placeId, slotId, await workAt(ctx, placeId, namedGoods(lines, units)));
  const late = slot && whyNoSlot(promising, slot.startsAt, promiseAt, ctx.now);
  if (slot === undefined || late) return refused(late ?? { kind: "slot_unknown" });
  const delivery = from.flatMap(({ fulfillment, lines: all }) => {
    const charges = all.filter(({ kind }) => kind === "delivery");
    const gone = charges.map(({ order_line_id: orderLineId, quantity }): LineUnits => ({ orderLineId, quantity }));
    return gone.length > 0 ? [[fulfillment.id, gone] as const] : [];
  });
  const promisedAt = slot?.startsAt ?? promiseAt;
  const part = { placeId, units, promisedAt, shipBy: null, shipment: null, slot };
  return ok({ kind: way, from, to: [part], lines: [], removal: new Map(delivery), promisedAt });
}

/** The slot that somebody named, with the room that so much work takes in it; undefined where the place has none of that name. */
function slotIn(place: PromisingPlace, placeId: PlaceId, slotId: string, work: Work): SwitchedPart["slot"] | undefined {
  const { slots: rule } = place;
  const named = readSlotId(slotId);
  if (!rule || named?.placeId !== placeId) return undefined;
  const until = new Date(named.startsAt.getTime() + rule.minutes * 60_000);
  const taken = takenOf({ ...place, slots: rule }, named.startsAt, work, { kind: "slot", enforce: true });
  return { startsAt: named.startsAt, until, booking: { cart_id: null, starts_at: named.startsAt, ...taken } };
}

async function toShip(
  ctx: ChangeReader,
  entry: BookEntry,
  from: readonly WholeFulfillment[],
  way: Extract<WantedWay, { kind: "ship" }>,
): Promise<Result<PlannedSwitch, CheckoutError>> {
  const { order } = entry;
  const address = tidyAddress(way.address);
  const errors = addressProblems(address);
  const country = (await ctx.snapshots.current(placesSnapshot)).entities.get(order.entity_id)?.country;
  if (errors.length > 0) return err({ code: "order.address_refused", errors, country: null });
  if (country !== address.country) return err({ code: "order.address_refused", errors, country: country ?? null });
  // What is shipped is paid at once [CHK-16].
  if (order.due > 0) return refused({ kind: "pay_first" });
  const methods = await methodsOf(ctx, order.entity_id, address.country);
  const method = methods.find(({ id }) => id === way.methodId) ?? (way.methodId === null ? methods[0] : undefined);
  if (!method) return refused({ kind: "not_shipped_to", data: { country: address.country } });
  const sent = await parcelsFor(ctx, entry, from, { address, method });
  if (!sent.ok) return sent;
  const [first, ...others] = sent.value;
  if (!first) return refused({ kind: "no_shipping_place" });
  const promisedAt = latest(sent.value.map((part) => part.promisedAt));
  // Of several parcels of an order shipping is charged once [FUL-41]: what is sent already has paid it.
  const isCharged = entry.lines.some(({ kind, ordered, canceled }) => kind === "delivery" && ordered > canceled);
  if (isCharged) return ok({ kind: "ship", from, to: sent.value, lines: [], removal: new Map(), promisedAt });
  const charge = await shippingCharge(ctx, entry, method, address.country);
  if (!charge) return refused({ kind: "not_shipped_to", data: { country: address.country } });
  const withCharge = { ...first, units: [...first.units, { orderLineId: charge.id, quantity: charge.ordered }] };
  return ok({ kind: "ship", from, to: [withCharge, ...others], lines: [charge], removal: new Map(), promisedAt });
}

type Sending = { readonly address: DeliveryAddress; readonly method: DeliveryMethod };

async function parcelsFor(
  ctx: ChangeReader,
  { order, lines }: BookEntry,
  from: readonly WholeFulfillment[],
  { address, method }: Sending,
): Promise<Result<SwitchedPart[], CheckoutError>> {
  const units = goodsIn(from);
  const asked = units.flatMap(({ orderLineId, quantity }) => {
    const variantId = lines.find(({ id }) => id === orderLineId)?.variant_id;
    return variantId ? [{ orderLineId, variantId, quantity }] : [];
  });
  const { country, postcode } = address;
  const wish = { channelId: order.channel_id, country, postcode, methodId: method.id, goods: asked };
  const shipment = await shipmentFor(ctx, wish, ctx.now, ownAt(from, lines));
  if (!shipment) return refused({ kind: "no_shipping_place" });
  const parts: SwitchedPart[] = [];
  for (const { place, units: share, goods } of shipment.parcels) {
    const { promiseAt, shipBy, because } = shippingPromise(goods, shippingPlace(place), method, country, ctx.now);
    if (promiseAt === null) return refused(because ?? { kind: "no_shipping_place" });
    const { id: method_id, name: method_name } = method;
    parts.push({
      placeId: place.id,
      units: share.flatMap(({ index, quantity }) => {
        const line = asked[index];
        return line ? [{ orderLineId: line.orderLineId, quantity }] : [];
      }),
      promisedAt: promiseAt,
      shipBy,
      shipment: { method_id, method_name, country, address, ship_by: shipBy, parcels: [] },
      slot: null,
    });
  }
  return ok(parts);
}

/** All goods of some parts, line by line. */
function goodsIn(parts: readonly WholeFulfillment[]): LineUnits[] {
  const units = new Map<LineId, number>();
  for (const { lines } of parts)
    for (const { order_line_id: id, kind, quantity } of lines) if (kind === "goods") units.set(id, (units.get(id) ?? 0) + quantity);
  return [...units].map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
}

/** What the order has of a variant at a place already: it is free for the order itself. */
function ownAt(from: readonly WholeFulfillment[], lines: BookEntry["lines"]) {
  return (variantId: VariantId, placeId: PlaceId): number => {
    const here = goodsIn(from.filter(({ fulfillment }) => fulfillment.place_id === placeId));
    return here.reduce((sum, { orderLineId, quantity }) => {
      const line = lines.find(({ id }) => id === orderLineId);
      return line?.variant_id === variantId ? sum + quantity : sum;
    }, 0);
  };
}

async function wishesAt(
  ctx: GoodsReader,
  lines: BookEntry["lines"],
  units: readonly LineUnits[],
  placeId: PlaceId,
  own: ReturnType<typeof ownAt>,
) {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const wanted = units.flatMap(({ orderLineId, quantity }) => {
    const variantId = lines.find(({ id }) => id === orderLineId)?.variant_id;
    return variantId ? [{ variantId, quantity }] : [];
  });
  const variantIds = wanted.map(({ variantId }) => variantId);
  const stateAt = await goodsStates(ctx, variantIds, [placeId]);
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const makingAt = await makingsNow(ctx.snapshots);
  return wanted.map(({ variantId, quantity }) => {
    const found = catalog.variantOf(variantId);
    const { available, soldOut } = stateAt(variantId, placeId);
    return {
      goods: {
        inAssortment: found !== undefined && catalog.isSoldAt(found.product.id, placeId),
        soldOut,
        tracked: found ? isCounted(catalog, found) : true,
        available: available === null ? null : available + own(variantId, placeId),
        ...(found && place ? makingAt(place, found.product.id) : { prepSeconds: 0 }),
        unit: found?.product.unit ?? "piece",
        served: found && place ? servedAt(catalog, place, found.product.id) : null,
      },
      quantity,
    };
  });
}

const latest = (instants: readonly (Date | null)[]): Date | null =>
  instants.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);
