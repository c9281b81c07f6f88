import type { PlacePromiseView, ShippingAnswerView } from "@weft/contracts";
import { asIdOrNull, wallClock, type PlaceId } from "@weft/kernel";
import { standpointOf } from "../../modules/channels/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { findStores, placesSnapshot, presentStore, type Place, type Position } from "../../modules/places/index.ts";
import {
  arrivalsAt,
  countriesServed,
  expectedOn,
  jointShipping,
  makingsNow,
  methodsOf,
  nextSlots,
  pacesNow,
  promisesAt,
  shipmentFor,
  shippingPlace,
  shippingPromise,
  workOn,
  type DeliveryMethodId,
  type NextSlot,
  type SoldAhead,
} from "../../modules/promises/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { broughtTo, type Brought } from "./bring.ts";

export type AvailabilityQuery = {
  readonly sku: string;
  /** `lat,lon` */
  readonly near?: string | undefined;
  /** This store first, then the others, nearest to it unless a position is given. */
  readonly storeId?: string | undefined;
  readonly quantity: number;
  readonly limit: number;
  /** The country to ship to, and by which way; without one the first that is offered there. */
  readonly shipTo?: string | undefined;
  readonly methodId?: string | undefined;
};

/** What every store promises of a SKU, nearest first. Two statements whatever the number of stores, a third where some have too few. Undefined: nobody sells such a thing. */
export async function availabilityOf(ctx: ReadCtx, query: AvailabilityQuery): Promise<PlacePromiseView[] | undefined> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const goods = catalog.bySku(query.sku) && catalog.variantOfSku(query.sku);
  if (!goods) return undefined;
  const found = await placesAsked(ctx, query);
  const promises = await promisesAt(
    ctx,
    goods,
    found.map(({ place }) => place),
    query.quantity,
    ctx.now,
    standpointOf(ctx),
  );
  const { prepSeconds, unit } = goods.product;
  const makingAt = await makingsNow(ctx.snapshots);
  const slots = await nextSlots(
    ctx,
    found.map(({ place }, index) => {
      const readyAt = promises[index]?.promiseAt;
      const work = workOn([{ ...makingAt(place, goods.product.id), unit, quantity: query.quantity }]);
      return readyAt ? { place, readyAt, work } : null;
    }),
  );
  const short = found.filter((_, index) => promises[index]?.because?.kind === "stock_short");
  const coming = await arrivalsAt(
    ctx,
    goods.variant.id,
    short.map(({ place }) => place.id),
  );
  const brought =
    catalog.partsOf(goods.variant.id).length > 0
      ? NOTHING_BROUGHT
      : await broughtTo(
          ctx,
          short.map(({ place }) => place),
          {
            variantId: goods.variant.id,
            productId: goods.product.id,
            quantity: query.quantity,
            prepSeconds,
            unit,
            isSoldAt: (...asked) => catalog.isSoldAt(...asked),
          },
        );
  const paceOf = await pacesNow(ctx.snapshots, ctx.now);
  return promises.flatMap(({ promiseAt, ahead, ...promise }, index) => {
    const at = found[index];
    if (!at) return [];
    const arrivals = coming.get(at.place.id) ?? [];
    const more = expectedOn(promise.available ?? 0, query.quantity, arrivals, wallClock(ctx.now, at.place.timeZone).date);
    const store = presentStore(at.place, at.distanceMeters, ctx.now, paceOf(at.place));
    const nextSlot = presentNext(slots[index] ?? null);
    return [
      {
        store,
        ...promise,
        promiseAt: promiseAt?.toISOString() ?? null,
        nextSlot,
        expectedOn: more,
        ahead: presentAhead(ahead),
        bring: presentBrought(brought.get(at.place.id)),
        asOf: ctx.now.toISOString(),
      },
    ];
  });
}

const NOTHING_BROUGHT: ReadonlyMap<PlaceId, Brought> = new Map();

function presentBrought(brought: Brought | undefined): PlacePromiseView["bring"] {
  if (!brought) return null;
  const { place, on, promiseAt } = brought;
  return { place: { id: place.id, name: place.name }, on, promiseAt: promiseAt.toISOString() };
}

function presentAhead(ahead: SoldAhead | undefined): PlacePromiseView["ahead"] {
  return ahead && ahead.left > 0 ? { kind: ahead.kind, left: ahead.left, on: ahead.on } : null;
}

function presentNext(slot: NextSlot | null): PlacePromiseView["nextSlot"] {
  return slot && { id: slot.id, startsAt: slot.startsAt.toISOString(), endsAt: slot.endsAt.toISOString() };
}

/** What is shipped of a SKU to a country [PRM-9]: the answer that a cart with nothing else would get. Undefined: nobody sells such a thing. */
export async function shippingOf(ctx: ReadCtx, query: AvailabilityQuery): Promise<ShippingAnswerView | null | undefined> {
  const { channelId } = ctx.actor;
  const { shipTo: country } = query;
  if (country === undefined || channelId === null) return null;
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const known = catalog.variantOfSku(query.sku);
  if (!known) return undefined;
  const methodId = asIdOrNull<DeliveryMethodId>(query.methodId);
  const goods = [{ variantId: known.variant.id, quantity: query.quantity }];
  const found = await shipmentFor(ctx, { channelId, country, postcode: null, methodId, goods, mayWait: true }, ctx.now);
  const [lead] = found?.parcels ?? [];
  const methods = lead ? await methodsOf(ctx, lead.place.entityId, country) : [];
  const method = methods.find(({ id }) => id === methodId) ?? methods[0] ?? null;
  const promises = (found?.parcels ?? []).map((parcel) =>
    shippingPromise(parcel.goods, shippingPlace(parcel.place), method, country, ctx.now),
  );
  const promise = lead ? jointShipping(promises) : shippingPromise([], null, method, country, ctx.now);
  const units = (found?.parcels ?? []).flatMap(({ goods }) => goods.map((one) => one.goods.available));
  const available = units.some((one) => one !== null) ? units.reduce<number>((sum, one) => sum + Math.max(0, one ?? 0), 0) : null;
  return {
    country,
    place: lead ? { id: lead.place.id, name: lead.place.name } : null,
    available,
    parcels: found?.parcels.length ?? 0,
    promiseAt: promise.promiseAt?.toISOString() ?? null,
    because: promise.because,
    countries: await countriesServed(ctx, channelId),
  };
}

type PlaceAsked = { readonly place: Place; readonly distanceMeters: number | null };

async function placesAsked(ctx: ReadCtx, { near, storeId, limit }: AvailabilityQuery): Promise<PlaceAsked[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const chosen = storeId === undefined ? undefined : places.get(storeId as PlaceId); // an id from outside: the map answers whether it is one
  const given = positionIn(near);
  const stores = await findStores(ctx, { near: given ?? chosen ?? null, query: null, after: null, limit });
  const found = stores.flatMap(({ id, distanceMeters }) => {
    const place = places.get(id);
    return place ? [{ place, distanceMeters: given ? distanceMeters : null }] : [];
  });
  if (!chosen) return found;
  const first = found.find(({ place }) => place === chosen) ?? { place: chosen, distanceMeters: null };
  return [first, ...found.filter(({ place }) => place !== chosen)].slice(0, limit);
}

/** `45.76,4.83` as the contract lets it through. A latitude past a pole is taken as the pole. */
function positionIn(near: string | undefined): Position | undefined {
  if (near === undefined) return undefined;
  const [latitude = 0, longitude = 0] = near.split(",").map(Number);
  return { latitude: Math.max(-90, Math.min(90, latitude)), longitude };
}
