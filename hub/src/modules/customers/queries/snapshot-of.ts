import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { isLiving } from "../living.ts";

/** What these records and their customers are, for comparing before a merge and after its undoing. */
export async function customersSnapshotOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const ids = [...recordIds];
  const { rows } = await sql<{ snapshot: unknown }>`
    with mine as (select r as id, customers.customer_of(r) as customer from unnest(${ids}::uuid[]) r)
    select jsonb_build_object(
      'records', (select jsonb_agg(to_jsonb(s) - 'updated_at' order by s.id) from customers.source_record s join mine on mine.id = s.id),
      'customers', (select jsonb_agg(jsonb_build_object('record', mine.id, 'customer', mine.customer) order by mine.id) from mine),
      'identifiers', (select jsonb_agg(to_jsonb(ri) order by ri.record_id, ri.identifier_id) from customers.record_identifier ri join mine on mine.id = ri.record_id),
      'contacts', (select jsonb_agg(to_jsonb(c) order by c.id) from customers.contact_point c join mine on mine.id = c.record_id),
      'profile', (select jsonb_agg(to_jsonb(f) order by f.customer_id, f.field) from customers.living_field f
                   where f.customer_id in (select customer from mine)),
      'words', (select jsonb_agg(jsonb_build_object('word', n.word, 'customer', n.customer_id) order by n.word, n.customer_id)
                  from customers.name_index n where n.customer_id in (select customer from mine) and ${isLiving("n")}),
      'persons', (select jsonb_agg(jsonb_build_object('record', p.record_id, 'person', p.person_id) order by p.record_id)
                    from customers.record_person p join mine on mine.id = p.record_id where p.person_id <> p.record_id),
      'state', (select jsonb_agg(jsonb_build_object('id', c.id, 'state', c.state) order by c.id) from customers.customer c
                 where c.id in (select id from mine))
    ) as snapshot`.execute(ctx.db);
  return rows[0]?.snapshot;
}
