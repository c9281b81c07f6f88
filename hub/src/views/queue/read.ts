import type { QueuePerformanceView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { catalogSnapshot, categoryCodes, type Catalog } from "../../modules/catalog/index.ts";
import { readStations, stationOf, type Place, type Station } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { learnedSeconds, quantile, samplesOf, type MadeLine, type Sample } from "./pace-of.ts";

/** More lines are more than one counter makes in a month; the newest are looked at. */
const MOST_LINES = 50_000;

type Row = {
  readonly fulfillmentId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly placedAt: Date;
  readonly madeAt: Date;
  readonly wantedAt: Date | null;
  readonly isAhead: boolean;
  readonly isWalkIn: boolean;
};

/** What the stations of a place made in the last days: how long each took, and what of it came late [QUE-3]. One statement. */
export async function queuePerformance(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  place: Place,
  days: number,
): Promise<QueuePerformanceView> {
  const stations = readStations(place.settings.stations) ?? [];
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const rows = await readMade(ctx, place.id, days);
  const lines = rows.flatMap((row) => madeLine(row, catalog, stations));
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
    products: productsOf(samples, catalog),
  };
}

async function readMade({ db, now }: Pick<ReadCtx, "db" | "now">, placeId: PlaceId, days: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.fulfillment_id as "fulfillmentId", l.sku, case l.unit when 'gram' then 1 else p.quantity end as quantity, p.placed_at as "placedAt", p.at as "madeAt", p.wanted_at as "wantedAt",
           p.is_ahead as "isAhead", p.is_walk_in as "isWalkIn"
      from fulfillment.read_prepared p join orders.read_line l on l.id = p.order_line_id and l.kind = 'goods'
     where p.place_id = ${placeId} and p.at > ${now}::timestamptz - make_interval(days => ${days}::integer)
     order by p.at desc limit ${MOST_LINES}`.execute(db);
  return rows;
}

function madeLine(row: Row, catalog: Catalog, stations: readonly Station[]): MadeLine[] {
  const product = catalog.variantOfSku(row.sku)?.product;
  const station = product && stationOf(stations, categoryCodes(catalog, product.categoryId));
  if (!product || !station || product.prepSeconds === 0 || row.quantity < 1) return [];
  return [{ ...row, orderId: row.fulfillmentId, productId: product.id, station, setSeconds: product.prepSeconds }];
}

/** Orders that were promised a time, and those whose last line was made after it. A sale over the counter was promised none. */
function latenessOf(rows: readonly Row[]): Pick<QueuePerformanceView, "orders" | "lateOrders"> {
  const promised = rows.filter(({ isWalkIn, wantedAt }) => !isWalkIn && wantedAt !== null);
  const orders = [...Map.groupBy(promised, ({ fulfillmentId }) => fulfillmentId).values()];
  const isLate = (lines: readonly Row[]) => lines.some(({ madeAt, wantedAt }) => wantedAt !== null && madeAt > wantedAt);
  return { orders: orders.length, lateOrders: orders.filter(isLate).length };
}

/** What was made most first. */
function productsOf(samples: readonly Sample[], catalog: Catalog): QueuePerformanceView["products"] {
  return [...Map.groupBy(samples, ({ productId }) => productId)]
    .flatMap(([id, own]) => {
      const product = catalog.products.get(id);
      const seconds = own.map((sample) => sample.seconds);
      return product && own[0]
        ? {
            productId: product.id,
            name: product.name,
            station: own[0].station,
            setSeconds: product.prepSeconds,
            learnedSeconds: learnedSeconds(seconds, product.prepSeconds),
            samples: own.length,
          }
        : [];
    })
    .sort((a, b) => b.samples - a.samples);
}

const whole = (seconds: number | null): number | null => seconds && Math.round(seconds);
