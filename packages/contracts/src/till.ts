import { z } from "zod";
import { LineElsewhere, OpenedCart } from "./carts.ts";
import { CompletionBody, TenderInput } from "./checkout.ts";
import { CollectedUnits } from "./fulfillments.ts";
import { RefundTarget, ReturnedUnits } from "./returns.ts";
import { UnprovenUnits } from "./unproven-returns.ts";
import { IdParams, Instant, LocalDate, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const Register = z
  .object({
    id: Uuid,
    placeId: Uuid,
    placeName: z.string(),
    name: z.string(),
    training: z.boolean(),
    channelId: Uuid,
    /** Whose law its deposits follow. */
    country: z.string(),
    /** Cash is rounded to the nearest of so many minor units; 0: to the cent. */
    cashRounding: z.int(),
    /** Tips that are suggested at payment, in percent of what is paid; empty where no tip is taken. */
    tipPercents: z.array(z.int()),
    /** Whether its place takes goods back without any proof. */
    takesUnproven: z.boolean(),
    lastSeq: z.int(),
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Register" });

export const Shift = z
  .object({
    id: Uuid,
    registerId: Uuid,
    registerName: z.string(),
    placeId: Uuid,
    businessDate: LocalDate,
    openedAt: Instant,
    openedBy: z.string(),
    closedAt: Instant.nullable(),
    float: Money,
    /** Float + cash sales - cash given back + cash in - cash out - deposits given back + tips in cash, as cash was rounded. Told only after the count, so that it is blind. */
    expectedCash: Money.nullable(),
    countedCash: Money.nullable(),
    difference: Money.nullable(),
    sales: z.object({ count: z.int(), total: Money, cash: Money, card: Money }),
    /** What was given back for goods that came back, as positive amounts; it is not taken off `sales`. */
    returns: z.object({ count: z.int(), total: Money, cash: Money, card: Money }),
    /** What the rounding of cash brought; below zero: what it cost. */
    rounding: Money,
    /** What customers gave the staff on top, which is no sale: in all, in cash, and by who stood at the till (null: nobody was signed in, or they are gone). */
    tips: z.object({ total: Money, cash: Money, byStaff: z.array(z.object({ name: z.string().nullable(), total: Money })) }),
    /** Deposits that were given back for empties alone, as a positive amount. */
    empties: z.object({ count: z.int(), total: Money }),
    customersOpenedWithoutSale: z.int(),
  })
  .meta({ id: "Shift" });

export const CashCount = z.object({
  lines: z.array(z.object({ denomination: z.int().positive(), count: z.int().min(0).max(100000) })).max(40),
});

/** What was on a ticket when it was paid: a hub that does not have its cart any more, because it was restored, opens it again from this. */
const PaidTicket = z.object({
  customerId: Uuid.nullable(),
  codes: z.array(z.string().max(60)).max(20),
  lines: z
    .array(
      z.object({
        sku: z.string().max(100),
        quantity: z.int().positive(),
        options: z.array(z.object({ group: z.string().max(60), value: z.string().max(60) })).max(20),
        /** It was not taken along. Where it is sent is not kept here: a ticket that sends something is paid again at a hub that was restored. */
        elsewhere: LineElsewhere.optional(),
      }),
    )
    .min(1)
    .max(200),
});

/** What a till does, as it writes it into its local outbox before it sends it. `seq` counts per register from 1, without gaps. */
const commandBase = {
  id: Uuid,
  registerId: Uuid,
  seq: z.int().positive(),
  schema: z.literal(1),
  at: Instant,
  /** Who stood at the till when the command was written; it may be sent while somebody else, or nobody, is signed in. */
  staffId: Uuid.nullable().default(null),
};
export const TillCommand = z
  .discriminatedUnion("kind", [
    z.object({ ...commandBase, kind: z.literal("shift.open"), body: z.object({ shiftId: Uuid, float: CashCount }) }),
    z.object({ ...commandBase, kind: z.literal("shift.close"), body: z.object({ shiftId: Uuid, count: CashCount }) }),
    z.object({
      ...commandBase,
      kind: z.literal("cash.move"),
      body: z.object({ shiftId: Uuid, direction: z.enum(["in", "out"]), amount: z.int().positive(), reason: z.string().min(1).max(200) }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("sale.complete"),
      body: z.object({ shiftId: Uuid, cartId: Uuid, completion: CompletionBody, ticket: PaidTicket.optional() }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("sale.abandon"),
      body: z.object({ shiftId: Uuid, cartId: Uuid, reason: z.string().max(200).optional() }),
    }),
    z.object({ ...commandBase, kind: z.literal("drawer.open"), body: z.object({ shiftId: Uuid, reason: z.string().min(1).max(200) }) }),
    z.object({
      ...commandBase,
      kind: z.literal("collection.hand_over"),
      body: z.object({
        shiftId: Uuid,
        fulfillmentId: Uuid,
        code: z.string().max(600).optional(),
        proof: z.enum(["code", "member_card", "order_number"]),
        tenders: z.array(TenderInput).max(10),
        /** What is taken now, when it is not all. */
        lines: z.array(CollectedUnits).max(500).optional(),
        /** Who takes it for the customer. */
        receivedBy: z.string().trim().min(1).max(120).optional(),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("return.take"),
      /** `returnId` is made by the till, so that sent again it is the same return. */
      body: z.object({
        shiftId: Uuid,
        returnId: Uuid,
        orderId: Uuid,
        lines: z.array(ReturnedUnits).min(1).max(200),
        /** What was announced of it, which ends with this. */
        requestId: Uuid.optional(),
        refundTo: RefundTarget.optional(),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("return.take_unproven"),
      /** Goods of which nobody shows a receipt, for store credit of a known customer; `expectedTotal` in minor units is what they were told. */
      body: z.object({
        shiftId: Uuid,
        returnId: Uuid,
        customerId: Uuid,
        lines: z.array(UnprovenUnits).min(1).max(50),
        expectedTotal: z.int().min(0),
        /** What `returns.offerUnproven` answered to a manager's PIN, where one is needed. */
        approval: z.string().max(2000).optional(),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("deposit.give_back"),
      /** Empties come back alone: `each` is the deposit of one as it was told, in minor units. */
      body: z.object({
        shiftId: Uuid,
        lines: z
          .array(z.object({ code: z.string().max(40), quantity: z.int().min(1).max(10_000), each: z.int().min(1).max(1_000_000) }))
          .min(1)
          .max(50),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("exchange.take"),
      /** What comes back pays for the cart first; the tenders of the completion pay the rest, or nothing. */
      body: z.object({
        shiftId: Uuid,
        returnId: Uuid,
        orderId: Uuid,
        lines: z.array(ReturnedUnits).min(1).max(200),
        requestId: Uuid.optional(),
        cartId: Uuid,
        completion: CompletionBody,
      }),
    }),
  ])
  .meta({ id: "TillCommand" });
export type TillCommand = z.output<typeof TillCommand>;

/** The stored answer of a command, the same on every repeat. */
export const TillCommandAnswer = z
  .object({
    id: Uuid,
    seq: z.int(),
    outcome: z.enum(["done", "refused", "quarantined"]),
    problem: z.record(z.string(), z.unknown()).nullable(),
    orderId: Uuid.nullable(),
    receiptNumber: z.string().nullable(),
    shift: Shift.nullable(),
  })
  .meta({ id: "TillCommandAnswer" });

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
    registerName: z.string().nullable(),
    cashier: z.string().nullable(),
    lines: z.array(
      z.object({
        name: z.string(),
        /** Gift cards: `orders.giftCards` has their codes for the till that sold them. */
        isGiftCard: z.boolean(),
        options: z.array(z.string()),
        quantity: z.int(),
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
    /** SHA-256 of the journal entry, as printed at the foot. */
    journalHash: z.string().nullable(),
  })
  .meta({ id: "Receipt" });

/** A ticket that waits at a store, for any of its tills. */
export const ParkedTicket = z
  .object({
    cartId: Uuid,
    items: z.int(),
    total: Money,
    givenName: z.string().nullable(),
    /** The till that parked it. */
    deviceName: z.string(),
    own: z.boolean(),
    parkedAt: Instant,
  })
  .meta({ id: "ParkedTicket" });

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
    response: OpenedCart,
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
  "till.state": {
    summary: "The register, its open shift and the last command the hub has",
    tag: "till",
    query: z.object({ registerId: Uuid }),
    response: z
      .object({
        register: Register,
        shift: Shift.nullable(),
        lastSeq: z.int(),
        /** Rises when the hub is restored from a backup: the till sends again what is above `lastSeq`. */
        epoch: z.int(),
      })
      .meta({ id: "TillState" }),
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
