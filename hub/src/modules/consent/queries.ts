import type { ConsentTopic, ContactKind, DecisionPurpose } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../platform/index.ts";
import { carriesBetween } from "../channels/index.ts";
import { customerOf, personRecordsOf, recordsOf } from "../customers/index.ts";
import type { AddressMac } from "./addresses.ts";
import {
  allCells,
  NO_PREFERENCES,
  standingOf,
  type Decision,
  type Preferences,
  type RecordSets,
  type SuppressionReason,
} from "./domain/index.ts";
import type { Source } from "./source.ts";

type Reader = Pick<ReadCtx, "db">;

/** A decision with who, where, when and its proof. */
export type WrittenDecision = Decision & {
  readonly source: Source;
  readonly basis: "consent" | "legitimate_interest";
  readonly wordingVersion: string;
  readonly language: "en" | "fr" | "de" | "ca";
  readonly proof: { readonly how: string; readonly note: string | null } | null;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly actorKind: string;
  readonly actorId: string | null;
};

const COLUMNS = sql`id, record_id as "recordId", purpose, topic, channel_kind as "channelKind", state, at, answers, source,
  basis, wording_version as "wordingVersion", language, proof, channel_id as "channelId", place_id as "placeId", actor_kind as "actorKind",
  actor_id as "actorId"`;

/** The records of whoever a record belongs to: of the customer, and of the person whatever the link levels [CNS-2]. */
export async function recordSetsOf(ctx: Reader, recordId: RecordId): Promise<RecordSets> {
  const customer = await recordsOf(ctx, await customerOf(ctx, recordId));
  return { customer: new Set([recordId, ...customer]), person: new Set([...(await personRecordsOf(ctx, recordId)), ...customer]) };
}

/** Every decision of some records, the oldest first: a person has a few dozen in a lifetime. */
export async function decisionsOf(ctx: Reader, recordIds: ReadonlySet<RecordId>): Promise<WrittenDecision[]> {
  const { rows } = await sql<WrittenDecision>`
    select ${COLUMNS} from consent.event where record_id = any(${idList(recordIds)}) order by at, id`.execute(ctx.db);
  return rows;
}

/** Whether a no of one of the customer's records stands against a yes of another, and nobody has said since which holds. */
export async function isContested(ctx: Reader, recordId: RecordId): Promise<boolean> {
  const records = await recordSetsOf(ctx, recordId);
  if (records.person.size < 2) return false;
  const decisions = await decisionsOf(ctx, records.person);
  return allCells().some((cell) => standingOf(decisions, records, cell).isContested);
}

/** The decisions of some records, newest first, a page at a time. */
export async function decisionPage(
  ctx: Reader,
  {
    recordIds,
    before,
    limit,
  }: { readonly recordIds: readonly RecordId[]; readonly before: readonly [string, string] | null; readonly limit: number },
): Promise<WrittenDecision[]> {
  const [at, id] = before ?? [null, null];
  const { rows } = await sql<WrittenDecision>`
    select ${COLUMNS} from consent.event
     where record_id = any(${idList(recordIds)}) and (${at}::timestamptz is null or (at, id) < (${at}::timestamptz, ${id}::uuid))
     order by at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/**
 * How the customer of these records wants to be reached on a channel (null: by the hub itself): of each kind the newest that any of them
 * said, where the seam between the channels carries it [CNS-8].
 */
export async function preferencesOf(
  ctx: Reader & Pick<ReadCtx, "snapshots">,
  recordIds: ReadonlySet<RecordId>,
  channelId: ChannelId | null,
): Promise<Preferences> {
  const { rows } = await sql<{ kind: keyof Preferences; value: unknown; channelId: ChannelId | null }>`
    select kind, value, "channelId" from (
      select distinct on (kind, channel_id) kind, value, channel_id as "channelId", at, id from consent.preference
       where record_id = any(${idList(recordIds)}) order by kind, channel_id, at desc, id desc) said
     order by at desc, id desc`.execute(ctx.db);
  const said: Partial<Record<keyof Preferences, unknown>> = {};
  for (const { kind, value, channelId: from } of rows) if (!(kind in said) && (await travels(ctx, from, channelId))) said[kind] = value;
  return {
    ...NO_PREFERENCES,
    ...(said as Partial<Preferences>), // the command wrote them from these very types
    pausedUntil: typeof said.pausedUntil === "string" ? new Date(said.pausedUntil) : null,
  };
}

/** Opt-outs travel over every seam, as decisions; language, channel and hours only where all of the preferences do. */
async function travels(ctx: Pick<ReadCtx, "snapshots">, from: ChannelId | null, to: ChannelId | null): Promise<boolean> {
  const carriage = await carriesBetween(ctx, { channelId: from }, { channelId: to }, "preferences");
  return carriage.carried && carriage.terms.travels === "all";
}

export type Suppression = {
  readonly id: string;
  readonly channelKind: ContactKind;
  readonly reason: SuppressionReason;
  readonly at: Date;
};

/** What stands against some addresses. */
export async function suppressionsOf(ctx: Reader, addresses: readonly AddressMac[]): Promise<Suppression[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<Suppression>`
    select s.id, s.channel_kind as "channelKind", s.reason, s.at
      from unnest(${addresses.map(({ kind }) => kind)}::text[], ${addresses.map(({ mac }) => mac)}::bytea[]) as a (kind, mac)
      join consent.suppression s on s.channel_kind = a.kind and s.address_mac = a.mac
     where s.lifted_at is null order by s.at, s.id`.execute(ctx.db);
  return rows;
}

export type ListedSuppression = Suppression & {
  readonly by: StaffId | null;
  readonly liftedAt: Date | null;
  readonly liftedBy: StaffId | null;
};

/** What stands, or what was lifted, the newest first. Who did it is told where it was staff. */
export async function suppressionPage(
  ctx: Reader,
  { isLifted, before, limit }: { readonly isLifted: boolean; readonly before: readonly [string, string] | null; readonly limit: number },
): Promise<ListedSuppression[]> {
  const [at, id] = before ?? [null, null];
  const { rows } = await sql<ListedSuppression>`
    select id, channel_kind as "channelKind", reason, at, case when actor_kind = 'staff' then actor_id::uuid end as by, lifted_at as "liftedAt",
           case when lifted_by ~ '^[0-9a-f-]{36}$' then lifted_by::uuid end as "liftedBy"
      from consent.suppression
     where (lifted_at is not null) = ${isLifted} and (${at}::timestamptz is null or (at, id) < (${at}::timestamptz, ${id}::uuid))
     order by at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

export type PreferenceLink = {
  readonly recordId: RecordId;
  readonly purpose: DecisionPurpose;
  /** Null: it is about a use of data. */
  readonly topic: ConsentTopic | null;
  readonly channelKind: ContactKind;
  /** The channel that the message left from. */
  readonly channelId: ChannelId | null;
};

/** What the link of a message opens; undefined when it opens nothing. */
export async function linkByHash(ctx: Reader, hash: Buffer): Promise<PreferenceLink | undefined> {
  const { rows } = await sql<PreferenceLink>`
    select record_id as "recordId", purpose, topic, channel_kind as "channelKind", channel_id as "channelId" from consent.link where token_hash = ${hash}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** What was said by these records, for portability, and for comparing before a merge and after its undoing. */
export async function consentsOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<unknown> {
  const decisions = await decisionsOf(ctx, new Set(recordIds));
  const { rows: preferences } = await sql`
    select record_id as "recordId", kind, value, source, at from consent.preference
     where record_id = any(${idList(recordIds)}) order by at, id`.execute(ctx.db);
  return { decisions, preferences };
}
