import { sql } from "kysely";
import type { PlaceId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, type Catalog } from "../catalog/index.ts";
import type { Place } from "../places/index.ts";
import { secondsFor, stationFor, withOptions } from "../promises/index.ts";
import { learnedSeconds, samplesOf, type MadeLine, type Sample } from "./pace-of.ts";

/** More lines are more than one counter makes in a month; the newest are looked at. */
const MOST_LINES = 50_000;

/** A line that a station made, as it is stored. */
export type MadeRow = {
  readonly fulfillmentId: string;
  readonly sku: string;
  readonly options: readonly { readonly group: string; readonly value: string }[];
  readonly quantity: number;
  readonly placedAt: Date;
  readonly madeAt: Date;
  readonly wantedAt: Date | null;
  readonly isAhead: boolean;
  readonly isWalkIn: boolean;
};

/** What the stations of a place made in the last days, the newest first. One statement. */
export async function readMade({ db, now }: Pick<ReadCtx, "db" | "now">, placeId: PlaceId, days: number): Promise<MadeRow[]> {
  const { rows } = await sql<MadeRow>`
    select p.fulfillment_id as "fulfillmentId", l.sku, l.options, case l.unit when 'gram' then 1 else p.quantity end as quantity, p.placed_at as "placedAt",
           p.at as "madeAt", p.wanted_at as "wantedAt", p.is_ahead as "isAhead", p.is_walk_in as "isWalkIn"
      from fulfillment.read_prepared p join orders.read_line l on l.id = p.order_line_id and l.kind = 'goods'
     where p.place_id = ${placeId} and p.at > ${now}::timestamptz - make_interval(days => ${days}::integer)
     order by p.at desc limit ${MOST_LINES}`.execute(db);
  return rows;
}

/** Those that somebody had to make, each with its station and what is set for it; several of the same count by what they take together [PRM-15]. */
export function madeLines(rows: readonly MadeRow[], catalog: Catalog, place: Pick<Place, "settings">): MadeLine[] {
  return rows.flatMap((row): MadeLine[] => {
    const product = catalog.variantOfSku(row.sku)?.product;
    const station = product && stationFor(catalog, place, product.id);
    if (!product || !station || product.prepSeconds === 0 || row.quantity < 1) return [];
    const pieces = secondsFor({ prepSeconds: 100, unit: "piece", batchPercent: product.batchPercent }, row.quantity) / 100;
    const setSeconds = withOptions(product.prepSeconds, product.optionGroups, row.options);
    return [{ ...row, orderId: row.fulfillmentId, productId: product.id, station, quantity: pieces, setSeconds }];
  });
}

/** What was learned of a product at a station: the median, or null from too few, beside what is set. */
export type LearnedProduct = Pick<Sample, "productId" | "station"> & {
  readonly setSeconds: number;
  readonly learnedSeconds: number | null;
  readonly samples: number;
};

/** What was learned of each product [QUE-2], as it is without options, what was made most first. */
export function learnedOf(samples: readonly Sample[], catalog: Catalog): LearnedProduct[] {
  return [...Map.groupBy(samples, ({ productId }) => productId)]
    .flatMap(([productId, own]): LearnedProduct[] => {
      const [first] = own;
      const product = catalog.products.get(productId);
      if (!product || !first) return [];
      const { prepSeconds: setSeconds } = product;
      const seconds = own.map((sample) => (sample.seconds * setSeconds) / sample.setSeconds);
      return [{ productId, station: first.station, setSeconds, learnedSeconds: learnedSeconds(seconds, setSeconds), samples: own.length }];
    })
    .sort((a, b) => b.samples - a.samples);
}

/** What making took at a place in the last days, product by product. One statement. */
export async function learnedAt(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">, place: Place, days: number): Promise<LearnedProduct[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return learnedOf(samplesOf(madeLines(await readMade(ctx, place.id, days), catalog, place)), catalog);
}
