import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { RecallId } from "../../batches/index.ts";
import type { RecallOutcome } from "./settle.ts";

type Reader = Pick<ReadCtx, "db">;

/** How many records were told of a recall, by what became of it. */
export async function sumsOfRecall(ctx: Reader, id: RecallId): Promise<Readonly<Record<RecallOutcome, number>>> {
  const { rows } = await sql<{ outcome: RecallOutcome; count: number }>`
    select outcome, count(*)::integer as count from messages.recall_receiver where recall_id = ${id} group by outcome`.execute(ctx.db);
  const none: Record<RecallOutcome, number> = { queued: 0, sent: 0, failed: 0, no_address: 0, left_alone: 0 };
  for (const { outcome, count } of rows) none[outcome] = count;
  return none;
}

/** What became of telling the people of some records. */
export async function receiversOfRecall(ctx: Reader, id: RecallId, recordIds: readonly RecordId[]): Promise<Map<RecordId, RecallOutcome>> {
  const { rows } = await sql<{ recordId: RecordId; outcome: RecallOutcome }>`
    select record_id as "recordId", outcome from messages.recall_receiver
     where recall_id = ${id} and record_id = any (${[...recordIds]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ recordId, outcome }) => [recordId, outcome]));
}
