import type { AdvisedGoodsView } from "@weft/contracts";
import type { RecordId, VariantId } from "@weft/kernel";
import { standpointOf } from "../../modules/channels/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { findStores, placesSnapshot, type Place } from "../../modules/places/index.ts";
import { placesOffered, promisesFor } from "../../modules/promises/index.ts";
import { showingFor } from "../../modules/saved/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** Nobody sends a customer further. */
const MOST_STORES = 12;
/** Of what is not here; of what is, the nearest is enough to say that there are more. */
const MOST_SHOWN = 3;

/**
 * Goods as an adviser at a place speaks of them [ADV-4]: what they cost this customer, how many are here, and the nearest stores that have some. The
 * units are those of every other channel, asked by the same promise. Four statements, however many goods and stores.
 */
export async function goodsNearby(
  ctx: ReadCtx,
  skus: readonly string[],
  here: Place,
  recordIds: readonly RecordId[],
): Promise<AdvisedGoodsView[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const variants = [...new Set(skus)].flatMap((sku): VariantId[] => {
    const found = catalog.variantOfSku(sku);
    return found ? [found.variant.id] : [];
  });
  if (variants.length === 0) return [];
  const show = await showingFor(ctx, variants, here.id, { channelId: ctx.actor.channelId, recordIds, at: ctx.now });
  const others = await storesAround(ctx, here);
  const stores = [here, ...others.map(({ place }) => place)];
  const wishes = variants.flatMap((variantId) => stores.map(({ id: placeId }) => ({ variantId, placeId, quantity: 1 })));
  const promises = await promisesFor(ctx, wishes, ctx.now);
  return variants.flatMap((variantId, index) => {
    const shown = show(variantId);
    const [own, ...away] = promises.slice(index * stores.length, (index + 1) * stores.length);
    if (!shown || !own) return [];
    const { sku, slug, name, pictureUrl, unitPrice } = shown;
    const elsewhere = others.flatMap(({ place, distanceMeters }, at) => {
      const { inAssortment = false, available = null } = away[at] ?? {};
      return inAssortment && available !== null && available > 0
        ? [{ storeId: place.id, storeName: place.name, distanceMeters, available }]
        : [];
    });
    const canBuy = own.inAssortment && unitPrice !== null && own.promiseAt !== null;
    return [
      {
        sku,
        slug,
        name,
        pictureUrl,
        unitPrice,
        here: { available: own.available, canBuy, because: own.because },
        elsewhere: elsewhere.slice(0, canBuy ? 1 : MOST_SHOWN),
      },
    ];
  });
}

/** Stores of the same country that this channel may promise, the nearest first. */
async function storesAround(ctx: ReadCtx, here: Place): Promise<{ readonly place: Place; readonly distanceMeters: number }[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const found = await findStores(ctx, { near: here, query: null, after: null, limit: MOST_STORES + 1 });
  const near = found.flatMap(({ id, distanceMeters }) => {
    const place = places.get(id);
    const isOther = place !== undefined && place.id !== here.id && place.address.country === here.address.country;
    return isOther ? [{ place, distanceMeters: distanceMeters ?? 0 }] : [];
  });
  const isOffered = await placesOffered(
    ctx,
    standpointOf(ctx),
    near.map(({ place }) => place),
  );
  return near.filter(({ place }) => isOffered(place.id)).slice(0, MOST_STORES);
}
