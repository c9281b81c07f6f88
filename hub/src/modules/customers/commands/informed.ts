import { err, ok, type ChannelId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import type { NoticeError } from "../errors.ts";
import { holdLevelsAlone } from "../living.ts";
import type { NoticeId } from "./notices.ts";
import { recomputeShared, STEP_RECORDS } from "./release.ts";

type Reader = Pick<ReadCtx, "db">;

/** What people are to be told by mail: which words, where they stand, and how long they may object. */
export type NoticeToSend = { readonly version: string; readonly address: string; readonly objectionDays: number };

/**
 * A notice as it can be sent to the people of a channel. Errors: `notice.unknown`, `notice.says_nothing_of_joining`, `notice.nowhere_to_read`.
 */
export async function noticeToSend(ctx: Reader, noticeId: NoticeId, channelId: ChannelId): Promise<Result<NoticeToSend, NoticeError>> {
  const { rows } = await sql<Omit<NoticeToSend, "address"> & { address: string | null; covers: boolean }>`
    select version, address, objection_days as "objectionDays", covers_joining and (channel_ids is null or ${channelId} = any (channel_ids)) as covers
      from customers.notice where id = ${noticeId}`.execute(ctx.db);
  const [notice] = rows;
  if (!notice) return err({ code: "notice.unknown" });
  if (!notice.covers) return err({ code: "notice.says_nothing_of_joining" });
  const { version, address, objectionDays } = notice;
  return address === null ? err({ code: "notice.nowhere_to_read" }) : ok({ version, address, objectionDays });
}

/**
 * Says under which words the people were collected who come in this transaction, where it is not the notice in force: those of another
 * system, in a file. `none`: nobody told them anything, as with those who are older than any notice [IDN-22].
 */
export async function collectUnder({ db }: Pick<Ctx, "db">, told: NoticeId | "none"): Promise<void> {
  await sql`select set_config('weft.collected_under', ${told}, true)`.execute(db);
}

/** Records of a channel whose people nobody has told yet that files may be joined. */
const untold = (channelId: ChannelId) => sql`
  customers.source_record r join customers.notice n on n.id = r.notice_id and not n.covers_joining
   where r.channel_id = ${channelId} and r.state = 'known'
     and not exists (select from customers.informed_record f where f.record_id = r.id)
     and not exists (select from customers.informing i where i.channel_id = r.channel_id and i.at >= r.created_at)`;

/** A record whose person is to be told, with the customer that it shows and their mail address, if they left any. */
export type Untold = { readonly recordId: RecordId; readonly holderId: RecordId; readonly email: string | null };

/** The next records whose people are to be told of a notice, by their ids. */
export async function nextUntold(
  ctx: Reader,
  { channelId, after, limit }: { readonly channelId: ChannelId; readonly after: RecordId | null; readonly limit: number },
): Promise<Untold[]> {
  const { rows } = await sql<Untold>`
    select t.id as "recordId", t.holder as "holderId", f.value #>> '{}' as email
      from (select r.id, customers.customer_of(r.id) as holder from ${untold(channelId)} and (${after}::uuid is null or r.id > ${after}::uuid)
             order by r.id limit ${limit}) t
      left join customers.living_field f on f.customer_id = t.holder and f.field = 'email'
     order by t.id`.execute(ctx.db);
  return rows;
}

/**
 * How many records of a channel are to be told, and how many of them brought no mail address themselves. It reads them all, so it takes a
 * second for millions.
 */
export async function countUntold(
  ctx: Reader,
  channelId: ChannelId,
): Promise<{ readonly people: number; readonly withoutAddress: number }> {
  const { rows } = await sql<{ people: number; withoutAddress: number }>`
    select count(*)::integer as people, (count(*) filter (where not t.has_address))::integer as "withoutAddress"
      from (select exists (select from customers.contact_point c where c.record_id = r.id and c.kind = 'email') as has_address
              from ${untold(channelId)}) t`.execute(ctx.db);
  return rows[0] ?? { people: 0, withoutAddress: 0 };
}

/** Keeps that these people were told of a notice just now, one by one [IDN-22]: from now on their own time to object runs. Once each. */
export async function noteInformed(ctx: Ctx, noticeId: NoticeId, recordIds: readonly RecordId[]): Promise<void> {
  await sql`
    insert into customers.informed_record (record_id, notice_id, at, joins_at)
    select r.id, n.id, ${ctx.now}, ${ctx.now}::timestamptz + make_interval(days => n.objection_days)
      from customers.source_record r, customers.notice n
     where r.id = any (${[...recordIds]}::uuid[]) and r.state <> 'erased' and n.id = ${noticeId}
    on conflict (record_id) do nothing`.execute(ctx.db);
}

/** The next of them whose time to object is over may be joined. False when there is none. */
export async function releaseInformedRecords(ctx: Ctx): Promise<boolean> {
  const { rows: waiting } = await sql`
    select from customers.informed_record where released_at is null and joins_at <= ${ctx.now} limit 1`.execute(ctx.db);
  if (waiting.length === 0) return false;
  await holdLevelsAlone(ctx);
  const { rows } = await sql<{ id: RecordId }>`
    update customers.informed_record set released_at = ${ctx.now}
     where record_id = any (array(
       select record_id from customers.informed_record where released_at is null and joins_at <= ${ctx.now}
        order by joins_at, record_id limit ${STEP_RECORDS}))
    returning record_id as id`.execute(ctx.db);
  await recomputeShared(ctx, rows);
  return rows.length > 0;
}
