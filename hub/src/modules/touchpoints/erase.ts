import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { addressesOf } from "../customers/index.ts";
import { eraseResends } from "./resends.ts";

/**
 * Deletes what these people did, and what of theirs waits in the quarantine: by record where it is known, and wherever an address of theirs
 * stands in the raw text. Keys of messages stay: a hash that leads nowhere. Must run while `customers` still knows their addresses.
 */
export async function eraseTouchpoints(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const addresses = await addressesOf(ctx, recordIds);
  await eraseResends(ctx, recordIds);
  await sql`delete from touchpoints.touchpoint where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
  await sql`
    delete from touchpoints.quarantine
     where record_id = any(${[...recordIds]}::uuid[])
        or exists (select from unnest(${addresses}::text[]) address where position(lower(address) in lower(raw)) > 0)`.execute(ctx.db);
}
