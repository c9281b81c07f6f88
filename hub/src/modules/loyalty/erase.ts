import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Forgets the cards of erased records. The ledger keeps its entries, which name nobody any more. */
export async function eraseMemberships(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from loyalty.membership where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}
