import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Forgets what attempts of erased people carried. One that still waits is left to end: it holds money. */
export async function eraseAttempts(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`update checkout.attempt set body = body - 'contact' where record_id = any(${[...recordIds]}::uuid[]) and body is not null`.execute(
    ctx.db,
  );
  await sql`
    update checkout.change_attempt set wish = wish || '{"contact": null, "address": null}'::jsonb
     where record_id = any(${[...recordIds]}::uuid[]) and wish is not null`.execute(ctx.db);
}
