import type { Because } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, servedAt, wholesFrom, type Catalog, type Part, type ProductVariant } from "../catalog/index.ts";
import { carriesBetween, channelAt, channelsSnapshot, type Standpoint } from "../channels/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { aheadSnapshot } from "../stock/index.ts";
import { promiseFor, type GoodsPromise, type SoldAhead } from "./domain/index.ts";
import { makingsNow } from "./making.ts";
import { queuesNow } from "./queue.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** Stock and sold-out mark of a variant at a place, as they are now. */
export type GoodsState = {
  readonly available: number | null;
  readonly soldOut: { readonly until: Date | null } | null;
  /** Where it is sold before it is there, and how many more. */
  readonly ahead?: SoldAhead & { readonly notBefore: Date | null };
};

const UNKNOWN: GoodsState = { available: null, soldOut: null };

/** States of many variants at many places, one statement for all; neither is ever cached. */
export type GoodsStates = (variantId: VariantId, placeId: PlaceId) => GoodsState;

export async function goodsStates(ctx: Reader, variantIds: readonly VariantId[], placeIds: readonly PlaceId[]): Promise<GoodsStates> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const asked = variantIds.some((id) => catalog.partsOf(id).length > 0)
    ? [...new Set(variantIds.flatMap((id) => [id, ...catalog.partsOf(id).map((part) => part.variantId)]))]
    : variantIds;
  type Row = { variantId: VariantId; placeId: PlaceId; available: number | null; isSoldOut: boolean; until: Date | null };
  const { rows } = await sql<Row>`
    select variant_id as "variantId", place_id as "placeId", available, is_sold_out as "isSoldOut", until
      from promises.goods_states(${asked}::uuid[], ${placeIds}::uuid[])`.execute(ctx.db);
  const states = new Map(
    rows.map(({ variantId, placeId, available, isSoldOut, until }) => [
      `${variantId}/${placeId}`,
      { available, soldOut: isSoldOut ? { until } : null },
    ]),
  );
  const aheadOf = await aheadStates(ctx, asked, placeIds);
  const stateOf: GoodsStates = (variantId, placeId) => {
    const now = states.get(`${variantId}/${placeId}`) ?? UNKNOWN;
    return aheadOf ? withAhead(now, aheadOf(variantId, placeId)) : now;
  };
  return (variantId, placeId) => {
    const parts = catalog.partsOf(variantId);
    return parts.length === 0 ? stateOf(variantId, placeId) : stateInParts(parts, (id) => stateOf(id, placeId), variantId);
  };
}

type AheadState = SoldAhead & { readonly notBefore: Date | null; readonly isOver: boolean };

/** What is not on the market yet is not there before its day, also where it was delivered [PRM-42]; a day that is over promises nothing more. */
function withAhead(now: GoodsState, state: AheadState | undefined): GoodsState {
  if (!state) return now;
  const { isOver, ...ahead } = state;
  if (ahead.kind === "preorder" && !isOver) return { ...now, available: now.available === null ? null : 0, ahead };
  return isOver ? now : { ...now, ahead };
}

/** How goods are sold ahead, by the calendar of each place; undefined, without a statement, where none of them is sold ahead anywhere. */
async function aheadStates(ctx: Reader, variantIds: readonly VariantId[], placeIds: readonly PlaceId[]) {
  const sold = await ctx.snapshots.current(aheadSnapshot);
  const variants = variantIds.filter((id) => sold.isAnywhere(id));
  if (variants.length === 0) return undefined;
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const known = placeIds.flatMap((id) => places.get(id) ?? []);
  const { rows } = await sql<AheadState & { variantId: VariantId; placeId: PlaceId }>`
    select variant_id as "variantId", place_id as "placeId", kind, left_units as "left", comes_on::text as "on", not_before as "notBefore", is_over as "isOver"
      from promises.ahead_states(${variants}::uuid[], ${known.map(({ id }) => id)}::uuid[], ${known.map(({ timeZone }) => timeZone)}::text[])`.execute(
    ctx.db,
  );
  const states = new Map(rows.map(({ variantId, placeId, ...state }) => [`${variantId}/${placeId}`, state]));
  return (variantId: VariantId, placeId: PlaceId): AheadState | undefined => states.get(`${variantId}/${placeId}`);
}

/** Goods with parts are there as often as their scarcest part, and sold out with any of them [CAT-11]. */
function stateInParts(parts: readonly Part[], stateOf: (id: VariantId) => GoodsState, variantId: VariantId): GoodsState {
  const marks = [variantId, ...parts.map((part) => part.variantId)].flatMap((id) => stateOf(id).soldOut ?? []);
  return { available: wholesFrom(parts, (id) => stateOf(id).available), soldOut: marks[0] ?? null };
}

/** Why a place promises nothing to a channel that does not know it [PRM-6]. */
const NOT_LINKED: Because = { kind: "not_linked" };

/**
 * Which places a channel may promise, by the link levels [PRM-6]: its own at least, those that offer collection where channels only hand
 * over, every one where they are linked. In memory: no statement.
 */
export async function placesOffered(
  ctx: Pick<Reader, "snapshots">,
  from: Standpoint,
  places: readonly Pick<Place, "id" | "services">[],
): Promise<(placeId: PlaceId) => boolean> {
  const { channels, areAllLinked } = await ctx.snapshots.current(channelsSnapshot);
  if (areAllLinked) return () => true;
  const own = from.channelId === null ? undefined : channels.get(from.channelId);
  const offered = new Set<PlaceId>();
  for (const { id, services } of places) {
    const store = await channelAt(ctx.snapshots, id, from.channelId);
    const carriage = await carriesBetween(ctx, from, { channelId: store, placeId: id }, "promise");
    const isFar = carriage.carried && carriage.terms.places === "collection_where_offered" && !services.includes("collect");
    if (own?.placeId === id || (carriage.carried && !isFar)) offered.add(id);
  }
  return (placeId) => offered.has(placeId);
}

/** What each place promises to a channel for `quantity` units of a variant, in the order of the places: one statement whatever their number. */
export async function promisesAt(
  ctx: Reader,
  goods: ProductVariant,
  places: readonly Place[],
  quantity: number,
  at: Date,
  from: Standpoint = { channelId: null },
): Promise<GoodsPromise[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const stateAt = await goodsStates(
    ctx,
    [goods.variant.id],
    places.map(({ id }) => id),
  );
  const { id: productId, unit } = goods.product;
  const tracked = isCounted(catalog, goods);
  const makingAt = await makingsNow(ctx.snapshots);
  const isOffered = await placesOffered(ctx, from, places);
  const promising = await queuesNow(ctx.snapshots, at);
  return places.map((place) => {
    const inAssortment = catalog.isSoldAt(productId, place.id);
    if (!isOffered(place.id)) return { inAssortment, tracked, available: null, method: null, promiseAt: null, because: NOT_LINKED };
    const served = servedAt(catalog, place, productId);
    const known = { inAssortment, tracked, unit, served, ...makingAt(place, productId), ...stateAt(goods.variant.id, place.id) };
    return promiseFor(known, promising(place), quantity, at);
  });
}

/** Whether there is a figure of it: it is counted itself, or by its parts. */
export function isCounted(catalog: Catalog, { product, variant }: ProductVariant): boolean {
  return product.isTracked || catalog.partsOf(variant.id).length > 0;
}

export type PromiseWish = { readonly variantId: VariantId; readonly placeId: PlaceId; readonly quantity: number };

/** Promises for many lines at once, such as those of a cart; undefined for a variant or a place that is not known. */
export async function promisesFor(ctx: Reader, wishes: readonly PromiseWish[], at: Date): Promise<(GoodsPromise | undefined)[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
  const stateAt = await goodsStates(ctx, unique(wishes.map(({ variantId }) => variantId)), unique(wishes.map(({ placeId }) => placeId)));
  const promising = await queuesNow(ctx.snapshots, at);
  const makingAt = await makingsNow(ctx.snapshots);
  return wishes.map(({ variantId, placeId, quantity }) => {
    const goods = catalog.variantOf(variantId);
    const place = places.get(placeId);
    if (!goods || !place) return undefined;
    const { id: productId, unit } = goods.product;
    const tracked = isCounted(catalog, goods);
    const inAssortment = catalog.isSoldAt(productId, placeId);
    const served = servedAt(catalog, place, productId);
    const known = { inAssortment, tracked, unit, served, ...makingAt(place, productId), ...stateAt(variantId, placeId) };
    return promiseFor(known, promising(place), quantity, at);
  });
}
