import type { ReturnSummaryView } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { buyerOf, namesOf, type Customer } from "../orders/index.ts";
import type { ReturnId } from "./commands.ts";

/** Which returns; what is null does not narrow. `before` is where the last page ended. */
export type ReturnFilter = {
  readonly recordIds: readonly RecordId[] | null;
  readonly channelId: ChannelId | null;
  /** The beginning of the number that it had at its source. */
  readonly sourceNumber: string | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
};

type Row = {
  readonly id: ReturnId;
  readonly external_id: string | null;
  readonly order_id: string | null;
  readonly channel_id: ChannelId;
  readonly place_id: PlaceId | null;
  readonly at: Date;
  readonly business_date: string;
  readonly currency: string;
  readonly total: number;
  readonly customer: Customer | null;
  readonly lines: readonly (Omit<ReturnSummaryView["lines"][number], "unitPrice" | "total"> & {
    readonly unitPrice: ReturnSummaryView["lines"][number]["unitPrice"];
    readonly total: number;
  })[];
};

/** Returns with their lines, the newest first. */
export async function listReturns(ctx: Pick<ReadCtx, "db" | "snapshots">, filter: ReturnFilter): Promise<ReturnSummaryView[]> {
  const { recordIds, channelId, sourceNumber, before, limit } = filter;
  const spellings = sourceNumber === null ? [] : [...new Set([sourceNumber, sourceNumber.toUpperCase()])];
  const ofRecords = recordIds === null ? sql`true` : sql`r.record_id = any(${[...recordIds]}::uuid[])`;
  const byNumber =
    sourceNumber === null
      ? sql`true`
      : sql`r.id in (select s.id from unnest(${spellings}::text[]) as typed
                       join returns.return_order s on s.external_id >= typed and s.external_id < typed || chr(1114111))`;
  const { rows } = await sql<Row>`
    select r.id, r.external_id, r.order_id, r.channel_id, r.place_id, r.at, r.business_date::text, r.currency, r.total,
           customers.brief(r.record_id) as customer,
           (select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'unitPrice', l.unit_price, 'total', l.total)
                             order by l.position) from returns.return_line l where l.return_id = r.id) as lines
      from returns.return_order r
     where ${ofRecords} and ${byNumber}
       and (${channelId}::uuid is null or r.channel_id = ${channelId}::uuid)
       and (${before?.at ?? null}::timestamptz is null or (r.at, r.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
     order by r.at desc, r.id desc limit ${limit}`.execute(ctx.db);
  const names = await namesOf(ctx.snapshots);
  return rows.map((row) => present(row, names));
}

function present(row: Row, names: Awaited<ReturnType<typeof namesOf>>): ReturnSummaryView {
  const buyer = buyerOf(row.customer, null);
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    id: row.id,
    sourceNumber: row.external_id,
    orderId: row.order_id,
    channelKind: names.channelKind(row.channel_id),
    placeName: row.place_id && names.placeName(row.place_id),
    customerId: buyer.id,
    customerName: buyer.name,
    returnedAt: row.at.toISOString(),
    businessDate: row.business_date,
    total: money(row.total),
    lines: row.lines.map(({ sku, name, quantity, unitPrice, total }) => ({ sku, name, quantity, unitPrice, total: money(total) })),
  };
}
