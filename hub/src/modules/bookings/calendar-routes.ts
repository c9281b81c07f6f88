import { LOCALES, type Locale } from "@weft/contracts";
import { addDays, asId, businessDate, instantOf, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { dbOn, problemOf, raw, sendProblem, type RawCall, type ReadCtx, type Route } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { calendarHash } from "./calendar-token.ts";
import { seen } from "./commands/change.ts";
import { writeCalendar, type BookingId, type CalendarEntry } from "./domain/index.ts";
import { BOOKINGS_PROBLEMS } from "./errors.ts";
import { bookingsWith, type StoredBooking } from "./queries/bookings.ts";

/** An adviser's calendar goes back so far. */
const DAYS_BACK = 30;

/** Bookings as iCalendar [BKG-9]: one for the calendar of its customer, all of an adviser for theirs, by their secret link. */
export const calendarRoutes: readonly Route[] = [
  raw("bookings.calendar", async (call) => {
    const { id } = call.input.params as { id: string }; // by the contract
    const ctx = readCtx(call);
    const booking = await seen(ctx, asId<BookingId>(id));
    if (!booking.ok) return unknown(call);
    const entry = await entryOf(ctx, booking.value, localeOf(call), booking.value.staffName.split(" ")[0] ?? "");
    return answer(call, writeCalendar(entry.summary, [entry]));
  }),
  raw("advisers.calendar", async (call) => {
    const { token } = call.input.params as { token: string }; // by the contract
    const ctx = readCtx(call);
    const { rows } = await sql<{ staffId: StaffId; name: string }>`
      select c.staff_id as "staffId", m.name from bookings.calendar c join access.read_staff_name m on m.id = c.staff_id and m.is_active
       where c.token_hash = ${calendarHash(token)}`.execute(ctx.db);
    const [adviser] = rows;
    if (!adviser) return unknown(call);
    const from = instantOf(addDays(businessDate(ctx.now, "UTC", 0), -DAYS_BACK), 0, "UTC");
    // Nobody's name: a calendar lies on other people's servers. Who comes is seen at the till.
    const bookings = await bookingsWith(ctx, adviser.staffId, from);
    const entries = await Promise.all(bookings.map((one) => entryOf(ctx, one, localeOf(call), one.seats > 1 ? `× ${one.seats}` : "")));
    return answer(call, writeCalendar(adviser.name, entries));
  }),
];

const readCtx = ({ around }: RawCall): ReadCtx => ({ ...around, db: dbOn(around.pool), now: new Date() });

const localeOf = ({ input }: RawCall): Locale => LOCALES.find((locale) => locale === input.request.locale.slice(0, 2)) ?? "en";

const unknown = ({ reply, request }: RawCall) =>
  sendProblem(reply, problemOf({ code: "booking.unknown" }, BOOKINGS_PROBLEMS["booking.unknown"], request.id));

const answer = ({ reply }: RawCall, text: string) =>
  reply
    .code(200)
    .header("content-disposition", 'attachment; filename="booking.ics"')
    .header("cache-control", "private, no-store")
    .type("text/calendar; charset=utf-8")
    .send(text);

async function entryOf(
  ctx: Pick<ReadCtx, "snapshots">,
  booking: StoredBooking,
  locale: Locale,
  description: string,
): Promise<CalendarEntry> {
  const { id, version, state, startsAt, endsAt, changedAt, serviceName, placeId } = booking;
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const address = place ? [place.address.line1, `${place.address.postcode} ${place.address.city}`] : [];
  return {
    id,
    sequence: version - 1,
    isCanceled: state === "canceled",
    startsAt,
    endsAt,
    changedAt,
    summary: serviceName[locale] ?? serviceName.en,
    description,
    location: [place?.name, ...address].filter(Boolean).join(", "),
  };
}
