import type { ChannelId, ContactPointId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Attributes, ContactKind, IdentifierKind } from "../domain/index.ts";
import { lockIdentifiers, type StoredIdentifier } from "./identifiers.ts";
import { link } from "./link.ts";
import { identifiersOf, normalizedInput } from "./normalize-input.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";
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
 * Takes in many records of people at once, by the same rules as `writeRecord` [IDN-2]: a dozen statements whatever their number. A record
 * that is known, by its channel and external id, is left alone, so the same file may be read again. Publishes nothing but what linking
 * does: an import is history. Answers how many were new.
 */
export async function importRecords(ctx: Ctx, records: readonly ImportedRecord[]): Promise<number> {
  const prepared = await prepare(ctx, records);
  const fresh = await insertRecords(ctx, prepared);
  const news = prepared.filter(({ record }) => fresh.has(record.id));
  if (news.length === 0) return 0;
  await attachAll(ctx, news);
  await rebuildProfiles(
    ctx,
    news.map(({ record }) => record.id as string as CustomerId),
  ); // a new record is its own customer until a link says otherwise
  for (const { a, b, identifierId, kind } of await provenPairs(ctx, news)) {
    await link(ctx, { a, b, kind: "shared_identifier", evidence: { identifierId, on: kind }, reason: `${kind}_verified_on_both` });
  }
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
      at: verified ? record.knownSince.toISOString() : null,
      contact: ctx.newId<ContactPointId>(),
    })),
  );
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (record uuid, id uuid, kind text, value text, at timestamptz, contact uuid)
    ), contacts as (
      insert into customers.contact_point (id, record_id, kind, address, identifier_id, verified_at)
      select contact, record, kind, value, id, at from wanted where kind in ('email', 'phone') on conflict do nothing
    )
    insert into customers.record_identifier (record_id, identifier_id, evidence, verified_at) select record, id, 'import', at from wanted on conflict do nothing`.execute(
    ctx.db,
  );
}

type ProvenPair = { readonly a: RecordId; readonly b: RecordId; readonly identifierId: string; readonly kind: IdentifierKind };

/** New records whose verified value another record has verified too: each with the oldest of those. */
async function provenPairs(ctx: Ctx, news: readonly Prepared[]): Promise<ProvenPair[]> {
  const { rows } = await sql<ProvenPair>`
    select distinct on (mine.record_id) mine.record_id as a, other.record_id as b, mine.identifier_id as "identifierId", i.kind
      from customers.record_identifier mine
      join customers.identifier i on i.id = mine.identifier_id and i.blocked_reason is null and i.kind in ('email', 'phone', 'card')
      join customers.record_identifier other on other.identifier_id = mine.identifier_id and other.record_id <> mine.record_id
       and other.verified_at is not null and other.valid_to is null
      join customers.source_record r on r.id = other.record_id and r.state = 'known'
     where mine.record_id = any (${news.map(({ record }) => record.id)}::uuid[]) and mine.verified_at is not null
     order by mine.record_id, i.kind, r.created_at, other.record_id`.execute(ctx.db);
  return rows;
}
