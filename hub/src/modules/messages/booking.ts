import { asId, asIdOrNull, type ChannelId, type RecordId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { readBooking, type BookingId } from "../bookings/index.ts";
import { reachOf } from "../customers/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { queueMessage } from "./commands.ts";
import { languageOf } from "./reader.ts";
import { bookingMail, localeIn, type Brand, type BookingNews } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly publicUrl: string };
type Told = { readonly bookingId: string; readonly recordId: string; readonly channelId: string | null; readonly version: number };

/**
 * Writes to whoever booked a service what they asked for, that it was moved or canceled, and that it begins soon [MSG-23]: once for each time that
 * it has. A reminder of what was moved or canceled meanwhile is not written.
 */
export async function writeBooking(ctx: Ctx, { brand, publicUrl }: Deps, told: Told, what: BookingNews["what"]): Promise<void> {
  const booking = await readBooking(ctx, asId<BookingId>(told.bookingId)); // ids in events are texts, here and below
  if (!booking || (what === "near" && (booking.state !== "booked" || booking.version !== told.version))) return;
  const recordId = asId<RecordId>(told.recordId);
  const to = (await reachOf(ctx, recordId)).email;
  if (to === null) return;
  const channelId = asIdOrNull<ChannelId>(told.channelId);
  const locale = localeIn(await languageOf(ctx, recordId, channelId));
  const { startsAt, timeZone, serviceName, staffName, placeId } = booking;
  await queueMessage(ctx, {
    recordId,
    kind: "email",
    template: "booking",
    channelId,
    to,
    rendered: bookingMail(brand, locale, {
      what,
      service: serviceName[locale] ?? serviceName.en,
      when: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }).format(startsAt),
      place: (await ctx.snapshots.current(placesSnapshot)).places.get(placeId)?.name ?? "",
      adviser: staffName.split(" ")[0] ?? "",
      url: `${publicUrl}/shop/bookings`,
    }),
    purpose: { purpose: "requested" },
    cause: `booking ${told.bookingId} ${what} ${told.version}`,
  });
}
