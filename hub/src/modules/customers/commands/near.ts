import type { PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** How long somebody who was at a place counts as near it. */
export const NEAR_DAYS = 30;

/** Keeps that a known person was at a place, or has something waiting there. The newest time counts, in whatever order they come. */
export async function wasNear(ctx: Pick<Ctx, "db">, recordId: RecordId, placeId: PlaceId, at: Date): Promise<void> {
  await sql`
    insert into customers.near_place as n (place_id, record_id, at)
    select ${placeId}, id, ${at} from customers.source_record where id = ${recordId} and state = 'known'
    on conflict (place_id, record_id) do update set at = greatest(n.at, excluded.at)`.execute(ctx.db);
}
