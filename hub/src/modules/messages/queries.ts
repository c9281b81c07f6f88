import type { OutboundMessageView } from "@weft/contracts";
import type { MessageId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { pageFrom, readCursor, type ReadCtx } from "../../platform/index.ts";
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
      from messages.outbound where record_id = any(${[...recordIds]}::uuid[]) order by created_at, id`.execute(ctx.db);
  return rows;
}
