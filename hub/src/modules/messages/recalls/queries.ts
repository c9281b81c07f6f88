import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { RecallId } from "../../batches/index.ts";
import type { BuyerId } from "../../orders/index.ts";
import type { RecallOutcome } from "./settle.ts";

type Reader = Pick<ReadCtx, "db">;

/** How many buyers were told of a recall, by what became of it. */
export async function sumsOfRecall(ctx: Reader, id: RecallId): Promise<Readonly<Record<RecallOutcome, number>>> {
  const { rows } = await sql<{ outcome: RecallOutcome; count: number }>`
    select outcome, count(*)::integer as count from messages.recall_receiver where recall_id = ${id} group by outcome`.execute(ctx.db);
  const none: Record<RecallOutcome, number> = { queued: 0, sent: 0, failed: 0, no_address: 0, left_alone: 0 };
  for (const { outcome, count } of rows) none[outcome] = count;
  return none;
}

/** What became of telling some buyers. */
export async function receiversOfRecall(ctx: Reader, id: RecallId, buyers: readonly BuyerId[]): Promise<Map<BuyerId, RecallOutcome>> {
  const { rows } = await sql<{ buyerId: BuyerId; outcome: RecallOutcome }>`
    select record_id as "buyerId", outcome from messages.recall_receiver
     where recall_id = ${id} and record_id = any (${[...buyers]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ buyerId, outcome }) => [buyerId, outcome]));
}

/** Who could not be told of a recall, and is to be phoned or written to by hand [BAT-10]. */
export async function unreachedByRecall(ctx: Reader, id: RecallId): Promise<BuyerId[]> {
  const { rows } = await sql<{ buyerId: BuyerId }>`
    select record_id as "buyerId" from messages.recall_receiver
     where recall_id = ${id} and outcome in ('no_address', 'left_alone', 'failed')`.execute(ctx.db);
  return rows.map(({ buyerId }) => buyerId);
}
