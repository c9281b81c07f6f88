import type { PlacePromiseView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { standpointOf } from "../../modules/channels/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { findStores, placesSnapshot, presentStore, type Place, type Position } from "../../modules/places/index.ts";
import { promisesAt } from "../../modules/promises/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

export type AvailabilityQuery = {
  readonly sku: string;
  /** `lat,lon` */
  readonly near?: string | undefined;
  /** This store first, then the others, nearest to it unless a position is given. */
  readonly storeId?: string | undefined;
  readonly quantity: number;
  readonly limit: number;
};

/** What every store promises of a SKU, nearest first. Two statements whatever the number of stores. Undefined: nobody sells such a thing. */
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
  return promises.flatMap(({ promiseAt, ...promise }, index) => {
    const at = found[index];
    if (!at) return [];
    const store = presentStore(at.place, at.distanceMeters, ctx.now);
    return [{ store, ...promise, promiseAt: promiseAt?.toISOString() ?? null, asOf: ctx.now.toISOString() }];
  });
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
