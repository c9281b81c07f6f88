import type { SuspectedResend } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { pageFrom, readCursor, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import type { Stretch, TouchFollower } from "./followers.ts";

/** Two touchpoints further apart than this are not compared. */
const NEAR_HOURS = 24;
/** Of somebody with more touchpoints in that time, which is a machine, the newest are compared: the cost of a new one stays the same. */
const MOST_COMPARED = 200;
/** With neither id nor time in common, only what comes so soon looks like a client that tried again. */
const SOON_MINUTES = 10;

/**
 * Marks touchpoints that say the same as an earlier one of the same person on the same channel [TCH-14]: sent again by a client that makes a
 * new id or a new time for each try. They are kept, because people do repeat themselves.
 */
export const resendsFollower: TouchFollower = {
  name: "touchpoints.resends",
  async take(ctx: Ctx, { after, upTo }: Stretch): Promise<void> {
    await sql`
      insert into touchpoints.resend (record_id, occurred_at, id, channel_id, kind, name, because, first_occurred_at, first_id, noticed_at)
      select t.record_id, t.occurred_at, t.id, t.channel_id, t.kind, t.name, earlier.because, earlier.occurred_at, earlier.id, ${ctx.now}
        from touchpoints.intake_batch b
       cross join lateral (
         select record_id, occurred_at, id, channel_id, kind, name, message_id, original_at, fingerprint from touchpoints.touchpoint
          where batch = b.batch and occurred_at between b.first_at and b.last_at and fingerprint is not null offset 0) t
       cross join lateral (
         select e.occurred_at, e.id,
                case when e.message_id = t.message_id then 'same_message_id' when e.original_at = t.original_at then 'same_time'
                     else 'same_content' end as because
           from (
             select occurred_at, id, message_id, original_at, fingerprint, channel_id, kind from touchpoints.touchpoint
              where record_id = t.record_id
                and occurred_at between t.occurred_at - make_interval(hours => ${NEAR_HOURS}::integer) and t.occurred_at + make_interval(hours => ${NEAR_HOURS}::integer)
              order by occurred_at desc, id desc limit ${MOST_COMPARED}::integer) e
          where e.id < t.id and e.fingerprint = t.fingerprint and e.channel_id = t.channel_id and e.kind = t.kind
            and (e.message_id = t.message_id or e.original_at = t.original_at
                 or e.occurred_at between t.occurred_at - make_interval(mins => ${SOON_MINUTES}::integer) and t.occurred_at + make_interval(mins => ${SOON_MINUTES}::integer))
          order by e.id limit 1) earlier
       where b.intake_seq > ${after} and b.intake_seq <= ${upTo}
      on conflict do nothing`.execute(ctx.db);
  },
};

type Row = Omit<z.infer<typeof SuspectedResend>, "noticedAt" | "at" | "firstAt" | "channelName"> & {
  readonly noticedAt: Date;
  readonly at: Date;
  readonly firstAt: Date;
};

/** What looks sent twice, newest first. */
export async function listResends(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: z.infer<typeof SuspectedResend>[]; nextCursor: string | null }> {
  const [noticedAt, id] = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor) ?? [null, null];
  const { rows } = await sql<Row>`
    select id, record_id as "recordId", channel_id as "channelId", kind, name, because, occurred_at as at, first_occurred_at as "firstAt",
           first_id as "firstId", noticed_at as "noticedAt"
      from touchpoints.resend
     where ${noticedAt}::timestamptz is null or (noticed_at, id) < (${noticedAt}::timestamptz, ${id}::uuid)
     order by noticed_at desc, id desc limit ${limit + 1}`.execute(ctx.db);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const present = (row: Row): z.infer<typeof SuspectedResend> => ({
    ...row,
    at: row.at.toISOString(),
    firstAt: row.firstAt.toISOString(),
    noticedAt: row.noticedAt.toISOString(),
    channelName: [...channels.values()].find((channel) => channel.id === row.channelId)?.name ?? "",
  });
  return pageFrom(rows, limit, present, (row) => [row.noticedAt.toISOString(), row.id]);
}

/** Forgets what is marked of these people. */
export async function eraseResends({ db }: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from touchpoints.resend where record_id = any(${[...recordIds]}::uuid[])`.execute(db);
}
