import type { ChannelKind } from "@weft/contracts";
import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { chooseProfile, nameWords, type Attributes, type RecordFacts } from "../domain/index.ts";

type RecordRow = {
  id: RecordId;
  customerId: CustomerId;
  channelId: ChannelId;
  attributes: Attributes;
  createdAt: Date;
  updatedAt: Date;
  verified: ("email" | "phone")[];
};

/** Builds the profiles and name words of these customers again from their records; those of `gone` ids that no longer stand are removed. */
export async function rebuildProfiles(ctx: Ctx, customerIds: readonly CustomerId[], gone: readonly CustomerId[] = []): Promise<void> {
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const { rows } = await sql<RecordRow>`
    select r.id, rc.customer_id as "customerId", r.channel_id as "channelId", r.attributes, r.created_at as "createdAt", r.updated_at as "updatedAt",
           coalesce((select array_agg(distinct p.kind) from customers.contact_point p where p.record_id = r.id and p.verified_at is not null), '{}') as verified
      from customers.read_record_customer rc join customers.source_record r on r.id = rc.record_id
     where rc.customer_id = any (${customerIds}::uuid[]) and r.state <> 'erased'`.execute(ctx.db);
  const kindOf = (id: ChannelId): ChannelKind => channels.channels.get(id)?.kind ?? "web";
  const fields: { customer: string; field: string; value: unknown; record: string; rule: string; at: string }[] = [];
  const words: { word: string; customer: string; seen: string }[] = [];
  for (const customerId of customerIds) {
    const records = rows
      .filter((row) => row.customerId === customerId)
      .map((row): RecordFacts => ({ ...row, channelKind: kindOf(row.channelId) }));
    for (const { field, value, fromRecord, rule, at } of chooseProfile(records))
      fields.push({ customer: customerId, field, value, record: fromRecord, rule, at: at.toISOString() });
    const seen = new Date(Math.max(...records.map(({ updatedAt }) => updatedAt.getTime()))).toISOString();
    for (const word of new Set(records.flatMap(({ attributes }) => nameWords(attributes))))
      words.push({ word, customer: customerId, seen });
  }
  const touched = [...new Set([...customerIds, ...gone])];
  await sql`delete from customers.profile_field where customer_id = any (${touched}::uuid[])`.execute(ctx.db);
  await sql`delete from customers.name_index where customer_id = any (${touched}::uuid[])`.execute(ctx.db);
  await sql`
    insert into customers.profile_field (customer_id, field, value, from_record, rule, at)
    select customer, field, value, record, rule, at from jsonb_to_recordset(${JSON.stringify(fields)}::jsonb) as f (customer uuid, field text, value jsonb, record uuid, rule text, at timestamptz)`.execute(
    ctx.db,
  );
  await sql`
    insert into customers.name_index (word, customer_id, last_seen)
    select word, customer, seen from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w (word text, customer uuid, seen timestamptz)`.execute(
    ctx.db,
  );
  await sql`
    insert into customers.name_word (word) select distinct w.word from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w (word text) order by 1 on conflict do nothing`.execute(
    ctx.db,
  );
}
