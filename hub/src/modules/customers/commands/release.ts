import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { recomputeByLevels } from "./resolve.ts";

/** Records that one transaction goes through: it keeps others from linking people for as long as it takes. */
export const STEP_RECORDS = 300;

/** Computes who is who again for those of these records that hang together with others: for everybody else nothing is to be computed. */
export async function recomputeShared(ctx: Ctx, records: readonly { readonly id: RecordId }[]): Promise<void> {
  const { rows } = await sql<{ id: RecordId }>`
    select record_id as id from customers.record_person where record_id = any (${records.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  await recomputeByLevels(
    ctx,
    rows.map(({ id }) => id),
  );
}
