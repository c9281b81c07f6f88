import type { LinkLevel } from "@weft/contracts";
import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { trailing, type Ctx } from "../../../platform/index.ts";
import {
  areOneByDecision,
  components,
  customerIdOf,
  customersWithin,
  type LimitedLink,
  type LinkPair,
  type ProvenPair,
  type Standing,
} from "../domain/index.ts";
import { isLiving, LIVING } from "../living.ts";

/**
 * A record of a person, with the customer whom it belongs to now and the circle in which its channel shows people. One whose notice says
 * nothing of joining has its channel alone for a circle [IDN-22]; `objects`: this record's side said that it wants no joining [IDN-23].
 */
export type Member = Standing & {
  readonly customerId: CustomerId;
  readonly channelId: ChannelId;
  readonly circle: string;
  readonly objects: boolean;
};
/** Records that are one, by the id of the one known first. */
export type Placed = { readonly customerId: CustomerId; readonly records: readonly RecordId[] };
/** The partitions that links make of the records of whole persons: those shown, and those that rights are decided by. */
export type Partition = { readonly customers: readonly Placed[]; readonly persons: readonly Placed[] };
/** A channel as if it had this level already. */
export type SupposedLevel = { readonly channelId: ChannelId; readonly level: LinkLevel };

/** All records of the persons whom these belong to, the one known first in front. */
export async function membersOf(ctx: Pick<Ctx, "db">, seeds: readonly RecordId[], supposed?: SupposedLevel): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select r.id, r.known_at as "knownAt", customers.customer_of(r.id) as "customerId", r.channel_id as "channelId",
           case when coalesce(case when r.channel_id = ${supposed?.channelId ?? null}::uuid then ${supposed?.level ?? null} end, l.level, 'linked')
             = 'linked' and not customers.lacks_notice(r.id, r.notice_id, r.channel_id) then coalesce(l.circle::text, 'linked')
             else r.channel_id::text end as circle,
           exists (select from customers.objection o where o.record_id = r.id and o.kind = 'joining') as objects
      from customers.source_record r left join channels.read_level l on l.channel_id = r.channel_id
     where r.id in (select other from unnest(${[...seeds]}::uuid[]) seed, lateral customers.person_records_of(seed) other)
     order by r.known_at nulls last, r.id`.execute(ctx.db);
  return rows;
}

/** What was decided about records: the active links that join them, and the pairs of which one was judged to be somebody else. */
export type Decided = { readonly joining: readonly LimitedLink[]; readonly apart: readonly LinkPair[] };

/** The active links between the records of whole persons, and what keeps them apart: one statement for both. */
export async function decidedAmong(ctx: Pick<Ctx, "db">, members: readonly Pick<Member, "id">[]): Promise<Decided> {
  return decidedWhere(ctx, sql`a_record = any (${members.map(({ id }) => id)}::uuid[])`);
}

/** The same for the persons whom these records belong to: asked for beside `membersOf`, in the same round trip. */
export async function decidedAround(ctx: Pick<Ctx, "db">, seeds: readonly RecordId[]): Promise<Decided> {
  return decidedWhere(
    ctx,
    sql`a_record in (select other from unnest(${[...seeds]}::uuid[]) seed, lateral customers.person_records_of(seed) other)`,
  );
}

async function decidedWhere(ctx: Pick<Ctx, "db">, isTheirs: RawBuilder<unknown>): Promise<Decided> {
  const { rows } = await sql<Omit<LimitedLink, "kind"> & { kind: LimitedLink["kind"] | "must_not_link" }>`
    select id, a_record as a, b_record as b, kind, evidence ->> 'on' as on, evidence ->> 'identifierId' as "identifierId", at from customers.link
     where state = 'active' and ${isTheirs} order by id`.execute(ctx.db);
  return {
    joining: rows.flatMap(({ kind, ...link }) => (kind === "must_not_link" ? [] : [{ ...link, kind }])),
    apart: rows.filter(({ kind }) => kind === "must_not_link"),
  };
}

/** Whether people's decisions make these two one [IDN-3]: then no other decision parts them before that one is undone. */
export async function isOneByDecision(ctx: Pick<Ctx, "db">, a: RecordId, b: RecordId): Promise<boolean> {
  const members = await membersOf(ctx, [a, b]);
  const { joining } = await decidedAmong(ctx, members);
  return areOneByDecision(
    members.map(({ id }) => id),
    joining,
    { a, b },
  );
}

/** What the active links make of these records. */
export async function partitionOf(ctx: Pick<Ctx, "db">, members: readonly Member[]): Promise<Partition> {
  return partitionBy(members, (await decidedAmong(ctx, members)).joining);
}

/** What these links make of these records. */
export function partitionBy(members: readonly Member[], links: readonly ProvenPair[]): Partition {
  const byId = new Map(members.map((member) => [member.id, member]));
  const placed = (records: readonly RecordId[]): Placed => ({
    customerId: customerIdOf(records.flatMap((id) => byId.get(id) ?? [])),
    records,
  });
  const persons = components([...byId.keys()], links);
  return { customers: customersWithin(withObjections(members, persons), links).map(placed), persons: persons.map(placed) };
}

/** Who wants no joining is shown on each channel by itself, with all records of the person, also those that came later [IDN-23]. */
function withObjections(members: readonly Member[], persons: readonly (readonly RecordId[])[]): readonly Member[] {
  const objecting = new Set(members.filter(({ objects }) => objects).map(({ id }) => id));
  if (objecting.size === 0) return members;
  const apart = new Set(persons.filter((records) => records.some((id) => objecting.has(id))).flat());
  return members.map((member) => (apart.has(member.id) ? { ...member, circle: member.channelId } : member));
}

/** The customers that these records make now, as they are stored. */
export function groupsNow(members: readonly Member[]): Record<string, RecordId[]> {
  const groups: Record<string, RecordId[]> = {};
  for (const { id, customerId } of members) groups[customerId] = [...(groups[customerId] ?? []), id];
  return groups;
}

/** Records and their customers side by side, as SQL takes them. */
export function inColumns(placed: readonly Placed[]): { readonly records: RecordId[]; readonly customers: CustomerId[] } {
  const rows = placed.flatMap(({ customerId, records }) => records.map((record) => ({ record, customerId })));
  return { records: rows.map(({ record }) => record), customers: rows.map(({ customerId }) => customerId) };
}

/** Writes the customers into the generation that is shown, in place. Each has a row to lock. */
export async function writeCustomers(ctx: Pick<Ctx, "db">, placed: readonly Placed[]): Promise<void> {
  const { records, customers } = inColumns(placed);
  await trailing(
    ctx,
    sql`
    with wanted as (select * from unnest(${records}::uuid[], ${customers}::uuid[]) as w (record, customer)),
    locked as (insert into customers.customer (id) select distinct customer from wanted order by 1 on conflict do nothing),
    moved as (
      update customers.record_customer rc set customer_id = wanted.customer from wanted
       where rc.record_id = wanted.record and ${isLiving("rc")} and rc.customer_id <> wanted.customer
    )
    insert into customers.record_customer (generation, record_id, customer_id) select ${LIVING}, record, customer from wanted
     where not exists (select from customers.record_customer rc where rc.record_id = wanted.record and ${isLiving("rc")})`,
  );
}

/** Writes the persons, with the channel of each record. */
export async function writePersons(ctx: Pick<Ctx, "db">, members: readonly Member[], placed: readonly Placed[]): Promise<void> {
  const { records, customers: persons } = inColumns(placed);
  const channelOf = new Map(members.map(({ id, channelId }) => [id, channelId]));
  await trailing(
    ctx,
    sql`
    insert into customers.record_person (record_id, person_id, channel_id)
    select * from unnest(${records}::uuid[], ${persons}::uuid[], ${records.map((id) => channelOf.get(id) ?? null)}::uuid[])
    on conflict (record_id) do update set person_id = excluded.person_id where record_person.person_id <> excluded.person_id`,
  );
}
