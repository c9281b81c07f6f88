import type { ChannelId, ContactPointId, CustomerId, IdentifierId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Attributes, ContactKind, IdentifierKind, LimitedKind, Limits } from "../domain/index.ts";
import { limitsNow } from "../limits.ts";
import { lockIdentifiers, type StoredIdentifier } from "./identifiers.ts";
import { identifiersOf, normalizedInput } from "./normalize-input.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";
import { recompute } from "./resolve.ts";
import { setAside } from "./set-aside.ts";
import { recordViolation } from "./violations.ts";
import type { RecordInput } from "./write-record.ts";

export type ImportedRecord = {
  readonly id: RecordId;
  readonly channelId: ChannelId;
  readonly input: RecordInput & { readonly externalId: string };
  readonly verified: readonly ContactKind[];
  readonly isCardHearsay?: boolean;
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
  const limits = await limitsNow(ctx);
  const telling = { ids, kinds: kindsThat(limits, "joins"), limits, nobody: nobodysIn(news) };
  const linked = await linkProven(ctx, telling);
  if (linked.length > 0) await recompute(ctx, linked, null);
  await setAsideWornOut(ctx, linked, limits);
  const alone = new Set<string>(ids.filter((id) => !linked.includes(id)));
  await rebuildProfiles(ctx, [...alone] as CustomerId[]); // a record without a link is its own customer, by its own id
  await askAboutShared(ctx, { ...telling, kinds: kindsThat(limits, "asks") });
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

/** New records, and which of their values say something: of these kinds, and not among those that are nobody's. */
type Telling = {
  readonly ids: readonly RecordId[];
  readonly kinds: readonly LimitedKind[];
  readonly limits: Limits;
  readonly nobody: readonly IdentifierId[];
};

const IMPORTED: readonly LimitedKind[] = ["email", "phone", "card"];

/** Kinds whose shared value joins where it is proved, or asks where it is not. A household's asks where single writes find more that agrees. */
const kindsThat = (limits: Limits, effect: "joins" | "asks"): LimitedKind[] =>
  IMPORTED.filter((kind) => {
    const { scope, whenProven, whenClaimed } = limits[kind];
    return scope === "person" && (effect === "joins" ? whenProven === "joins" : whenClaimed === "asks" || whenProven === "asks");
  });

const nobodysIn = (news: readonly Prepared[]): IdentifierId[] =>
  news.flatMap(({ identifiers }) => identifiers.filter(({ tellsNobody }) => tellsNobody).map(({ id }) => id));

/** What a value is compared with at most, whatever its limit. */
const MOST_HOLDERS = 50;
const mostHolders = (limits: Limits): number => Math.min(MOST_HOLDERS, Math.max(...IMPORTED.map((kind) => limits[kind].customersPerValue)));

/**
 * New records with the others that have one of their values, each value looked up by its index: `limit` keeps the planner from joining
 * whole tables while their statistics are older than the import, which made the tenth chunk twenty times slower than the first.
 */
const sharedValues = ({ ids, kinds, limits, nobody }: Telling) => sql`
  select mine.record_id as mine, other.record_id as other, i.id as identifier, i.kind,
         mine.verified_at is not null and other.verified_at is not null as proven, other.known_at
    from unnest(${[...ids]}::uuid[]) given
   cross join lateral (select * from customers.record_identifier ri where ri.record_id = given and ri.valid_to is null limit 20) mine
    join customers.identifier i on i.id = mine.identifier_id and i.blocked_reason is null and i.kind = any (${[...kinds]}::text[])
     and i.id <> all (${[...nobody]}::uuid[])
   cross join lateral (
     select ri.record_id, ri.verified_at, r.known_at
       from customers.record_identifier ri join customers.source_record r on r.id = ri.record_id and r.state = 'known'
      where ri.identifier_id = i.id and ri.valid_to is null and ri.record_id <> mine.record_id
      order by ri.verified_at nulls last, r.known_at, ri.record_id limit ${mostHolders(limits)}) other`;

/** Links each new record with the oldest that has one of its verified values verified too. Answers the records on both sides. */
async function linkProven(ctx: Ctx, telling: Telling): Promise<RecordId[]> {
  const { rows } = await sql<{ a: RecordId; b: RecordId }>`
    with shared as materialized (${sharedValues(telling)}), oldest as (
      select distinct on (mine, identifier) * from shared where proven order by mine, identifier, known_at, other
    ), chosen as (
      select distinct on (least(mine, other), greatest(mine, other)) least(mine, other) as a, greatest(mine, other) as b, identifier, kind
        from oldest order by least(mine, other), greatest(mine, other), kind
    )
    insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, reason)
    select uuidv7(), a, b, 'shared_identifier', jsonb_build_object('identifierId', identifier, 'on', kind), ${ctx.actor.kind}, kind || '_verified_on_both'
      from chosen
    on conflict (a_record, b_record, kind) where state = 'active' do nothing
    returning a_record as a, b_record as b`.execute(ctx.db);
  return [...new Set(rows.flatMap(({ a, b }) => [a, b]))];
}

/** Of values that links were just made by, those that more records of one channel have than may share one: a default value of the file [IDN-6]. */
async function setAsideWornOut(ctx: Ctx, linked: readonly RecordId[], limits: Limits): Promise<void> {
  if (linked.length === 0) return;
  const most = Object.fromEntries(IMPORTED.map((kind) => [kind, limits[kind].customersPerValue]));
  const { rows } = await sql<{ id: IdentifierId; kind: IdentifierKind; example: RecordId }>`
    with rested as materialized (
      select distinct (l.evidence ->> 'identifierId')::uuid as id from customers.link l
       where l.a_record = any (${[...linked]}::uuid[]) and l.state = 'active' and l.kind = 'shared_identifier' and l.evidence ? 'identifierId')
    select i.id, i.kind, min(r.id::text)::uuid as example
      from rested join customers.identifier i on i.id = rested.id and i.kind <> 'external'
      join customers.record_identifier ri on ri.identifier_id = i.id and ri.valid_to is null and ri.verified_at is not null
      join customers.source_record r on r.id = ri.record_id and r.state = 'known'
     group by i.id, i.kind, r.channel_id having count(*) > (${JSON.stringify(most)}::jsonb ->> i.kind)::integer`.execute(ctx.db);
  for (const { id, kind, example } of rows) {
    await setAside(ctx, id, "too_many_people");
    await recordViolation(ctx, example, { kind, rule: "customers_per_value", detail: { identifierId: id } });
  }
}

/** Puts before a person what new records share with other customers without proof, save what very many share. */
async function askAboutShared(ctx: Ctx, telling: Telling): Promise<void> {
  const most = Object.fromEntries(IMPORTED.map((kind) => [kind, Math.min(telling.limits[kind].customersPerValue, MOST_HOLDERS)]));
  const asking = (when: "whenProven" | "whenClaimed"): LimitedKind[] =>
    telling.kinds.filter((kind) => telling.limits[kind][when] === "asks");
  await sql`
    with shared as materialized (${sharedValues(telling)}), rare as (
      select * from (select *, count(*) over (partition by mine, identifier) as others from shared) counted
       where others < (${JSON.stringify(most)}::jsonb ->> kind)::integer
         and kind = any (case when proven then ${asking("whenProven")}::text[] else ${asking("whenClaimed")}::text[] end)
    )
    insert into customers.review_pair (id, a_record, b_record, because, evidence)
    select distinct on (least(mine, other), greatest(mine, other))
           uuidv7(), least(mine, other), greatest(mine, other), kind || case when proven then '_shared' else '_shared_unverified' end,
           jsonb_build_object('identifierId', identifier)
      from rare where customers.customer_of(mine) <> customers.customer_of(other)
     order by least(mine, other), greatest(mine, other), kind
    on conflict (a_record, b_record) do nothing`.execute(ctx.db);
}
