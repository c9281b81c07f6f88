import type { ChannelKind } from "@weft/contracts";
import type { ChannelId, CustomerId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { chooseProfile, nameWords, type RecordFacts } from "../domain/index.ts";

type RecordRow = Omit<RecordFacts, "channelKind"> & { readonly customerId: CustomerId; readonly updatedAt: Date };
type Words = { readonly customer: CustomerId; readonly seen: string; readonly words: readonly string[] };
type Field = { customer: CustomerId; field: string; value: unknown; record: string; rule: string; at: string };

/**
 * Builds the profiles and name words of these customers again from their records [IDN-5]; of `before`, the ids that no longer stand for
 * a customer lose theirs. Derived data: it may be built again at any time and comes out the same.
 */
export async function rebuildProfiles(ctx: Ctx, customerIds: readonly CustomerId[], before: readonly CustomerId[] = []): Promise<void> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const fields: Field[] = [];
  const words: Words[] = [];
  for (const [customer, rows] of await recordsByCustomer(ctx, customerIds)) {
    const records = rows.map((row) => ({ ...row, channelKind: kindOf(channels, row.channelId) }));
    for (const { field, value, fromRecord, rule, at } of chooseProfile(records))
      fields.push({ customer, field, value, record: fromRecord, rule, at: at.toISOString() });
    const seen = new Date(Math.max(...rows.map(({ updatedAt }) => updatedAt.getTime()))).toISOString();
    words.push({ customer, seen, words: [...new Set(rows.flatMap(({ attributes }) => nameWords(attributes)))] });
  }
  const touched = [...new Set([...customerIds, ...before])];
  await writeFields(ctx, touched, fields);
  await writeWords(ctx, touched, words);
}

const kindOf = (channels: ReadonlyMap<ChannelId, { readonly kind: ChannelKind }>, id: ChannelId): ChannelKind =>
  channels.get(id)?.kind ?? "web";

async function recordsByCustomer(ctx: Ctx, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, RecordRow[]>> {
  const { rows } = await sql<RecordRow>`
    select r.id, c as "customerId", r.channel_id as "channelId", r.attributes, r.said_at as "saidAt", r.created_at as "createdAt",
           r.updated_at as "updatedAt",
           coalesce((select array_agg(p.kind) from customers.contact_point p
                      where p.record_id = r.id and p.verified_at is not null and p.address = r.attributes ->> p.kind), '{}') as verified
      from unnest(${[...new Set(customerIds)]}::uuid[]) c, lateral customers.records_of(c) member, customers.source_record r
     where r.id = member and r.state = 'known'`.execute(ctx.db);
  const byCustomer = new Map<CustomerId, RecordRow[]>();
  for (const row of rows) {
    const group = byCustomer.get(row.customerId);
    if (group) group.push(row);
    else byCustomer.set(row.customerId, [row]);
  }
  return byCustomer;
}

async function writeFields(ctx: Ctx, touched: readonly CustomerId[], fields: readonly Field[]): Promise<void> {
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(fields)}::jsonb)
        as f (customer uuid, field text, value jsonb, record uuid, rule text, at timestamptz)
    ), gone as (
      delete from customers.profile_field p where p.customer_id = any (${[...touched]}::uuid[])
         and not exists (select from wanted where wanted.customer = p.customer_id and wanted.field = p.field)
    )
    insert into customers.profile_field as p (customer_id, field, value, from_record, rule, at)
    select customer, field, value, record, rule, at from wanted order by customer, field
    on conflict (customer_id, field) do update
       set value = excluded.value, from_record = excluded.from_record, rule = excluded.rule, at = excluded.at
     where (p.value, p.from_record, p.rule, p.at) is distinct from (excluded.value, excluded.from_record, excluded.rule, excluded.at)`.execute(
    ctx.db,
  );
}

async function writeWords(ctx: Ctx, touched: readonly CustomerId[], words: readonly Words[]): Promise<void> {
  const single = words.flatMap(({ customer, seen, words: own }) => own.map((word) => ({ word, customer, seen })));
  const pairs = words.flatMap(({ customer, words: own }) =>
    own.flatMap((word) => own.filter((other) => other !== word).map((other) => ({ word, other, customer }))),
  );
  await sql`
    insert into customers.name_word (word) select distinct w from unnest(${single.map(({ word }) => word)}::text[]) w order by w
    on conflict do nothing`.execute(ctx.db);
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(single)}::jsonb) as w (word text, customer uuid, seen timestamptz)
    ), gone as (
      delete from customers.name_index n where n.customer_id = any (${[...touched]}::uuid[])
         and not exists (select from wanted where wanted.customer = n.customer_id and wanted.word = n.word)
    )
    insert into customers.name_index as n (word, customer_id, last_seen) select word, customer, seen from wanted
    on conflict (word, customer_id) do update set last_seen = excluded.last_seen where n.last_seen <> excluded.last_seen`.execute(ctx.db);
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as w (word text, other text, customer uuid)
    ), gone as (
      delete from customers.name_pair n where n.customer_id = any (${[...touched]}::uuid[])
         and not exists (select from wanted where wanted.customer = n.customer_id and wanted.word = n.word and wanted.other = n.other)
    )
    insert into customers.name_pair (word, other, customer_id) select word, other, customer from wanted on conflict do nothing`.execute(
    ctx.db,
  );
}
