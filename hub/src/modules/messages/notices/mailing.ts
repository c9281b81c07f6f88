import { err, ok, type ChannelId, type Id, type MessageId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { nextUntold, noticeToSend, type NoticeId, type NoticeToSend, type Untold } from "../../customers/index.ts";
import { queueMessage } from "../commands.ts";
import type { MessageError } from "../errors.ts";
import { NoticeMailingStarted } from "../events.ts";
import { languageOf } from "../reader.ts";
import { settleReceivers, type Outcome } from "./settle.ts";
import { localeIn, noticeMail, type Brand } from "../templates/index.ts";

export type MailingId = Id<"notice mailing">;

export type NewMailing = {
  readonly noticeId: NoticeId;
  readonly channelId: ChannelId;
  /** Mails that leave in a minute, at most. */
  readonly perMinute: number;
};

/**
 * Begins to send a notice to everybody of a channel whom nobody told yet that files may be joined [MSG-14]; a job does it, some at a time.
 * Errors: those of `noticeToSend`, `notice.mailing_under_way`. Publishes `notice.mailing_started.v1`.
 */
export async function startMailing(ctx: Ctx, { noticeId, channelId, perMinute }: NewMailing): Promise<Result<MailingId, MessageError>> {
  const notice = await noticeToSend(ctx, noticeId, channelId);
  if (!notice.ok) return notice;
  const id = ctx.newId<MailingId>();
  const { rows } = await sql`
    insert into messages.notice_mailing (id, notice_id, channel_id, per_minute, next_at, at, started_by)
    values (${id}, ${noticeId}, ${channelId}, ${perMinute}, ${ctx.now}, ${ctx.now}, ${ctx.actor.staff?.id ?? null})
    on conflict (channel_id) where state = 'running' do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "notice.mailing_under_way" });
  await publish(ctx, NoticeMailingStarted, `notice_mailing/${id}`, { mailingId: id, noticeId, channelId });
  return ok(id);
}

/** Ends a mailing: whom it did not come to is not written to, what is queued leaves. Errors: `notice.mailing_unknown`, `notice.mailing_ended`. */
export async function stopMailing(ctx: Ctx, id: string): Promise<Result<null, MessageError>> {
  const { rows } = await sql<{ state: string }>`
    select state from messages.notice_mailing where id = ${id} for update`.execute(ctx.db);
  if (!rows[0]) return err({ code: "notice.mailing_unknown" });
  if (rows[0].state !== "running") return err({ code: "notice.mailing_ended" });
  await sql`update messages.notice_mailing set state = 'stopped', ended_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
  return ok(null);
}

/** People that one transaction writes to. */
const STEP_PEOPLE = 100;
const MINUTE_MILLISECONDS = 60_000;

type Running = {
  readonly id: MailingId;
  readonly noticeId: NoticeId;
  readonly channelId: ChannelId;
  readonly perMinute: number;
  readonly after: RecordId | null;
};

/**
 * Takes the mailing that is due one step further, in a transaction: the mails to some people are queued, and it waits as long as they take
 * at its pace. A hub that is killed goes on with the next. Answers when another step is due, null when there is none.
 */
export async function advanceMailings(ctx: Ctx, brand: Brand): Promise<Date | null> {
  const { rows } = await sql<Running>`
    select id, notice_id as "noticeId", channel_id as "channelId", per_minute as "perMinute", after
      from messages.notice_mailing where state = 'running' and next_at <= ${ctx.now} order by next_at limit 1 for update skip locked`.execute(
    ctx.db,
  );
  const [mailing] = rows;
  if (mailing) await stepOf(ctx, brand, mailing);
  const { rows: due } = await sql<{ at: Date | null }>`
    select min(next_at) as at from messages.notice_mailing where state = 'running'`.execute(ctx.db);
  return due[0]?.at ?? null;
}

async function stepOf(ctx: Ctx, brand: Brand, { id, noticeId, channelId, perMinute, after }: Running): Promise<void> {
  const notice = await noticeToSend(ctx, noticeId, channelId);
  const people = notice.ok ? await nextUntold(ctx, { channelId, after, limit: Math.min(STEP_PEOPLE, perMinute) }) : [];
  const last = people.at(-1)?.recordId;
  if (!notice.ok || last === undefined) {
    await sql`update messages.notice_mailing set state = 'done', ended_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
    return;
  }
  for (const person of people) await writeTo(ctx, brand, { id, channelId, notice: notice.value }, person);
  const next = new Date(ctx.now.getTime() + (people.length / perMinute) * MINUTE_MILLISECONDS);
  await sql`update messages.notice_mailing set after = ${last}, next_at = ${next} where id = ${id}`.execute(ctx.db);
}

type Telling = { readonly id: MailingId; readonly channelId: ChannelId; readonly notice: NoticeToSend };

async function writeTo(ctx: Ctx, brand: Brand, { id, channelId, notice }: Telling, { recordId, holderId, email }: Untold): Promise<void> {
  if (email === null) return keepReceiver(ctx, id, recordId, "no_address", null);
  const messageId = await queueMessage(ctx, {
    recordId: holderId,
    kind: "email",
    template: "notice",
    channelId,
    to: email,
    rendered: noticeMail(brand, localeIn(await languageOf(ctx, holderId, channelId)), notice),
    purpose: { purpose: "notice" },
    cause: `notice mailing ${id}`,
  });
  await keepReceiver(ctx, id, recordId, "queued", messageId);
  // Another record of theirs brought the mail, and it has left already.
  const { rows } = await sql<{ state: string }>`
    select state from messages.outbound where record_id = ${holderId} and id = ${messageId} and state <> 'queued'`.execute(ctx.db);
  if (rows[0]) await settleReceivers(ctx, messageId, OUTCOMES[rows[0].state] ?? "failed");
}

const OUTCOMES: Readonly<Record<string, Outcome>> = { sent: "sent", failed: "failed", suppressed: "left_alone" };

async function keepReceiver(
  ctx: Ctx,
  mailingId: MailingId,
  recordId: RecordId,
  outcome: "queued" | "no_address",
  messageId: MessageId | null,
): Promise<void> {
  await sql`
    insert into messages.notice_receiver (mailing_id, record_id, outcome, message_id, at)
    values (${mailingId}, ${recordId}, ${outcome}, ${messageId}, ${ctx.now}) on conflict do nothing`.execute(ctx.db);
}
