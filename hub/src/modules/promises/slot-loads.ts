import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { SlotLoad } from "./domain/index.ts";

/** Nothing of a slot. */
export const NOTHING_TAKEN: SlotLoad = { orders: 0, workSeconds: 0, at: {} };

/**
 * What is taken of each slot, of the bookings that a statement names `b`: those that chose it, and the work of all, by station too. `own`: whose booking
 * is not counted, because it is theirs who ask.
 */
export const loadsBut = (own: string | null) => sql`
    select b.place_id as "placeId", b.starts_at as "startsAt", count(*) filter (where b.kind = 'slot')::integer as orders,
           sum(b.work_seconds)::integer as "workSeconds",
           (select coalesce(jsonb_object_agg(each.station, each.seconds), '{}')
              from (select w.key as station, sum(w.value::integer) as seconds
                      from promises.slot_booking o cross join lateral jsonb_each_text(o.work) as w
                     where o.place_id = b.place_id and o.starts_at = b.starts_at and (o.held_until is null or o.held_until > now())
                       and o.id is distinct from ${own}::uuid
                     group by w.key) as each) as at`;

/** What is taken of a slot, with the place and the beginning that name it. */
export type NamedLoad = SlotLoad & { readonly placeId: PlaceId; readonly startsAt: Date };

/** What is taken of all slots to come within so many hours, one statement; places with nothing taken have no row. */
export async function loadsToCome(ctx: Pick<ReadCtx, "db">, hours: number): Promise<NamedLoad[]> {
  const { rows } = await sql<NamedLoad>`
    ${loadsBut(null)} from promises.slot_booking b
     where b.starts_at > now() and b.starts_at < now() + make_interval(hours => ${hours}::integer) and (b.held_until is null or b.held_until > now())
     group by b.place_id, b.starts_at`.execute(ctx.db);
  return rows;
}

/** What is taken of the slots of a place that begin in a span of time, one statement; what was held for a payment longer ago is free. */
export async function slotLoads(
  ctx: Pick<ReadCtx, "db">,
  placeId: PlaceId,
  from: Date,
  until: Date,
  own: string | null = null,
): Promise<(startsAt: Date) => SlotLoad> {
  const { rows } = await sql<NamedLoad>`
    ${loadsBut(own)} from promises.slot_booking b
     where b.place_id = ${placeId} and b.starts_at between ${from} and ${until} and (b.held_until is null or b.held_until > now())
       and b.id is distinct from ${own}::uuid
     group by b.place_id, b.starts_at`.execute(ctx.db);
  const taken = new Map(rows.map((load) => [load.startsAt.getTime(), load]));
  return (startsAt) => taken.get(startsAt.getTime()) ?? NOTHING_TAKEN;
}
