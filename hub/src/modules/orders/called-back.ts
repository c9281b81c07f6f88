import type { BusinessDate, ChannelId, LineId, OrderId, PlaceId, ProductId, RecordId, VariantId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { isWhole, type Trace } from "../batches/domain/index.ts";

/** Goods that a recall is about, and since when they were sold. */
export type CalledBack = {
  readonly productId: ProductId;
  readonly variantId: VariantId | null;
  readonly batches: readonly string[];
  readonly serials: readonly string[];
  readonly soldFrom: BusinessDate | null;
};

type Reader = Pick<ReadCtx, "db">;

/**
 * The lines that a recall is about [BAT-3]: those whose code named it, found by their own index; of a recall of everything all lines of the goods,
 * found by when they were ordered.
 */
function linesUnder({ productId, variantId, batches, serials, soldFrom }: CalledBack): RawBuilder<unknown> {
  const named = isWhole({ batches, serials })
    ? sql``
    : sql`and l.trace is not null and (l.trace ->> 'batch' = any (${[...batches]}::text[]) or l.trace ->> 'serial' = any (${[...serials]}::text[]))`;
  // A business date is at most a day away from the clock.
  const since =
    soldFrom === null ? sql`` : sql`and o.business_date >= ${soldFrom}::date and o.placed_at >= ${soldFrom}::date - interval '2 days'`;
  const variant = variantId === null ? sql`` : sql`and l.variant_id = ${variantId}`;
  return sql`orders.order_line l join orders.orders o on o.id = l.order_id
    where l.product_id = ${productId} and l.ordered > l.canceled ${variant} ${named} ${since}`;
}

export type CalledBackSums = {
  readonly places: readonly { readonly placeId: PlaceId | null; readonly sold: number }[];
  readonly unit: "piece" | "gram";
  /** Purchases whose buyer is known by a record or left an address; the others are nobody's. */
  readonly known: number;
  readonly unknown: number;
};

/** How many of it are with their buyers, by the place that sold them, and how many purchases those were. */
export async function sumsCalledBack(ctx: Reader, goods: CalledBack): Promise<CalledBackSums> {
  const { rows } = await sql<{ placeId: PlaceId | null; sold: number; unit: "piece" | "gram"; known: number; unknown: number }>`
    select o.place_id as "placeId", sum(l.ordered - l.canceled - l.returned)::integer as sold, min(l.unit) as unit,
           (count(distinct o.id) filter (where ${IS_KNOWN}))::integer as known, (count(distinct o.id) filter (where not ${IS_KNOWN}))::integer as unknown
      from ${linesUnder(goods)} group by o.place_id order by sold desc, o.place_id`.execute(ctx.db);
  return {
    places: rows.map(({ placeId, sold }) => ({ placeId, sold })),
    unit: rows[0]?.unit ?? "piece",
    known: rows.reduce((sum, row) => sum + row.known, 0),
    unknown: rows.reduce((sum, row) => sum + row.unknown, 0),
  };
}

/** A customer is known by their record; whoever bought as nobody may have left an address with the order. */
const IS_KNOWN = sql`(coalesce((customers.brief(o.record_id) ->> 'known')::boolean, false)
  or exists (select from orders.contact c where c.order_id = o.id and coalesce(c.email, c.phone) is not null))`;

export type SaleCalledBack = {
  readonly lineId: LineId;
  readonly orderId: OrderId;
  readonly number: string;
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId | null;
  readonly at: Date;
  readonly quantity: number;
  readonly returned: number;
  readonly unit: "piece" | "gram";
  readonly trace: Trace | null;
};

/** Purchases of it, the newest first. */
export async function salesCalledBack(
  ctx: Reader,
  goods: CalledBack,
  { after, limit }: { readonly after: readonly [at: string, lineId: string] | null; readonly limit: number },
): Promise<SaleCalledBack[]> {
  const beyond = after ? sql`and (o.placed_at, l.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<SaleCalledBack>`
    select l.id as "lineId", o.id as "orderId", o.number, o.record_id as "recordId", o.place_id as "placeId", o.placed_at as at,
           l.ordered - l.canceled as quantity, l.returned, l.unit, l.trace
      from ${linesUnder(goods)} ${beyond} order by o.placed_at desc, l.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

export type BuyerCalledBack = Pick<SaleCalledBack, "orderId" | "number" | "placeId" | "at" | "trace"> & {
  readonly recordId: RecordId;
  readonly channelId: ChannelId;
  readonly timeZone: string;
};

/** Who has some of it still and can be asked for, by record and in the order of records, each with their last purchase. */
export async function buyersCalledBack(
  ctx: Reader,
  goods: CalledBack,
  { after, limit }: { readonly after: RecordId | null; readonly limit: number },
): Promise<BuyerCalledBack[]> {
  const beyond = after === null ? sql`` : sql`and o.record_id > ${after}`;
  const { rows } = await sql<BuyerCalledBack>`
    select distinct on (o.record_id) o.record_id as "recordId", o.id as "orderId", o.channel_id as "channelId", o.number, o.place_id as "placeId",
           o.placed_at as at, o.time_zone as "timeZone", l.trace
      from ${linesUnder(goods)} and ${IS_KNOWN} and l.ordered - l.canceled > l.returned ${beyond}
     order by o.record_id, o.placed_at desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What of it some records still have: for whoever serves their customer. */
export async function boughtCalledBack(ctx: Reader, goods: CalledBack, recordIds: readonly RecordId[]): Promise<SaleCalledBack[]> {
  const { rows } = await sql<SaleCalledBack>`
    select l.id as "lineId", o.id as "orderId", o.number, o.record_id as "recordId", o.place_id as "placeId", o.placed_at as at,
           l.ordered - l.canceled as quantity, l.returned, l.unit, l.trace
      from ${linesUnder(goods)} and o.record_id = any (${[...recordIds]}::uuid[]) and l.ordered - l.canceled > l.returned
     order by o.placed_at desc limit 20`.execute(ctx.db);
  return rows;
}
