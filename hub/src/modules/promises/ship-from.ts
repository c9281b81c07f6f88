import type { ChannelId, EntityId, PlaceId, VariantId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, type Catalog } from "../catalog/index.ts";
import { carriesBetween, channelAt, channelsSnapshot } from "../channels/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import {
  methodsTo,
  routeShipment,
  shippingPromise,
  type DeliveryMethod,
  type DeliveryMethodId,
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
  /** A place that has said already that it cannot. */
  readonly notFrom?: PlaceId;
};

/** Units that whoever asks holds at a place already: they are free for them. */
export type OwnUnits = (variantId: VariantId, placeId: PlaceId) => number;

const NONE_OWN: OwnUnits = () => 0;

/**
 * The place that ships, and what can be had there [PRM-10]; undefined where nothing ships to that country. Its legal entity is that of the
 * method that was chosen, else the channel's own when it ships there, else the first that does. One statement.
 */
export async function shipmentFor(
  ctx: Reader,
  wish: ShipmentWish,
  at: Date,
  own: OwnUnits = NONE_OWN,
): Promise<{ readonly place: Place; readonly goods: readonly ShippedWish[] } | undefined> {
  const candidates = await candidatesFor(ctx, wish);
  if (candidates.length === 0) return undefined;
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const variantIds = [...new Set(wish.goods.map(({ variantId }) => variantId))];
  const stateAt = await goodsStates(
    ctx,
    variantIds,
    candidates.map(({ place }) => place.id),
  );
  const offers = candidates.map(({ place, method }) => {
    const goods = wish.goods.map(({ variantId, quantity }) => {
      const state = stateAt(variantId, place.id);
      const available = state.available === null ? null : state.available + own(variantId, place.id);
      return { goods: shippedGoods(catalog, variantId, place.id, { ...state, available }), quantity };
    });
    const { promiseAt } = shippingPromise(goods, shippingPlace(place), method, wish.country, at);
    const { country, postcode } = place.address;
    return { place, goods, country, postcode, isWarehouse: place.kind !== "store", hasAll: promiseAt !== null };
  });
  return routeShipment(offers, wish);
}

/** Goods as they are at a place, for the pure rule; unknown ones are sold nowhere. */
export function shippedGoods(catalog: Catalog, variantId: VariantId, placeId: PlaceId, state: GoodsState): ShippedGoods {
  const found = catalog.variantOf(variantId);
  const known = found?.product;
  return {
    inAssortment: known !== undefined && known.isActive && catalog.isSoldAt(known.id, placeId),
    tracked: found ? isCounted(catalog, found) : true,
    isShippable: known?.isShippable ?? false,
    prepSeconds: known?.prepSeconds ?? 0,
    unit: known?.unit ?? "piece",
    ...state,
  };
}

async function candidatesFor(ctx: Reader, { channelId, country, methodId, notFrom }: ShipmentWish) {
  const methods = await ctx.snapshots.current(deliverySnapshot);
  if (methods.length === 0) return [];
  const places = await placesShippingFor(ctx, channelId);
  const offered = methodsTo(methods, country).filter(({ entityId }) => places.some((place) => place.entityId === entityId));
  const home = (await ctx.snapshots.current(channelsSnapshot)).channels.get(channelId)?.entityId;
  const method = offered.find(({ id }) => id === methodId) ?? offered.find(({ entityId }) => entityId === home) ?? offered[0];
  if (!method) return [];
  return places.filter(({ id, entityId }) => entityId === method.entityId && id !== notFrom).map((place) => ({ place, method }));
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
