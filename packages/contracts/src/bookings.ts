import { z } from "zod";
import { Cart } from "./carts.ts";
import { CustomerParams, IdParams, Instant, LocalDate, LocalizedText, UnitPrice, Uuid, type Endpoint } from "./shared.ts";

const Code = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/);
const Skill = z.string().trim().min(1).max(60);
const Times = z.string().max(300).describe("times of a week, such as `Mo-Fr 08:00-11:00,14:00-17:00; Sa 09:00-12:00`");

const ServiceFacts = {
  name: LocalizedText,
  description: LocalizedText,
  minutes: z.int().min(5).max(600),
  /** How many share one session of it: 1 for a consultation, more for a tasting. */
  seats: z.int().min(1).max(500),
  /** Its adviser prepares and clears away, and gives nothing else meanwhile. */
  minutesBefore: z.int().min(0).max(240),
  minutesAfter: z.int().min(0).max(240),
  /** How far apart its beginnings are. */
  everyMinutes: z.int().min(5).max(600),
  /** Until so long before its beginning it can be booked. */
  leadMinutes: z.int().min(0).max(43_200),
  daysAhead: z.int().min(0).max(365),
  /** Until so long before its beginning its customer may move or cancel it. */
  cancelMinutes: z.int().min(0).max(43_200),
  /** So long before it, its customer is reminded by mail; 0: they are not. */
  reminderMinutes: z.int().min(0).max(43_200),
  /** What an adviser must know to give it. */
  skill: Skill,
  placeIds: z.array(Uuid).max(1000),
  isActive: z.boolean(),
};

/** A service that stores give and customers book. */
export const Service = z
  .object({
    id: Uuid,
    code: Code,
    ...ServiceFacts,
    /** The product of the catalog that it is sold as, whose name and description it has; null: it costs nothing. */
    sku: z.string().nullable(),
    /** What one seat costs there before promotions; null where it costs nothing, or is not sold to who asks. */
    price: UnitPrice.nullable(),
    version: z.int(),
  })
  .meta({ id: "Service" });

const SoldAs = z.string().max(64).nullable().default(null).describe("a service of the catalog; null: it costs nothing");

const AdviserShown = z.object({ staffId: Uuid, name: z.string() });

export const ServiceOpening = z
  .object({
    startsAt: Instant,
    endsAt: Instant,
    /** Seats that can still be had with one adviser. */
    left: z.int(),
    advisers: z.array(Uuid),
  })
  .meta({ id: "ServiceOpening" });

const ServiceOpenings = z
  .object({ timeZone: z.string(), advisers: z.array(AdviserShown), items: z.array(ServiceOpening) })
  .meta({ id: "ServiceOpenings" });

export const Adviser = z
  .object({
    staffId: Uuid,
    name: z.string(),
    skills: z.array(Skill),
    hours: Times,
    /** Days on which other times hold; none where `times` is empty. */
    exceptions: z.array(z.object({ date: LocalDate, times: z.string().max(100) })),
    /** Whether a calendar follows their bookings. */
    hasCalendar: z.boolean(),
  })
  .meta({ id: "Adviser" });

const BookingState = z.enum(["booked", "attended", "no_show", "canceled"]);

export const Booking = z
  .object({
    id: Uuid,
    serviceId: Uuid,
    serviceName: LocalizedText,
    placeId: Uuid,
    placeName: z.string(),
    staffId: Uuid,
    staffName: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    timeZone: z.string(),
    seats: z.int(),
    note: z.string(),
    state: BookingState,
    /** The order that paid for it; null: it cost nothing. */
    orderId: Uuid.nullable(),
    /** Until then its customer may move or cancel it. What was paid goes back until then, and not later. */
    changeableUntil: Instant,
  })
  .meta({ id: "Booking" });

/** A booking as the people of its store see it. */
export const PlaceBooking = Booking.extend({
  customerId: Uuid,
  /** As much of the name as this caller may see; null while nobody gave one. */
  customerName: z.string().nullable(),
}).meta({ id: "PlaceBooking" });

const Asked = z.object({
  id: Uuid,
  serviceId: Uuid,
  storeId: Uuid,
  startsAt: Instant,
  staffId: Uuid.nullable().default(null).describe("null: whoever is free"),
  seats: z.int().min(1).max(500).default(1),
  note: z.string().trim().max(300).default(""),
});

const AdviserParams = z.object({ id: Uuid, staffId: Uuid });

export const bookingsEndpoints = {
  "services.list": {
    summary: "The services of a store, or of all. Those that are given no more are for staff alone",
    tag: "bookings",
    query: z.object({ storeId: Uuid.optional() }),
    response: z.object({ items: z.array(Service) }).meta({ id: "Services" }),
    status: 200,
  },
  "services.create": {
    summary: "A new service",
    tag: "bookings",
    body: z.object({ code: Code, ...ServiceFacts, sku: SoldAs }),
    response: Service,
    status: 201,
  },
  "services.update": {
    summary: "Change a service, as it was seen last. What is booked stays as it is",
    tag: "bookings",
    params: IdParams,
    body: z.object({ ...ServiceFacts, sku: SoldAs, version: z.int() }),
    response: Service,
    status: 200,
  },
  "services.openings": {
    summary: "When a service can be booked at a store: the same answer on every channel",
    tag: "bookings",
    params: IdParams,
    query: z.object({
      storeId: Uuid,
      from: LocalDate.optional().describe("by the calendar of the store; today by default"),
      days: z.coerce.number().int().min(1).max(31).default(7),
      staffId: Uuid.optional().describe("only with this adviser"),
    }),
    response: ServiceOpenings,
    status: 200,
  },
  "advisers.list": {
    summary: "Who gives services at a store, what they know, and when",
    tag: "bookings",
    params: IdParams,
    response: z.object({ items: z.array(Adviser) }).meta({ id: "Advisers" }),
    status: 200,
  },
  "advisers.set": {
    summary: "Say what a member of staff knows and when they give services at a store",
    tag: "bookings",
    params: AdviserParams,
    body: z.object({
      skills: z.array(Skill).max(50),
      hours: Times,
      exceptions: z.array(z.object({ date: LocalDate, times: z.string().max(100) })).max(400),
    }),
    response: Adviser,
    status: 200,
  },
  "advisers.remove": {
    summary: "Somebody gives no services there any more; what is booked with them stays",
    tag: "bookings",
    params: AdviserParams,
    response: null,
    status: 204,
  },
  "advisers.makeCalendar": {
    summary: "A new link by which an adviser's calendar follows their bookings; the one before opens nothing any more",
    tag: "bookings",
    params: IdParams,
    response: z.object({ url: z.string() }).meta({ id: "AdviserCalendar" }),
    status: 201,
  },
  "advisers.calendar": {
    summary: "An adviser's bookings as iCalendar (RFC 5545), by its secret link",
    tag: "bookings",
    params: z.object({ token: z.string().min(16).max(64) }),
    response: z.string(),
    status: 200,
    raw: true,
  },
  "bookings.ofCustomer": {
    summary: "What a customer has booked, on whatever channel, the latest first",
    tag: "bookings",
    params: CustomerParams,
    response: z.object({ items: z.array(Booking) }).meta({ id: "Bookings" }),
    status: 200,
  },
  "bookings.intoCart": {
    summary:
      "Put a service that costs something into a cart, at a time that is held for it. The id is made by the client, and is that of the line; sent again it is held again, or at another time",
    tag: "bookings",
    params: IdParams,
    body: Asked,
    response: Cart,
    status: 200,
  },
  "bookings.outOfCart": {
    summary: "Take a service out of a cart; its seat is free at once",
    tag: "bookings",
    params: z.object({ id: Uuid, bookingId: Uuid }),
    response: Cart,
    status: 200,
  },
  "bookings.book": {
    summary: "Book a service that costs nothing. The id is made by the client: sent again it is the same booking",
    tag: "bookings",
    params: CustomerParams,
    body: Asked,
    response: Booking,
    status: 201,
  },
  "bookings.move": {
    summary: "Give a booking another time at the same store",
    tag: "bookings",
    params: IdParams,
    body: z.object({ startsAt: Instant, staffId: Uuid.nullable().default(null).describe("null: whoever is free") }),
    response: Booking,
    status: 200,
  },
  "bookings.cancel": {
    summary:
      "Cancel a booking: its seats are free at once. What was paid goes back until its time of notice; staff who cancel later give nothing back",
    tag: "bookings",
    params: IdParams,
    response: Booking,
    status: 200,
  },
  "bookings.close": {
    summary: "Say what became of a booking",
    tag: "bookings",
    params: IdParams,
    body: z.object({ outcome: z.enum(["attended", "no_show"]) }),
    response: Booking,
    status: 200,
  },
  "bookings.calendar": {
    summary: "A booking as iCalendar (RFC 5545), for the customer's own calendar",
    tag: "bookings",
    params: IdParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "bookings.ofStore": {
    summary: "What is booked at a store on some days, in order",
    tag: "bookings",
    params: IdParams,
    query: z.object({
      from: LocalDate.optional().describe("by the calendar of the store; today by default"),
      days: z.coerce.number().int().min(1).max(31).default(1),
    }),
    response: z.object({ timeZone: z.string(), items: z.array(PlaceBooking) }).meta({ id: "PlaceBookings" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
