import { z } from "zod";
import { MOST_CART_NOTE, MOST_LINE_NOTE } from "./note-words.ts";
import { StandingRecall } from "./recalls.ts";
import { ReturnedUnits } from "./returns.ts";
import { Because, Instant, LocalDate, Locale, LocalizedText, Money, UnitPrice, Uuid } from "./shared.ts";
import { ReceiptToken } from "./till-e-receipts.ts";
import { Trace } from "./trace.ts";

const Ratio = z.object({ numerator: z.int().min(0), denominator: z.int().positive() });

const RecordedDeposit = z.object({
  code: z.string().max(40),
  name: LocalizedText,
  /** Of one piece, with the tax inside. */
  each: z.int(),
  amount: z.int(),
  net: z.int(),
  tax: z.int(),
  total: z.int(),
  taxRate: Ratio,
});

/** A line as the register sold it, in minor units: its price, what came off it and why, its tax. */
export const RecordedLine = z
  .object({
    id: Uuid,
    variantId: Uuid,
    sku: z.string().max(100),
    quantity: z.int().positive().max(1_000_000),
    options: z.array(z.object({ group: z.string().max(60), value: z.string().max(60) })).max(20),
    unitPrice: UnitPrice,
    listId: Uuid,
    taxIncluded: z.boolean(),
    minQuantity: z.int(),
    subtotal: z.int(),
    discount: z.int(),
    net: z.int(),
    tax: z.int(),
    total: z.int(),
    taxRate: Ratio,
    deposit: RecordedDeposit.nullable(),
    because: z.array(Because).max(50),
    note: z.string().max(MOST_LINE_NOTE).optional(),
    isTyped: z.literal(true).optional(),
    trace: Trace.optional(),
  })
  .refine(({ net, tax, total }) => net + tax === total, { error: "net and tax are the total", path: ["total"] });

/**
 * A sale that the hub completed for its register and that was handed over at once, as far as the register has to know it to take goods of it back while
 * the hub is away. Amounts in minor units; `tenders` in the order in which they were taken.
 */
export const SoldHere = z
  .object({
    orderNumber: z.string(),
    businessDate: LocalDate,
    /** Who bought it, where that is known. */
    customerId: Uuid.nullable(),
    total: Money,
    lines: z.array(
      z.object({
        id: Uuid,
        sku: z.string(),
        name: LocalizedText,
        options: z.array(LocalizedText),
        quantity: z.int().positive(),
        unitPrice: UnitPrice,
        taxIncluded: z.boolean(),
        tax: z.int(),
        total: z.int(),
        taxRate: Ratio,
        /** What of tax and total is a deposit. */
        deposit: RecordedDeposit.omit({ amount: true }).nullable(),
        trace: Trace.optional(),
      }),
    ),
    tenders: z.array(z.object({ kind: z.string(), amount: z.int() })),
  })
  .meta({ id: "SoldHere" });

/** Of bills that were printed of a ticket before it was paid. */
export const BillNumbers = z.array(z.string().max(40)).max(50);

/** A bill before payment: what was on the ticket then, without taxes and without a payment. `print` counts the bills of one ticket from 1. */
export const ProvisionalBill = z.object({
  shiftId: Uuid,
  cartId: Uuid,
  print: z.int().min(1).max(50),
  lines: z
    .array(
      z.object({
        sku: z.string().max(100),
        name: LocalizedText,
        options: z.array(LocalizedText).max(20),
        quantity: z.int().positive(),
        unit: z.enum(["piece", "gram"]),
        total: z.int(),
      }),
    )
    .min(1)
    .max(200),
  total: Money,
});

/** Who bought it, as the register knew it: somebody who was opened there, a card that was shown, or somebody new, with what they said. */
const RecordedCustomer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("known"), customerId: Uuid }),
  z.object({
    kind: z.literal("card"),
    /** What was scanned, as it was: a card's QR or its number. */
    shown: z.string().min(1).max(2000),
    /** When it was scanned: the hub reads it by that moment. */
    at: Instant,
  }),
  z.object({
    kind: z.literal("created"),
    /** Made by the till, so that the same person on two sales is one. */
    key: Uuid,
    givenName: z.string().trim().min(1).max(80),
    email: z.string().max(254).optional(),
    phone: z.string().max(40).optional(),
    locale: Locale,
  }),
]);

const Tip = z.int().min(0).max(1_000_000).optional();

/** How it was paid, each part an amount of the total in minor units. */
const RecordedTender = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("cash"),
    amount: z.int().min(0),
    received: z.int().min(0),
    rounding: z.int().min(-50).max(50).optional(),
    tip: Tip,
  }),
  z.object({
    kind: z.literal("card"),
    amount: z.int().min(1),
    /** A terminal beside the till has taken it already: `terminal:ID:AMOUNT`, with the tip in it. */
    token: z.string().regex(/^terminal:[0-9a-f-]{36}:\d{1,12}$/),
    tip: Tip,
  }),
  z.object({
    kind: z.literal("gift_card"),
    amount: z.int().min(1),
    /** What the customer showed: the hub's signature, the card, and up to how much a register may take of it by itself. */
    right: z.string().min(20).max(2000),
  }),
  z.object({
    kind: z.literal("points"),
    amount: z.int().min(1),
    /** The signed part of the member's card that was shown; its owner is the customer of the sale. */
    right: z.string().min(20).max(2000),
  }),
]);

/**
 * A sale that happened at the register, with everything resolved: the hub keeps these figures. It was paid by what the register could know by
 * itself. `orderId` is made by the till, so that its receipt names the order before the hub has it.
 */
export const RecordedSale = z
  .object({
    shiftId: Uuid,
    cartId: Uuid,
    orderId: Uuid,
    dining: z.enum(["eat_in", "take_away"]),
    customer: RecordedCustomer.nullable(),
    /** What opens its e-receipt. */
    receiptToken: ReceiptToken.optional(),
    bills: BillNumbers.optional(),
    codes: z.array(z.string().max(60)).max(20),
    note: z.string().max(MOST_CART_NOTE).optional(),
    lines: z.array(RecordedLine).min(1).max(200),
    taxes: z.array(z.object({ country: z.string().length(2), rate: Ratio, net: z.int(), tax: z.int(), gross: z.int() })).max(40),
    total: Money,
    tenders: z.array(RecordedTender).max(10),
    /** By which prices: the version of the register's copy, and the revision of the price rules in it. */
    prices: z.object({ version: z.string().max(64), revision: z.int() }),
  })
  .refine(({ lines, total }) => lines.reduce((sum, line) => sum + line.total, 0) === total.amount, {
    error: "the lines are the total",
    path: ["total"],
  });

/** They came back later than the policy of the place says, all the same: why, and the manager whose PIN stands behind it. */
const TakenLate = z.object({ reason: z.string().trim().min(1).max(200), approvedBy: Uuid });

/**
 * What a register gave for goods of a sale of its own without asking: in cash out of its drawer, before it was rounded, or as store credit of whoever
 * bought them. `total` and `taxes` are what its ticket says, as positive amounts.
 */
export const RecordedReturn = z
  .object({
    refund: z.enum(["cash", "store_credit"]),
    total: z.int().min(0),
    /** What rounding of cash added to what is in the drawer, or took off it. */
    rounding: z.int().min(-50).max(50).optional(),
    taxes: z.array(z.object({ rate: Ratio, net: z.int(), tax: z.int(), gross: z.int() })).max(40),
    late: TakenLate.optional(),
  })
  .refine(({ taxes, total }) => taxes.reduce((sum, { gross }) => sum + gross, 0) === total, {
    error: "the rates are the total",
    path: ["taxes"],
  });

/**
 * Goods of a sale of its own that came back, and others that went out for them, as the register did it without asking: one ticket. `lines`, `total` and
 * `taxes` are what came back, as positive amounts; `sale` is what went out, whose tenders pay what is above that. What is below it was given in cash.
 */
export const RecordedExchange = z
  .object({
    shiftId: Uuid,
    returnId: Uuid,
    /** Of the goods that came back. */
    orderId: Uuid,
    lines: z.array(ReturnedUnits).min(1).max(200),
    total: z.int().min(0),
    taxes: RecordedReturn.shape.taxes,
    /** What rounding of the cash that was given added to what is in the drawer, or took off it. */
    rounding: RecordedReturn.shape.rounding,
    late: RecordedReturn.shape.late,
    sale: RecordedSale,
  })
  .refine(({ taxes, total }) => taxes.reduce((sum, { gross }) => sum + gross, 0) === total, {
    error: "the rates are the total",
    path: ["taxes"],
  })
  .refine(({ total, sale }) => sale.tenders.reduce((sum, { amount }) => sum + amount, 0) === Math.max(0, sale.total.amount - total), {
    error: "the tenders are the difference",
    path: ["sale", "tenders"],
  });

/** What a register needs to sell by itself. `facts` are those of the price engine, as `pricing/domain/portable.ts` packs them; both null while the copy is current. */
export const TillPrices = z
  .object({
    version: z.string(),
    asOf: Instant,
    seller: z
      .object({
        entity: z.object({ id: Uuid, name: z.string(), vatId: z.string().nullable(), country: z.string() }),
        place: z.object({
          id: Uuid,
          name: z.string(),
          address: z.string(),
          phone: z.string().nullable(),
          currency: z.string(),
          timeZone: z.string(),
          /** Minutes after midnight at which its business day ends. */
          dayEnd: z.int(),
          groupIds: z.array(Uuid),
          /** By which rules goods of its counter come back: days, and categories whose goods only do when something is wrong with them. */
          returns: z.object({ days: z.int(), faultyOnly: z.array(Uuid) }),
          /** From how many days before its last day a thing is near it, and by how many percent it is marked down then. */
          nearEnd: z.object({ days: z.int(), percent: z.int() }).optional(),
        }),
        channelId: Uuid,
        /** What is called back and refused at the scanner; left out: nothing is. */
        recalls: z.array(StandingRecall).optional(),
      })
      .nullable(),
    facts: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "TillPrices" });
