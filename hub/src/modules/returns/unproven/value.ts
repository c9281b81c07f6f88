import { type BusinessDate, type EntityId, type PlaceId, type UnitPrice } from "@weft/kernel";
import { catalogSnapshot, type Catalog, type ProductVariant } from "../../catalog/index.ts";
import { channelAt, channelsSnapshot } from "../../channels/index.ts";
import { isGiftCardLine } from "../../checkout/index.ts";
import { placesSnapshot, type DocumentPlace, type Places } from "../../places/index.ts";
import {
  isCheaper,
  lowestPrices,
  priceChooser,
  pricesSince,
  pricingSnapshot,
  promotedGoods,
  reduceRatio,
  roundingPolicyFor,
  taxRateFor,
  type PricingSnapshot,
  type PublicContext,
} from "../../pricing/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { TaxTerms, UnprovenGoods } from "../domain/index.ts";
import { isFaultyOnly, policyOfPlace } from "../standing.ts";

/** Where goods are brought without proof, on the business day of the place. */
export type Taking = DocumentPlace & { readonly today: BusinessDate };

export type Valued = { readonly goods: ReadonlyMap<string, UnprovenGoods>; readonly terms: TaxTerms };

/**
 * What goods are worth that come back without proof [RET-14]: the lowest price at which the legal entity sells them anywhere, now and in the 30 days
 * before, so that nobody gains by what they bought for less. Left out is what is not sold here, what is not counted by itself (made to order,
 * sets), and gift cards.
 */
export async function valueUnproven(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  place: Taking,
  skus: readonly string[],
): Promise<Valued> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const found = [...new Set(skus)].flatMap((sku) => catalog.variantOfSku(sku) ?? []).filter((one) => isTakable(catalog, one));
  const { country, entityId } = place;
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const here = await contextHere(ctx, place);
  const chosen = priceChooser(pricing, { ...here, at: ctx.now, customerGroups: [] });
  const policy = await policyOfPlace(ctx, place.placeId);
  const goods = new Map<string, UnprovenGoods>();
  const included = found.map(({ variant }) => chosen(variant.id, 1)?.taxIncluded).find((one) => one !== undefined) ?? true;
  const lowest = await lowestAnywhere(ctx, pricing, { entityId, catalog, included, variants: found });
  for (const { product, variant } of found) {
    const now = chosen(variant.id, 1);
    if (!now || now.taxIncluded !== included) continue;
    const before = lowest({ product, variant });
    const unitPrice = before && isCheaper(before, now.unitPrice) ? before : now.unitPrice;
    const taxed = { country, placeId: place.placeId, taxClass: product.taxClass, context: "take_away", date: place.today } as const;
    const rate = taxRateFor(pricing, taxed) ?? { numerator: 0, denominator: 1 };
    goods.set(variant.sku, {
      sku: variant.sku,
      name: product.name,
      unitPrice,
      taxRate: reduceRatio({ numerator: rate.numerator, denominator: rate.denominator }),
      isFaultyOnly: isFaultyOnly(catalog, product.categoryId, policy),
    });
  }
  return { goods, terms: { country, included, rounding: roundingPolicyFor(pricing, { country, entityId }) } };
}

/** Goods that can be counted onto a shelf by themselves. */
function isTakable(catalog: Catalog, { product, variant }: ProductVariant): boolean {
  return product.isTracked && catalog.partsOf(variant.id).length === 0 && !isGiftCardLine({ tax_class: product.taxClass });
}

async function contextHere(ctx: Pick<ReadCtx, "snapshots">, place: DocumentPlace): Promise<PublicContext> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  // A place without a channel sells by the lists that name none.
  const channelId = (await channelAt(ctx.snapshots, place.placeId)) ?? ("" as PublicContext["channelId"]); // no channel has this id
  return contextAt(places, place, channelId, place.placeId);
}

type Anywhere = {
  readonly entityId: EntityId;
  readonly catalog: Catalog;
  /** Prices with tax and without are not compared. */
  readonly included: boolean;
  readonly variants: readonly ProductVariant[];
};

/** The lowest price that anybody was asked on any channel of a legal entity, at any of its places and at none, promotions included. */
async function lowestAnywhere(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  pricing: PricingSnapshot,
  { entityId, catalog, included, variants }: Anywhere,
): Promise<(one: ProductVariant) => UnitPrice | undefined> {
  const past = await pricesSince(
    ctx.db,
    pricing.lists,
    variants.map(({ variant }) => variant.id),
    ctx.now,
  );
  const asked: PricingSnapshot = {
    ...pricing,
    lists: pricing.lists.filter(({ taxIncluded }) => taxIncluded === included),
    history: { ...pricing.history, prices: past },
  };
  const windows = (await contextsOf(ctx, entityId)).map((context) => lowestPrices(asked, context));
  return ({ product, variant }) => {
    const goods = { ...promotedGoods(catalog, product), variantId: variant.id };
    return windows
      .flatMap((lowestIn) => lowestIn(goods, ctx.now) ?? [])
      .reduce<UnitPrice | undefined>((best, price) => (best === undefined || isCheaper(price, best) ? price : best), undefined);
  };
}

/** Every channel of a legal entity, at each of its places and at none. */
async function contextsOf(ctx: Pick<ReadCtx, "snapshots">, entityId: EntityId): Promise<PublicContext[]> {
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const entity = entities.get(entityId);
  if (!entity) return [];
  const own = [...places.values()].filter((place) => place.entityId === entityId).map(({ id }) => id);
  return [...channels.values()]
    .filter((channel) => channel.entityId === entityId)
    .flatMap(({ id }) => [null, ...own].map((placeId) => contextAt(places, entity, id, placeId)));
}

function contextAt(
  places: Places["places"],
  { currency, timeZone }: { readonly currency: string; readonly timeZone: string },
  channelId: PublicContext["channelId"],
  placeId: PlaceId | null,
): PublicContext {
  const place = placeId === null ? undefined : places.get(placeId);
  return {
    currency,
    channelId,
    ...(place && { placeId: place.id }),
    groupIds: place?.groupIds ?? [],
    timeZone: place?.timeZone ?? timeZone,
  };
}
