import type { CustomerView, Locale } from "@weft/contracts";
import type { CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../../platform/index.ts";

type Reader = Pick<ReadCtx, "db">;

/** How a customer is reached and greeted. Fields that no record gave are null; after an erasure all are. */
export type Reach = {
  readonly customerId: CustomerId;
  readonly givenName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: Locale | null;
};

/** The profile's way to reach whoever a record belongs to. */
export async function reachOf(ctx: Reader, recordId: RecordId): Promise<Reach> {
  const { rows } = await sql<Reach>`
    select c.id as "customerId", p.fields ->> 'givenName' as "givenName", p.fields ->> 'email' as email, p.fields ->> 'phone' as phone,
           p.fields ->> 'locale' as locale
      from (select customers.customer_of(${recordId}) as id) c
     cross join lateral (select coalesce(jsonb_object_agg(field, value), '{}') as fields from customers.living_field f where f.customer_id = c.id) p`.execute(
    ctx.db,
  );
  const [reach] = rows;
  if (!reach) throw new Error("one row is always selected");
  return reach;
}

/** Every address that these records gave, also before it was verified: for whoever must forget them. */
export async function addressesOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select address from customers.contact_point where record_id = any (${idList(recordIds)})
    union select address from customers.challenge where record_id = any (${idList(recordIds)})`.execute(ctx.db);
  return rows.map(({ address }) => address);
}

/** Every value that may tell who somebody is, of these records: contacts, cards, and `<channel>:<id>` for the channels' own ids. */
export async function valuesOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select distinct i.value_norm as value from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
     where ri.record_id = any (${idList(recordIds)}) and i.kind in ('email', 'phone', 'card', 'external')
     union select channel_id || ':' || external_id from customers.source_record where id = any (${idList(recordIds)}) and external_id is not null`.execute(
    ctx.db,
  );
  return rows.map(({ value }) => value);
}

/** Customers in the order of their ids given, without the number of a card, which `loyalty` knows. Unknown ids are left out. */
export async function customersByIds(ctx: Reader, ids: readonly CustomerId[]): Promise<CustomerView[]> {
  const { rows } = await sql<CustomerView>`
    select wanted.id, p.fields ->> 'givenName' as "givenName", p.fields ->> 'familyName' as "familyName", p.fields ->> 'email' as email,
           p.fields ->> 'phone' as phone, p.fields ->> 'birthDate' as "birthDate", p.fields -> 'address' as address,
           p.fields ->> 'locale' as locale, null as "cardNumber",
           to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
           case s.state when 'known' then 'active' else s.state end as state
      from unnest(${idList(ids)}) with ordinality as wanted (id, position)
      join customers.source_record s on s.id = wanted.id
     cross join lateral (select coalesce(jsonb_object_agg(field, value), '{}') as fields from customers.living_field f where f.customer_id = wanted.id) p
     order by wanted.position`.execute(ctx.db);
  return rows;
}
