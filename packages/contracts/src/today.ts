import { z } from "zod";
import { ChannelKind, Instant, LocalDate, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

/** A part of the chain: a place, or a group with all below it; all that the caller reaches when neither is named. */
const ScopeQuery = z.object({ groupId: Uuid.optional(), placeId: Uuid.optional() });

const Collection = z.object({
  fulfillmentId: Uuid,
  orderId: Uuid,
  number: z.string(),
  placeId: Uuid,
  placeName: z.string(),
  timeZone: z.string(),
  state: z.enum(["to_prepare", "ready", "overdue"]),
  /** When it was promised to be ready. */
  dueAt: Instant,
  /** Until when it waits for its customer; null before it is ready. */
  collectUntil: Instant.nullable(),
});

export const RISKS = ["missing_goods", "late", "soon"] as const;

export const TodayWork = z
  .object({
    at: Instant,
    /** To be ready before the business day of its place ends; `later` is due after it. */
    counts: z.object({ toPrepare: z.int(), late: z.int(), ready: z.int(), overdue: z.int(), later: z.int() }),
    /** The places that have something to do, the latest first. */
    places: z.array(
      z.object({
        placeId: Uuid,
        placeName: z.string(),
        timeZone: z.string(),
        toPrepare: z.int(),
        late: z.int(),
        ready: z.int(),
        overdue: z.int(),
        /** The earliest time that was promised for what is not ready. */
        nextDueAt: Instant.nullable(),
      }),
    ),
    /** To leave with a carrier before the business day of their place ends; `late` should have left already. */
    parcels: z.object({ toSend: z.int(), late: z.int(), nextShipBy: Instant.nullable() }),
    /** The most urgent ones of this day, at most thirty. */
    collections: z.array(Collection),
    /** How many promises are at risk in all; the list has at most thirty. */
    riskCount: z.int(),
    /** Promises that may not be kept: goods sold to somebody else, the time is over, or it is near and nobody has begun. */
    risks: z.array(Collection.omit({ state: true, collectUntil: true }).extend({ because: z.enum(RISKS) })),
  })
  .meta({ id: "TodayWork" });

export const TodayTills = z
  .object({
    at: Instant,
    counts: z.object({ open: z.int(), closed: z.int(), silent: z.int(), unsent: z.int(), different: z.int() }),
    /** What the drawers that were counted on this business day had more than expected, or less; one sum per currency, of those that differ. */
    differences: z.array(Money),
    /** Those that need a look first, then the open ones; at most sixty of all that are in use. */
    registers: z.array(
      z.object({
        registerId: Uuid,
        name: z.string(),
        placeId: Uuid,
        placeName: z.string(),
        timeZone: z.string(),
        openedAt: Instant.nullable(),
        openedBy: z.string().nullable(),
        lastSeenAt: Instant.nullable(),
        /** Acts that it still had to send when it was last heard. */
        unsent: z.int(),
        /** Open and unheard for hours, or open since an earlier business day. */
        isSilent: z.boolean(),
        isLeftOpen: z.boolean(),
        /** Of the shift that was closed on this business day: counted minus expected. */
        closedAt: Instant.nullable(),
        difference: Money.nullable(),
      }),
    ),
  })
  .meta({ id: "TodayTills" });

export const NOW_LINES = [
  "missing_goods",
  "late",
  "parcels_late",
  "tasks_late",
  "tills_left_open",
  "tills_silent",
  "prepare",
  "parcels",
  "tasks",
  "queue",
  "cash_differs",
  "arriving",
  "low",
] as const;

export const TodayNow = z
  .object({
    at: Instant,
    /** The most urgent on top, at most five. */
    lines: z.array(
      z.object({
        what: z.enum(NOW_LINES),
        count: z.int(),
        isLate: z.boolean(),
        /** When the next of it is due, on the wall of `timeZone` where that is known. */
        dueAt: Instant.nullable(),
        timeZone: z.string().nullable(),
        /** The most urgent order of the line. */
        orderId: Uuid.nullable(),
        /** The place, where the line is about one. */
        placeId: Uuid.nullable(),
        placeName: z.string().nullable(),
        /** Of a queue: how long it is. */
        minutes: z.int().nullable(),
      }),
    ),
    /** How many lines are left out. */
    more: z.int(),
    /** Stores with work before them, the longest first, at most eight. */
    queues: z.array(z.object({ placeId: Uuid, placeName: z.string(), minutes: z.int() })),
  })
  .meta({ id: "TodayNow" });

/** Orders and their value in one currency; beside them those of the same weekday before, up to the same time and of the whole day. */
export const DaySales = z
  .object({
    total: Money,
    orders: z.int(),
    weekBefore: z.object({ total: Money, orders: z.int() }),
    weekBeforeWhole: z.object({ total: Money, orders: z.int() }),
  })
  .meta({ id: "DaySales" });

/** One way in which a store took part in what another channel began, or the other way round. */
const StorePart = z.object({ orders: z.int(), totals: z.array(Money), weekBefore: z.int() });

export const TodaySales = z
  .object({
    at: Instant,
    /** The business dates that are today: two while the day has ended at some places and not at others. */
    businessDates: z.array(LocalDate),
    /** One per currency, never added up over currencies. */
    sales: z.array(DaySales),
    channels: z.array(z.object({ channelKind: ChannelKind, sales: z.array(DaySales) })),
    /** The place is null for what was sold without one. */
    places: z.array(
      z.object({
        placeId: Uuid.nullable(),
        placeName: z.string().nullable(),
        businessDate: LocalDate.nullable(),
        sales: z.array(DaySales),
      }),
    ),
    /** Orders by the hour on the wall of their place, 24 figures each. */
    hours: z.array(z.object({ orders: z.int(), weekBefore: z.int() })),
    /** The store's part in online orders, by what happened on this day. */
    store: z.object({
      /** Ordered online and made ready by a store. */
      prepared: StorePart,
      /** Ordered online and handed over in a store. */
      handedOver: StorePart,
      /** Of those, paid at the counter. */
      paid: StorePart,
      /** Begun online, paid at a till. */
      begunOnline: StorePart,
      /** Begun at a till, ordered online. */
      begunInStore: StorePart,
    }),
  })
  .meta({ id: "TodaySales" });

export const TodayGoods = z
  .object({
    at: Instant,
    /** Transfers on their way to these places, and counts that go on in them. */
    arriving: z.int(),
    counting: z.int(),
    /** How many watched levels run out; the list has the emptiest, at most thirty. */
    lowCount: z.int(),
    low: z.array(
      z.object({
        sku: z.string(),
        name: LocalizedText,
        placeId: Uuid,
        placeName: z.string(),
        available: z.int(),
        lowAt: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: "TodayGoods" });

export const todayEndpoints = {
  "today.now": {
    summary: "What must be done now in at most five lines, the most urgent on top, of what the caller may see; and the queues of stores",
    tag: "today",
    query: ScopeQuery,
    response: TodayNow,
    status: 200,
  },
  "today.goods": {
    summary: "Goods on their way, counts that go on, and levels that run out of those that somebody watches",
    tag: "today",
    query: ScopeQuery,
    response: TodayGoods,
    status: 200,
  },
  "today.work": {
    summary: "What places must prepare and hand over on their business day, and which promises are at risk",
    tag: "today",
    query: ScopeQuery,
    response: TodayWork,
    status: 200,
  },
  "today.tills": {
    summary: "How the registers stand: shift, last heard, what they still have to send, difference of the cash",
    tag: "today",
    query: ScopeQuery,
    response: TodayTills,
    status: 200,
  },
  "today.sales": {
    summary: "Sales of the business day by place and channel beside the same weekday before, with the store's part in online orders",
    tag: "today",
    query: ScopeQuery,
    response: TodaySales,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
