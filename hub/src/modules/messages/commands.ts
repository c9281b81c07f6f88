import type { ConsentTopic } from "@weft/contracts";
import type { ChannelId, MessageId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import type { MessagePurpose } from "../consent/index.ts";
import { addressesOf } from "../customers/index.ts";
import { CODE_HOURS, MOST_ATTEMPTS, NOBODY, type Mail, type MessageKey, type NewMessage, type ShownInMessage } from "./domain.ts";
import { MessageQueued, MessageSent } from "./events.ts";
import { settleReceivers } from "./notices/settle.ts";
import { settleRecall } from "./recalls/settle.ts";

/**
 * Queues a message to a person, once per cause [MSG-1]: the one place through which anything leaves. A job sends it after the commit.
 * Answers the id of the message, also when it was queued before. Publishes `message.queued.v1`.
 */
export async function queueMessage(ctx: Ctx, message: NewMessage): Promise<MessageId> {
  const id = ctx.newId<MessageId>();
  const recordId = message.recordId ?? NOBODY;
  const { rows } = await sql<{ id: MessageId }>`
    insert into messages.dedupe as before (record_id, dedupe_key, created_at, id) values (${recordId}, ${message.cause}, ${ctx.now}, ${id})
    on conflict (record_id, dedupe_key) do update set id = before.id returning id`.execute(ctx.db);
  const queued = rows[0]?.id ?? id;
  if (queued !== id) return queued;
  const { subject, text, html } = message.rendered;
  await sql`
    insert into messages.outbound (record_id, created_at, id, kind, template, channel_id, recipient, subject, text, html, shown, purpose, topic)
    values (${recordId}, ${ctx.now}, ${id}, ${message.kind}, ${message.template}, ${message.channelId}, ${message.to}, ${subject}, ${text}, ${html},
            ${message.shown ? JSON.stringify(message.shown) : null}::jsonb, ${message.purpose?.purpose ?? "transactional"}, ${topicOf(message.purpose)})`.execute(
    ctx.db,
  );
  await publish(ctx, MessageQueued, `message/${id}`, { messageId: id, recordId, createdAt: ctx.now.toISOString() });
  return id;
}

const topicOf = (purpose: NewMessage["purpose"]): string | null => (purpose && "topic" in purpose ? purpose.topic : null);

export type QueuedMessage = Omit<Mail, "unsubscribeUrl"> & {
  readonly recordId: RecordId;
  readonly createdAt: Date;
  readonly kind: "email" | "sms";
  readonly template: string;
  readonly channelId: ChannelId | null;
  readonly shown: ShownInMessage | null;
  readonly purpose: MessagePurpose["purpose"];
  readonly topic: ConsentTopic | null;
};

/** A message that still waits to be sent; undefined when it is done, or was suppressed. */
export async function readQueued(ctx: Pick<ReadCtx, "db">, key: MessageKey): Promise<QueuedMessage | undefined> {
  const { rows } = await sql<QueuedMessage>`
    select record_id as "recordId", created_at as "createdAt", id, kind, template, channel_id as "channelId", recipient as to, subject, text, html, shown, purpose, topic
      from messages.outbound
     where record_id = ${key.recordId} and created_at = ${key.createdAt}::timestamptz and id = ${key.messageId} and state = 'queued'`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Keeps a mail as its receiver reads it, where the outbox is the mailbox [MSG-4]. */
export async function keepAsArrived(
  ctx: Pick<Ctx, "db">,
  message: QueuedMessage,
  { text, html }: Pick<Mail, "text" | "html">,
): Promise<void> {
  await sql`
    update messages.outbound set text = ${text}, html = ${html}
     where record_id = ${message.recordId} and created_at = ${message.createdAt} and id = ${message.id} and state = 'queued'`.execute(
    ctx.db,
  );
}

/** Notes that a message may not leave, and why [MSG-8]. */
export async function noteSuppressed(ctx: Ctx, message: QueuedMessage, because: string): Promise<void> {
  await sql`
    update messages.outbound set state = 'suppressed', error = ${because}
     where record_id = ${message.recordId} and created_at = ${message.createdAt} and id = ${message.id} and state = 'queued'`.execute(
    ctx.db,
  );
  if (message.template === "notice") await settleReceivers(ctx, message.id, "left_alone");
  if (message.template === "recall") await settleRecall(ctx, message.id, "left_alone");
}

/**
 * Notes what became of a message; `failure` null means sent, `isLast` that another try is of no use. Answers whether this was the end of it: sent, or failed for the last time.
 * Publishes `message.sent.v1` at the end.
 */
export async function noteAttempt(ctx: Ctx, message: QueuedMessage, failure: string | null, isLast = false): Promise<boolean> {
  const { rows } = await sql<{ state: "queued" | "sent" | "failed" }>`
    update messages.outbound
       set attempts = attempts + 1, error = ${failure}::text, sent_at = case when ${failure}::text is null then now() end,
           state = case when ${failure}::text is null then 'sent' when ${isLast} or attempts + 1 >= ${MOST_ATTEMPTS}::integer then 'failed' else 'queued' end
     where record_id = ${message.recordId} and created_at = ${message.createdAt} and id = ${message.id} and state = 'queued'
    returning state`.execute(ctx.db);
  const state = rows[0]?.state;
  if (state === "queued") return false;
  if (state === undefined) return true;
  if (message.template === "notice") await settleReceivers(ctx, message.id, state);
  if (message.template === "recall") await settleRecall(ctx, message.id, state);
  await publish(ctx, MessageSent, `message/${message.id}`, {
    messageId: message.id,
    recordId: message.recordId === NOBODY ? null : message.recordId,
    kind: message.kind,
    template: message.template,
    channelId: message.channelId,
    state,
    ...(message.shown && { order: message.shown.order }),
  });
  return true;
}

/**
 * Empties what messages to these people said and where they went, also where the hub did not know yet whose address it was.
 * That something was sent, and when, stays. Must run while `customers` still knows their addresses.
 */
export async function eraseMessages(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from messages.notice_receiver where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`delete from messages.recall_receiver where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  const addresses = await addressesOf(ctx, recordIds);
  await sql`
    update messages.outbound set recipient = '', subject = '', text = '', html = null, error = null,
      state = case when state = 'queued' then 'suppressed' else state end
    where record_id = any(${[...recordIds]}::uuid[]) or recipient = any(${[...addresses]}::text[])`.execute(ctx.db);
}

/** Empties messages whose codes work no more. Answers how many. */
export async function forgetCodes(ctx: Pick<Ctx, "db">): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update messages.outbound set recipient = '', subject = '', text = '', html = null, error = null,
      state = case when state = 'queued' then 'suppressed' else state end
    where template = 'code' and recipient <> '' and created_at < now() - make_interval(hours => ${CODE_HOURS}::integer)`.execute(ctx.db);
  return Number(numAffectedRows);
}
