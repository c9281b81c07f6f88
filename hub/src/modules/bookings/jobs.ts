import { sql } from "kysely";
import { job, publish, type Ctx, type Job } from "../../platform/index.ts";
import { factOf } from "./commands/book.ts";
import type { BookingId } from "./domain/index.ts";
import { BookingNear } from "./events.ts";
import { readBooking } from "./queries/bookings.ts";

/** Nobody looks at a booking for longer. */
const KEPT_MONTHS = 25;
const TOLD_AT_ONCE = 200;

/**
 * Tells of what begins soon, once for each time that a booking has: who booked or moved it within that time knows it. Answers how many. Publishes
 * `booking.near.v1` [BKG-7].
 */
export async function tellNear(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: BookingId; isNews: boolean }>`
    update bookings.booking set reminded_at = ${ctx.now} where id in (
      select b.id from bookings.booking b join bookings.service s on s.id = b.service_id
       where b.state = 'booked' and b.reminded_at is null and s.reminder_minutes > 0 and b.starts_at > ${ctx.now}
         and b.starts_at <= ${ctx.now}::timestamptz + make_interval(mins => s.reminder_minutes)
       order by b.starts_at limit ${TOLD_AT_ONCE} for update of b skip locked)
    returning id, changed_at < starts_at - make_interval(mins =>
      (select s.reminder_minutes from bookings.service s where s.id = booking.service_id)) as "isNews"`.execute(ctx.db);
  for (const { id, isNews } of rows) {
    const booking = isNews ? await readBooking(ctx, id) : undefined;
    if (booking) await publish(ctx, BookingNear, `booking/${id}`, factOf(booking));
  }
  return rows.length;
}

export const bookingsJobs: readonly Job[] = [
  job(
    "bookings.remind",
    async (desk) => {
      while ((await desk.write(tellNear)) === TOLD_AT_ONCE);
    },
    { cron: "*/5 * * * *" },
  ),
  job(
    "bookings.forget",
    (desk) =>
      desk.write(async ({ db }) => {
        await sql`delete from bookings.booking where ends_at < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(db);
        await sql`delete from bookings.booking where state = 'canceled' and held_until < now() - interval '1 day'`.execute(db);
        await sql`
          delete from bookings.session s where s.ends_at < now() - make_interval(months => ${KEPT_MONTHS}::integer)
             and not exists (select from bookings.booking b where b.session_id = s.id)`.execute(db);
      }),
    { cron: "57 3 * * *" },
  ),
];
