import type { Id, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { cardNumber } from "../domain/index.ts";
import { MemberEnrolled } from "../events.ts";
import { currentRule } from "../queries/program.ts";

/** Makes records members, each once, with an empty account and a card number. Publishes `loyalty.member_enrolled.v1` for each new one. */
export async function enroll(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const rule = await currentRule(ctx);
  if (!rule || recordIds.length === 0) return;
  const wanted = recordIds.map((recordId) => ({
    recordId,
    account: ctx.newId<Id<"ledger account">>(),
    card: cardNumber(ctx.newId<Id<"card">>()),
  }));
  const { rows } = await sql<{ recordId: RecordId }>`
    select w.record_id as "recordId", loyalty.enroll(w.record_id, ${rule.programId}, w.account_id, w.card_number)
    from unnest(${wanted.map((w) => w.recordId)}::uuid[], ${wanted.map((w) => w.account)}::uuid[], ${wanted.map((w) => w.card)}::text[])
      as w(record_id, account_id, card_number)
    where not exists (select 1 from loyalty.membership m where m.record_id = w.record_id)`.execute(ctx.db);
  for (const { recordId } of rows) await publish(ctx, MemberEnrolled, `record/${recordId}`, { recordId, programId: rule.programId });
}
