import { err, ok, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { mayActAt } from "../../access/index.ts";
import { auditServing, servedRecord } from "../../customers/index.ts";
import { changeableUntil, type BookingId } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { lockBooking, readBooking, type StoredBooking } from "../queries/bookings.ts";
import { readService } from "../queries/services.ts";
import { takeTime, tellChange } from "./book.ts";
import { giveBackSeats, lockAdvisers } from "./seats.ts";

type NewTime = { readonly startsAt: Date; readonly staffId: StaffId | null };
type Changed = Result<StoredBooking, BookingsError>;

/**
 * Gives a booking another time, at the same place [BKG-4]: both in one transaction, so that a customer never has neither. Moved to the time that it
 * has, nothing changes. Errors: `booking.unknown`, `booking.ended`, `booking.too_late`, `booking.not_free`. Publishes `booking.changed.v1`.
 */
export async function moveBooking(ctx: Ctx, id: BookingId, { startsAt, staffId }: NewTime): Promise<Changed> {
  const found = await changeable(ctx, id);
  if (!found.ok) return found;
  const booking = found.value;
  const isSame = booking.startsAt.getTime() === startsAt.getTime() && (staffId === null || staffId === booking.staffId);
  if (isSame) return ok(booking);
  const service = await readService(ctx, booking.serviceId);
  if (!service) return err({ code: "service.unknown" });
  await lockAdvisers(ctx, [booking.placeId]);
  if (booking.sessionId) await sql`update bookings.booking set session_id = null, state = 'canceled' where id = ${id}`.execute(ctx.db);
  if (booking.sessionId) await giveBackSeats(ctx, booking.sessionId, booking.seats);
  const taken = await takeTime(ctx, service, { placeId: booking.placeId, startsAt, staffId, seats: booking.seats });
  if (!taken.ok) return taken;
  const { seat, endsAt } = taken.value;
  await sql`
    update bookings.booking set state = 'booked', session_id = ${seat.sessionId}, staff_id = ${seat.staffId}, starts_at = ${startsAt}, ends_at = ${endsAt},
           version = version + 1, changed_at = ${ctx.now}, reminded_at = null where id = ${id}`.execute(ctx.db);
  return told(ctx, id, "moved");
}

/** Cancels a booking: its seats are free at once; twice is no mistake. Errors as `moveBooking`. Publishes `booking.changed.v1`. */
export async function cancelBooking(ctx: Ctx, id: BookingId): Promise<Changed> {
  const known = await seen(ctx, id);
  if (!known.ok || known.value.state === "canceled") return known;
  const found = await changeable(ctx, id);
  if (!found.ok) return found;
  await endBooking(ctx, found.value);
  return told(ctx, id, "canceled");
}

/** Frees what a booking has taken. The caller tells of it. */
export async function endBooking(ctx: Ctx, { id, sessionId, seats }: Pick<StoredBooking, "id" | "sessionId" | "seats">): Promise<void> {
  await sql`
    update bookings.booking set state = 'canceled', session_id = null, version = version + 1, changed_at = ${ctx.now} where id = ${id}`.execute(
    ctx.db,
  );
  if (sessionId) await giveBackSeats(ctx, sessionId, seats);
}

/**
 * Staff say what became of a booking, from its beginning on; what was said by mistake is said again [BKG-6]. Errors: `booking.unknown`,
 * `booking.ended` for one that was canceled, `booking.not_begun`, `booking.out_of_reach`. Publishes `booking.changed.v1`.
 */
export async function closeBooking(ctx: Ctx, id: BookingId, outcome: "attended" | "no_show"): Promise<Changed> {
  const booking = await lockBooking(ctx, id);
  if (!booking) return err({ code: "booking.unknown" });
  if (!mayActAt(ctx.actor, booking.placeId)) return err({ code: "booking.out_of_reach", placeId: booking.placeId });
  if (booking.state === outcome) return ok(booking);
  if (booking.state === "canceled") return err({ code: "booking.ended", state: booking.state });
  // Who is early is served early; nobody is missing before it began.
  if (outcome === "no_show" && ctx.now < booking.startsAt)
    return err({ code: "booking.not_begun", startsAt: booking.startsAt.toISOString() });
  await sql`update bookings.booking set state = ${outcome}, version = version + 1, changed_at = ${ctx.now} where id = ${id}`.execute(
    ctx.db,
  );
  return told(ctx, id, outcome);
}

/** A booking that this caller may see: of themselves, or of a customer whom they serve. */
export async function seen(ctx: Pick<Ctx, "db" | "actor" | "snapshots">, id: BookingId): Promise<Changed> {
  const booking = await readBooking(ctx, id);
  return booking && (await servedRecord(ctx, booking.recordId)) ? ok(booking) : err({ code: "booking.unknown" });
}

/** The booking, locked, if this caller may change it now: its customer until the time of notice, staff until it is over [BKG-5]. */
async function changeable(ctx: Ctx, id: BookingId): Promise<Changed> {
  const known = await seen(ctx, id);
  if (!known.ok) return known;
  const booking = await lockBooking(ctx, id);
  if (!booking) return err({ code: "booking.unknown" });
  if (booking.state !== "booked") return err({ code: "booking.ended", state: booking.state });
  const until = ctx.actor.staff ? booking.endsAt : changeableUntil(booking.startsAt, booking.cancelMinutes);
  return ctx.now <= until ? ok(booking) : err({ code: "booking.too_late", until: until.toISOString() });
}

async function told(ctx: Ctx, id: BookingId, what: Parameters<typeof tellChange>[2]): Promise<Changed> {
  const booking = await readBooking(ctx, id);
  if (!booking) throw new Error("a booking that was just changed is there");
  await tellChange(ctx, booking, what);
  await auditServing(ctx, `bookings.${what}`, booking.recordId);
  return ok(booking);
}
