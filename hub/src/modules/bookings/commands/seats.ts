import { ok, err, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { busyTime, type Opening, type Service, type ServiceRule, type SessionId } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";

type Wanted = { readonly service: Service; readonly placeId: PlaceId; readonly opening: Opening; readonly seats: number };
export type Seat = { readonly sessionId: SessionId; readonly staffId: Opening["advisers"][number]["staffId"] };

/**
 * Locks who gives services at some places, in one order everywhere: whoever books there, or changes who is there when, comes one after the other
 * [BKG-3].
 */
export async function lockAdvisers(ctx: Pick<Ctx, "db">, placeIds: readonly PlaceId[]): Promise<void> {
  await sql`select 1 from bookings.adviser where place_id = any (${[...placeIds]}::uuid[]) order by place_id, staff_id for update`.execute(
    ctx.db,
  );
}

/**
 * Frees what carts have held too long of the time of who gives services at a place [BKG-11]. Under their lock; what is being paid for at this very
 * moment is locked, and stays.
 */
export async function freeLapsed(ctx: Ctx, placeId: PlaceId): Promise<void> {
  const { rows } = await sql<{ sessionId: SessionId; seats: number }>`
    with lapsed as (
      select id, session_id, seats from bookings.booking
       where state = 'held' and held_until <= now() and staff_id in (select staff_id from bookings.adviser where place_id = ${placeId})
       order by id for update skip locked)
    update bookings.booking b set state = 'canceled', session_id = null, version = version + 1, changed_at = ${ctx.now}
      from lapsed l where l.id = b.id returning l.session_id as "sessionId", l.seats`.execute(ctx.db);
  for (const { sessionId, seats } of rows) await giveBackSeats(ctx, sessionId, seats);
}

/**
 * Takes seats at an opening: in a session that others share before a new one is begun, so that advisers stay free. The table itself refuses what is
 * too much, also where an adviser is asked for at another place in the same moment. Errors: `booking.not_free`.
 */
export async function takeSeats(ctx: Ctx, { service, placeId, opening, seats }: Wanted): Promise<Result<Seat, BookingsError>> {
  const able = opening.advisers.filter(({ left }) => left >= seats).sort((a, b) => a.left - b.left);
  for (const { staffId } of able) {
    const { rows } = await sql<{ id: SessionId }>`
      update bookings.session set taken = taken + ${seats}
       where service_id = ${service.id} and place_id = ${placeId} and staff_id = ${staffId} and starts_at = ${opening.startsAt}
         and taken + ${seats} <= seats returning id`.execute(ctx.db);
    const sessionId = rows[0]?.id ?? (await beginSession(ctx, { service, placeId, opening, seats, staffId }));
    if (sessionId) return ok({ sessionId, staffId });
  }
  return err({ code: "booking.not_free" });
}

async function beginSession(
  ctx: Ctx,
  { service, placeId, opening, seats, staffId }: Wanted & Pick<Seat, "staffId">,
): Promise<SessionId | null> {
  const { startsAt, endsAt } = opening;
  const busy = busyTime(service satisfies ServiceRule, startsAt);
  const { rows } = await sql<{ id: SessionId }>`
    insert into bookings.session (id, service_id, place_id, staff_id, starts_at, ends_at, busy, seats, taken)
    values (${ctx.newId<SessionId>()}, ${service.id}, ${placeId}, ${staffId}, ${startsAt}, ${endsAt}, tstzrange(${busy.from}, ${busy.until}),
            ${service.seats}, ${seats})
    on conflict do nothing returning id`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** Gives seats back; a session in which nobody is left is no session. */
export async function giveBackSeats(ctx: Pick<Ctx, "db">, sessionId: SessionId, seats: number): Promise<void> {
  await sql`
    with gone as (delete from bookings.session where id = ${sessionId} and taken = ${seats})
    update bookings.session set taken = taken - ${seats} where id = ${sessionId} and taken > ${seats}`.execute(ctx.db);
}
