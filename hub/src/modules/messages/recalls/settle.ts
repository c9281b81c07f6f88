import type { MessageId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** What became of telling somebody: it waits to leave, left, nobody took it, there is no address, or the address is left alone. */
export type RecallOutcome = "queued" | "sent" | "failed" | "no_address" | "left_alone";

/** Keeps what became of a message about a recall, for each record that it tells. */
export async function settleRecall(ctx: Pick<Ctx, "db" | "now">, messageId: MessageId, outcome: RecallOutcome): Promise<void> {
  await sql`
    update messages.recall_receiver set outcome = ${outcome}, at = ${ctx.now}
     where message_id = ${messageId} and outcome = 'queued'`.execute(ctx.db);
}
