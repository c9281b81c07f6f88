import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, type Ctx, type Job } from "../../platform/index.ts";
import type { MessageKey } from "./domain.ts";

/** Longer than anybody pauses: older ones are not looked for. */
const HELD_MONTHS = 13;

/**
 * Asks anew about what waits for the end of somebody's quiet hours or pause, after they changed how they want to be reached [MSG-15]: it leaves
 * at once, or waits for the new end. What waits because a mail server did not take it keeps its turn.
 */
export async function askHeldAgain(ctx: Ctx, send: Job<MessageKey>, recordId: RecordId): Promise<void> {
  const { rows } = await sql<{ id: string; recordId: string; createdAt: Date }>`
    select id, record_id as "recordId", created_at as "createdAt" from messages.outbound
     where record_id in (select customers.records_of(${recordId})) and created_at > now() - make_interval(months => ${HELD_MONTHS}::integer)
       and state = 'queued' and attempts = 0 and purpose not in ('requested', 'transactional')
     order by created_at, id`.execute(ctx.db);
  for (const { id, createdAt, ...key } of rows)
    await addJob(ctx, send, { ...key, messageId: id, createdAt: createdAt.toISOString() }, { key: `message ${id}` });
}
