import { err, ok, wallClock, type CartId, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditServing, lockCustomer, servedCustomer } from "../../customers/index.ts";
import type { BookingId, Service, ServiceId } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { BookingChanged, type BookingNear } from "../events.ts";
import { readBooking, type StoredBooking } from "../queries/bookings.ts";
import { readOpenings } from "../queries/openings.ts";
import { readService } from "../queries/services.ts";
import { freeLapsed, lockAdvisers, takeSeats, type Seat } from "./seats.ts";

/** Who has more ahead leaves nothing for others. */
export const MOST_AHEAD = 10;

export type BookingAsked = {
  /** Made by the client. */
  readonly id: BookingId;
  readonly serviceId: ServiceId;
  readonly placeId: PlaceId;
  readonly startsAt: Date;
  /** Null: whoever is free. */
  readonly staffId: StaffId | null;
  readonly seats: number;
  readonly note: string;
};

export type Written = BookingAsked & {
  readonly recordId: StoredBooking["recordId"];
  readonly seat: Seat;
  readonly endsAt: Date;
  readonly timeZone: string;
};

/**
 * Books a service for a customer [BKG-2]: one transaction, and the same booking when it is sent again. What costs something is paid
 * with a cart instead [BKG-11]. Errors: `customer.unknown`, `service.unknown`, `booking.paid_ahead`, `booking.not_free`, `booking.too_many`. Publishes `booking.changed.v1`.
 */
export async function bookService(ctx: Ctx, customerId: string, asked: BookingAsked): Promise<Result<StoredBooking, BookingsError>> {
  const served = await servedCustomer(ctx, customerId);
  if (!served) return err({ code: "customer.unknown" });
  const service = await readService(ctx, asked.serviceId);
  if (!service) return err({ code: "service.unknown" });
  if (service.variantId !== null) return err({ code: "booking.paid_ahead" });
  await lockCustomer(ctx, served.recordId);
  const known = await readBooking(ctx, asked.id);
  if (known) return served.recordIds.includes(known.recordId) ? ok(known) : err({ code: "booking.unknown" });
  if ((await countAhead(ctx, served.recordIds)) >= MOST_AHEAD) return err({ code: "booking.too_many", most: MOST_AHEAD });
  await lockAdvisers(ctx, [asked.placeId]);
  const taken = await takeTime(ctx, service, asked);
  if (!taken.ok) return taken;
  await insertBooking(ctx, { ...asked, ...taken.value, recordId: served.recordId });
  const booking = await readBooking(ctx, asked.id);
  if (!booking) throw new Error("a booking that was just written is there");
  await tellChange(ctx, booking, "booked");
  await auditServing(ctx, "bookings.book", served.recordId);
  return ok(booking);
}

export async function countAhead(ctx: Ctx, recordIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::integer as ahead from bookings.booking
     where record_id = any (${[...recordIds]}::uuid[]) and (state = 'booked' or state = 'held' and held_until > now()) and starts_at > ${ctx.now}`.execute(
    ctx.db,
  );
  return rows[0]?.ahead ?? 0;
}

type Time = Pick<BookingAsked, "placeId" | "startsAt" | "staffId" | "seats">;

/** Seats at a beginning that is free, under the lock of the advisers. Errors: `booking.not_free`. */
export async function takeTime(
  ctx: Ctx,
  service: Service,
  { placeId, startsAt, staffId, seats }: Time,
): Promise<Result<{ readonly seat: Seat; readonly endsAt: Date; readonly timeZone: string }, BookingsError>> {
  const place = (await readOpenings(ctx, { service, placeId, dates: [], staffId }))?.place;
  if (!place) return err({ code: "booking.not_free" });
  await freeLapsed(ctx, placeId);
  const date = wallClock(startsAt, place.timeZone).date;
  const offered = await readOpenings(ctx, { service, placeId, dates: [date], staffId });
  const opening = offered?.openings.find((one) => one.startsAt.getTime() === startsAt.getTime());
  if (!opening) return err({ code: "booking.not_free" });
  const seat = await takeSeats(ctx, { service, placeId, opening, seats });
  return seat.ok ? ok({ seat: seat.value, endsAt: opening.endsAt, timeZone: place.timeZone }) : seat;
}

/** What its cart keeps for how long; a booking that nobody pays for leaves both out. */
type HeldFor = { readonly cartId: CartId; readonly until: Date };

/** Held again by its cart, it has the new time. */
export async function insertBooking(
  ctx: Ctx,
  { id, recordId, serviceId, placeId, seat, startsAt, endsAt, timeZone, seats, note }: Written,
  held: HeldFor | null = null,
): Promise<void> {
  await sql`
    insert into bookings.booking (id, record_id, channel_id, service_id, place_id, staff_id, session_id, starts_at, ends_at, time_zone, seats, note,
                                  made_at, made_by, changed_at, state, cart_id, held_until)
    values (${id}, ${recordId}, ${ctx.actor.channelId}, ${serviceId}, ${placeId}, ${seat.staffId}, ${seat.sessionId}, ${startsAt}, ${endsAt},
            ${timeZone}, ${seats}, ${note}, ${ctx.now}, ${ctx.actor.staff?.id ?? null}, ${ctx.now}, ${held ? "held" : "booked"},
            ${held?.cartId ?? null}, ${held?.until ?? null})
    on conflict (id) do update set state = excluded.state, session_id = excluded.session_id, place_id = excluded.place_id, staff_id = excluded.staff_id,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, held_until = excluded.held_until, changed_at = excluded.changed_at,
      cart_id = excluded.cart_id, seats = excluded.seats
      where booking.order_id is null`.execute(ctx.db);
}

type What = (typeof BookingChanged)["schema"]["_output"]["what"];

/** What the facts of a booking say of it. */
export function factOf({
  id,
  recordId,
  channelId,
  serviceId,
  placeId,
  staffId,
  startsAt,
  version,
}: StoredBooking): (typeof BookingNear)["schema"]["_output"] {
  return { bookingId: id, recordId, channelId, serviceId, placeId, staffId, startsAt: startsAt.toISOString(), version };
}

/** Tells of a change, on the channel on which it was made. */
export async function tellChange(ctx: Ctx, booking: StoredBooking, what: What): Promise<void> {
  await publish(ctx, BookingChanged, `booking/${booking.id}`, { ...factOf(booking), channelId: ctx.actor.channelId, what });
}
