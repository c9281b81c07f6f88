import type { ChannelKind, ReturnView } from "@weft/contracts";
import type { ChannelId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import { buyerOf, namesOf, type Customer } from "../orders/index.ts";
import type { ReturnId } from "./commands.ts";
import type { ReturnPart } from "./take-return.ts";

/** Which returns; what is null does not narrow. `before` is where the last page ended. */
export type ReturnFilter = {
  readonly recordIds: readonly RecordId[] | null;
  readonly channelId: ChannelId | null;
  readonly orderId: OrderId | null;
  /** The beginning of our number, or of the one that it had at its source. */
  readonly number: string | null;
  /** Where they came back. */
  readonly placeIds: readonly PlaceId[] | null;
  /** Of the channel that took them. */
  readonly channelKind: ChannelKind | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
};

type Line = Omit<ReturnView["lines"][number], "total"> & { readonly total: number };

type Row = {
  readonly id: ReturnId;
  readonly mode: "live" | "imported";
  readonly number: string | null;
  readonly external_id: string | null;
  readonly order_id: string | null;
  readonly order_number: string | null;
  readonly channel_id: ChannelId;
  readonly place_id: PlaceId | null;
  readonly at: Date;
  readonly business_date: string;
  readonly time_zone: string;
  readonly currency: string;
  readonly total: number;
  readonly tax: number;
  readonly refunds: readonly ReturnPart[];
  readonly exchange_order_id: string | null;
  readonly proof: string | null;
  readonly points_taken: number;
  readonly points_given: number;
  readonly receipt_number: string | null;
  readonly staff_name: string | null;
  readonly customer: Customer | null;
  readonly lines: readonly Line[];
};

const COLUMNS = sql`
  r.id, r.mode, r.number, r.external_id, r.order_id, r.order_number, r.channel_id, r.place_id, r.at, r.business_date::text, r.time_zone, r.currency,
  r.total, r.tax, r.refunds, r.points_taken, r.points_given, r.receipt_number, r.staff_name, r.exchange_order_id, r.proof, customers.brief(r.record_id) as customer,
  (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'kind', l.kind, 'sku', l.sku, 'name', l.name, 'options', l.options,
                                       'quantity', l.quantity, 'unit', l.unit, 'unitPrice', l.unit_price, 'total', l.total, 'reason', l.reason,
                                       'disposition', l.disposition) order by l.position)
     from returns.return_line l where l.return_id = r.id) as lines`;

/** Returns with their lines, the newest first. */
export async function listReturns(ctx: Pick<ReadCtx, "db" | "snapshots">, filter: ReturnFilter): Promise<ReturnView[]> {
  const { recordIds, channelId, orderId, number, placeIds, channelKind, before, limit } = filter;
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const ofKind = channelKind && [...channels.values()].filter(({ kind }) => kind === channelKind).map(({ id }) => id);
  const spellings = number === null ? [] : [...new Set([number, number.toUpperCase()])];
  const ofRecords = recordIds === null ? sql`true` : sql`r.record_id = any(${[...recordIds]}::uuid[])`;
  const ofOrder = orderId === null ? sql`true` : sql`r.order_id = ${orderId}`;
  const byNumber =
    number === null
      ? sql`true`
      : sql`r.id in (select s.id from unnest(${spellings}::text[]) as typed
                       join returns.return_order s on s.external_id >= typed and s.external_id < typed || chr(1114111)
                     union all
                     select s.id from unnest(${spellings}::text[]) as typed
                       join returns.return_order s on s.number >= typed and s.number < typed || chr(1114111))`;
  const { rows } = await sql<Row>`
    select ${COLUMNS}
      from returns.return_order r
     where ${ofRecords} and ${ofOrder} and ${byNumber}
       and (${channelId}::uuid is null or r.channel_id = ${channelId}::uuid)
       and (${placeIds && [...placeIds]}::uuid[] is null or r.place_id = any(${placeIds && [...placeIds]}::uuid[]))
       and (${ofKind}::uuid[] is null or r.channel_id = any(${ofKind}::uuid[]))
       and (${before?.at ?? null}::timestamptz is null or (r.at, r.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
     order by r.at desc, r.id desc limit ${limit}`.execute(ctx.db);
  const names = await namesOf(ctx.snapshots);
  return rows.map((row) => present(row, names));
}

/** One return with its lines, or null. */
export async function readReturn(ctx: Pick<ReadCtx, "db" | "snapshots">, id: ReturnId): Promise<ReturnView | null> {
  const { rows } = await sql<Row>`select ${COLUMNS} from returns.return_order r where r.id = ${id}`.execute(ctx.db);
  return rows[0] ? present(rows[0], await namesOf(ctx.snapshots)) : null;
}

function present(row: Row, names: Awaited<ReturnType<typeof namesOf>>): ReturnView {
  const buyer = buyerOf(row.customer, null);
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    id: row.id,
    mode: row.mode,
    number: row.number,
    sourceNumber: row.external_id,
    orderId: row.order_id,
    orderNumber: row.order_number,
    channelKind: names.channelKind(row.channel_id),
    placeId: row.place_id,
    placeName: row.place_id && names.placeName(row.place_id),
    customerId: buyer.id,
    customerName: buyer.name,
    returnedAt: row.at.toISOString(),
    businessDate: row.business_date,
    timeZone: row.time_zone,
    lines: row.lines.map((line) => presentLine(line, money(line.total))),
    total: money(row.total),
    tax: money(row.tax),
    refunds: row.refunds.map(({ kind, amount }) => ({ kind, amount: money(amount) })),
    pointsTaken: row.points_taken,
    pointsGiven: row.points_given,
    receiptNumber: row.receipt_number,
    staffName: row.staff_name,
    exchangeOrderId: row.exchange_order_id,
    isUnproven: row.proof === "unproven",
  };
}

function presentLine(
  { orderLineId, kind, sku, name, options, quantity, unit, unitPrice, reason, disposition }: Line,
  total: ReturnView["total"],
) {
  return { orderLineId, kind, sku, name, options: [...options], quantity, unit, unitPrice, total, reason, disposition };
}
