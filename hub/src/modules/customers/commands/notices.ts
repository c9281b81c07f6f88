import { err, ok, type ChannelId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { NoticePublished, PeopleInformed } from "../events.ts";
import { holdLevelsAlone } from "../living.ts";
import { releaseInformedRecords } from "./informed.ts";
import { recomputeShared, STEP_RECORDS } from "./release.ts";

export type NoticeId = Id<"notice">;
export type InformingId = Id<"informing">;

export type NewNotice = {
  readonly version: string;
  /** Where it is shown; null: on every channel. */
  readonly channelIds: readonly ChannelId[] | null;
  /** Whether it says that the files of several channels become one. */
  readonly coversJoining: boolean;
  /** How long people who are informed of it may object before their files are joined. */
  readonly objectionDays: number;
  /** Where its words can be read. */
  readonly address: string | null;
  /** Whether those who are older than any notice were told this, too. */
  readonly isForEarlier: boolean;
};

/**
 * Publishes the words in which people are told what becomes of their data [IDN-22]: records that are collected from now on carry this
 * version. Errors: `notice.version_taken`. Publishes `notice.published.v1`.
 */
export async function publishNotice(ctx: Ctx, notice: NewNotice): Promise<Result<NoticeId, CustomerError>> {
  const { version, channelIds, coversJoining, objectionDays, address, isForEarlier } = notice;
  const id = ctx.newId<NoticeId>();
  const { rows } = await sql`
    insert into customers.notice (id, version, channel_ids, covers_joining, objection_days, address, published_at, published_by, earlier)
    values (${id}, ${version}, ${channelIds && [...channelIds]}::uuid[], ${coversJoining}, ${objectionDays}, ${address}, ${ctx.now},
            ${ctx.actor.staff?.id ?? null}, ${isForEarlier ? "under_way" : "none"})
    on conflict (version) do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "notice.version_taken", version });
  await publish(ctx, NoticePublished, `notice/${id}`, { noticeId: id, version, coversJoining });
  return ok(id);
}

export type Informing = {
  readonly noticeId: NoticeId;
  readonly channelId: ChannelId;
  readonly how: "mail" | "letter" | "in_person" | "app";
  readonly note: string | null;
};

/**
 * Keeps that everybody in the file of a channel was told by a notice that covers joining. When its days to object are over, the files of
 * those who did not may be joined; a job does it. Errors: `notice.unknown`, `notice.says_nothing_of_joining`.
 * Publishes `notice.people_informed.v1`.
 */
export async function informPeople(
  ctx: Ctx,
  { noticeId, channelId, how, note }: Informing,
): Promise<Result<{ readonly id: InformingId; readonly joinsAt: Date }, CustomerError>> {
  const { rows: notices } = await sql<{ covers: boolean }>`
    select covers_joining and (channel_ids is null or ${channelId} = any (channel_ids)) as covers from customers.notice where id = ${noticeId}`.execute(
    ctx.db,
  );
  if (!notices[0]) return err({ code: "notice.unknown" });
  if (!notices[0].covers) return err({ code: "notice.says_nothing_of_joining" });
  const id = ctx.newId<InformingId>();
  const { rows } = await sql<{ joinsAt: Date }>`
    insert into customers.informing (id, notice_id, channel_id, how, note, at, joins_at, informed_by)
    select ${id}, id, ${channelId}, ${how}, ${note}, ${ctx.now}, ${ctx.now}::timestamptz + make_interval(days => objection_days),
           ${ctx.actor.staff?.id ?? null}
      from customers.notice where id = ${noticeId} returning joins_at as "joinsAt"`.execute(ctx.db);
  const [informed] = rows;
  if (!informed) throw new Error("the notice was there a moment ago");
  await publish(ctx, PeopleInformed, `notice/${noticeId}`, { informingId: id, noticeId, channelId });
  return ok({ id, joinsAt: informed.joinsAt });
}

/**
 * Takes what a notice changes one step further: the earlier records that it was given to, then those whose time to object is over. Each step
 * is a transaction, so it goes on where it was after a hub was killed. `idle` when there is nothing to do.
 */
export async function advanceNotices(ctx: Ctx): Promise<"carried" | "released" | "idle"> {
  if (await carryToEarlier(ctx)) return "carried";
  return (await releaseInformed(ctx)) || (await releaseInformedRecords(ctx)) ? "released" : "idle";
}

async function carryToEarlier(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ id: NoticeId }>`
    select id from customers.notice where earlier = 'under_way' order by published_at limit 1`.execute(ctx.db);
  const [notice] = rows;
  if (!notice) return false;
  await holdLevelsAlone(ctx);
  const { rows: given } = await sql<{ id: RecordId }>`
    update customers.source_record r set notice_id = n.id
      from customers.notice n
     where n.id = ${notice.id} and r.id = any (array(
       select s.id from customers.source_record s
        where s.notice_id is null and (n.carried_to is null or s.id > n.carried_to) and (n.channel_ids is null or s.channel_id = any (n.channel_ids))
        order by s.id limit ${STEP_RECORDS}))
    returning r.id`.execute(ctx.db);
  await recomputeShared(ctx, given);
  const last = lastOf(given);
  await sql`
    update customers.notice set carried_to = coalesce(${last}::uuid, carried_to), earlier = ${last === null ? "done" : "under_way"}
     where id = ${notice.id}`.execute(ctx.db);
  return true;
}

async function releaseInformed(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ id: InformingId; channelId: ChannelId; after: RecordId | null; at: Date }>`
    select id, channel_id as "channelId", released_to as after, at from customers.informing
     where done_at is null and joins_at <= ${ctx.now} order by joins_at, id limit 1`.execute(ctx.db);
  const [informing] = rows;
  if (!informing) return false;
  await holdLevelsAlone(ctx);
  const { rows: next } = await sql<{ id: RecordId }>`
    select r.id from customers.source_record r join customers.notice n on n.id = r.notice_id and not n.covers_joining
     where r.channel_id = ${informing.channelId} and r.created_at <= ${informing.at}
       and (${informing.after}::uuid is null or r.id > ${informing.after}::uuid)
     order by r.id limit ${STEP_RECORDS}`.execute(ctx.db);
  await sql`
    update customers.informing set released_to = coalesce(${lastOf(next)}::uuid, released_to),
           done_at = ${next.length === 0 ? ctx.now : null}::timestamptz where id = ${informing.id}`.execute(ctx.db);
  await recomputeShared(ctx, next);
  return true;
}

const lastOf = (records: readonly { readonly id: RecordId }[]): RecordId | null =>
  records.reduce<RecordId | null>((last, { id }) => (last === null || id > last ? id : last), null);
