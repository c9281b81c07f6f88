import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import type { Db } from "../../platform/index.ts";
import { senderRecords, type Sender } from "../customers/index.ts";
import type { Holder, Touch } from "./domain.ts";
import type { RecordCache } from "./record-cache.ts";

/** What a cache knows a holder by. */
const cacheKey = ({ channelId, externalId }: Sender): string => `${channelId} ${externalId}`;

/** The record of a holder where it is known without asking. */
function knownRecord(holder: Holder, cache: RecordCache): RecordId | undefined {
  return "recordId" in holder ? holder.recordId : cache.get(cacheKey(holder));
}

/** The holders among these whose records must be asked for, each once. */
export function unknownHolders(touches: readonly Touch[], cache: RecordCache): Sender[] {
  const unknown = new Map<string, Sender>();
  for (const { holder } of touches)
    if (!("recordId" in holder) && knownRecord(holder, cache) === undefined) unknown.set(cacheKey(holder), holder);
  return [...unknown.values()];
}

/** Records that were found or made in a transaction: to be remembered after its commit, never before. */
export type Learned = ReadonlyMap<string, RecordId>;

/** Finds or makes the records of these holders. */
export async function learnRecords(db: Db, senders: readonly Sender[]): Promise<Learned> {
  const recordIds = await senderRecords({ db }, senders);
  return new Map(senders.flatMap((sender, n) => (recordIds[n] ? [[cacheKey(sender), recordIds[n]] as const] : [])));
}

export function remember(cache: RecordCache, learned: Learned): void {
  for (const [key, recordId] of learned) cache.set(key, recordId);
}

/**
 * Stores touchpoints in one statement: first the keys, and those whose key is new [TCH-1]. Touchpoints without a key are one by their own
 * id. Sorted by key, so that two lanes that store the same keys do not wait for each other in a ring.
 * What is stored together is a batch, which followers read after its commit [TCH-12]. Whom a record belongs to at this moment is kept with
 * it: a look-up by primary key inside the same statement. Answers how many were new.
 */
export async function insertTouches(db: Db, touches: readonly Touch[], cache: RecordCache, learned: Learned): Promise<number> {
  if (touches.length === 0) return 0;
  const rows = touches.map((touch) => ({ ...touch, recordId: recordOf(touch.holder, cache, learned) }));
  const column = <T>(value: (row: (typeof rows)[number]) => T): T[] => rows.map(value);
  const { rows: stored } = await sql<{ touches: number }>`
    with given as (
      select * from unnest(
        ${column(({ key }) => key)}::uuid[], ${column(({ recordId }) => recordId)}::uuid[], ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
        ${column(({ id }) => id)}::uuid[], ${column(({ channelId }) => channelId)}::uuid[], ${column(({ messageId }) => messageId)}::text[],
        ${column(({ kind }) => kind)}::text[], ${column(({ name }) => name)}::text[], ${column(({ receivedAt }) => receivedAt)}::timestamptz[],
        ${column(({ sentAt }) => sentAt)}::timestamptz[], ${column(({ originalAt }) => originalAt)}::timestamptz[],
        ${column(({ fingerprint }) => fingerprint)}::integer[], ${column(({ placeId }) => placeId)}::uuid[],
        ${column(({ payload }) => payload)}::jsonb[], ${column(({ reference }) => reference?.kind ?? null)}::text[],
        ${column(({ reference }) => reference?.id ?? null)}::uuid[], ${column(({ journeyRef }) => journeyRef)}::text[],
        ${column(({ shown }) => shown)}::jsonb[])
      as t (message_key, record_id, occurred_at, id, channel_id, message_id, kind, name, received_at, sent_at, original_at, fingerprint, place_id,
            payload, reference_kind, reference_id, journey_ref, shown)
    ), numbered as (
      select nextval('touchpoints.batch_number') as batch
    ), fresh as (
      insert into touchpoints.message_key (message_key, record_id, occurred_at, id)
      select message_key, record_id, occurred_at, id from given where message_key is not null order by message_key
      on conflict do nothing returning id
    ), stored as (
      insert into touchpoints.touchpoint (record_id, occurred_at, id, channel_id, message_id, kind, name, received_at, sent_at, original_at,
                                          fingerprint, place_id, payload, reference_kind, reference_id, journey_ref, shown, customer_id_then, batch)
      select record_id, occurred_at, id, channel_id, message_id, kind, name, received_at, sent_at, original_at, fingerprint, place_id,
             payload, reference_kind, reference_id, journey_ref, shown, coalesce(joined.customer_id, record_id), (select batch from numbered)
        from given left join customers.read_joined joined using (record_id) where message_key is null or id in (select id from fresh)
       order by record_id, occurred_at, id
      on conflict do nothing returning occurred_at
    )
    insert into touchpoints.waiting_batch (batch, first_at, last_at, touches)
    select (select batch from numbered), min(occurred_at), max(occurred_at), count(*) from stored having count(*) > 0
    returning touches`.execute(db);
  return stored[0]?.touches ?? 0;
}

/** Classes 21 to 23 are about the values themselves, such as a text that JSON may hold and the database may not. */
export function isAboutData(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^2[123]/.test(error.code ?? "");
}

function recordOf(holder: Holder, cache: RecordCache, learned: Learned): RecordId {
  const recordId = "recordId" in holder ? holder.recordId : (learned.get(cacheKey(holder)) ?? cache.get(cacheKey(holder)));
  if (recordId === undefined) throw new Error("the record of a holder was not asked for");
  return recordId;
}
