import { z } from "zod";
import { Instant, LocalDate, Money, Uuid } from "./shared.ts";

/** Where a register's ticket stands in its journal: what its number says, in parts. */
export const TicketInJournal = z.object({
  register: z.string().max(40),
  chain: z.enum(["T", "X"]),
  seq: z.int().positive(),
  kind: z.enum(["sale", "collection", "return", "exchange", "empties"]),
});

/**
 * What the technical security device of a German register says of a ticket, as it has to stand on the receipt (§ 6 KassenSichV): its transaction and
 * what its QR code says (`code`), or that it failed, or that it has not signed yet.
 */
const TicketTse = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("signed"),
    serial: z.string(),
    transaction: z.int(),
    signatureCounter: z.int(),
    startedAt: Instant,
    finishedAt: Instant,
    signature: z.string(),
    code: z.string(),
  }),
  z.object({ state: z.literal("failed"), error: z.string() }),
  z.object({ state: z.literal("waiting") }),
]);

export const Receipt = z
  .object({
    number: z.string(),
    orderNumber: z.string(),
    orderId: Uuid,
    at: Instant,
    timeZone: z.string(),
    businessDate: LocalDate,
    entity: z.object({ name: z.string(), vatId: z.string().nullable(), country: z.string() }),
    place: z.object({ name: z.string(), address: z.string(), phone: z.string().nullable() }),
    /** The company that it was bought for. */
    company: z.object({ name: z.string(), vatNumber: z.string().nullable() }).nullable(),
    /** Where its guests sat, and what they were called; left out where it was sold at the counter. */
    tab: z.object({ table: z.string(), name: z.string().nullable() }).optional(),
    registerName: z.string().nullable(),
    cashier: z.string().nullable(),
    lines: z.array(
      z.object({
        /** Of the order; left out of a deposit, which stands behind the line that carries it. */
        orderLineId: Uuid.optional(),
        name: z.string(),
        /** Gift cards: `orders.giftCards` has their codes for the till that sold them. */
        isGiftCard: z.boolean(),
        options: z.array(z.string()),
        quantity: z.int(),
        /** Of goods by weight, whose quantity is grams: weight and price of a kilogram, as they stand on the paper. */
        weighed: z.string().optional(),
        /** The weight was typed in and not taken from a scale, which the receipt has to show. */
        isTyped: z.literal(true).optional(),
        /** Its serial number, for a warranty. */
        serial: z.string().optional(),
        /** That it was marked down because its last day was near. */
        nearEnd: z.object({ on: LocalDate, percent: z.int() }).optional(),
        /** What was said about it when it was ordered; never on an e-receipt. */
        note: z.string().optional(),
        unitPrice: z.string(),
        total: Money,
        taxRate: z.string(),
      }),
    ),
    /** What of it is not with its customer yet: where and when it is fetched, or that it is sent; empty where all was taken along. */
    toCome: z.array(
      z.object({
        kind: z.enum(["collect", "ship"]),
        placeName: z.string(),
        lines: z.array(z.object({ name: z.string(), quantity: z.int() })),
        promisedAt: Instant.nullable(),
        /** Of a collection in a slot: until when it lasts. */
        slotEndsAt: Instant.nullable(),
        timeZone: z.string(),
        /** What opens it at the counter: for its customer, on the paper of the till that sold it. */
        code: z.string().nullable(),
      }),
    ),
    /** What was said about the whole; never on an e-receipt. */
    note: z.string().optional(),
    subtotal: Money,
    discount: Money,
    /** What of the discount promotions took off, by their names in the language of the receipt. */
    promotions: z.array(z.object({ name: z.string(), amount: Money })),
    total: Money,
    taxes: z.array(z.object({ rate: z.string(), net: Money, tax: Money, gross: Money })),
    /** `rounding`: what the rounding of cash added to the amount, or took off it; null where it was not rounded. `tip`: paid beside the amount. */
    tenders: z.array(
      z.object({
        kind: z.string(),
        amount: Money,
        received: Money.nullable(),
        change: Money.nullable(),
        rounding: Money.nullable(),
        tip: Money.nullable(),
      }),
    ),
    /** What the sale earned, what is there since, and the rewards that it used. */
    points: z
      .object({
        /** Whose they are. */
        customerId: Uuid,
        earned: z.int(),
        balance: z.int(),
        /** `last_night` where the channels only hand over. */
        balanceAsOf: z.enum(["now", "last_night"]),
        rewards: z.array(z.object({ name: z.string(), points: z.int() })),
      })
      .nullable(),
    training: z.boolean(),
    /** Null where no register in Germany took money for it. */
    tse: TicketTse.nullable(),
    /** The number of the invoice that was issued for the same sale. */
    invoice: z.string().optional(),
    /** Null for an order that no register took money for, and while its register has not signed it. */
    ticket: TicketInJournal.nullable(),
    /** SHA-256 of the journal entry, as printed at the foot. */
    journalHash: z.string().nullable(),
  })
  .meta({ id: "Receipt" });
