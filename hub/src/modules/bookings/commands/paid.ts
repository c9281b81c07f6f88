import { asId, err, ok, type LineId, type OrderId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { BookingId } from "../domain/index.ts";
import { lockBooking, readBooking } from "../queries/bookings.ts";
import { tellChange } from "./book.ts";
import { endBooking } from "./change.ts";
import { giveBackSeats } from "./seats.ts";

/** Keeps the seats of a cart from others while a provider is asked. The lines have the ids of their bookings, here and below. */
export async function holdBookings(ctx: Ctx, lineIds: readonly LineId[], until: Date): Promise<void> {
  await sql`
    update bookings.booking set held_until = greatest(held_until, ${until}) where id = any (${[...lineIds]}::uuid[]) and state = 'held'`.execute(
    ctx.db,
  );
}

type Sale = {
  readonly lineIds: readonly LineId[];
  readonly orderId: OrderId;
  /** Whose order it is; null leaves it as it was booked. */
  readonly recordId: RecordId | null;
  /** It happened: nothing refuses it, and a time that is gone is told as canceled. */
  readonly isRecorded: boolean;
};

/**
 * What a sale paid for is booked [BKG-12], in its transaction. Who held it longer than they may still gets it, as long as nobody took it. Errors:
 * `booking.lapsed`. Publishes `booking.changed.v1`.
 */
export async function bookPaid(
  ctx: Ctx,
  { lineIds, orderId, recordId, isRecorded }: Sale,
): Promise<Result<null, { readonly code: "booking.lapsed"; readonly lineId: LineId }>> {
  const { rows } = await sql<{ id: BookingId; isHeld: boolean }>`
    update bookings.booking set state = case when state = 'held' then 'booked' else state end, held_until = null, order_id = ${orderId}, record_id = coalesce(${recordId}, record_id),
           changed_at = ${ctx.now}
     where id = any (${[...lineIds]}::uuid[]) and order_id is null returning id, session_id is not null as "isHeld"`.execute(ctx.db);
  const gone = lineIds.find((lineId) => !rows.some(({ id, isHeld }) => isHeld && asId<LineId>(id) === lineId)); // the line is its booking
  if (gone && !isRecorded) return err({ code: "booking.lapsed", lineId: gone });
  for (const { id, isHeld } of rows) {
    const booking = await readBooking(ctx, id);
    if (booking) await tellChange(ctx, booking, isHeld ? "booked" : "canceled");
  }
  return ok(null);
}

/**
 * Units of a service that came back give up their seats: all of them end the booking, some leave the rest as it is. What was over stays as it was.
 * Publishes `booking.changed.v1`.
 */
export async function giveUpSeats(ctx: Ctx, lineId: LineId, units: number): Promise<void> {
  const booking = await lockBooking(ctx, asId<BookingId>(lineId)); // the line is its booking
  if (!booking?.sessionId || booking.state !== "booked") return;
  if (units >= booking.seats) await endBooking(ctx, booking);
  else {
    await giveBackSeats(ctx, booking.sessionId, units);
    await sql`update bookings.booking set seats = seats - ${units}, version = version + 1, changed_at = ${ctx.now} where id = ${booking.id}`.execute(
      ctx.db,
    );
  }
  const after = await readBooking(ctx, booking.id);
  if (after) await tellChange(ctx, after, units >= booking.seats ? "canceled" : "moved");
}
