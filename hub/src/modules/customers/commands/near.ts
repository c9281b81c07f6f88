import type { PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** How long somebody who was at a place counts as near it. */
export const NEAR_DAYS = 30;

/** Somebody at a place, at a time. */
export type Nearness = { readonly recordId: RecordId; readonly placeId: PlaceId; readonly at: Date };

/** Keeps that known people were at places, or have something waiting there. The newest time counts, in whatever order they come. */
export async function wereNear(ctx: Pick<Ctx, "db">, seen: readonly Nearness[]): Promise<void> {
  if (seen.length === 0) return;
  await sql`
    insert into customers.near_place as n (place_id, record_id, at)
    select s.place, r.id, max(s.at)
      from unnest(${seen.map(({ placeId }) => placeId)}::uuid[], ${seen.map(({ recordId }) => recordId)}::uuid[],
                  ${seen.map(({ at }) => at.toISOString())}::timestamptz[]) as s (place, record, at)
      join customers.source_record r on r.id = s.record and r.state = 'known'
     group by s.place, r.id order by s.place, r.id
    on conflict (place_id, record_id) do update set at = greatest(n.at, excluded.at)`.execute(ctx.db);
}
