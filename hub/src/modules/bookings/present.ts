import type { AdviserView, BookingView, PlaceBookingView, ServiceOpeningView, ServiceView } from "@weft/contracts";
import type { CustomerId, UnitPrice } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { visibleFields } from "../access/index.ts";
import { customersByIds } from "../customers/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { changeableUntil, type Opening, type Service } from "./domain/index.ts";
import type { StoredAdviser } from "./queries/advisers.ts";
import type { StoredBooking } from "./queries/bookings.ts";

/** A service, with what it is sold as and what one seat of it costs where it is looked at. */
export function presentService(service: Service, sold: { readonly sku: string; readonly price: UnitPrice | null } | null): ServiceView {
  const { id, code, name, description, minutes, seats, minutesBefore, minutesAfter, everyMinutes, leadMinutes, daysAhead } = service;
  const { cancelMinutes, reminderMinutes, skill, placeIds, isActive, version } = service;
  const times = { minutes, seats, minutesBefore, minutesAfter, everyMinutes, leadMinutes, daysAhead, cancelMinutes, reminderMinutes };
  return {
    id,
    code,
    name,
    description,
    ...times,
    skill,
    placeIds: [...placeIds],
    sku: sold?.sku ?? null,
    price: sold?.price ?? null,
    isActive,
    version,
  };
}

export function presentOpening({ startsAt, endsAt, advisers }: Opening): ServiceOpeningView {
  return {
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    left: Math.max(...advisers.map(({ left }) => left)),
    advisers: advisers.map(({ staffId }) => staffId),
  };
}

export function presentAdviser({ staffId, name, skills, hours, exceptions, hasCalendar }: StoredAdviser): AdviserView {
  return { staffId, name, skills: [...skills], hours, exceptions: exceptions.map(({ date, times }) => ({ date, times })), hasCalendar };
}

/** Who serves them is known to customers by the first name. */
export function adviserName(actor: ReadCtx["actor"], name: string): string {
  return actor.staff ? name : (name.split(" ")[0] ?? name);
}

export async function presentBooking(ctx: Pick<ReadCtx, "snapshots" | "actor">, booking: StoredBooking): Promise<BookingView> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const {
    id,
    serviceId,
    serviceName,
    cancelMinutes,
    placeId,
    staffId,
    staffName,
    startsAt,
    endsAt,
    timeZone,
    seats,
    note,
    state,
    orderId,
  } = booking;
  return {
    id,
    serviceId,
    serviceName,
    placeId,
    placeName: places.get(placeId)?.name ?? "",
    staffId,
    staffName: adviserName(ctx.actor, staffName),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    timeZone,
    seats,
    note,
    // What a cart holds is shown with its cart; told by itself it is as good as booked.
    state: state === "held" ? "booked" : state,
    orderId,
    changeableUntil: changeableUntil(startsAt, cancelMinutes).toISOString(),
  };
}

/** Bookings with who comes: the whole name where the caller may see contacts, else the first name and an initial. */
export async function presentWithNames(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor">,
  bookings: readonly StoredBooking[],
): Promise<PlaceBookingView[]> {
  const { rows } = await sql<{ recordId: string; customerId: CustomerId }>`
    select r.id as "recordId", customers.customer_of(r.id) as "customerId"
      from unnest(${[...new Set(bookings.map(({ recordId }) => recordId))]}::uuid[]) r (id)`.execute(ctx.db);
  const customerOf = new Map(rows.map(({ recordId, customerId }) => [recordId, customerId]));
  const people = await customersByIds(ctx, [...new Set(customerOf.values())]);
  const isWhole = visibleFields(ctx.actor).has("contact");
  const names = new Map(people.map(({ id, givenName, familyName }) => [id, shownName(givenName, familyName, isWhole)]));
  const shown = await Promise.all(
    bookings.map(async (booking): Promise<PlaceBookingView[]> => {
      const customerId = customerOf.get(booking.recordId);
      if (customerId === undefined) return [];
      return [{ ...(await presentBooking(ctx, booking)), customerId, customerName: names.get(customerId) ?? null }];
    }),
  );
  return shown.flat();
}

function shownName(given: string | null | undefined, family: string | null | undefined, isWhole: boolean): string | null {
  const last = family && !isWhole ? `${family.slice(0, 1)}.` : family;
  return [given, last].filter(Boolean).join(" ") || null;
}
