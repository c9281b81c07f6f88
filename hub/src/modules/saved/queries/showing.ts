import type { LocalizedText } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId, UnitPrice, VariantId } from "@weft/kernel";
import type { ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot, fullName, picturesOf } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot, type Place } from "../../places/index.ts";
import { customerGroupsOf, priceChooser, pricingSnapshot } from "../../pricing/index.ts";
import { goodsStates, isCounted } from "../../promises/index.ts";

export type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** Goods as they are shown in a list or with a wish. */
export type GoodsShown = {
  readonly sku: string;
  readonly variantId: string;
  readonly slug: string;
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unitPrice: UnitPrice | null;
  readonly canBuy: boolean;
};

export type Showing = (variantId: VariantId) => GoodsShown | undefined;

/** Whose prices: of a channel, at a store if one is named, for the groups of these records. */
export type PriceAsker = {
  readonly channelId: ChannelId | null;
  readonly recordIds: readonly RecordId[];
  readonly at: Date;
};

/** How some goods are shown to a customer at a store: catalog and prices from memory, one statement for stock, one for price groups. */
export async function showingFor(
  ctx: Reader,
  variantIds: readonly VariantId[],
  placeId: PlaceId | null,
  asker: PriceAsker,
): Promise<Showing> {
  if (variantIds.length === 0) return () => undefined;
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const customerGroups = asker.recordIds.length === 0 ? [] : await customerGroupsOf(ctx, asker.recordIds);
  const priceAt = await pricesFor(ctx, { channelId: asker.channelId, customerGroups, at: asker.at });
  const stateAt = placeId === null ? null : await goodsStates(ctx, [...new Set(variantIds)], [placeId]);
  return (variantId) => {
    const found = catalog.variantOf(variantId);
    if (!found) return undefined;
    const { product, variant } = found;
    const unitPrice = priceAt(variantId, placeId);
    const isSold = catalog.byVariant(variantId) !== undefined && unitPrice !== null && catalog.isSoldOn(product.id, asker.channelId);
    const state = placeId === null ? null : (stateAt?.(variantId, placeId) ?? null);
    const isThere =
      placeId === null ||
      (catalog.isSoldAt(product.id, placeId) && state?.soldOut === null && (!isCounted(catalog, found) || (state.available ?? 0) > 0));
    return {
      sku: variant.sku,
      variantId,
      slug: product.slug,
      name: fullName(product.name, variant.name),
      pictureUrl: picturesOf(product, variantId)[0]?.url ?? null,
      unitPrice,
      canBuy: isSold && isThere,
    };
  };
}

export type PriceAt = (variantId: VariantId, placeId: PlaceId | null) => UnitPrice | null;

/** Prices on a channel, at any place that is asked for: each context ranks the lists once. From memory. */
export async function pricesFor(
  ctx: Pick<Reader, "snapshots">,
  {
    channelId,
    customerGroups,
    at,
  }: { readonly channelId: ChannelId | null; readonly customerGroups: readonly string[]; readonly at: Date },
): Promise<PriceAt> {
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const own = channelId === null ? undefined : channels.get(channelId);
  const choosers = new Map<PlaceId | null, ReturnType<typeof priceChooser> | null>();
  const chooserAt = (placeId: PlaceId | null): ReturnType<typeof priceChooser> | null => {
    const place: Place | undefined = placeId === null ? undefined : places.get(placeId);
    const entityId = place?.entityId ?? own?.entityId;
    const entity = entityId === undefined ? [...entities.values()][0] : entities.get(entityId);
    if (!entity) return null;
    return priceChooser(pricing, {
      at,
      currency: entity.currency,
      channelId: channelId ?? NO_CHANNEL,
      ...(place && { placeId: place.id }),
      groupIds: place?.groupIds ?? [],
      customerGroups,
    });
  };
  return (variantId, placeId) => {
    let choose = choosers.get(placeId);
    if (choose === undefined) choosers.set(placeId, (choose = chooserAt(placeId)));
    return choose?.(variantId, 1)?.unitPrice ?? null;
  };
}

/** Nobody's channel: only lists that name no channel hold for it. */
const NO_CHANNEL = "" as ChannelId; // no channel has this id
