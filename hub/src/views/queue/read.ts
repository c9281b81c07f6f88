import type { QueuePerformanceView } from "@weft/contracts";
import { catalogSnapshot, type Catalog } from "../../modules/catalog/index.ts";
import { learnedOf, madeLines, quantile, readMade, samplesOf, type LearnedProduct, type MadeRow } from "../../modules/fulfillment/index.ts";
import { readStations, type Place } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** What the stations of a place made in the last days: how long each took, and what of it came late [QUE-3]. One statement. */
export async function queuePerformance(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  place: Place,
  days: number,
): Promise<QueuePerformanceView> {
  const stations = readStations(place.settings.stations) ?? [];
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const rows = await readMade(ctx, place.id, days);
  const lines = madeLines(rows, catalog, place);
  const { measuredTimes } = place.settings;
  const samples = samplesOf(lines);
  return {
    days,
    asOf: ctx.now.toISOString(),
    ...latenessOf(rows),
    stations: stations.map(({ name }) => {
      const seconds = samples.flatMap((sample) => (sample.station === name ? sample.seconds : []));
      return {
        name,
        lines: lines.filter(({ station }) => station === name).length,
        medianSeconds: whole(quantile(seconds, 0.5)),
        slowSeconds: whole(quantile(seconds, 0.9)),
      };
    }),
    measuredTimes,
    products: measuredTimes === "off" ? [] : productsOf(learnedOf(samples, catalog), catalog),
  };
}

/** Orders that were promised a time, and those whose last line was made after it. A sale over the counter was promised none. */
function latenessOf(rows: readonly MadeRow[]): Pick<QueuePerformanceView, "orders" | "lateOrders"> {
  const promised = rows.filter(({ isWalkIn, wantedAt }) => !isWalkIn && wantedAt !== null);
  const orders = [...Map.groupBy(promised, ({ fulfillmentId }) => fulfillmentId).values()];
  const isLate = (lines: readonly MadeRow[]) => lines.some(({ madeAt, wantedAt }) => wantedAt !== null && madeAt > wantedAt);
  return { orders: orders.length, lateOrders: orders.filter(isLate).length };
}

/** By the names of today; what nobody sells any more is not among them. */
function productsOf(learned: readonly LearnedProduct[], catalog: Catalog): QueuePerformanceView["products"] {
  return learned.flatMap((one) => {
    const product = catalog.products.get(one.productId);
    return product ? [{ ...one, name: product.name }] : [];
  });
}

const whole = (seconds: number | null): number | null => seconds && Math.round(seconds);
