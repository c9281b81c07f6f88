import { z } from "zod";
import { Cart } from "./carts.ts";
import { IdParams, Instant, Money, Uuid, type Endpoint } from "./shared.ts";

/** A course of a table, from 1; what has none is wanted at once. */
const Course = z.int().min(1).max(3);
const LineCourse = z.object({ lineId: Uuid, course: Course });

/** Guests at a table, whose ticket is open. */
export const TableTab = z
  .object({
    cartId: Uuid,
    table: z.string(),
    /** What they are called, or the first name of their customer. */
    name: z.string().nullable(),
    items: z.int(),
    /** Units that the stations have not been told of. */
    unsent: z.int(),
    total: Money,
    openedAt: Instant,
    openedBy: z.string().nullable(),
    /** The till that had it last; unless it waits, that one has it. */
    deviceName: z.string(),
    isWaiting: z.boolean(),
  })
  .meta({ id: "TableTab" });

/** The table of a ticket, for the till that has it. */
export const TicketTab = z
  .object({
    table: z.string(),
    name: z.string().nullable(),
    courses: z.array(LineCourse),
    /** Units that went to the stations, by line. */
    sent: z.array(z.object({ lineId: Uuid, quantity: z.int() })),
  })
  .meta({ id: "TicketTab" });

export const tillTablesEndpoints = {
  "till.tables": {
    summary: "Tables of this till's store by zone, and the tickets that are open at them",
    tag: "till",
    response: z
      .object({
        zones: z.array(z.object({ name: z.string(), tables: z.array(z.object({ name: z.string(), seats: z.int() })) })),
        tabs: z.array(TableTab),
        version: z.int(),
      })
      .meta({ id: "Tables" }),
    status: 200,
  },
  "till.setTab": {
    summary: "Put a ticket at a table of the store, move it to another, name its guests, or say which course its lines are of",
    tag: "till",
    params: IdParams,
    body: z.object({
      table: z.string().min(1).max(12),
      name: z.string().max(40).nullable().default(null),
      /** Left out: they stay as they are. */
      courses: z.array(LineCourse).max(500).optional(),
    }),
    response: TicketTab,
    status: 200,
  },
  "till.sendCourse": {
    summary: "Send what of a course was not sent yet to the stations of the store; 0 is what is wanted at once. Sent again it is one round",
    tag: "till",
    params: IdParams,
    body: z.object({ course: z.int().min(0).max(3) }),
    response: TicketTab,
    status: 200,
  },
  "till.moveLines": {
    summary:
      "Move lines of a table's ticket to another one of the store, or to a new one, whole or some units of them. What was sent stays sent, and prices are kept as long as they were promised",
    tag: "till",
    params: IdParams,
    body: z.object({
      /** The ticket that they go to; the id of one that is opened by this is made by the till, so that sent again it is the same one. */
      toCartId: Uuid,
      /** Where a new ticket is opened, and what its guests are called; left out: the ticket is there. */
      opens: z.object({ table: z.string().min(1).max(12), name: z.string().trim().min(1).max(40).nullable().default(null) }).optional(),
      lines: z
        .array(
          z.object({
            lineId: Uuid,
            quantity: z.int().positive(),
            /** The line that these units become on the other ticket; a service keeps its own. */
            partId: Uuid,
          }),
        )
        .min(1)
        .max(200),
      /** Minor units that somebody has paid of the ticket that they leave: it stays at least that much. */
      paid: z.int().min(0).default(0),
    }),
    response: z
      .object({
        /** The ticket that they left; without a line it has ended. */
        cart: Cart,
        tab: TicketTab,
        to: z.object({ cartId: Uuid, table: z.string(), name: z.string().nullable() }),
      })
      .meta({ id: "MovedLines" }),
    status: 200,
  },
  "till.tellTaken": {
    summary: "Tell the stations what was sent from a table and is on its ticket no more",
    tag: "till",
    params: IdParams,
    response: TicketTab,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
