import { addDays, wallClock, type PlaceId, type ProductId, type UnitOfMeasure, type VariantId } from "@weft/kernel";
import { placesSnapshot, type Place } from "../../modules/places/index.ts";
import { goodsStates, metersBetween, promiseForAll, promisingNow } from "../../modules/promises/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** Goods that another place has and that are brought to one where somebody fetches them [PRM-43]. */
export type Brought = { readonly place: Place; readonly on: string; readonly promiseAt: Date };

type Wish = {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly prepSeconds: number;
  readonly unit: UnitOfMeasure;
  readonly productId: ProductId;
  isSoldAt(productId: ProductId, placeId: PlaceId): boolean;
};

/**
 * From where, and until when, goods are brought to places that have too few and ask others for them: the nearest of the legal entity that has all
 * of them. As a cart promises them [CRT-32]. One statement, and none where no place asks.
 */
export async function broughtTo(ctx: ReadCtx, short: readonly Place[], wish: Wish): Promise<ReadonlyMap<PlaceId, Brought>> {
  const asking = short.filter(({ settings }) => settings.bringDays > 0);
  const found = new Map<PlaceId, Brought>();
  if (asking.length === 0) return found;
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const entities = new Set(asking.map(({ entityId }) => entityId));
  const others = [...places.values()].filter(
    (place) => place.status === "active" && entities.has(place.entityId) && wish.isSoldAt(wish.productId, place.id),
  );
  const stateAt = await goodsStates(
    ctx,
    [wish.variantId],
    others.map(({ id }) => id),
  );
  for (const here of asking) {
    const has = ({ id, entityId }: Place): boolean => {
      const { available, soldOut } = stateAt(wish.variantId, id);
      return id !== here.id && entityId === here.entityId && soldOut === null && (available ?? 0) >= wish.quantity;
    };
    const [place] = others.filter(has).sort((a, b) => metersBetween(here, a) - metersBetween(here, b));
    if (!place) continue;
    const on = addDays(wallClock(ctx.now, here.timeZone).date, here.settings.bringDays);
    const goods = { inAssortment: true, soldOut: null, tracked: true, available: 0, prepSeconds: wish.prepSeconds, unit: wish.unit };
    const coming = { goods: { ...goods, ahead: { kind: "backorder", left: wish.quantity, on } as const }, quantity: wish.quantity };
    const { promiseAt } = promiseForAll([coming], await promisingNow(ctx.snapshots, here, ctx.now), ctx.now);
    if (promiseAt) found.set(here.id, { place, on, promiseAt });
  }
  return found;
}
