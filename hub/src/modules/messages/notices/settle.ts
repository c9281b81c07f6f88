import type { MessageId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { noteInformed, type NoticeId } from "../../customers/index.ts";

/** What became of a mail: it left, nobody took it, or its address is left alone. */
export type Outcome = "sent" | "failed" | "left_alone";

/**
 * Keeps what became of the mail of a notice, for each of its people; whom it reached is told from now on, so that their own time to object
 * runs from the moment it left [IDN-22].
 */
export async function settleReceivers(ctx: Ctx, messageId: MessageId, outcome: Outcome): Promise<void> {
  const { rows } = await sql<{ recordId: RecordId; noticeId: NoticeId }>`
    update messages.notice_receiver r set outcome = ${outcome}, at = ${ctx.now}
      from messages.notice_mailing m
     where r.message_id = ${messageId} and r.outcome = 'queued' and m.id = r.mailing_id
    returning r.record_id as "recordId", m.notice_id as "noticeId"`.execute(ctx.db);
  const [first] = rows;
  if (outcome !== "sent" || !first) return;
  await noteInformed(
    ctx,
    first.noticeId,
    rows.map(({ recordId }) => recordId),
  );
}
