import { z } from "zod";
import { OpenedCart } from "./carts.ts";
import { IdParams, Instant, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { TillCommandAnswer } from "./till-commands.ts";
import { TicketTab } from "./till-tables.ts";
import { Receipt } from "./till-receipts.ts";
import { TillPrices } from "./till-sales.ts";
import { Drawer, Equipment, Register, ReportedEquipment, Shift, TillDrawer } from "./till-shifts.ts";

/** A ticket that waits at a store, for any of its tills. */
export const ParkedTicket = z
  .object({
    cartId: Uuid,
    items: z.int(),
    total: Money,
    givenName: z.string().nullable(),
    /** Ordered at a kiosk: the number that its customer comes with; null for what a till put aside. */
    kioskNumber: z.string().nullable(),
    /** The till or kiosk that parked it. */
    deviceName: z.string(),
    own: z.boolean(),
    parkedAt: Instant,
  })
  .meta({ id: "ParkedTicket" });

const ResumedTicket = OpenedCart.extend({
  kioskNumber: z.string().nullable(),
  /** Numbers of the bills that were printed of it. */
  bills: z.array(z.string()),
  /** Its table; null for one that stands at none. */
  tab: TicketTab.nullable(),
}).meta({ id: "ResumedTicket" });

export const tillEndpoints = {
  "till.parked": {
    summary: "Tickets that wait at the store of this till, the newest first",
    tag: "till",
    response: z.object({ items: z.array(ParkedTicket) }).meta({ id: "ParkedTickets" }),
    status: 200,
  },
  "till.park": {
    summary: "Put a ticket aside for any till of this store",
    tag: "till",
    body: z.object({ cartId: Uuid }),
    response: ParkedTicket,
    status: 201,
  },
  "till.resume": {
    summary: "Go on with a parked ticket at this till: of two tills exactly one has it; asked again by that one it is given again",
    tag: "till",
    params: IdParams,
    response: ResumedTicket,
    status: 200,
  },
  "till.takeOverTab": {
    summary: "Go on here with the ticket of a table that another till of the store has open; that till has it no more",
    tag: "till",
    params: IdParams,
    response: ResumedTicket,
    status: 200,
  },
  "till.registers": {
    summary: "Registers of a place",
    tag: "till",
    query: z.object({ placeId: Uuid.optional() }),
    response: z.object({ items: z.array(Register) }),
    status: 200,
  },
  "till.createRegister": {
    summary: "Add a register to a place",
    tag: "till",
    body: z.object({ placeId: Uuid, name: z.string().min(1).max(60), training: z.boolean().default(false) }),
    response: Register,
    status: 201,
  },
  "till.changeRegister": {
    summary:
      "Give a register another name, or another drawer of its place from its next shift on; its own drawer has the id of the register",
    tag: "till",
    params: IdParams,
    body: z.object({ name: z.string().trim().min(1).max(60).optional(), drawerId: Uuid.optional() }),
    response: Register,
    status: 200,
  },
  "till.reportEquipment": {
    summary: "A till says which devices hang at it and how they are; it does so when that changes, and every few minutes",
    tag: "till",
    body: z.object({ items: z.array(ReportedEquipment).max(6) }),
    response: z.object({ isChanged: z.boolean() }).meta({ id: "EquipmentReported" }),
    status: 200,
  },
  "till.equipment": {
    summary: "Printers, scales, terminals, bridges and displays of the tills: what does not work first, the longest trouble first",
    tag: "till",
    query: z.object({ placeId: Uuid.optional() }),
    response: z.object({ items: z.array(Equipment) }).meta({ id: "EquipmentList" }),
    status: 200,
  },
  "till.drawers": {
    summary: "Cash boxes with the registers that work on each",
    tag: "till",
    query: z.object({ placeId: Uuid.optional() }),
    response: z.object({ items: z.array(Drawer) }).meta({ id: "DrawerList" }),
    status: 200,
  },
  "till.renameDrawer": {
    summary: "Give a drawer another name",
    tag: "till",
    params: IdParams,
    body: z.object({ name: z.string().trim().min(1).max(60) }),
    response: null,
    status: 204,
  },
  "till.state": {
    summary: "The register, its open shift and the last command the hub has",
    tag: "till",
    query: z.object({ registerId: Uuid }),
    response: z
      .object({
        register: Register,
        shift: Shift.nullable(),
        drawer: TillDrawer,
        lastSeq: z.int(),
        /** The key with which one till signs the register's journal; null: none does, and the hub writes it. */
        keyId: z.string().nullable(),
        /** Rises when the hub is restored from a backup: the till sends again what is above `lastSeq`. */
        epoch: z.int(),
      })
      .meta({ id: "TillState" }),
    status: 200,
  },
  "till.prices": {
    summary: "What a till needs to price by itself while it has no network: sent again only where it differs from the version that it has",
    tag: "till",
    query: z.object({ version: z.string().max(64).optional() }),
    response: TillPrices,
    status: 200,
  },
  "till.commands": {
    summary:
      "The till's outbox: each command is answered by itself, in order, and may be sent again. One that waits for a payment provider has no answer yet: it is sent again",
    tag: "till",
    body: z.object({
      commands: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
      /** How many wait in the till's outbox, these included. */
      waiting: z.int().min(0).max(1_000_000).optional(),
    }),
    response: z.object({ answers: z.array(TillCommandAnswer) }).meta({ id: "TillAnswers" }),
    status: 200,
  },
  "till.approvePrices": {
    summary:
      "A manager stands behind prices of a ticket with their PIN, without signing in: each `setPrice` for exactly this price of this line may be sent once within five minutes, for so many units at most",
    tag: "till",
    body: z.object({
      pin: z.string().regex(/^\d{4,8}$/),
      prices: z
        .array(z.object({ lineId: Uuid, unitAmount: z.int().min(0).max(100_000_000), units: z.int().positive() }))
        .min(1)
        .max(200),
    }),
    response: z
      .object({
        approvedBy: Uuid,
        /** The most that they may give off, in percent. */
        most: z.int(),
      })
      .meta({ id: "PriceApproval" }),
    status: 201,
  },
  "till.shifts": {
    summary: "Shifts with their counts, newest first",
    tag: "till",
    query: z.object({ ...PageQuery, placeId: Uuid.optional(), registerId: Uuid.optional() }),
    response: pageOf(Shift),
    status: 200,
  },
  "till.receipt": {
    summary: "The receipt of an order",
    tag: "till",
    params: z.object({ id: Uuid }),
    query: z.object({ locale: z.enum(["en", "fr", "de", "ca"]).optional() }),
    response: Receipt,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
