import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Deletes what these people did, and what of theirs waits in the quarantine. Keys of messages stay: a hash that leads nowhere. */
export async function eraseTouchpoints(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from touchpoints.touchpoint where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`delete from touchpoints.quarantine where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}
