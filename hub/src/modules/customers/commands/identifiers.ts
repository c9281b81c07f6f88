import type { ContactPointId, Id, IdentifierId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import {
  isSameName,
  MOST_LINKS,
  valuesPerCustomer,
  type Attributes,
  type Candidate,
  type Doubt,
  type Identifier,
  type IdentifierKind,
  type ProvenLink,
} from "../domain/index.ts";
import { limitsNow } from "../limits.ts";
import { hashOf } from "../normalize.ts";
import { recordViolation } from "./violations.ts";

/** An identifier with its row. */
export type StoredIdentifier = Identifier & { readonly id: IdentifierId };

/** Why a value tells nobody apart: so many who proved nothing have it; so many of one channel are said to have proved it; staff said so. */
export type BlockedReason = "too_common" | "too_many_people" | "staff";

/**
 * Stores and locks the values in the order of their hashes: whoever writes about the same value waits here, before anything is decided,
 * so that two writes about one person at the same time make one customer [IDN-7]. Values that are set aside are left out. One that is proved
 * now is somebody's after all; where too many are said to have proved it, or staff said so, it stays aside, and is kept with its record.
 */
export async function lockIdentifiers(ctx: Ctx, identifiers: readonly Identifier[]): Promise<StoredIdentifier[]> {
  if (identifiers.length === 0) return [];
  const wanted = identifiers.map((identifier) => ({ ...identifier, hash: hashOf(identifier.kind, identifier.value) }));
  const { rows } = await sql<{ id: IdentifierId; kind: IdentifierKind; value: string; blocked: BlockedReason | null }>`
    insert into customers.identifier (id, kind, value_norm, value_hash)
    select id, kind, value, hash
      from unnest(${wanted.map(() => ctx.newId<IdentifierId>())}::uuid[], ${wanted.map(({ kind }) => kind)}::text[],
                  ${wanted.map(({ value }) => value)}::text[], ${wanted.map(({ hash }) => hash)}::bytea[]) as u (id, kind, value, hash)
     order by hash, kind
    on conflict (kind, value_hash) do update set last_seen = now()
    returning id, kind, value_norm as value, blocked_reason as blocked`.execute(ctx.db);
  const stored = wanted.flatMap(({ hash: _hash, ...identifier }) => {
    const row = rows.find(({ kind, value }) => kind === identifier.kind && value === identifier.value);
    return row ? [{ ...identifier, id: row.id, blocked: row.blocked }] : [];
  });
  const proven = stored.filter(({ blocked, verified }) => blocked === "too_common" && verified).map(({ id }) => id);
  if (proven.length > 0)
    await sql`update customers.identifier set blocked_reason = null where id = any (${proven}::uuid[])`.execute(ctx.db);
  return stored.flatMap(({ blocked, ...identifier }): StoredIdentifier[] => {
    if (blocked === null || (blocked === "too_common" && identifier.verified)) return [identifier];
    return identifier.verified ? [{ ...identifier, tellsNobody: true }] : [];
  });
}

/** Attaches values to a record; what was verified once stays so. Answers them as they stand now. */
export async function attachIdentifiers(
  ctx: Ctx,
  recordId: RecordId,
  identifiers: readonly StoredIdentifier[],
  evidence: string,
): Promise<StoredIdentifier[]> {
  if (identifiers.length === 0) return [];
  const { rows } = await sql<{ id: IdentifierId; verified: boolean }>`
    with wanted as (
      select * from unnest(${identifiers.map(({ id }) => id)}::uuid[], ${identifiers.map(({ verified }) => verified)}::boolean[],
                           ${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[],
                           ${identifiers.map(() => ctx.newId<ContactPointId>())}::uuid[]) as u (id, verified, kind, value, contact_id)
    ), contacts as (
      insert into customers.contact_point (id, record_id, kind, address, identifier_id, verified_at)
      select contact_id, ${recordId}, kind, value, id, case when verified then now() end from wanted where kind in ('email', 'phone')
      on conflict (record_id, kind, address) do update
        set verified_at = coalesce(contact_point.verified_at, excluded.verified_at), state = 'active'
    )
    insert into customers.record_identifier (record_id, identifier_id, evidence, verified_at)
    select ${recordId}, id, ${evidence}, case when verified then now() end from wanted
    on conflict (record_id, identifier_id) do update
      set valid_to = null, verified_at = coalesce(record_identifier.verified_at, excluded.verified_at)
    returning identifier_id as id, verified_at is not null as verified`.execute(ctx.db);
  return identifiers.map((identifier) => ({ ...identifier, verified: rows.some(({ id, verified }) => id === identifier.id && verified) }));
}

/**
 * Records of other customers with one of these values, the proven ones first. A value that tells nobody apart is set aside instead.
 * `said`: what the record says, whose names may agree with theirs.
 * What keeps two apart is looked up from each side by itself: asked for in one, with "or", it was read from the index of all links there are
 * (956 pages at 100,000 links, instead of 12).
 */
export async function candidatesFor(
  ctx: Ctx,
  recordId: RecordId,
  all: readonly StoredIdentifier[],
  said: Attributes,
): Promise<Candidate[]> {
  const identifiers = all.filter(({ tellsNobody }) => !tellsNobody);
  if (identifiers.length === 0) return [];
  const limits = await limitsNow(ctx);
  const { rows } = await sql<Omit<Candidate, "isSameName"> & { names: Attributes }>`
    select r.id as "recordId", other.customer as "customerId", i.id as "identifierId", i.kind, ri.verified_at is not null as verified,
           jsonb_build_object('givenName', r.attributes -> 'givenName', 'familyName', r.attributes -> 'familyName') as names,
           exists (select from customers.person_records_of(${recordId}) own (id) join customers.link l on l.a_record = own.id
                    where l.kind = 'must_not_link' and l.state = 'active' and l.b_record in (select customers.person_records_of(r.id))
                   union all
                   select from customers.person_records_of(${recordId}) own (id) join customers.link l on l.b_record = own.id
                    where l.kind = 'must_not_link' and l.state = 'active' and l.a_record in (select customers.person_records_of(r.id))
                  ) as "mustNotLink",
           customers.would_be_too_many(${recordId}, r.id, ${JSON.stringify(valuesPerCustomer(limits))}::jsonb, ${MOST_LINKS}) as "tooMany"
      from customers.record_identifier ri
      join customers.identifier i on i.id = ri.identifier_id
      join customers.source_record r on r.id = ri.record_id and r.state = 'known'
     cross join lateral (select customers.customer_of(r.id) as customer) other
     where ri.identifier_id = any (${identifiers.map(({ id }) => id)}::uuid[]) and ri.valid_to is null and r.id <> ${recordId}
       and other.customer <> customers.customer_of(${recordId})
     order by verified desc, r.known_at, r.id limit ${MOST_CANDIDATES}`.execute(ctx.db);
  const isProven = (id: IdentifierId) => rows.some(({ identifierId, verified }) => verified && identifierId === id);
  const common = identifiers.filter(({ id, kind, verified }) => {
    if (kind === "external") return false;
    const { scope, customersPerValue } = limits[kind];
    // Whoever proved an address keeps it: typing it into twenty records must not take it from them [IDN-6]. A household's is nobody's alone.
    const isKept = scope !== "household" && (verified || isProven(id));
    return !isKept && customersWith(id, rows).size >= Math.min(customersPerValue, MOST_CANDIDATES);
  });
  for (const { id, kind, verified } of common) {
    await blockIdentifier(ctx, id, verified ? "too_many_people" : "too_common");
    await recordViolation(ctx, recordId, { kind, rule: "customers_per_value", detail: { identifierId: id } });
  }
  return rows
    .filter(({ identifierId }) => !common.some(({ id }) => id === identifierId))
    .map(({ names, ...candidate }) => ({ ...candidate, isSameName: hasName(names) && isSameName(named(names), said) }));
}

/** What one value is compared with at most; a limit above it counts as this. */
const MOST_CANDIDATES = 50;

/** Names that are there: JSON knows null, which is nothing said. */
const named = ({ givenName, familyName }: Attributes): Attributes => ({
  ...(givenName && { givenName }),
  ...(familyName && { familyName }),
});

const hasName = ({ givenName, familyName }: Attributes): boolean => Boolean(givenName ?? familyName);

function customersWith(id: IdentifierId, candidates: readonly { identifierId: IdentifierId; customerId: string }[]): Set<string> {
  return new Set(candidates.filter(({ identifierId }) => identifierId === id).map(({ customerId }) => customerId));
}

/** A default value or a store's own phone: nobody is asked about it any more. */
export async function blockIdentifier(ctx: Pick<Ctx, "db">, id: IdentifierId, reason: BlockedReason): Promise<void> {
  await sql`update customers.identifier set blocked_reason = ${reason} where id = ${id}`.execute(ctx.db);
  await sql`delete from customers.review_pair where status = 'open' and evidence ->> 'identifierId' = ${id}::text`.execute(ctx.db);
}

/** Puts pairs before a person; one that was asked or judged before stays as it is. */
export async function askForReview(ctx: Ctx, recordId: RecordId, doubts: readonly Doubt[]): Promise<void> {
  for (const { with: other, identifierId, because } of doubts) {
    await sql`
      insert into customers.review_pair (id, a_record, b_record, because, evidence)
      values (${ctx.newId<Id<"review pair">>()}, least(${recordId}::uuid, ${other}::uuid), greatest(${recordId}::uuid, ${other}::uuid),
              ${because}, ${JSON.stringify({ identifierId })}::jsonb)
      on conflict (a_record, b_record) do nothing`.execute(ctx.db);
  }
}

/** Keeps that a limit stopped a link: a report, not an error. It holds no value. */
export async function recordViolations(ctx: Ctx, recordId: RecordId, links: readonly ProvenLink[]): Promise<void> {
  for (const { to, identifierId, on } of links)
    await recordViolation(ctx, recordId, { kind: on, rule: "values_per_customer", detail: { with: to, identifierId } });
}
