import type { InformingView, NoticeCountView, NoticeView } from "@weft/contracts";
import type { ChannelId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { staffNames } from "../../access/index.ts";
import type { InformingId, NoticeId } from "../commands/notices.ts";

type Reader = Pick<ReadCtx, "db">;
type NoticeRow = Omit<NoticeView, "publishedAt" | "publishedByName"> & { readonly publishedAt: Date; readonly publishedBy: StaffId | null };

/** The versions of the notice, the newest first; or one of them. */
export async function noticesOf(ctx: Reader, id: NoticeId | null = null): Promise<NoticeView[]> {
  const { rows } = await sql<NoticeRow>`
    select id, version, channel_ids as "channelIds", covers_joining as "coversJoining", objection_days as "objectionDays", address,
           published_at as "publishedAt", published_by as "publishedBy", earlier
      from customers.notice where ${id}::uuid is null or id = ${id}::uuid order by published_at desc, id desc limit 500`.execute(ctx.db);
  const names = await staffNames(
    ctx,
    rows.flatMap(({ publishedBy }) => publishedBy ?? []),
  );
  return rows.map(({ publishedBy, publishedAt, ...notice }) => ({
    ...notice,
    publishedAt: publishedAt.toISOString(),
    publishedByName: (publishedBy && names.get(publishedBy)) ?? null,
  }));
}

/** The notices that a channel shows or has shown, the newest first. */
export async function noticesShownOn(ctx: Reader, channelId: ChannelId): Promise<{ readonly id: NoticeId; readonly version: string }[]> {
  const { rows } = await sql<{ id: NoticeId; version: string }>`
    select id, version from customers.notice where channel_ids is null or ${channelId} = any (channel_ids)
     order by published_at desc, id desc limit 100`.execute(ctx.db);
  return rows;
}

type InformingRow = Omit<InformingView, "at" | "joinsAt" | "doneAt" | "byName"> & {
  readonly at: Date;
  readonly joinsAt: Date;
  readonly doneAt: Date | null;
  readonly by: StaffId | null;
};

/** Who was informed of a notice, the newest first; or one of them. */
export async function informingsOf(ctx: Reader, id: InformingId | null = null): Promise<InformingView[]> {
  const { rows } = await sql<InformingRow>`
    select i.id, i.notice_id as "noticeId", n.version, i.channel_id as "channelId", i.how, i.note, i.at, i.joins_at as "joinsAt",
           i.done_at as "doneAt", i.informed_by as by
      from customers.informing i join customers.notice n on n.id = i.notice_id
     where ${id}::uuid is null or i.id = ${id}::uuid order by i.at desc, i.id desc limit 500`.execute(ctx.db);
  const names = await staffNames(
    ctx,
    rows.flatMap(({ by }) => by ?? []),
  );
  return rows.map(({ by, at, joinsAt, doneAt, ...informing }) => ({
    ...informing,
    at: at.toISOString(),
    joinsAt: joinsAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    byName: (by && names.get(by)) ?? null,
  }));
}

/** How many known people of each channel were collected under which notice. It reads every record, so it takes a second for millions. */
export async function noticeCounts(ctx: Reader): Promise<NoticeCountView[]> {
  const { rows } = await sql<NoticeCountView>`
    select channel_id as "channelId", notice_id as "noticeId", count(*)::integer as records from customers.source_record
     where state = 'known' group by 1, 2 order by 3 desc, 1`.execute(ctx.db);
  return rows;
}
