import type { CustomerIdentifierView, ProfileFieldView, SourceRecordView } from "@weft/contracts";
import type { ChannelId, CustomerId, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { gathered, idList, type ReadCtx } from "../../../platform/index.ts";
import { channelsSnapshot, type Channels } from "../../channels/index.ts";
import { joiningLinks, type LinkPair } from "../domain/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

type RecordRow = {
  id: RecordId;
  channelId: ChannelId;
  externalId: string | null;
  attributes: Record<string, unknown>;
  version: number;
  state: "provisional" | "known" | "erased";
  createdAt: string;
  updatedAt: string;
};
type LinkRow = LinkPair & {
  id: LinkId;
  kind: "shared_identifier" | "model" | "agent" | "customer";
  chance: number | null;
  reason: string | null;
  at: string;
};
type IdentifierRow = {
  id: string;
  kind: CustomerIdentifierView["kind"];
  value: string;
  verifiedAt: string | null;
  firstSeenAt: string;
  recordId: RecordId;
};
type FieldRow = { field: ProfileFieldView["field"]; value: unknown; fromRecordId: RecordId; rule: ProfileFieldView["rule"]; at: string };

/** All that this module knows of a customer. */
export type Person = {
  readonly id: CustomerId;
  readonly fields: readonly ProfileFieldView[];
  readonly identifiers: readonly CustomerIdentifierView[];
  /** What channels said. Visits before anybody was known are in `recordIds` alone: there is nothing to show of them. */
  readonly records: readonly SourceRecordView[];
  /** Every record of the customer, the one known first in front. */
  readonly recordIds: readonly RecordId[];
  readonly createdAt: string;
  readonly state: "active" | "provisional" | "erased";
};

const instant = (column: string) => sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const RECORD = sql`jsonb_build_object('id', s.id, 'channelId', s.channel_id, 'externalId', s.external_id, 'attributes', s.attributes,
  'version', s.version, 'state', s.state, 'createdAt', ${instant("s.created_at")}, 'updatedAt', ${instant("s.updated_at")})`;

type PersonRow = {
  id: CustomerId;
  records: RecordRow[] | null;
  links: LinkRow[] | null;
  identifiers: IdentifierRow[] | null;
  fields: FieldRow[] | null;
};

/**
 * A customer with every record, link, identifier and the source of each field; undefined for an unknown or erased one. Those who ask at
 * the same time share a statement: starting it cost three times what a customer's rows do. The ids stand in a select of their own, because
 * PostgreSQL plans for each list of known length anew: 150 of 600 us for each customer.
 */
export const readPerson: (ctx: Reader, customerId: CustomerId) => Promise<Person | undefined> = gathered(readPersons);

async function readPersons(ctx: Reader, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, Person>> {
  const { rows } = await sql<PersonRow & { wanted: CustomerId }>`
    select me.wanted, me.id,
      (select jsonb_agg(${RECORD} order by s.known_at nulls last, s.id)
         from customers.source_record s where s.id = any (mine.ids) and s.state <> 'erased') as records,
      (select jsonb_agg(jsonb_build_object('id', l.id, 'a', l.a_record, 'b', l.b_record, 'kind', l.kind, 'chance', l.evidence -> 'chance', 'reason', l.reason, 'at', ${instant("l.at")})
              order by l.at, l.id)
         from customers.link l where l.a_record = any (mine.ids) and l.state = 'active' and l.kind <> 'must_not_link') as links,
      (select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value_norm, 'verifiedAt', ${instant("ri.verified_at")},
              'firstSeenAt', ${instant("ri.valid_from")}, 'recordId', ri.record_id) order by i.kind, i.value_norm, ri.record_id)
         from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
        where ri.record_id = any (mine.ids) and ri.valid_to is null) as identifiers,
      (select jsonb_agg(jsonb_build_object('field', f.field, 'value', f.value, 'fromRecordId', f.from_record, 'rule', f.rule, 'at', ${instant("f.at")})
              order by f.field)
         from customers.living_field f where f.customer_id = me.id) as fields
      from (select wanted, coalesce(joined.customer_id, wanted) as id
              from unnest(${idList(customerIds)}) as wanted left join customers.read_joined joined on joined.record_id = wanted offset 0) as me
     cross join lateral (select array(select own from customers.records_of(me.id) own) as ids offset 0) as mine`.execute(ctx.db);
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const persons = new Map<CustomerId, Person>();
  for (const { wanted, ...row } of rows) {
    const person = toPerson(row, channels);
    if (person) persons.set(wanted, person);
  }
  return persons;
}

function toPerson(row: PersonRow, channels: Channels): Person | undefined {
  const [first] = row.records ?? [];
  if (!first) return undefined;
  const records = presentRecords(row.records ?? [], row.links ?? [], channels);
  const kindOf = new Map(records.map((record) => [record.id, record]));
  const silent = new Set<string>((row.records ?? []).filter(({ state }) => state === "provisional").map(({ id }) => id));
  return {
    id: row.id,
    fields: (row.fields ?? []).map((field) => ({
      ...field,
      fromChannelId: kindOf.get(field.fromRecordId)?.channelId ?? first.channelId,
      fromChannelKind: kindOf.get(field.fromRecordId)?.channelKind ?? "web",
    })),
    identifiers: (row.identifiers ?? []).map((identifier) => ({ ...identifier, value: shownValue(identifier) })),
    records: records.filter(({ id }) => !silent.has(id)),
    recordIds: (row.records ?? []).map(({ id }) => id),
    createdAt: first.createdAt,
    state: first.state === "known" ? "active" : first.state,
  };
}

/** A channel's own id is unique within the channel and stored with it; people know it without. */
const shownValue = ({ kind, value }: IdentifierRow): string => (kind === "external" ? value.slice(value.indexOf(":") + 1) : value);

function presentRecords(rows: readonly RecordRow[], links: readonly LinkRow[], { channels }: Channels): SourceRecordView[] {
  const first = rows[0]?.id;
  const joined = first ? joiningLinks(first, links) : new Map<RecordId, LinkRow>();
  return rows.map((row) => {
    const by = joined.get(row.id);
    const channel = channels.get(row.channelId);
    return {
      id: row.id,
      channelId: row.channelId,
      channelKind: channel?.kind ?? "web",
      channelName: channel?.name ?? "",
      externalId: row.externalId,
      attributes: row.attributes,
      version: row.version,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      link: by ? { id: by.id, kind: by.kind, chance: by.chance, because: by.reason ?? "", at: by.at, canUndo: true } : null,
    };
  });
}

/** A record of a customer, and the channel that said something; null for a visit before anybody was known. */
type OwnRecord = { readonly id: RecordId; readonly channelId: ChannelId | null };

/** Every record of a customer, the one known first in front; undefined for an unknown or erased one. Shared as `readPerson`, and a third of its reads. */
export const readRecords: (ctx: Reader, customerId: CustomerId) => Promise<readonly OwnRecord[] | undefined> = gathered(readAllRecords);

async function readAllRecords(ctx: Reader, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, OwnRecord[]>> {
  const { rows } = await sql<OwnRecord & { wanted: CustomerId }>`
    select wanted.id as wanted, s.id, case s.state when 'known' then s.channel_id end as "channelId"
      from unnest(${idList(customerIds)}) as wanted (id)
     cross join lateral customers.records_of(wanted.id) own
      join customers.source_record s on s.id = own and s.state <> 'erased'
     order by s.known_at nulls last, s.id`.execute(ctx.db);
  return Map.groupBy(rows, ({ wanted }) => wanted);
}

/** Records as they stand alone, without the links that join them, by their ids. */
export async function recordsByIds(ctx: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, SourceRecordView>> {
  const { rows } = await sql<{ record: RecordRow }>`
    select ${RECORD} as record from customers.source_record s where s.id = any (${idList(ids)})`.execute(ctx.db);
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const shown = presentRecords(
    rows.map(({ record }) => record),
    [],
    channels,
  );
  return new Map(shown.map((record) => [record.id as RecordId, record])); // a presented id of a record
}
