import {
  err,
  ok,
  type ChannelId,
  type ContactPointId,
  type CustomerId,
  type Id,
  type IdentifierId,
  type RecordId,
  type Result,
} from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { decideMatch, type Attributes, type Candidate, type Identifier, type IdentifierKind } from "../domain/index.ts";
import type { CustomerError } from "../errors.ts";
import { ContactVerified, RecordChanged } from "../events.ts";
import { hashOf, isBlocked, normalizeEmail, normalizePhone } from "../normalize.ts";
import { link } from "./link.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";

export type RecordInput = Attributes & { readonly externalId?: string; readonly cardNumber?: string };
export type Resolution = {
  readonly resolution: "created" | "matched" | "review";
  readonly because: string;
  readonly recordId: RecordId;
  readonly customerId: CustomerId;
};

export type RecordWrite = {
  readonly channelId: ChannelId;
  readonly input: RecordInput;
  /** Which contacts this write proves: by a code, by sign-in, or by a channel that vouches. */
  readonly verified: readonly ("email" | "phone")[];
  readonly verifiedBy: "sign_in" | "code" | "claim" | "channel";
  readonly cause: string;
  /** The record to change; else the channel's record with this external id, else a new one. */
  readonly recordId?: RecordId;
};

/**
 * Writes what a channel says of a person as a new version of its record, and resolves whom the record belongs to [IDN-2].
 * The identifiers are locked in order, so two writes about one person at the same time make one customer [IDN-7].
 * Errors: `customer.nothing_given`. Publishes `record.changed.v1`, and what linking publishes.
 */
export async function writeRecord(ctx: Ctx, write: RecordWrite): Promise<Result<Resolution, CustomerError>> {
  const country = await countryOf(ctx, write.channelId);
  const attributes = normalized(write.input, country);
  const identifiers = identifiersOf(write, attributes);
  if (identifiers.length === 0 && !attributes.givenName && !attributes.familyName && !write.recordId)
    return err({ code: "customer.nothing_given" });
  const identifierIds = await lockIdentifiers(ctx, identifiers);
  const stored = await storeVersion(ctx, write, attributes);
  await attachIdentifiers(ctx, stored.recordId, identifiers, identifierIds, write.cause);
  await attachContacts(ctx, stored.recordId, identifiers, identifierIds);
  const decision = decideMatch(identifiers, await candidatesFor(ctx, stored.recordId, [...identifierIds.values()]));
  if (decision.kind === "link")
    await link(ctx, {
      a: stored.recordId,
      b: decision.to,
      kind: "shared_identifier",
      evidence: { on: decision.on },
      reason: decision.because,
    });
  if (decision.kind === "review") await askForReview(ctx, stored.recordId, decision.pairs, decision.because);
  const customerId = await customerOf(ctx, stored.recordId);
  if (decision.kind !== "link") await rebuildProfiles(ctx, [customerId]);
  await publish(ctx, RecordChanged, `record/${stored.recordId}`, {
    recordId: stored.recordId,
    channelId: write.channelId,
    version: stored.version,
    customerIdThen: customerId,
  });
  for (const kind of write.verified)
    await publish(ctx, ContactVerified, `record/${stored.recordId}`, {
      recordId: stored.recordId,
      kind,
      channelId: write.channelId,
      by: write.verifiedBy,
    });
  if (decision.kind === "link") return ok({ resolution: "matched", because: decision.because, recordId: stored.recordId, customerId });
  if (decision.kind === "review") return ok({ resolution: "review", because: decision.because, recordId: stored.recordId, customerId });
  return ok({
    resolution: stored.isNew ? "created" : "matched",
    because: stored.isNew ? "nobody_like_this" : "same_external_id",
    recordId: stored.recordId,
    customerId,
  });
}

async function countryOf(ctx: Ctx, channelId: ChannelId): Promise<string> {
  const [channels, places] = await Promise.all([ctx.snapshots.current(channelsSnapshot), ctx.snapshots.current(placesSnapshot)]);
  const entityId = channels.channels.get(channelId)?.entityId;
  return (entityId && places.entities.get(entityId)?.country) ?? "FR";
}

function normalized(input: RecordInput, country: string): Attributes {
  const { externalId: _externalId, cardNumber: _cardNumber, email, phone, ...rest } = input;
  const address = email === undefined ? undefined : normalizeEmail(email);
  const number = phone === undefined ? undefined : normalizePhone(phone, country);
  return { ...rest, ...(address && { email: address }), ...(number && { phone: number }) };
}

function identifiersOf({ input, verified, channelId }: RecordWrite, attributes: Attributes): Identifier[] {
  const found: Identifier[] = [];
  const add = (kind: IdentifierKind, value: string | undefined, isVerified: boolean) => {
    if (value && !isBlocked(value)) found.push({ kind, value, verified: isVerified });
  };
  add("external", input.externalId && `${channelId}:${input.externalId}`, true);
  add("email", attributes.email, verified.includes("email"));
  add("phone", attributes.phone, verified.includes("phone"));
  add("card", input.cardNumber, true);
  return found;
}

/** Upserts and locks the values in hash order: whoever writes about the same value waits here, before anything is decided. */
async function lockIdentifiers(ctx: Ctx, identifiers: readonly Identifier[]): Promise<Map<Identifier, IdentifierId>> {
  const rows = identifiers
    .map((identifier) => ({ identifier, id: ctx.newId<IdentifierId>(), hash: hashOf(identifier.kind, identifier.value) }))
    .sort((a, b) => Buffer.compare(a.hash, b.hash));
  const ids = new Map<Identifier, IdentifierId>();
  for (const { identifier, id, hash } of rows) {
    const stored = await sql<{ id: IdentifierId }>`
      insert into customers.identifier (id, kind, value_norm, value_hash) values (${id}, ${identifier.kind}, ${identifier.value}, ${hash})
      on conflict (kind, value_hash) do update set last_seen = now() returning id`.execute(ctx.db);
    const row = stored.rows[0];
    if (row) ids.set(identifier, row.id);
  }
  return ids;
}

type StoredVersion = { readonly recordId: RecordId; readonly version: number; readonly isNew: boolean };

async function storeVersion(ctx: Ctx, write: RecordWrite, attributes: Attributes): Promise<StoredVersion> {
  const recordId = write.recordId ?? ctx.newId<RecordId>();
  const { rows } = await sql<StoredVersion>`
    insert into customers.source_record (id, channel_id, external_id, attributes) values (${recordId}, ${write.channelId}, ${write.input.externalId ?? null}, ${JSON.stringify(attributes)}::jsonb)
    on conflict ${write.recordId ? sql`(id)` : sql`(channel_id, external_id)`} do update
      set attributes = source_record.attributes || excluded.attributes, version = source_record.version + 1, state = 'known', updated_at = now()
    returning id as "recordId", version, version = 1 as "isNew"`.execute(ctx.db);
  const stored = rows[0];
  if (!stored) throw new Error("a record is always stored");
  await sql`
    insert into customers.source_record_version (record_id, seq, attributes, cause, actor_kind)
    values (${stored.recordId}, ${stored.version}, ${JSON.stringify(attributes)}::jsonb, ${write.cause}, ${ctx.actor.kind})`.execute(
    ctx.db,
  );
  await sql`insert into customers.customer (id) select ${stored.recordId} where customers.customer_of(${stored.recordId}) = ${stored.recordId} on conflict do nothing`.execute(
    ctx.db,
  );
  return stored;
}

async function attachIdentifiers(
  ctx: Ctx,
  recordId: RecordId,
  identifiers: readonly Identifier[],
  ids: ReadonlyMap<Identifier, IdentifierId>,
  evidence: string,
): Promise<void> {
  const rows = identifiers.flatMap((identifier) => ids.get(identifier) ?? []);
  await sql`
    insert into customers.record_identifier (record_id, identifier_id, evidence, verified_at)
    select ${recordId}, i, ${evidence}, case when v then now() end from unnest(${rows}::uuid[], ${identifiers.map(({ verified }) => verified)}::boolean[]) as u (i, v)
    on conflict (record_id, identifier_id) do update set valid_to = null, verified_at = coalesce(record_identifier.verified_at, excluded.verified_at)`.execute(
    ctx.db,
  );
}

async function attachContacts(
  ctx: Ctx,
  recordId: RecordId,
  identifiers: readonly Identifier[],
  ids: ReadonlyMap<Identifier, IdentifierId>,
): Promise<void> {
  for (const identifier of identifiers) {
    if (identifier.kind !== "email" && identifier.kind !== "phone") continue;
    await sql`
      insert into customers.contact_point (id, record_id, kind, address, identifier_id, verified_at)
      values (${ctx.newId<ContactPointId>()}, ${recordId}, ${identifier.kind}, ${identifier.value}, ${ids.get(identifier) ?? null}, ${identifier.verified ? ctx.now : null})
      on conflict (record_id, kind, address) do update set verified_at = coalesce(contact_point.verified_at, excluded.verified_at), state = 'active'`.execute(
      ctx.db,
    );
  }
}

/** Other customers' records with one of these values, the proven ones first. Blocked values tell nobody apart. */
async function candidatesFor(ctx: Ctx, recordId: RecordId, identifierIds: readonly IdentifierId[]): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select r.id as "recordId", customers.customer_of(r.id) as "customerId", i.id as "identifierId", i.kind, ri.verified_at is not null as verified,
           r.attributes ->> 'givenName' as "givenName", r.attributes ->> 'birthDate' as "birthDate",
           exists (select from customers.link l where l.kind = 'must_not_link' and l.state = 'active'
                    and l.a_record = least(r.id, ${recordId}) and l.b_record = greatest(r.id, ${recordId})) as "mustNotLink"
      from customers.record_identifier ri
      join customers.identifier i on i.id = ri.identifier_id and i.blocked_reason is null
      join customers.source_record r on r.id = ri.record_id and r.state = 'known'
     where ri.identifier_id = any (${identifierIds}::uuid[]) and ri.valid_to is null and r.id <> ${recordId}
       and customers.customer_of(r.id) <> customers.customer_of(${recordId})
     order by verified desc, r.created_at limit 50`.execute(ctx.db);
  return rows;
}

async function askForReview(ctx: Ctx, recordId: RecordId, others: readonly RecordId[], because: string): Promise<void> {
  for (const other of others) {
    await sql`
      insert into customers.review_pair (id, a_record, b_record, because)
      values (${ctx.newId<Id<"review pair">>()}, least(${recordId}::uuid, ${other}::uuid), greatest(${recordId}::uuid, ${other}::uuid), ${because}) on conflict do nothing`.execute(
      ctx.db,
    );
  }
}

/** The customer whom a record belongs to now. */
export async function customerOf(ctx: Pick<Ctx, "db">, recordId: RecordId): Promise<CustomerId> {
  const { rows } = await sql<{ id: CustomerId }>`select customers.customer_of(${recordId}) as id`.execute(ctx.db);
  const row = rows[0];
  if (!row) throw new Error("every record has a customer");
  return row.id;
}

/** A record where nobody is known yet: one row, its own customer until a link says otherwise. */
export async function provisionalRecord(ctx: Ctx): Promise<RecordId> {
  const recordId = ctx.newId<RecordId>();
  await sql`insert into customers.source_record (id, channel_id, state) values (${recordId}, ${ctx.actor.channelId}, 'provisional')`.execute(
    ctx.db,
  );
  return recordId;
}

/** Locks the customer of a record against uniting and splitting, while something that is one per customer is decided. */
export async function lockCustomer(ctx: Ctx, recordId: RecordId): Promise<void> {
  await sql`select 1 from customers.customer where id = customers.customer_of(${recordId}) for no key update`.execute(ctx.db);
}
