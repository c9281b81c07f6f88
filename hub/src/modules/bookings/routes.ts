import {
  asId,
  asIdOrNull,
  err,
  instantOf,
  ok,
  wallClock,
  addDays,
  type CartId,
  type PlaceId,
  type Result,
  type StaffId,
} from "@weft/kernel";
import { read, write, type ReadCtx, type Route, type Vault } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { CART_PROBLEMS } from "../carts/index.ts";
import { servedCustomer } from "../customers/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { calendarRoutes } from "./calendar-routes.ts";
import { bookService } from "./commands/book.ts";
import { bookIntoCart, takeOutOfCart } from "./commands/book-into-cart.ts";
import { closeBooking, moveBooking } from "./commands/change.ts";
import { makeCalendar, removeAdviser, setAdviser } from "./commands/roster.ts";
import { createService, updateService } from "./commands/services.ts";
import type { BookingId, ServiceId } from "./domain/index.ts";
import { BOOKINGS_PROBLEMS, type BookingsError } from "./errors.ts";
import { adviserName, presentAdviser, presentBooking, presentOpening, presentService, presentWithNames } from "./present.ts";
import { readAdvisers } from "./queries/advisers.ts";
import { bookingsAt, bookingsOf, type StoredBooking } from "./queries/bookings.ts";
import { pricesOf } from "./queries/prices.ts";
import { readOpenings } from "./queries/openings.ts";
import { readService, readServices } from "./queries/services.ts";

const PROBLEMS = { problems: BOOKINGS_PROBLEMS };
const CART_PROBLEMS_TOO = { problems: { ...CART_PROBLEMS, ...BOOKINGS_PROBLEMS } };
const placeIdsOf = (ids: readonly string[]): PlaceId[] => ids.map((id) => asId<PlaceId>(id)); // the contract takes only UUIDs, here and below

export type BookingsDeps = {
  readonly vault: Vault;
  /** The address that links begin with. */
  readonly publicUrl: string;
};

export const bookingsRoutes = (deps: BookingsDeps): readonly Route[] => [
  ...serviceRoutes,
  ...adviserRoutes(deps),
  ...bookingRoutes,
  ...cartRoutes,
  ...calendarRoutes,
];

const serviceRoutes: readonly Route[] = [
  read(
    "services.list",
    async (ctx, { query }) => {
      const services = await readServices(ctx, { placeId: asIdOrNull<PlaceId>(query.storeId), withEnded: ctx.actor.staff !== null });
      const sold = await pricesOf(ctx, asIdOrNull<PlaceId>(query.storeId));
      return ok({ items: await Promise.all(services.map(async (one) => presentService(one, await sold(one)))) });
    },
    PROBLEMS,
  ),
  write(
    "services.create",
    async (ctx, { body }) => {
      const done = await createService(ctx, { ...body, placeIds: placeIdsOf(body.placeIds) });
      return done.ok ? ok(presentService(done.value, await (await pricesOf(ctx, null))(done.value))) : done;
    },
    PROBLEMS,
  ),
  write(
    "services.update",
    async (ctx, { params, body: { version, ...facts } }) => {
      const done = await updateService(ctx, asId<ServiceId>(params.id), version, { ...facts, placeIds: placeIdsOf(facts.placeIds) });
      return done.ok ? ok(presentService(done.value, await (await pricesOf(ctx, null))(done.value))) : done;
    },
    PROBLEMS,
  ),
  read(
    "services.openings",
    async (ctx, { params, query }) => {
      const service = await readService(ctx, asId<ServiceId>(params.id));
      const placeId = asId<PlaceId>(query.storeId);
      const place = await placeAt(ctx, placeId);
      if (!service || !place) return err<BookingsError>({ code: "service.unknown" });
      const first = query.from ?? wallClock(ctx.now, place.timeZone).date;
      const dates = Array.from({ length: query.days }, (_, ahead) => addDays(first, ahead));
      const offered = await readOpenings(ctx, { service, placeId, dates, staffId: asIdOrNull<StaffId>(query.staffId) });
      if (!offered) return err<BookingsError>({ code: "service.unknown" });
      const advisers = offered.advisers.map(({ staffId, name }) => ({ staffId, name: adviserName(ctx.actor, name) }));
      return ok({ timeZone: place.timeZone, advisers, items: offered.openings.map(presentOpening) });
    },
    PROBLEMS,
  ),
];

const placeAt = async (ctx: Pick<ReadCtx, "snapshots">, id: PlaceId): Promise<Place | undefined> =>
  (await ctx.snapshots.current(placesSnapshot)).places.get(id);

function adviserRoutes({ vault, publicUrl }: BookingsDeps): readonly Route[] {
  const whoOf = ({ id, staffId }: { readonly id: string; readonly staffId: string }) => ({
    placeId: asId<PlaceId>(id),
    staffId: asId<StaffId>(staffId),
  });
  return [
    read(
      "advisers.list",
      async (ctx, { params }) => {
        if (!mayActAt(ctx.actor, params.id)) return err<BookingsError>({ code: "booking.out_of_reach", placeId: params.id });
        return ok({ items: (await readAdvisers(ctx, asId<PlaceId>(params.id))).map(presentAdviser) });
      },
      PROBLEMS,
    ),
    write(
      "advisers.set",
      async (ctx, { params, body }) => {
        const done = await setAdviser(ctx, whoOf(params), body);
        return done.ok ? ok(presentAdviser(done.value)) : done;
      },
      PROBLEMS,
    ),
    write("advisers.remove", (ctx, { params }) => removeAdviser(ctx, whoOf(params)), PROBLEMS),
    write(
      "advisers.makeCalendar",
      async (ctx, { params }) => {
        const done = await makeCalendar(ctx, vault, asId<StaffId>(params.id));
        return done.ok ? ok({ url: `${publicUrl}/v1/adviser-calendars/${done.value}` }) : done;
      },
      PROBLEMS,
    ),
  ];
}

const presented = async (ctx: Pick<ReadCtx, "snapshots" | "actor">, done: Result<StoredBooking, BookingsError>) =>
  done.ok ? ok(await presentBooking(ctx, done.value)) : done;

const cartRoutes: readonly Route[] = [
  write(
    "bookings.intoCart",
    (ctx, { params, body: { id, serviceId, storeId, startsAt, staffId, seats, note } }) =>
      bookIntoCart(ctx, asId<CartId>(params.id), {
        id: asId<BookingId>(id),
        serviceId: asId<ServiceId>(serviceId),
        placeId: asId<PlaceId>(storeId),
        startsAt: new Date(startsAt),
        staffId: asIdOrNull<StaffId>(staffId),
        seats,
        note,
      }),
    CART_PROBLEMS_TOO,
  ),
  write(
    "bookings.outOfCart",
    (ctx, { params }) => takeOutOfCart(ctx, asId<CartId>(params.id), asId<BookingId>(params.bookingId)),
    CART_PROBLEMS_TOO,
  ),
];

const bookingRoutes: readonly Route[] = [
  read(
    "bookings.ofCustomer",
    async (ctx, { params }) => {
      const served = await servedCustomer(ctx, params.id);
      if (!served) return err<BookingsError>({ code: "customer.unknown" });
      const bookings = await bookingsOf(ctx, served.recordIds);
      return ok({ items: await Promise.all(bookings.map((one) => presentBooking(ctx, one))) });
    },
    // Reads of somebody else's data are audited.
    { ...PROBLEMS, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write(
    "bookings.book",
    async (ctx, { params, body: { id, serviceId, storeId, startsAt, staffId, seats, note } }) =>
      presented(
        ctx,
        await bookService(ctx, params.id, {
          id: asId<BookingId>(id),
          serviceId: asId<ServiceId>(serviceId),
          placeId: asId<PlaceId>(storeId),
          startsAt: new Date(startsAt),
          staffId: asIdOrNull<StaffId>(staffId),
          seats,
          note,
        }),
      ),
    PROBLEMS,
  ),
  write(
    "bookings.move",
    async (ctx, { params, body }) => {
      const time = { startsAt: new Date(body.startsAt), staffId: asIdOrNull<StaffId>(body.staffId) };
      return presented(ctx, await moveBooking(ctx, asId<BookingId>(params.id), time));
    },
    PROBLEMS,
  ),
  write(
    "bookings.close",
    async (ctx, { params, body }) => presented(ctx, await closeBooking(ctx, asId<BookingId>(params.id), body.outcome)),
    PROBLEMS,
  ),
  read(
    "bookings.ofStore",
    async (ctx, { params, query }) => {
      const place = await placeAt(ctx, asId<PlaceId>(params.id));
      if (!place || !mayActAt(ctx.actor, place.id)) return err<BookingsError>({ code: "booking.out_of_reach", placeId: params.id });
      const first = query.from ?? wallClock(ctx.now, place.timeZone).date;
      const [from, until] = [instantOf(first, 0, place.timeZone), instantOf(addDays(first, query.days), 0, place.timeZone)];
      const bookings = await bookingsAt(ctx, place.id, from, until);
      return ok({ timeZone: place.timeZone, items: await presentWithNames(ctx, bookings) });
    },
    { ...PROBLEMS, audit: ({ params }) => `place/${params.id}` },
  ),
];
