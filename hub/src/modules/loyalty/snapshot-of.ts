import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** Cards and points of a customer's records, for comparing before a merge and after its undoing. */
export async function loyaltySnapshotOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select record_id, card_number, account_id, balance::text as balance from loyalty.read_member
    where record_id = any(${[...recordIds]}::uuid[]) order by record_id`.execute(ctx.db);
  return rows;
}
