import type { ChannelId, ContactPointId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { CUSTOMERS_PER_VALUE, type Attributes, type ContactKind, type IdentifierKind } from "../domain/index.ts";
import { lockIdentifiers, type StoredIdentifier } from "./identifiers.ts";
import { identifiersOf, normalizedInput } from "./normalize-input.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";
import { recompute } from "./resolve.ts";
import type { RecordInput } from "./write-record.ts";

export type ImportedRecord = {
  readonly id: RecordId;
  readonly channelId: ChannelId;
  readonly input: RecordInput & { readonly externalId: string };
  readonly verified: readonly ContactKind[];
  /** Since when the channel knows the person. */
  readonly knownSince: Date;
};

type Prepared = { readonly record: ImportedRecord; readonly attributes: Attributes; readonly identifiers: readonly StoredIdentifier[] };

/**
 * Takes in many records of people at once, by the same rules as `writeRecord` [IDN-2]: two dozen statements whatever their number. A record
 * that is known, by its channel and external id, is left alone, so the same file may be read again. What two of them share decides as
 * always, save that limits are not asked: a file is one decision of the retailer. Publishes nothing: an import is history.
 * Answers how many were new.
 */
export async function importRecords(ctx: Ctx, records: readonly ImportedRecord[]): Promise<number> {
  const prepared = await prepare(ctx, records);
  const fresh = await insertRecords(ctx, prepared);
  const news = prepared.filter(({ record }) => fresh.has(record.id));
  if (news.length === 0) return 0;
  await attachAll(ctx, news);
  const ids = news.map(({ record }) => record.id);
  const linked = await linkProven(ctx, ids);
  if (linked.length > 0) await recompute(ctx, linked, null);
  const alone = new Set<string>(ids.filter((id) => !linked.includes(id)));
  await rebuildProfiles(ctx, [...alone] as CustomerId[]); // a record without a link is its own customer, by its own id
  await askAboutShared(ctx, ids);
  return news.length;
}

async function prepare(ctx: Ctx, records: readonly ImportedRecord[]): Promise<Prepared[]> {
  const parts: { record: ImportedRecord; attributes: Attributes; wanted: Awaited<ReturnType<typeof identifiersOf>> }[] = [];
  for (const record of records) {
    const attributes = await normalizedInput(ctx, record.channelId, record.input);
    parts.push({ record, attributes, wanted: await identifiersOf(ctx, { ...record, verifiedBy: "channel", cause: "import" }, attributes) });
  }
  // One value may stand in several records of a file: it is stored once.
  const byValue = new Map(parts.flatMap(({ wanted }) => wanted).map((identifier) => [keyOf(identifier), identifier]));
  const stored = new Map((await lockIdentifiers(ctx, [...byValue.values()])).map((identifier) => [keyOf(identifier), identifier.id]));
  return parts.map(({ record, attributes, wanted }) => ({
    record,
    attributes,
    identifiers: wanted.flatMap((identifier) => {
      const id = stored.get(keyOf(identifier));
      return id ? [{ ...identifier, id }] : [];
    }),
  }));
}

const keyOf = ({ kind, value }: { readonly kind: IdentifierKind; readonly value: string }) => `${kind}:${value}`;

async function insertRecords(ctx: Ctx, prepared: readonly Prepared[]): Promise<Set<RecordId>> {
  const rows = prepared.map(({ record, attributes }) => ({
    id: record.id,
    channel: record.channelId,
    external: record.input.externalId,
    attributes,
    said: Object.fromEntries(
      Object.keys(attributes)
        .filter((field) => field !== "traits")
        .map((field) => [field, record.knownSince.toISOString()]),
    ),
    since: record.knownSince.toISOString(),
  }));
  const { rows: fresh } = await sql<{ id: RecordId }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, channel uuid, external text, attributes jsonb, said jsonb, since timestamptz)
    ), fresh as (
      insert into customers.source_record (id, channel_id, external_id, attributes, said_at, known_at, created_at, updated_at)
      select id, channel, external, attributes, said, since, since, since from given order by channel, external
      on conflict do nothing returning id, attributes, created_at
    ), versions as (
      insert into customers.source_record_version (record_id, seq, attributes, cause, actor_kind, received_at)
      select id, 1, attributes, 'import', ${ctx.actor.kind}, created_at from fresh
    ), people as (
      insert into customers.customer (id, created_at) select id, created_at from fresh on conflict do nothing
    )
    select id from fresh`.execute(ctx.db);
  return new Set(fresh.map(({ id }) => id));
}

async function attachAll(ctx: Ctx, news: readonly Prepared[]): Promise<void> {
  const rows = news.flatMap(({ record, identifiers }) =>
    identifiers.map(({ id, kind, value, verified }) => ({
      record: record.id,
      id,
      kind,
      value,
      since: record.knownSince.toISOString(),
      verified,
      contact: ctx.newId<ContactPointId>(),
    })),
  );
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (record uuid, id uuid, kind text, value text, since timestamptz, verified boolean, contact uuid)
    ), contacts as (
      insert into customers.contact_point (id, record_id, kind, address, identifier_id, verified_at)
      select contact, record, kind, value, id, case when verified then since end from wanted where kind in ('email', 'phone') on conflict do nothing
    )
    insert into customers.record_identifier (record_id, identifier_id, evidence, verified_at, valid_from)
    select record, id, 'import', case when verified then since end, since from wanted on conflict do nothing`.execute(ctx.db);
}

/** Links each new record with the oldest that has one of its verified values verified too. Answers the records on both sides. */
async function linkProven(ctx: Ctx, ids: readonly RecordId[]): Promise<RecordId[]> {
  const { rows } = await sql<{ a: RecordId; b: RecordId }>`
    with pairs as (
      select distinct on (mine.record_id, i.id) mine.record_id as mine, other.record_id as other, i.id as identifier, i.kind
        from customers.record_identifier mine
        join customers.identifier i on i.id = mine.identifier_id and i.blocked_reason is null and i.kind in ('email', 'phone', 'card')
        join customers.record_identifier other on other.identifier_id = i.id and other.record_id <> mine.record_id
         and other.verified_at is not null and other.valid_to is null
        join customers.source_record r on r.id = other.record_id and r.state = 'known'
       where mine.record_id = any (${[...ids]}::uuid[]) and mine.verified_at is not null
       order by mine.record_id, i.id, r.known_at, other.record_id
    ), chosen as (
      select distinct on (least(mine, other), greatest(mine, other)) least(mine, other) as a, greatest(mine, other) as b, identifier, kind
        from pairs order by least(mine, other), greatest(mine, other), kind
    )
    insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, reason)
    select uuidv7(), a, b, 'shared_identifier', jsonb_build_object('identifierId', identifier, 'on', kind), ${ctx.actor.kind}, kind || '_verified_on_both'
      from chosen
    on conflict (a_record, b_record, kind) where state = 'active' do nothing
    returning a_record as a, b_record as b`.execute(ctx.db);
  return [...new Set(rows.flatMap(({ a, b }) => [a, b]))];
}

/** Puts before a person what new records share with other customers without proof, save what very many share. */
async function askAboutShared(ctx: Ctx, ids: readonly RecordId[]): Promise<void> {
  await sql`
    insert into customers.review_pair (id, a_record, b_record, because, evidence)
    select distinct on (least(mine.record_id, other.record_id), greatest(mine.record_id, other.record_id))
           uuidv7(), least(mine.record_id, other.record_id), greatest(mine.record_id, other.record_id), i.kind || '_shared_unverified',
           jsonb_build_object('identifierId', i.id)
      from customers.record_identifier mine
      join customers.identifier i on i.id = mine.identifier_id and i.blocked_reason is null and i.kind in ('email', 'phone')
      join customers.record_identifier other on other.identifier_id = i.id and other.record_id <> mine.record_id and other.valid_to is null
      join customers.source_record r on r.id = other.record_id and r.state = 'known'
     where mine.record_id = any (${[...ids]}::uuid[])
       and customers.customer_of(mine.record_id) <> customers.customer_of(other.record_id)
       and (select count(*) from customers.record_identifier every where every.identifier_id = i.id and every.valid_to is null) <= ${CUSTOMERS_PER_VALUE}
     order by least(mine.record_id, other.record_id), greatest(mine.record_id, other.record_id), i.kind
    on conflict (a_record, b_record) do nothing`.execute(ctx.db);
}
