import { asId, err, ok, type ChannelId, type CustomerId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import {
  decideMatch,
  isSameName,
  MOST_TRAITS,
  notSaidSince,
  timesOf,
  type Attributes,
  type ContactKind,
  type MatchDecision,
  type RecordFacts,
} from "../domain/index.ts";
import type { CustomerError } from "../errors.ts";
import { ContactVerified, CustomerChanged } from "../events.ts";
import { limitsNow } from "../limits.ts";
import { isBlocked } from "../normalize.ts";
import { planOnce } from "../plan-once.ts";
import { customerOf, personRecordsOf, recordsOf } from "../queries/who.ts";
import { askForReview, attachIdentifiers, candidatesFor, lockIdentifiers, recordViolations, type StoredIdentifier } from "./identifiers.ts";
import { withoutWornOut } from "./set-aside.ts";
import { areJudgedDifferent, linkRecords } from "./link.ts";
import { identifiersOf, normalizedInput } from "./normalize-input.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";
import { senderRecords } from "./senders.ts";
import { recordViolation } from "./violations.ts";

export type RecordInput = Attributes & {
  readonly externalId?: string;
  readonly cardNumber?: string;
  /** What a payment terminal calls a card, the same whenever it is used; never its number. */
  readonly paymentCard?: string;
};

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
  readonly verified: readonly ContactKind[];
  readonly verifiedBy: "sign_in" | "code" | "channel";
  /** Why the record has a new version: `api`, `till`, `sign_in`, `identify`, `import`. */
  readonly cause: string;
  /** A list says that this is their card; nobody has shown it. */
  readonly isCardHearsay?: boolean;
  /** When the person said it, when that was earlier than now: what was said since stays [IDN-21]. */
  readonly saidAt?: Date;
  /** The record to change; else the channel's own record of this person, else a new one. */
  readonly recordId?: RecordId;
};

/**
 * Writes what a channel says of a person as a new version of its record, and resolves whom the record belongs to [IDN-2].
 * What changes nothing adds no version. The identifiers are locked first [IDN-7].
 * Errors: `customer.nothing_given`, `customer.too_many_traits`. Publishes `customer.changed.v1`, `customer.contact_verified.v1`, and
 * what linking publishes.
 */
export async function writeRecord(ctx: Ctx, given: RecordWrite): Promise<Result<Resolution, CustomerError>> {
  const write = withoutDefaultId(given);
  const attributes = await normalizedInput(ctx, write.channelId, write.input);
  const wanted = await identifiersOf(ctx, write, attributes);
  const isEmpty = wanted.length === 0 && !attributes.givenName && !attributes.familyName && !attributes.traits;
  if (isEmpty && !write.recordId) return err({ code: "customer.nothing_given" });
  await planOnce(ctx);
  const locked = await lockIdentifiers(ctx, wanted);
  const stored = await storeVersion(ctx, write, attributes, await ownRecord(ctx, write, attributes, locked));
  if (stored.traits > MOST_TRAITS) return err({ code: "customer.too_many_traits", most: MOST_TRAITS });
  const identifiers = await attachIdentifiers(ctx, stored.recordId, locked, write.cause);
  const candidates = await candidatesFor(ctx, stored.recordId, identifiers, stored.attributes);
  const decision = await withoutWornOut(ctx, write.channelId, decideMatch(identifiers, candidates, await limitsNow(ctx)));
  const rebuilt = await applyDecision(ctx, stored.recordId, decision);
  const isJoining = decision.links.length > 0 && stored.isNew;
  const [customerId, own] = await Promise.all([
    customerOf(ctx, stored.recordId),
    isJoining ? recordsOf(ctx, asId<CustomerId>(stored.recordId)) : [], // any record leads to its customer's
  ]);
  // A link that unites has built it, with the new version. One that is suspended leaves the customer's records as they were.
  if (!rebuilt.has(customerId)) await rebuildProfiles(ctx, [customerId]);
  await tell(ctx, write, stored, identifiers, customerId);
  return ok({ ...resolutionOf(stored, decision, isJoining && own.length === 1), recordId: stored.recordId, customerId });
}

/** An external id such as `null` or `undefined` is the default value of a mistaken client, and nobody's. */
function withoutDefaultId(write: RecordWrite): RecordWrite {
  const { externalId, ...input } = write.input;
  return externalId !== undefined && isBlocked(externalId.trim().toLowerCase()) ? { ...write, input } : write;
}

/** A link across a seam that does not carry identity is kept and suspended: the channel's own file tells nothing of the other [IDN-17]. */
function resolutionOf(
  { isNew }: StoredVersion,
  { links, reviews, because }: MatchDecision,
  isAlone: boolean,
): Pick<Resolution, "resolution" | "because"> {
  if (links.length > 0 && isAlone) return { resolution: "created", because: "nobody_like_this" };
  if (links.length > 0) return { resolution: "matched", because };
  if (reviews.length > 0) return { resolution: "review", because };
  return isNew ? { resolution: "created", because } : { resolution: "matched", because: "same_record" };
}

/**
 * The channel's own record of this person, so that a person who comes again is no second one: by the channel's own id; by a contact that
 * is verified there and now; or, without either, one with the same contact and name that nobody has verified [IDN-1].
 */
async function ownRecord(
  ctx: Ctx,
  { recordId, channelId, input, verified }: RecordWrite,
  attributes: Attributes,
  identifiers: readonly StoredIdentifier[],
): Promise<RecordId | undefined> {
  if (recordId) return recordId;
  // Event intake may have made a provisional one under this id, before anything was known of the person.
  if (input.externalId !== undefined) return (await senderRecords(ctx, [{ channelId, externalId: input.externalId }]))[0];
  if (identifiers.length === 0) return undefined;
  const { rows } = await sql<{ id: RecordId; kind: string; isVerified: boolean; attributes: Attributes; externalId: string | null }>`
    select r.id, i.kind, r.attributes, r.external_id as "externalId", ri.verified_at is not null as "isVerified"
      from customers.record_identifier ri
      join customers.identifier i on i.id = ri.identifier_id
      join customers.source_record r on r.id = ri.record_id and r.state = 'known' and r.channel_id = ${channelId}
     where ri.identifier_id = any (${identifiers.map(({ id }) => id)}::uuid[]) and ri.valid_to is null
     order by r.known_at, r.id limit 50`.execute(ctx.db);
  const isProven = (kind: string) => verified.some((proven) => proven === kind);
  const signedIn = rows.find(({ kind, isVerified }) => isVerified && isProven(kind));
  if (signedIn || verified.length > 0) return signedIn?.id;
  return rows.find((row) => !row.isVerified && row.externalId === null && isSameName(row.attributes, attributes))?.id;
}

type StoredVersion = {
  readonly recordId: RecordId;
  /** All that the record says now. */
  readonly attributes: Attributes;
  readonly version: number;
  readonly isNew: boolean;
  readonly isChanged: boolean;
  readonly traits: number;
};

async function storeVersion(ctx: Ctx, write: RecordWrite, given: Attributes, own: RecordId | undefined): Promise<StoredVersion> {
  const recordId = own ?? ctx.newId<RecordId>();
  const saidAt = write.saidAt && write.saidAt < ctx.now ? write.saidAt : ctx.now;
  const attributes = write.saidAt && own ? notSaidSince(given, await lockKnown(ctx, own), saidAt) : given;
  const said = timesOf(attributes);
  const { rows } = await sql<StoredVersion>`
    with stored as (
      insert into customers.source_record as r (id, channel_id, external_id, attributes, said_at, known_at)
      values (${recordId}, ${write.channelId}, ${write.input.externalId ?? null}, ${JSON.stringify(attributes)}::jsonb,
              ${JSON.stringify(Object.fromEntries(said.map((field) => [field, saidAt.toISOString()])))}::jsonb, now())
      on conflict (id) do update
        set attributes = r.attributes || excluded.attributes || case when excluded.attributes ? 'traits'
              then jsonb_build_object('traits', coalesce(r.attributes -> 'traits', '{}') || (excluded.attributes -> 'traits')) else '{}' end,
            said_at = case when ${write.saidAt === undefined}::boolean and r.attributes @> excluded.attributes then r.said_at else r.said_at || excluded.said_at end,
            version = r.version + case when r.state = 'provisional' or r.attributes @> excluded.attributes then 0 else 1 end,
            state = 'known', known_at = coalesce(r.known_at, now()), updated_at = now(),
            external_id = coalesce(r.external_id, excluded.external_id)
      returning id, new.attributes, new.version, old.version as before, coalesce(old.state, 'provisional') = 'provisional' as is_new, (select count(*) from jsonb_object_keys(coalesce(new.attributes -> 'traits', '{}'))) as traits
    ), version as (
      insert into customers.source_record_version (record_id, seq, attributes, cause, actor_kind)
      select id, version, ${JSON.stringify(attributes)}::jsonb, ${write.cause}, ${ctx.actor.kind} from stored where is_new or version <> before
    ), customer as (
      insert into customers.customer (id) select id from stored where customers.customer_of(id) = id on conflict do nothing
    )
    select id as "recordId", attributes, version, is_new as "isNew", is_new or version <> before as "isChanged", traits::integer from stored`.execute(
    ctx.db,
  );
  const stored = rows[0];
  if (!stored) throw new Error("a record is always stored");
  return stored;
}

/** What a record says, and since when; locked, so that of two that come at once the later one sees what the earlier said. */
async function lockKnown(ctx: Ctx, recordId: RecordId): Promise<Pick<RecordFacts, "attributes" | "saidAt">> {
  const { rows } = await sql<Pick<RecordFacts, "attributes" | "saidAt">>`
    select attributes, said_at as "saidAt" from customers.source_record where id = ${recordId} for update`.execute(ctx.db);
  return rows[0] ?? { attributes: {}, saidAt: {} };
}

/** Answers the customers whose profiles were built by what it linked. */
async function applyDecision(ctx: Ctx, recordId: RecordId, decision: MatchDecision): Promise<ReadonlySet<CustomerId>> {
  const rebuilt = new Set<CustomerId>();
  for (const [at, { to, identifierId, on }] of decision.links.entries()) {
    // Each link was judged before the one in front of it was made: two who were judged different are not joined through this record.
    if (at > 0 && (await areJudgedDifferent(ctx, await personRecordsOf(ctx, recordId), await personRecordsOf(ctx, to)))) {
      await recordViolation(ctx, recordId, { kind: on, rule: "apart_but_proven", detail: { with: to, identifierId } });
      continue;
    }
    const linked = await linkRecords(ctx, {
      a: recordId,
      b: to,
      kind: "shared_identifier",
      evidence: { identifierId, on },
      reason: `${on}_verified_on_both`,
    });
    for (const id of linked?.rebuilt ?? []) rebuilt.add(id);
  }
  for (const { to, identifierId, on } of decision.contradicted)
    await recordViolation(ctx, recordId, { kind: on, rule: "apart_but_proven", detail: { with: to, identifierId } });
  await recordViolations(ctx, recordId, decision.violations);
  await askForReview(ctx, recordId, decision.reviews);
  return rebuilt;
}

async function tell(
  ctx: Ctx,
  { channelId, verified, verifiedBy }: RecordWrite,
  { recordId, version, isChanged }: StoredVersion,
  identifiers: readonly StoredIdentifier[],
  customerIdThen: CustomerId,
): Promise<void> {
  const subject = `record/${recordId}`;
  if (isChanged) await publish(ctx, CustomerChanged, subject, { recordId, channelId, version, customerIdThen });
  for (const kind of verified)
    if (identifiers.some((identifier) => identifier.kind === kind))
      await publish(ctx, ContactVerified, subject, { recordId, kind, channelId, by: verifiedBy });
}
