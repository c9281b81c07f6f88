import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const Booked = {
  bookingId: z.string(),
  recordId: z.string(),
  channelId: z.string().nullable(),
  serviceId: z.string(),
  placeId: z.string(),
  staffId: z.string(),
  startsAt: z.iso.datetime(),
  version: z.int(),
};

/** A service was booked, moved or canceled, or what became of it was said. Subject: `booking/<id>`. */
export const BookingChanged = defineEvent(
  "booking.changed.v1",
  z.object({ ...Booked, what: z.enum(["booked", "moved", "canceled", "attended", "no_show"]) }),
);

/** A booking begins soon: its customer is reminded, once for each time that it has [BKG-7]. Subject: `booking/<id>`. */
export const BookingNear = defineEvent("booking.near.v1", z.object(Booked));

/** A service, or who gives it when, is another. Subject: `service/<id>` or `place/<id>`. */
export const ServiceChanged = defineEvent(
  "booking.offer_changed.v1",
  z.object({ serviceId: z.string().nullable(), placeId: z.string().nullable() }),
);
