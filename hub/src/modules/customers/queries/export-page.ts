import type { AddressView } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

/** A customer as it is given out in a file: with what is known now, and under which ids the channels know them. */
export type ExportedCustomer = {
  readonly id: RecordId;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly birthDate: string | null;
  readonly address: AddressView | null;
  readonly locale: string | null;
  readonly cardNumbers: readonly string[];
  readonly externalIds: readonly { readonly channelId: ChannelId; readonly externalId: string }[];
  readonly channelIds: readonly ChannelId[];
  readonly since: string;
};

export type CustomersPage = { readonly channelId: ChannelId | null; readonly after: RecordId | null; readonly limit: number };

/**
 * The next customers by their ids, for an export. With a channel: its own records, each with what that channel itself was told, because a
 * key of a channel must not read what others know.
 */
export async function customersPage(ctx: Pick<ReadCtx, "db">, { channelId, after, limit }: CustomersPage): Promise<ExportedCustomer[]> {
  return channelId === null ? pageOfAll(ctx, after, limit) : pageOfChannel(ctx, channelId, after, limit);
}

const CUSTOMER = sql`p.fields ->> 'givenName' as "givenName", p.fields ->> 'familyName' as "familyName", p.fields ->> 'email' as email,
  p.fields ->> 'phone' as phone, p.fields ->> 'birthDate' as "birthDate", p.fields -> 'address' as address, p.fields ->> 'locale' as locale,
  to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since`;

async function pageOfAll({ db }: Pick<ReadCtx, "db">, after: RecordId | null, limit: number): Promise<ExportedCustomer[]> {
  const { rows } = await sql<ExportedCustomer>`
    select s.id, ${CUSTOMER}, own."cardNumbers", own."externalIds", own."channelIds"
      from (select id, created_at from customers.source_record r
             where state = 'known' and (${after}::uuid is null or id > ${after}::uuid) and customers.customer_of(id) = id
             order by id limit ${limit}) s
     cross join lateral (select coalesce(jsonb_object_agg(field, value), '{}') as fields from customers.living_field f where f.customer_id = s.id) p
     cross join lateral (select array(select customers.records_of(s.id)) as ids offset 0) mine
     cross join lateral (
       select array(select distinct i.value_norm from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
                     where ri.record_id = any (mine.ids) and ri.valid_to is null and i.kind = 'card' order by 1) as "cardNumbers",
              coalesce((select jsonb_agg(jsonb_build_object('channelId', r.channel_id, 'externalId', r.external_id) order by r.created_at, r.id)
                          from customers.source_record r where r.id = any (mine.ids) and r.external_id is not null and r.state = 'known'), '[]') as "externalIds",
              coalesce((select jsonb_agg(distinct r.channel_id) from customers.source_record r where r.id = any (mine.ids)), '[]') as "channelIds") own
     order by s.id`.execute(db);
  return rows;
}

async function pageOfChannel(
  { db }: Pick<ReadCtx, "db">,
  channelId: ChannelId,
  after: RecordId | null,
  limit: number,
): Promise<ExportedCustomer[]> {
  const { rows } = await sql<ExportedCustomer>`
    select s.id, ${CUSTOMER},
           array(select distinct i.value_norm from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
                  where ri.record_id = s.id and ri.valid_to is null and i.kind = 'card' order by 1) as "cardNumbers",
           case when s.external_id is null then '[]'::jsonb
                else jsonb_build_array(jsonb_build_object('channelId', s.channel_id, 'externalId', s.external_id)) end as "externalIds",
           jsonb_build_array(s.channel_id) as "channelIds"
      from customers.source_record s cross join lateral (select s.attributes as fields) p
     where s.channel_id = ${channelId} and s.state = 'known' and (${after}::uuid is null or s.id > ${after}::uuid)
     order by s.id limit ${limit}`.execute(db);
  return rows;
}
