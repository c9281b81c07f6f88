import type { CartId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { SlotLoad, TakenSlot } from "./domain/index.ts";

/** Nothing of a slot. */
export const NOTHING_TAKEN: SlotLoad = { orders: 0, workSeconds: 0, at: {} };

/**
 * What is taken of each slot, of the bookings that a statement names `b`: those that chose it, and the work of all, by station too. `own`: whose booking
 * is not counted, because it is theirs who ask: a fulfillment, or a cart with what it holds. `alone`: what carts hold is not counted either.
 */
export const loadsBut = (own: string | null, alone: "orders" | null = null) => sql`
    select b.place_id as "placeId", b.starts_at as "startsAt", count(*) filter (where b.kind = 'slot')::integer as orders,
           sum(b.work_seconds)::integer as "workSeconds",
           (select coalesce(jsonb_object_agg(each.station, each.seconds), '{}')
              from (select w.key as station, sum(w.value::integer) as seconds
                      from promises.slot_booking o cross join lateral jsonb_each_text(o.work) as w
                     where o.place_id = b.place_id and o.starts_at = b.starts_at and (o.held_until is null or o.held_until > now() and ${alone === null})
                       and o.id is distinct from ${own}::uuid and coalesce(o.cart_id <> ${own}::uuid, true)
                     group by w.key) as each) as at`;

/** What is taken of a slot, with the place and the beginning that name it. */
export type NamedLoad = SlotLoad & { readonly placeId: PlaceId; readonly startsAt: Date };

/** The work that stations of a place have for a slot, for good or of a cart that holds it until an end. */
export type TakenPart = TakenSlot & { readonly placeId: PlaceId } & (
    | { readonly cartId: null; readonly until: null }
    | { readonly cartId: CartId; readonly until: Date }
  );

/** The work that is taken of all slots to come within so many hours, what carts hold by itself, because it ends; one statement. */
export async function takenToCome(ctx: Pick<ReadCtx, "db">, hours: number): Promise<TakenPart[]> {
  const { rows } = await sql<TakenPart>`
    select place_id as "placeId", starts_at as "startsAt", cart_id as "cartId", held_until as until, jsonb_object_agg(station, seconds) as at
      from (select b.place_id, b.starts_at, b.cart_id, b.held_until, w.key as station, sum(w.value::integer) as seconds
              from promises.slot_booking b cross join lateral jsonb_each_text(b.work) as w
             where b.starts_at > now() and b.starts_at < now() + make_interval(hours => ${hours}::integer)
               and (b.held_until is null or b.held_until > now())
             group by b.place_id, b.starts_at, b.cart_id, b.held_until, w.key) as each
     group by place_id, starts_at, cart_id, held_until`.execute(ctx.db);
  return rows;
}

/**
 * What is taken of the slots of a place that begin in a span of time, one statement; what a cart held until before now is free. `alone`: what carts
 * hold is not counted, because no order goes out of the way of what nobody has paid for.
 */
export async function slotLoads(
  ctx: Pick<ReadCtx, "db">,
  placeId: PlaceId,
  from: Date,
  until: Date,
  { own = null, alone = null }: { readonly own?: string | null; readonly alone?: "orders" | null } = {},
): Promise<(startsAt: Date) => SlotLoad> {
  const { rows } = await sql<NamedLoad>`
    ${loadsBut(own, alone)} from promises.slot_booking b
     where b.place_id = ${placeId} and b.starts_at between ${from} and ${until} and (b.held_until is null or b.held_until > now() and ${alone === null})
       and b.id is distinct from ${own}::uuid and coalesce(b.cart_id <> ${own}::uuid, true)
     group by b.place_id, b.starts_at`.execute(ctx.db);
  const taken = new Map(rows.map((load) => [load.startsAt.getTime(), load]));
  return (startsAt) => taken.get(startsAt.getTime()) ?? NOTHING_TAKEN;
}
