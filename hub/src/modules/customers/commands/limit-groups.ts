import type { IdentifierId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import {
  contradicted,
  isAmong,
  linksBeyond,
  type BrokenLimit,
  type HeldIdentifier,
  type LimitedLink,
  type LinkPair,
  type Limits,
} from "../domain/index.ts";
import type { BlockedReason } from "./identifiers.ts";

type Db = Pick<Ctx, "db">;

/** A link that holds now, or that a limit withdrew. */
type StoredLink = LimitedLink & { readonly isActive: boolean };

/** What limits do to people who hang together: links that they no longer allow, and links of theirs that they allow again. */
export type LimitedGroup = {
  readonly records: readonly RecordId[];
  /** Those that hold now. */
  readonly links: readonly StoredLink[];
  /** Those that hold by these limits. */
  readonly standing: readonly StoredLink[];
  readonly withdrawn: readonly { readonly link: StoredLink; readonly limit: BrokenLimit }[];
  readonly restored: readonly StoredLink[];
};

const limitedKinds = (limits: Limits): string[] => Object.keys(limits);
const mostOf = (limits: Limits): string =>
  JSON.stringify(Object.fromEntries(Object.values(limits).map((each) => [each.kind, each.customersPerValue])));

/**
 * Records of people whom these limits may touch: links of a kind that joins no longer or on a value that tells nobody apart, persons with
 * more values than one may have, and links that a limit withdrew before.
 */
export function touchedRecords(limits: Limits, nobody: readonly IdentifierId[]) {
  const silent = Object.values(limits).filter(({ scope, whenProven }) => scope === "household" || whenProven !== "joins");
  const patterns = Object.values(limits).flatMap(({ kind, blocked }) =>
    blocked.map((pattern) => ({ kind, pattern: likePattern(pattern) })),
  );
  const values = Object.fromEntries(Object.values(limits).map(({ kind, valuesPerCustomer }) => [kind, valuesPerCustomer]));
  return sql`
    select l.a_record as record from customers.link l
     where l.state = 'active' and l.kind = 'shared_identifier'
       and (l.evidence ->> 'on' = any (${silent.map(({ kind }) => kind)}::text[])
         or (l.evidence ->> 'identifierId')::uuid = any (${[...nobody]}::uuid[])
         or exists (select from customers.identifier i join unnest(${patterns.map(({ kind }) => kind)}::text[], ${patterns.map(({ pattern }) => pattern)}::text[]) as p (kind, pattern)
                        on i.kind = p.kind and lower(i.value_norm) like p.pattern
                     where i.id = (l.evidence ->> 'identifierId')::uuid))
    union
    select a_record from customers.link where state = 'withdrawn' and starts_with(reason, 'limit_')
    union
    select min(p.record_id::text)::uuid
      from customers.record_person p
      join customers.record_identifier ri on ri.record_id = p.record_id and ri.valid_to is null
      join customers.identifier i on i.id = ri.identifier_id and i.kind = any (${limitedKinds(limits)}::text[])
     group by p.person_id, i.kind having count(distinct i.id) > (${JSON.stringify(values)}::jsonb ->> i.kind)::integer`;
}

/** For LIKE: a star is anything, everything else itself. */
const likePattern = (pattern: string): string =>
  pattern
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
    .replaceAll("*", "%");

/** Values that tell nobody apart by these limits, and why; those that staff set aside are among them. */
export async function valuesBeyond({ db }: Db, limits: Limits): Promise<Map<IdentifierId, BlockedReason>> {
  const { rows } = await sql<{ id: IdentifierId; reason: BlockedReason }>`
    with common as (
      select identifier_id as id, count(*) as holders from customers.record_identifier where valid_to is null
       group by identifier_id having count(*) > ${leastOf(limits)}
    ), held as (
      select i.id, i.kind, r.channel_id, ri.verified_at is not null as proven, customers.customer_of(r.id) as customer
        from common join customers.identifier i on i.id = common.id and common.holders > (${mostOf(limits)}::jsonb ->> i.kind)::integer
        join customers.record_identifier ri on ri.identifier_id = i.id and ri.valid_to is null
        join customers.source_record r on r.id = ri.record_id and r.state = 'known'
    ), counted as (
      select id, kind, bool_or(proven) as proven, count(distinct customer) as customers,
             max(heads) as heads from (select *, count(*) filter (where proven) over (partition by id, channel_id) as heads from held) h
       group by id, kind
    )
    select id, case when proven then 'too_many_people' else 'too_common' end as reason from counted
     where (case when proven then heads else customers end) > (${mostOf(limits)}::jsonb ->> kind)::integer
    union all
    select id, 'staff' from customers.identifier where blocked_reason = 'staff'`.execute(db);
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

/** So many holders no limit touches: nearly every value is on one or two records, and is passed over. Devices are no values of records. */
const leastOf = (limits: Limits): number =>
  Math.min(...Object.values(limits).flatMap(({ kind, customersPerValue }) => (kind === "device" ? [] : [customersPerValue])));

/**
 * The people around these records, with all whom limits parted from them, and what these limits make of them. `nobody`: values that would tell
 * nobody apart; null for those that are set aside now.
 */
export async function limitedGroup(
  ctx: Db,
  seeds: readonly RecordId[],
  limits: Limits,
  nobody: ReadonlySet<string> | null,
): Promise<LimitedGroup> {
  const records = await recordsAround(ctx, seeds);
  const all = withoutDoubles(await linksOf(ctx, records));
  const beyond = linksBeyond(all, await heldBy(ctx, records, limits, nobody), limits);
  const allowed = all.filter(({ id }) => !beyond.has(id)).toSorted((a, b) => Number(b.isActive) - Number(a.isActive));
  // Who was judged different meanwhile is not joined by what comes back.
  const torn = new Set(contradicted(records, allowed, await apartIn(ctx, records)).filter(({ isActive }) => !isActive));
  const standing = allowed.filter((link) => !torn.has(link));
  return {
    records,
    links: all.filter(({ isActive }) => isActive),
    standing,
    withdrawn: all.flatMap((link) => {
      const limit = link.isActive ? beyond.get(link.id) : undefined;
      return limit ? [{ link, limit }] : [];
    }),
    restored: standing.filter(({ isActive }) => !isActive),
  };
}

async function recordsAround({ db }: Db, seeds: readonly RecordId[]): Promise<RecordId[]> {
  for (let known: readonly RecordId[] = seeds; ;) {
    const { rows } = await sql<{ id: RecordId }>`
      with person as materialized (select distinct p as id from unnest(${[...known]}::uuid[]) r, lateral customers.person_records_of(r) p)
      select id from person
      union select l.b_record from person join customers.link l on l.a_record = person.id and l.state = 'withdrawn' and starts_with(l.reason, 'limit_')
      union select l.a_record from person join customers.link l on l.b_record = person.id and l.state = 'withdrawn' and starts_with(l.reason, 'limit_')
      order by 1`.execute(db);
    const found = rows.map(({ id }) => id);
    if (found.length === known.length) return found;
    known = found;
  }
}

async function linksOf({ db }: Db, records: readonly RecordId[]): Promise<StoredLink[]> {
  const { rows } = await sql<StoredLink>`
    select id, a_record as a, b_record as b, kind, evidence ->> 'on' as on, evidence ->> 'identifierId' as "identifierId", at, state = 'active' as "isActive"
      from customers.link
     where a_record = any (${[...records]}::uuid[]) and kind <> 'must_not_link'
       and (state = 'active' or (state = 'withdrawn' and starts_with(reason, 'limit_')))
     order by at, id`.execute(db);
  return rows;
}

/** A link that was made again after a limit had withdrawn it is one. */
function withoutDoubles(links: readonly StoredLink[]): StoredLink[] {
  const byPair = new Map<string, StoredLink>();
  for (const link of links) {
    const pair = `${link.a} ${link.b} ${link.kind}`;
    if (!byPair.get(pair)?.isActive) byPair.set(pair, link);
  }
  return [...byPair.values()];
}

type HeldRow = Omit<HeldIdentifier, "tellsNobody"> & { readonly value: string; readonly isAside: boolean };

async function heldBy(
  { db }: Db,
  records: readonly RecordId[],
  limits: Limits,
  nobody: ReadonlySet<string> | null,
): Promise<HeldIdentifier[]> {
  const { rows } = await sql<HeldRow>`
    select ri.record_id as "recordId", i.kind, i.id as "identifierId", i.value_norm as value, i.blocked_reason is not null as "isAside"
      from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
     where ri.record_id = any (${[...records]}::uuid[]) and ri.valid_to is null`.execute(db);
  return rows.map(({ value, isAside, ...held }) => {
    const isBlocked = held.kind !== "external" && isAmong(limits[held.kind].blocked, value);
    return { ...held, tellsNobody: isBlocked || (nobody ? nobody.has(held.identifierId) : isAside) };
  });
}

async function apartIn({ db }: Db, records: readonly RecordId[]): Promise<LinkPair[]> {
  const { rows } = await sql<LinkPair>`
    select a_record as a, b_record as b from customers.link
     where kind = 'must_not_link' and state = 'active' and a_record = any (${[...records]}::uuid[])`.execute(db);
  return rows;
}
