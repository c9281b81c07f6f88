import { asId, err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import type { Actor, ReadCtx } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { catalogWith } from "../catalog/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { WantedUnits } from "./domain/index.ts";
import type { StockError } from "./errors.ts";

type Reader = Pick<ReadCtx, "actor" | "snapshots">;

/** The places that a list shows this caller: the one asked for if they reach it, else all those that they reach; null is every place. */
export function reachOf(actor: Actor, asked: string | undefined): Result<readonly PlaceId[] | null, StockError> {
  if (asked !== undefined) return mayActAt(actor, asked) ? ok([asId<PlaceId>(asked)]) : err({ code: "stock.out_of_reach", placeId: asked });
  const own = actor.staff?.placeIds ?? [];
  return ok(own.length > 0 ? own : null);
}

/** A place where somebody books: known, and in reach. Errors: `stock.out_of_reach`, `stock.place_unknown`. */
export async function ownPlace(ctx: Reader, place: string): Promise<Result<PlaceId, StockError>> {
  const placeId = asId<PlaceId>(place);
  if (!mayActAt(ctx.actor, placeId)) return err({ code: "stock.out_of_reach", placeId });
  return knownPlace(ctx, place);
}

/** A place that somebody names. Errors: `stock.place_unknown`. */
export async function knownPlace(ctx: Reader, place: string): Promise<Result<PlaceId, StockError>> {
  const placeId = asId<PlaceId>(place);
  if ((await ctx.snapshots.current(placesSnapshot)).places.has(placeId)) return ok(placeId);
  const { places } = await ctx.snapshots.fresh(placesSnapshot);
  return places.has(placeId) ? ok(placeId) : err({ code: "stock.place_unknown", placeId });
}

/** What a SKU stands for, if it is counted. Errors: `stock.sku_unknown`, `stock.not_tracked`. */
export async function countedGoods(ctx: Reader, sku: string): Promise<Result<VariantId, StockError>> {
  const catalog = await catalogWith(ctx, [sku]);
  const goods = catalog.variantOfSku(sku);
  if (!goods) return err({ code: "stock.sku_unknown", sku });
  // What has parts is counted by them.
  return goods.product.isTracked && catalog.partsOf(goods.variant.id).length === 0
    ? ok(goods.variant.id)
    : err({ code: "stock.not_tracked", sku });
}

/** The units of several SKUs; the first that is wrong is told. Errors: `stock.sku_unknown`, `stock.not_tracked`. */
export async function countedUnits(
  ctx: Reader,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<Result<WantedUnits[], StockError>> {
  const wanted: WantedUnits[] = [];
  for (const { sku, quantity } of lines) {
    const variantId = await countedGoods(ctx, sku);
    if (!variantId.ok) return variantId;
    wanted.push({ variantId: variantId.value, quantity });
  }
  return ok(wanted);
}
