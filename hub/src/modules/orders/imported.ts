import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** What a stored document of another system holds. */
export type ImportedFacts = {
  readonly recordId: RecordId | null;
  /** Of its business date, `2011-01`. */
  readonly month: string;
  readonly lines: number;
  readonly units: number;
  /** The sum of quantity times unit price in ten-thousandths of the minor unit, never rounded. */
  readonly value: bigint;
};

/** Four digits below the minor unit is as fine as a unit price can be, so the sum is a whole number. */
const EXACT_VALUE = sql`sum(l.ordered::numeric * (l.unit_price ->> 'amount')::numeric * power(10::numeric, 4 - (l.unit_price ->> 'scale')::integer))::numeric(38, 0)::text`;

/** What the imported orders of a channel with these external ids hold; those that are not there are left out. */
export async function importedSales(
  { db }: Pick<ReadCtx, "db">,
  channelId: ChannelId,
  externalIds: readonly string[],
): Promise<Map<string, ImportedFacts>> {
  const { rows } = await sql<Omit<ImportedFacts, "value"> & { id: string; value: string }>`
    select o.external_id as id, o.record_id as "recordId", to_char(o.business_date, 'YYYY-MM') as month, count(*)::integer as lines, sum(l.ordered)::integer as units, ${EXACT_VALUE} as value
      from orders.orders o join orders.order_line l on l.order_id = o.id
     where o.channel_id = ${channelId} and o.external_id = any(${[...externalIds]}::text[]) group by o.id`.execute(db);
  return new Map(rows.map(({ id, value, ...facts }) => [id, { ...facts, value: BigInt(value) }]));
}
