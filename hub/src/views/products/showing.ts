import type { PlaceId } from "@weft/kernel";
import { servedAt, type Catalog, type Product } from "../../modules/catalog/index.ts";
import { isServed, placesSnapshot, servedUntil } from "../../modules/places/index.ts";
import { goodsStates, type GoodsStates } from "../../modules/promises/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { variantsShown, type Showing } from "./present.ts";
import { priceWindow } from "./price-tags.ts";

const NO_STATE: GoodsStates = () => ({ available: null, soldOut: null });

/** Prices and stock of some products at a place, ready to be shown. */
export async function showingOf(ctx: ReadCtx, catalog: Catalog, products: readonly Product[], placeId: PlaceId | null): Promise<Showing> {
  const [stateAt, prices] = await Promise.all([
    placeId === null ? NO_STATE : goodsStates(ctx, variantsShown(products), [placeId]),
    priceWindow(ctx, placeId),
  ]);
  const servedOf = await servedNow(ctx, catalog, placeId);
  return { catalog, placeId, stateAt, prices, ...(servedOf && { servedOf }) };
}

/** What a place with dayparts sells now, and until when that holds [CAT-22]; undefined where it sells everything all day. */
export async function servedNow(
  { snapshots, now }: Pick<ReadCtx, "snapshots" | "now">,
  catalog: Catalog,
  placeId: PlaceId | null,
): Promise<Showing["servedOf"]> {
  const place = placeId === null ? undefined : (await snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.settings.dayparts === "") return undefined;
  return (productId) => {
    const windows = servedAt(catalog, place, productId);
    if (!windows) return undefined;
    const changesAt = servedUntil(windows, place.timeZone, now)?.toISOString() ?? null;
    return { now: isServed(windows, place.timeZone, now), changesAt };
  };
}
