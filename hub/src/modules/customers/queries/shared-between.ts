import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

/** What two customers have in common that usually one person has: a contact, a card, a payment card, a device, or the address; null: nothing that is known. */
export async function sharedBetween(ctx: Pick<ReadCtx, "db">, a: RecordId, b: RecordId): Promise<string | null> {
  const { rows } = await sql<{ kind: string }>`
    select i.kind from customers.record_identifier x
      join customers.record_identifier y on y.identifier_id = x.identifier_id and y.valid_to is null and y.record_id in (select customers.records_of(${b}))
      join customers.identifier i on i.id = x.identifier_id
     where x.valid_to is null and x.record_id in (select customers.records_of(${a}))
    union all
    select 'address' from customers.living_field x join customers.living_field y on y.field = 'address' and y.value::text = x.value::text
     where x.field = 'address' and x.customer_id = customers.customer_of(${a}) and y.customer_id = customers.customer_of(${b})
    limit 1`.execute(ctx.db);
  return rows[0]?.kind ?? null;
}
