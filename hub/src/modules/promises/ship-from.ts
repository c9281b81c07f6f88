import type { ChannelId, EntityId, PlaceId, VariantId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, wholesFrom, type Catalog, type Part } from "../catalog/index.ts";
import { carriesBetween, channelAt, channelsSnapshot } from "../channels/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import {
  methodsTo,
  nearness,
  route,
  routingOrder,
  shippingPromise,
  type DeliveryMethod,
  type DeliveryMethodId,
  type Route,
  type RouteCandidate,
  type RouteWish,
  type RoutingRule,
  type ShippedGoods,
  type ShippedWish,
  type ShippingPlace,
} from "./domain/index.ts";
import { goodsStates, isCounted, type GoodsState } from "./queries.ts";
import { deliverySnapshot } from "./snapshot.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** A place as shipping from it depends on it: a warehouse packs parcels, a store when that is one of its services. */
export function shippingPlace({ kind, status, services, hours, timeZone, settings }: Place): ShippingPlace {
  const isShipping = status === "active" && (kind !== "store" || services.includes("ship"));
  return { isShipping, hours, timeZone, cutOffMinutes: settings.shipCutOffMinutes };
}

/**
 * Places that ship for a channel, by the link levels [PRM-10]: the warehouses of its legal entity at least, those of others and stores
 * where they are linked. A channel of the demo's tour has none: its visitors must not keep anybody busy. In memory: no statement.
 */
export async function placesShippingFor(ctx: Pick<Reader, "snapshots">, channelId: ChannelId): Promise<Place[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const { channels, areAllLinked } = await ctx.snapshots.current(channelsSnapshot);
  const channel = channels.get(channelId);
  if (!channel || channel.circle !== null) return [];
  const found: Place[] = [];
  for (const place of places.values()) {
    if (!shippingPlace(place).isShipping) continue;
    const isOwn = place.id === channel.placeId || (place.kind === "warehouse" && place.entityId === channel.entityId);
    if (isOwn || areAllLinked || (await isLinked(ctx, channelId, place.id))) found.push(place);
  }
  return found;
}

async function isLinked(ctx: Pick<Reader, "snapshots">, channelId: ChannelId, placeId: PlaceId): Promise<boolean> {
  const there = { channelId: await channelAt(ctx.snapshots, placeId, channelId), placeId };
  const carriage = await carriesBetween(ctx, { channelId }, there, "promise");
  return carriage.carried && carriage.terms.places === "all";
}

/** Where to, by what, and for which channel goods are to be shipped. `postcode` null: only the country is known. */
export type ShipmentWish = {
  readonly channelId: ChannelId;
  readonly country: string;
  readonly postcode: string | null;
  readonly methodId: DeliveryMethodId | null;
  readonly goods: readonly { readonly variantId: VariantId; readonly quantity: number }[];
  /** Places that have said already that they cannot. */
  readonly notFrom?: readonly PlaceId[];
  /** What no place has may come from those that sell it ahead [PRM-41]. */
  readonly mayWait?: boolean;
};

/** Units that whoever asks holds at a place already: they are free for them. */
export type OwnUnits = (variantId: VariantId, placeId: PlaceId) => number;

const NONE_OWN: OwnUnits = () => 0;

/** What one place sends: units by the index of the goods that were asked for, and those goods as they are there. */
export type ShipmentParcel = {
  readonly place: Place;
  readonly units: readonly { readonly index: number; readonly quantity: number }[];
  readonly goods: readonly ShippedWish[];
};

/** Which places send what. The first one leads: it is also asked for what nobody has, so that it can be said what is missing. */
export type Shipment = {
  readonly parcels: readonly [ShipmentParcel, ...ShipmentParcel[]];
  /** Of what the first one is asked for, what nobody has. */
  readonly missing: ReadonlyMap<number, number>;
  readonly rule: RoutingRule;
};

/**
 * Which places ship [PRM-21], and what can be had there; undefined where nothing ships to that country. Their legal entity is that of the
 * method that was chosen, else the channel's own when it ships there, else the first that does. One statement.
 */
export async function shipmentFor(ctx: Reader, wish: ShipmentWish, at: Date, own: OwnUnits = NONE_OWN): Promise<Shipment | undefined> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const offers = await offersFor(ctx, catalog, wish, at, own);
  const wishes = wish.goods.map(({ variantId, quantity }) => ({ quantity, needs: needsOf(catalog, variantId) }));
  const [lead] = routingOrder(wishes, offers, "fewest_parcels");
  if (!lead) return undefined;
  const rule = routingRule(lead.place);
  const asked = offers.filter(({ place }) => !wish.notFrom?.includes(place.id));
  const routed = routeOrWait(wishes, asked, rule);
  const missing = routed.kind === "short" ? routed.missing : new Map<number, number>();
  const [first = routingOrder(wishes, asked, rule.policy)[0], ...others] = routed.shares.map(({ from }) => from);
  if (!first) return undefined;
  const [sent = new Map<number, number>(), ...further] = routed.shares.map(({ quantities }) => quantities);
  const parcel = (from: Offer, quantities: ReadonlyMap<number, number>): ShipmentParcel => {
    const units = wish.goods.flatMap((_, index) => {
      const quantity = (quantities.get(index) ?? 0) + (from === first ? (missing.get(index) ?? 0) : 0);
      return quantity > 0 ? [{ index, quantity }] : [];
    });
    return { place: from.place, units, goods: units.map(({ index, quantity }) => ({ goods: from.goodsAt(index), quantity })) };
  };
  return { parcels: [parcel(first, sent), ...others.map((from, nth) => parcel(from, further[nth] ?? new Map()))], missing, rule };
}

/** What is there goes first; only what no place has is asked of those that sell it before it is there [PRM-41]. */
function routeOrWait(wishes: readonly RouteWish[], asked: readonly Offer[], rule: RoutingRule): Route<Offer> {
  const now = route(wishes, asked, rule);
  if (now.kind === "routed" || asked.every(({ ahead }) => ahead.size === 0)) return now;
  const later = asked.map((offer) => ({
    ...offer,
    available: new Map([...offer.available].map(([id, units]) => [id, Math.max(0, units) + (offer.ahead.get(id) ?? 0)])),
  }));
  const waiting = route(wishes, later, rule);
  return waiting.kind === "routed" ? waiting : now;
}

/** How orders are spread over places: as it holds for the place that leads, which is the same all over a group that sets it [PRM-21]. */
function routingRule({ settings }: Place): RoutingRule {
  return { policy: settings.shipRouting, most: settings.shipMostParcels };
}

type Offer = RouteCandidate & {
  readonly place: Place;
  /** Units more that are sold there before they are there, by variant. */
  readonly ahead: ReadonlyMap<string, number>;
  goodsAt(index: number): ShippedGoods;
};

/** Every place that could send some of it, with what stock can promise there now. */
async function offersFor(ctx: Reader, catalog: Catalog, wish: ShipmentWish, at: Date, own: OwnUnits): Promise<Offer[]> {
  const candidates = await candidatesFor(ctx, wish);
  if (candidates.length === 0) return [];
  const needed = wish.goods.flatMap(({ variantId }) => needsOf(catalog, variantId).map((part) => part.variantId));
  const variantIds = [...new Set([...wish.goods.map(({ variantId }) => variantId), ...needed])];
  const stateAt = await goodsStates(
    ctx,
    variantIds,
    candidates.map(({ place }) => place.id),
  );
  return candidates.map(({ place, method }): Offer => {
    const available = new Map<string, number>(needed.map((id) => [id, (stateAt(id, place.id).available ?? 0) + own(id, place.id)]));
    const shipped = wish.goods.map(({ variantId }) => {
      const state = stateAt(variantId, place.id);
      const units = wholesFrom(needsOf(catalog, variantId), (id) => available.get(id) ?? null);
      const goods = shippedGoods(catalog, variantId, place.id, { ...state, available: state.available === null ? null : units });
      return wish.mayWait ? { ...goods, ahead: state.ahead ?? null } : goods;
    });
    const goodsAt = (index: number): ShippedGoods => shipped[index] ?? unreachable();
    // Asked with as many as anybody wants: what is short is found by the units, here only what keeps the place from sending at all.
    const sends = (goods: ShippedGoods) =>
      shippingPromise([{ goods: { ...goods, available: 1 }, quantity: 1 }], shippingPlace(place), method, wish.country, at).promiseAt !==
      null;
    const soldAhead = wish.mayWait
      ? wish.goods.flatMap(({ variantId }) => ({ variantId, left: stateAt(variantId, place.id).ahead?.left ?? 0 }))
      : [];
    return {
      place,
      goodsAt,
      ahead: new Map(soldAhead.filter(({ left }) => left > 0).map(({ variantId, left }) => [variantId, left])),
      isWarehouse: place.kind !== "store",
      nearness: nearness(place.address, wish),
      rank: place.settings.shipRank,
      cost: place.settings.shipCost,
      available,
      refuses: new Set(shipped.flatMap((goods, index) => (sends(goods) ? [] : [index]))),
    };
  });
}

function unreachable(): never {
  throw new Error("goods are asked for by their own index");
}

/** What stock gives for one of it. */
function needsOf(catalog: Catalog, variantId: VariantId): readonly Part[] {
  const parts = catalog.partsOf(variantId);
  return parts.length > 0 ? parts : [{ variantId, quantity: 1 }];
}

/** Goods as they are at a place, for the pure rule; unknown ones are sold nowhere. */
export function shippedGoods(catalog: Catalog, variantId: VariantId, placeId: PlaceId, { available, soldOut }: GoodsState): ShippedGoods {
  const found = catalog.variantOf(variantId);
  const known = found?.product;
  return {
    inAssortment: known !== undefined && known.isActive && catalog.isSoldAt(known.id, placeId),
    tracked: found ? isCounted(catalog, found) : true,
    isShippable: known?.isShippable ?? false,
    prepSeconds: known?.prepSeconds ?? 0,
    unit: known?.unit ?? "piece",
    available,
    soldOut,
  };
}

async function candidatesFor(ctx: Reader, { channelId, country, methodId }: ShipmentWish) {
  const methods = await ctx.snapshots.current(deliverySnapshot);
  if (methods.length === 0) return [];
  const places = await placesShippingFor(ctx, channelId);
  const offered = methodsTo(methods, country).filter(({ entityId }) => places.some((place) => place.entityId === entityId));
  const home = (await ctx.snapshots.current(channelsSnapshot)).channels.get(channelId)?.entityId;
  const method = offered.find(({ id }) => id === methodId) ?? offered.find(({ entityId }) => entityId === home) ?? offered[0];
  if (!method) return [];
  return places.filter(({ entityId }) => entityId === method.entityId).map((place) => ({ place, method }));
}

/** How an entity ships to a country: what is offered to choose from. In memory: no statement. */
export async function methodsOf(ctx: Pick<Reader, "snapshots">, entityId: EntityId, country: string): Promise<DeliveryMethod[]> {
  const methods = await ctx.snapshots.current(deliverySnapshot);
  return methodsTo(methods, country).filter((method) => method.entityId === entityId);
}

/** The countries that a channel's goods are shipped to, in alphabetical order of their codes; empty where nothing is shipped. */
export async function countriesServed(ctx: Pick<Reader, "snapshots">, channelId: ChannelId): Promise<string[]> {
  const methods = await ctx.snapshots.current(deliverySnapshot);
  if (methods.length === 0) return [];
  const entities = new Set((await placesShippingFor(ctx, channelId)).map(({ entityId }) => entityId));
  const served = methods.filter(({ isActive, entityId }) => isActive && entities.has(entityId)).flatMap(({ countries }) => countries);
  return [...new Set(served)].sort();
}
