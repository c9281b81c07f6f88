import { z } from "zod";
import { IdParams, Instant, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

/** Money that goes back and has not arrived: `failed` is not paid back, of `requested` and `pending` its provider has not said. */
export const Refund = z
  .object({
    id: Uuid,
    orderId: Uuid,
    orderNumber: z.string(),
    /** Who is asked for it; null where nobody is. */
    provider: z.string().nullable(),
    state: z.enum(["requested", "pending", "succeeded", "failed"]),
    amount: Money,
    /** How often it was asked for, each time after a refusal. */
    attempt: z.int(),
    /** What a person noted of it. */
    note: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: "Refund" });

/** A payment that its cardholder took back at their bank. `open` is to be answered until `dueAt`; of `answered` the bank decides. */
export const Dispute = z
  .object({
    id: Uuid,
    /** As its provider calls it, and who that is. */
    reference: z.string(),
    provider: z.string(),
    state: z.enum(["open", "answered", "won", "lost"]),
    amount: Money,
    /** The bank's reason, by the provider's word. */
    reason: z.string(),
    dueAt: Instant.nullable(),
    openedAt: Instant,
  })
  .meta({ id: "Dispute" });

/** In which way a card pays here: by a test card of the sandbox, on the provider's own page, or on the reader of the register. */
export const CardWay = z.discriminatedUnion("way", [
  z.object({ way: z.literal("test_card") }),
  z.object({ way: z.literal("provider_page"), token: z.string() }),
  z.object({ way: z.literal("reader"), token: z.string(), label: z.string() }),
]);

export const PaymentMethods = z
  .object({
    placeId: Uuid,
    /** Null: no card is taken here. */
    card: CardWay.nullable(),
  })
  .meta({ id: "PaymentMethods" });

export const paymentsEndpoints = {
  "payments.methods": {
    summary: "How a card pays at a place, by what its legal entity has set up; at a register, on its reader where it has one",
    tag: "payments",
    query: z.object({ placeId: Uuid, registerId: Uuid.optional() }),
    response: PaymentMethods,
    status: 200,
  },
  "payments.webhook": {
    summary: "What a payment provider tells by itself, signed for the account that it is about",
    tag: "payments",
    params: z.object({ account: z.string().max(40) }),
    response: z.object({ received: z.literal(true) }),
    status: 200,
    raw: true,
  },
  "orders.disputes": {
    summary: "Payments of an order that their cardholders took back at their banks, newest first: with the reason and until when to answer",
    tag: "payments",
    params: IdParams,
    response: z.object({ items: z.array(Dispute) }).meta({ id: "Disputes" }),
    status: 200,
  },
  "refunds.list": {
    summary: "Refunds that failed or that nobody has confirmed, newest first",
    tag: "payments",
    query: z.object({ ...PageQuery }),
    response: pageOf(Refund),
    status: 200,
  },
  "refunds.retry": {
    summary: "Ask for a refund again that its provider refused; never paid twice",
    tag: "payments",
    params: IdParams,
    response: Refund,
    status: 200,
    idempotencyKey: "required",
  },
  "refunds.settle": {
    summary: "Note that the money of a refund went back although its provider did not say so",
    tag: "payments",
    params: IdParams,
    body: z.object({ note: z.string().trim().min(1).max(300) }),
    response: Refund,
    status: 200,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;
