import type { BookingView } from "@weft/contracts";
import { asId, err, ok, type Result } from "@weft/kernel";
import { write, type Ctx, type Route } from "../../platform/index.ts";
import {
  BOOKINGS_PROBLEMS,
  cancelBooking,
  changeableUntil,
  presentBooking,
  readBooking,
  seenBooking,
  type BookingId,
  type BookingsError,
  type StoredBooking,
} from "../bookings/index.ts";
import type { ReturnId } from "./commands.ts";
import { RETURN_PROBLEMS, type ReturnError } from "./errors.ts";
import { takeReturn } from "./take-return.ts";

type Canceled = Result<StoredBooking, BookingsError | ReturnError>;

/** Bookings are canceled here because those that were paid give money back, and nothing below knows how. */
export const bookingCancelRoutes: readonly Route[] = [
  write(
    "bookings.cancel",
    async (ctx, { params }): Promise<Result<BookingView, BookingsError | ReturnError>> => {
      const done = await cancel(ctx, asId<BookingId>(params.id)); // an id by the contract
      return done.ok ? ok(await presentBooking(ctx, done.value)) : done;
    },
    { problems: { ...BOOKINGS_PROBLEMS, ...RETURN_PROBLEMS } },
  ),
];

/**
 * Cancels a booking [BKG-12]: until its time of notice what was paid goes back to where it came from, with the points, as of any return [RET-15];
 * later staff alone cancel, and nothing goes back by itself. Errors: those of `cancelBooking` and `takeReturn`.
 */
async function cancel(ctx: Ctx, id: BookingId): Promise<Canceled> {
  const seen = await seenBooking(ctx, id);
  if (!seen.ok) return seen;
  const booking = seen.value;
  const isInTime = ctx.now <= changeableUntil(booking.startsAt, booking.cancelMinutes);
  if (booking.orderId === null || booking.state !== "booked" || !isInTime) return cancelBooking(ctx, id);
  const given = await giveBack(ctx, booking);
  if (!given.ok) return given;
  const after = await readBooking(ctx, id);
  return after ? ok(after) : err({ code: "booking.unknown" });
}

/** The return of its line, which ends the booking: under the locks of customer and order, and then of the booking. */
async function giveBack(ctx: Ctx, { id, orderId, placeId, channelId, seats }: StoredBooking): Promise<Result<null, ReturnError>> {
  const channel = ctx.actor.channelId ?? channelId;
  if (orderId === null || channel === null) return err({ code: "order.unknown" });
  const taken = await takeReturn(ctx, {
    id: ctx.newId<ReturnId>(),
    orderId,
    placeId,
    channelId: channel,
    // The line has the id of its booking.
    units: [{ orderLineId: asId(id), quantity: seats, reason: "changed_mind", disposition: "write_off" }],
    hasDrawer: false,
    isByRule: true,
  });
  return taken.ok ? ok(null) : taken;
}
