import { z } from "zod";
import { ChannelKind, Instant, LocalizedText, Uuid, type Endpoint } from "./shared.ts";

/** A line as the one who makes it reads it. */
export const StationItem = z
  .object({
    orderLineId: Uuid,
    /** The station that makes it, by its name. */
    station: z.string(),
    name: LocalizedText,
    options: z.array(LocalizedText),
    /** What was said about it: `no sugar`. */
    note: z.string().optional(),
    /** Pieces, or grams where `unit` says so. */
    quantity: z.int(),
    /** So much was taken off the ticket after it was sent, beside `quantity`; left out: nothing. */
    canceled: z.int().optional(),
    /** It is brought to this table, because it moved to a ticket there since; left out: where its order goes. */
    table: z.string().optional(),
    unit: z.enum(["piece", "gram"]),
    /** What its product contains, by the words of the catalog. */
    allergens: z.array(z.string()),
    /** False: it comes from the shelf and is only put with the rest. */
    isMade: z.boolean(),
    done: z.boolean(),
  })
  .meta({ id: "StationItem" });

/** An order, or a sale over the counter, with what the stations of its place make of it. */
export const StationTicket = z
  .object({
    id: Uuid,
    number: z.string(),
    /** The first name, with the initial of what follows; null when nobody gave one. */
    name: z.string().nullable(),
    channelKind: ChannelKind.nullable(),
    dining: z.enum(["eat_in", "take_away"]),
    /** Sent from this table, before it is paid; left out for everything else. */
    table: z.string().optional(),
    /** The course that was sent, from 1; left out: it was wanted at once. */
    course: z.int().optional(),
    /** Paid and given away at the till: it is called out when it is made, and waits in no list. */
    isWalkIn: z.boolean(),
    placedAt: Instant,
    /** By when it is wanted. */
    dueAt: Instant,
    arrival: z.enum(["near", "here"]).nullable(),
    /** What was said about the whole order. */
    note: z.string().optional(),
    items: z.array(StationItem),
  })
  .meta({ id: "StationTicket" });

export const StationQueue = z
  .object({
    /** The stations of the place in the order in which they were written; empty: it has none. */
    stations: z.array(z.string()),
    /** With something to make or to put together, whoever is there first, then what is wanted first. */
    tickets: z.array(StationTicket),
    /** Done within the last minutes, the newest first: what can be called back. */
    recent: z.array(StationTicket),
    at: Instant,
    version: z.int(),
  })
  .meta({ id: "StationQueue" });

export const stationsEndpoints = {
  "boards.stations": {
    summary:
      "What the stations of a place make now, by order and due time, and what they have just made; nothing of a customer but a first name and what they said about the order",
    tag: "fulfillment",
    params: z.object({ placeId: Uuid }),
    response: StationQueue,
    status: 200,
  },
  "fulfillments.setPrepared": {
    summary:
      "A station has made these lines, or has to make them again. The first begins the order, the last makes it ready, and one that is called back takes ready back",
    tag: "fulfillment",
    params: z.object({ id: Uuid }),
    body: z.object({ orderLineIds: z.array(Uuid).min(1).max(500), done: z.boolean().default(true) }),
    response: z.object({ fulfillmentId: Uuid, state: z.string(), doneLineIds: z.array(Uuid) }).meta({ id: "Preparation" }),
    status: 200,
  },
  "fulfillments.arrive": {
    summary: "Its customer says to be near, or here: the order comes forward on the screens of its place. No position is sent",
    tag: "fulfillment",
    params: z.object({ id: Uuid }),
    body: z.object({ where: z.enum(["near", "here"]) }),
    response: z.object({ fulfillmentId: Uuid, arrival: z.enum(["near", "here"]) }).meta({ id: "Arrival" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
