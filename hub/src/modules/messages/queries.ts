import type { OutboundMessageView } from "@weft/contracts";
import type { MessageId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { idList, pageFrom, type ReadCtx, readCursor } from "../../platform/index.ts";
import { NOBODY } from "./domain.ts";

type Row = Omit<OutboundMessageView, "at" | "recordId" | "id"> & {
  readonly id: MessageId;
  readonly createdAt: Date;
  readonly recordId: RecordId;
};

export type MessageFilter = {
  readonly recordId: string | null;
  /** The whole address or number. */
  readonly to: string | null;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** What was sent or waits to be, newest first. */
export async function listMessages(
  ctx: Pick<ReadCtx, "db">,
  { recordId, to, limit, cursor }: MessageFilter,
): Promise<{ items: OutboundMessageView[]; nextCursor: string | null }> {
  const [at, id] = readCursor(Cursor, cursor) ?? [null, null];
  const { rows } = await sql<Row>`
    select id, created_at as "createdAt", kind, template, recipient as to, subject, text, html, state, error, record_id as "recordId"
      from messages.outbound
     where (${recordId}::uuid is null or record_id = ${recordId}::uuid)
       and (${to}::text is null or recipient = ${to}::text)
       and (${at}::timestamptz is null or (created_at, id) < (${at}::timestamptz, ${id}::uuid))
     order by created_at desc, id desc limit ${limit + 1}`.execute(ctx.db);
  return pageFrom(rows, limit, present, (row) => [row.createdAt.toISOString(), row.id]);
}

function present({ id, createdAt, kind, template, to, subject, text, html, state, error, recordId }: Row): OutboundMessageView {
  return {
    id,
    at: createdAt.toISOString(),
    kind,
    template,
    to,
    subject,
    text,
    html,
    state,
    error,
    recordId: recordId === NOBODY ? null : recordId,
  };
}

/** What was sent to these people, oldest first: for portability, and for comparing before a merge and after its undoing. */
export async function messagesOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select record_id as "recordId", created_at as at, kind, template, channel_id as "channelId", recipient as "to", subject, text, state
      from messages.outbound where record_id = any(${idList(recordIds)}) order by created_at, id`.execute(ctx.db);
  return rows;
}

/** Whether the customer of something that is collected has been told that it is ready. */
export async function wasToldReady(ctx: Pick<ReadCtx, "db">, recordId: RecordId | null, fulfillmentId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from messages.dedupe where record_id = ${recordId ?? NOBODY} and dedupe_key like ${`fulfillment ${fulfillmentId} ready%`} limit 1`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** The cause under which somebody was told again in the last two minutes; null when they were not. */
export async function readyToldAgain(
  ctx: Pick<ReadCtx, "db" | "now">,
  recordId: RecordId | null,
  fulfillmentId: string,
): Promise<string | null> {
  const told = `fulfillment ${fulfillmentId} ready `;
  const { rows } = await sql<{ cause: string }>`
    select substr(dedupe_key, ${told.length + 1}) as cause from messages.dedupe
     where record_id = ${recordId ?? NOBODY} and dedupe_key like ${`${told}again %`} and created_at > ${ctx.now}::timestamptz - interval '2 minutes'
     order by created_at desc limit 1`.execute(ctx.db);
  return rows[0]?.cause ?? null;
}
