import { z } from "zod";
import { LineElsewhere } from "./cart-operations.ts";
import { CompletionBody, TenderInput } from "./checkout.ts";
import { CollectedUnits } from "./fulfillments.ts";
import { MOST_CART_NOTE, MOST_LINE_NOTE } from "./note-words.ts";
import { RefundTarget, Return, ReturnedUnits } from "./returns.ts";
import { Instant, UnitPrice, Uuid } from "./shared.ts";
import { ReceiptToken } from "./till-e-receipts.ts";
import { JournalAnswer, UnsignedDocument, UploadManifest } from "./till-entries.ts";
import { Receipt, TicketInJournal } from "./till-receipts.ts";
import { BillNumbers, ProvisionalBill, RecordedExchange, RecordedReturn, RecordedSale, SoldHere } from "./till-sales.ts";
import { Shift } from "./till-shifts.ts";
import { Trace } from "./trace.ts";
import { UnprovenUnits } from "./unproven-returns.ts";

export const CashCount = z.object({
  lines: z.array(z.object({ denomination: z.int().positive(), count: z.int().min(0).max(100000) })).max(40),
});

/** What was on a ticket when it was paid: a hub that does not have its cart any more, because it was restored, opens it again from this. */
const PaidTicket = z.object({
  customerId: Uuid.nullable(),
  codes: z.array(z.string().max(60)).max(20),
  note: z.string().max(MOST_CART_NOTE).optional(),
  lines: z
    .array(
      z.object({
        sku: z.string().max(100),
        quantity: z.int().positive(),
        options: z.array(z.object({ group: z.string().max(60), value: z.string().max(60) })).max(20),
        /** It was not taken along. Where it is sent is not kept here: a ticket that sends something is paid again at a hub that was restored. */
        elsewhere: LineElsewhere.optional(),
        note: z.string().max(MOST_LINE_NOTE).optional(),
        isTyped: z.literal(true).optional(),
        /** The gift card that it topped up, and by how much. */
        topUp: z.object({ cardId: Uuid, amount: z.int().min(1) }).optional(),
        trace: Trace.optional(),
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
  /** What the register signed in the act, when it has a key of its own: entries of its journal, in their order. */
  entries: z
    .array(z.unknown().meta({ description: "A SignedEntry; what is none is refused by itself, and the command is not" }))
    .max(500)
    .optional(),
};
export const TillCommand = z
  .discriminatedUnion("kind", [
    z.object({
      ...commandBase,
      kind: z.literal("shift.open"),
      /** `joins`: others work on its drawer, which is not counted again; the float is empty then. */
      body: z.object({ shiftId: Uuid, float: CashCount, joins: z.boolean().optional() }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("shift.close"),
      /** Without a count the drawer is left to the others who work on it. */
      body: z.object({ shiftId: Uuid, count: CashCount.optional() }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("cash.move"),
      body: z.object({ shiftId: Uuid, direction: z.enum(["in", "out"]), amount: z.int().positive(), reason: z.string().min(1).max(200) }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("sale.complete"),
      body: z.object({
        shiftId: Uuid,
        cartId: Uuid,
        completion: CompletionBody,
        ticket: PaidTicket.optional(),
        /** Numbers of the bills that were printed of it before it was paid. */
        bills: BillNumbers.optional(),
        receiptToken: ReceiptToken.optional(),
      }),
    }),
    z.object({ ...commandBase, kind: z.literal("sale.record"), body: RecordedSale }),
    z.object({
      ...commandBase,
      kind: z.literal("sale.abandon"),
      body: z.object({ shiftId: Uuid, cartId: Uuid, reason: z.string().max(200).optional() }),
    }),
    z.object({ ...commandBase, kind: z.literal("drawer.open"), body: z.object({ shiftId: Uuid, reason: z.string().min(1).max(200) }) }),
    z.object({
      ...commandBase,
      kind: z.literal("price.give"),
      /** Staff gave lines of a ticket a lower price by hand: before and after, why, and who stood behind it where one person alone may not. */
      body: z.object({
        shiftId: Uuid,
        lines: z
          .array(z.object({ lineId: Uuid, sku: z.string().max(100), quantity: z.int().positive(), from: UnitPrice, to: UnitPrice }))
          .min(1)
          .max(200),
        reason: z.string().trim().min(1).max(200),
        /** `at`: whether the hub looked at their PIN, or the register did, because the hub could not be reached. */
        approvedBy: z.object({ staffId: Uuid, at: z.enum(["hub", "register"]) }).nullable(),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("storage.restored"),
      /** The storage of this register's device was empty although the hub had acts of it: the last number there, and what its second copy gave back. */
      body: z.object({
        hubHad: z.int().positive(),
        found: z.int().min(0),
        /** Numbers between those that were found which nobody has. */
        missing: z.int().min(0),
        from: z.enum(["bridge", "nowhere"]),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("receipt.duplicate"),
      /**
       * A receipt was printed again, or later than its sale: `copy` counts from 1 per receipt and register, and stands on the paper. A register that
       * signs names the ticket, so that it can count and sign the copy itself; of a return without a receipt there is no order to name.
       */
      body: z.object({
        orderId: Uuid.nullable(),
        copy: z.int().min(1).max(999),
        reason: z.enum(["customer", "lost", "unreadable"]),
        ticket: TicketInJournal.optional(),
      }),
    }),
    z.object({
      ...commandBase,
      kind: z.literal("receipt.gift"),
      /** A receipt without prices was given, of some lines or of all. The till makes what opens it, as it does for the receipt itself. */
      body: z.object({ orderId: Uuid, token: ReceiptToken, lineIds: z.array(Uuid).min(1).max(200).nullable() }),
    }),
    z.object({ ...commandBase, kind: z.literal("bill.print"), body: ProvisionalBill }),
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
        /** The register took them by itself, because the hub could not be reached: what it gave is given, so it is never refused. */
        happened: RecordedReturn.optional(),
        /** Of what a gift receipt brings: whose store credit it becomes, when that is not who bought it. */
        creditTo: Uuid.optional(),
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
    /** What the register signed after the hub had answered, and closings: the entries themselves, and what it says of all that it sent. */
    z.object({ ...commandBase, kind: z.literal("journal.write"), body: z.object({ manifest: UploadManifest.optional() }) }),
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
    z.object({ ...commandBase, kind: z.literal("exchange.record"), body: RecordedExchange }),
  ])
  .meta({ id: "TillCommand" });
export type TillCommand = z.output<typeof TillCommand>;

/** The stored answer of a command, the same on every repeat. */
/** What a training register did, as its screens show it. Nothing of it was kept, so it can be read nowhere else. */
export const Practiced = z
  .object({
    /** In each language that a till speaks. */
    receipts: z.object({ en: Receipt, fr: Receipt, de: Receipt, ca: Receipt }).nullable(),
    return: Return.nullable(),
  })
  .meta({ id: "Practiced" });
export type PracticedView = z.infer<typeof Practiced>;
export type SoldHereView = z.infer<typeof SoldHere>;

export const TillCommandAnswer = z
  .object({
    id: Uuid,
    seq: z.int(),
    outcome: z.enum(["done", "refused", "quarantined"]),
    problem: z.record(z.string(), z.unknown()).nullable(),
    orderId: Uuid.nullable(),
    receiptNumber: z.string().nullable(),
    shift: Shift.nullable(),
    /** Of a register that signs its journal itself: what the hub did of this command, for the register to sign. */
    toSign: z.array(UnsignedDocument).optional(),
    /** Where its journal stands at the hub after this command. */
    journal: JournalAnswer.optional(),
    practiced: Practiced.optional(),
    /** Of a sale that goods can come back of at its register while the hub is away. */
    sold: SoldHere.optional(),
  })
  .meta({ id: "TillCommandAnswer" });
