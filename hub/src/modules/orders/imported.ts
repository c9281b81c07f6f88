import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** What a stored document holds. `value` is the sum of quantity times unit price in ten-thousandths of the minor unit, never rounded. */
export type ImportedFacts = { readonly lines: number; readonly units: number; readonly value: bigint };

/** A month's documents of one record; guests have none. `month` is that of the business date, `2011-01`; `value` as above. */
export type ImportedSum = { readonly month: string; readonly recordId: RecordId | null; readonly value: bigint };

/** Four digits below the minor unit is as fine as a unit price can be, so the sum is a whole number. */
const EXACT_VALUE = sql`sum(l.ordered::numeric * (l.unit_price ->> 'amount')::numeric * power(10::numeric, 4 - (l.unit_price ->> 'scale')::integer))::numeric(38, 0)::text`;

/** What the imported orders of a channel with these external ids hold; those that are not there are left out. */
export async function importedSales({ db }: Pick<ReadCtx, "db">, channelId: ChannelId, externalIds: readonly string[]): Promise<Map<string, ImportedFacts>> {
  const { rows } = await sql<{ id: string; lines: number; units: number; value: string }>`
    select o.external_id as id, count(*)::integer as lines, sum(l.ordered)::integer as units, ${EXACT_VALUE} as value
      from orders.orders o join orders.order_line l on l.order_id = o.id
     where o.channel_id = ${channelId} and o.external_id = any(${[...externalIds]}::text[]) group by o.external_id`.execute(db);
  return new Map(rows.map(({ id, lines, units, value }) => [id, { lines, units, value: BigInt(value) }]));
}

/** What the imported orders of a channel add up to, by month and record, at full scale. */
export async function importedSalesByMonth(
  { db }: Pick<ReadCtx, "db">,
  channelId: ChannelId,
): Promise<ImportedSum[]> {
  const { rows } = await sql<Omit<ImportedSum, "value"> & { value: string }>`
    select to_char(o.business_date, 'YYYY-MM') as month, o.record_id as "recordId", ${EXACT_VALUE} as value
      from orders.orders o join orders.order_line l on l.order_id = o.id
     where o.channel_id = ${channelId} and o.mode = 'imported' group by 1, 2`.execute(db);
  return rows.map(({ value, ...of }) => ({ ...of, value: BigInt(value) }));
}
