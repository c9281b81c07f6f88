import type { ProductId } from "@weft/kernel";
import type { Snapshots } from "../../platform/index.ts";
import { catalogSnapshot, categoryCodes, type Catalog } from "../catalog/index.ts";
import { readStations, stationOf, type Place, type Settings, type Station } from "../places/index.ts";
import { learnedTimesSnapshot } from "./learned.ts";

/** How a place makes one piece of a product. */
export type Making = { readonly prepSeconds: number; readonly batchPercent: number; readonly station: string | null };

const NOT_MADE: Making = { prepSeconds: 0, batchPercent: 100, station: null };

/** Read once for settings that stay the same. */
const read = new WeakMap<Settings, readonly Station[]>();

function stationsAt({ settings }: Pick<Place, "settings">): readonly Station[] {
  let stations = read.get(settings);
  if (!stations) read.set(settings, (stations = readStations(settings.stations) ?? []));
  return stations;
}

/** The station of a place that makes a product; null where it has none. */
export function stationFor(catalog: Catalog, place: Pick<Place, "settings">, productId: ProductId): string | null {
  const stations = stationsAt(place);
  const product = stations.length === 0 ? undefined : catalog.products.get(productId);
  return (product && stationOf(stations, categoryCodes(catalog, product.categoryId))) ?? null;
}

/**
 * How places make goods now, in memory: the time that is set, or the one that was measured there where the place goes by it [QUE-4]; the same for
 * availability, carts, orders and slots.
 */
export async function makingsNow(snapshots: Snapshots): Promise<(place: Pick<Place, "id" | "settings">, productId: ProductId) => Making> {
  const catalog = await snapshots.current(catalogSnapshot);
  const learned = await snapshots.current(learnedTimesSnapshot);
  return (place, productId) => {
    const product = catalog.products.get(productId);
    if (!product || product.prepSeconds === 0) return NOT_MADE;
    const measured = place.settings.measuredTimes === "used" ? learned.get(`${place.id}/${productId}`) : undefined;
    return {
      prepSeconds: measured ?? product.prepSeconds,
      batchPercent: product.batchPercent,
      station: stationFor(catalog, place, productId),
    };
  };
}
