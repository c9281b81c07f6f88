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
  const { rows } = await sql<{ placeId: PlaceId | null; sold: number; unit: "piece" | "gram"; known: number; purchases: number }>`
    select o.place_id as "placeId", sum(l.ordered - l.canceled - l.returned)::integer as sold, min(l.unit) as unit,
           (count(distinct o.id) filter (where ${IS_KNOWN}))::integer as known, count(distinct o.id)::integer as purchases
      from ${linesUnder(goods)} group by o.place_id order by sold desc, o.place_id`.execute(ctx.db);
  return {
    places: rows.map(({ placeId, sold }) => ({ placeId, sold })),
    unit: rows[0]?.unit ?? "piece",
    known: rows.reduce((sum, row) => sum + row.known, 0),
    unknown: rows.reduce((sum, row) => sum + row.purchases - row.known, 0),
  };
}

/** A customer is known by their record; whoever bought as nobody may have left an address with the order. */
const IS_KNOWN = sql`(exists (select from customers.read_known k where k.record_id = o.record_id)
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

type WhichSales = {
  readonly after: readonly [at: string, lineId: string] | null;
  readonly limit: number;
  /** Only theirs. */
  readonly buyers?: readonly BuyerId[] | undefined;
};

/** Purchases of it, the newest first. */
export async function salesCalledBack(ctx: Reader, goods: CalledBack, { after, limit, buyers }: WhichSales): Promise<SaleCalledBack[]> {
  const beyond = after ? sql`and (o.placed_at, l.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const ofBuyers = buyers ? sql`and coalesce(o.record_id, o.id) = any (${[...buyers]}::uuid[])` : sql``;
  const { rows } = await sql<SaleCalledBack>`
    select l.id as "lineId", o.id as "orderId", o.number, o.record_id as "recordId", o.place_id as "placeId", o.placed_at as at,
           l.ordered - l.canceled as quantity, l.returned, l.unit, l.trace
      from ${linesUnder(goods)} ${beyond} ${ofBuyers} order by o.placed_at desc, l.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

export type BuyerCalledBack = Pick<SaleCalledBack, "orderId" | "number" | "recordId" | "placeId" | "at" | "trace"> & {
  /** The record of the buyer; of somebody who only left an address with the order, the order. */
  readonly buyerId: BuyerId;
  readonly channelId: ChannelId;
  readonly timeZone: string;
};
export type BuyerId = RecordId | OrderId;

/** By which a recall knows the buyer of a purchase. */
export const buyerIdOf = ({ recordId, orderId }: Pick<SaleCalledBack, "recordId" | "orderId">): BuyerId => recordId ?? orderId;

type WhichBuyers = {
  /** Only behind this one. */
  readonly after: BuyerId | null;
  readonly limit: number;
  /** Only who bought with this order. */
  readonly orderId?: OrderId | undefined;
};

/** Who has some of it still and can be asked for, in the order of their ids, each with their last purchase. */
export async function buyersCalledBack(ctx: Reader, goods: CalledBack, { after, limit, orderId }: WhichBuyers): Promise<BuyerCalledBack[]> {
  const beyond = after === null ? sql`` : sql`and coalesce(o.record_id, o.id) > ${after}`;
  const ofOrder = orderId === undefined ? sql`` : sql`and o.id = ${orderId}`;
  const { rows } = await sql<BuyerCalledBack>`
    select distinct on (coalesce(o.record_id, o.id)) coalesce(o.record_id, o.id) as "buyerId", o.record_id as "recordId", o.id as "orderId",
           o.channel_id as "channelId", o.number, o.place_id as "placeId", o.placed_at as at, o.time_zone as "timeZone", l.trace
      from ${linesUnder(goods)} and ${IS_KNOWN} and l.ordered - l.canceled > l.returned ${beyond} ${ofOrder}
     order by coalesce(o.record_id, o.id), o.placed_at desc limit ${limit}`.execute(ctx.db);
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
