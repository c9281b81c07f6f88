import { z } from "zod";
import { ReturnPath, TenderInput } from "./checkout.ts";
import { Order } from "./orders.ts";
import { DeliveryAddress, SlotId } from "./promises.ts";
import { Because, IdParams, Instant, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

/** What somebody wants to be different: units that go, goods that come, where it goes, who is told. */
export const OrderChangeWish = z.object({
  remove: z
    .array(z.object({ orderLineId: Uuid, quantity: z.int().positive().max(100_000) }))
    .max(200)
    .default([]),
  add: z
    .array(
      z.object({
        sku: z.string().min(1).max(64),
        quantity: z.int().positive().max(9999),
        options: z
          .array(z.object({ group: z.string().max(60), value: z.string().max(60) }))
          .max(20)
          .default([]),
      }),
    )
    .max(50)
    .default([]),
  /** Where what is shipped goes instead, in the same country. */
  address: DeliveryAddress.nullable().default(null),
  /** Fetched at a store instead of sent, at another store, or sent instead; what shipping costs leaves the order, or comes to it. It comes alone. */
  way: z
    .discriminatedUnion("kind", [
      z.object({
        kind: z
          .enum(["collect", "collect_elsewhere"])
          .describe("`collect`: what was to be sent; `collect_elsewhere`: what was to be fetched at another store"),
        placeId: Uuid,
        slotId: SlotId.optional(),
      }),
      z.object({ kind: z.literal("ship"), methodId: Uuid.nullable().default(null), address: DeliveryAddress }),
    ])
    .nullable()
    .default(null),
  /** Who is told instead; what is left out stays. */
  contact: z
    .object({
      name: z.string().trim().min(1).max(120).optional(),
      email: z.email().max(254).optional(),
      phone: z.string().trim().max(40).optional(),
    })
    .nullable()
    .default(null),
});

/** Why something cannot be done now: a code of a problem, with what it says. */
const Obstacle = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) });

export const OrderActions = z
  .object({
    orderId: Uuid,
    /** Say it in `If-Match` when changing. */
    version: z.int(),
    actions: z.array(
      z.object({
        action: z.enum([
          "cancel",
          "remove_units",
          "add_lines",
          "collect_instead",
          "collect_elsewhere",
          "ship_instead",
          "change_address",
          "change_contact",
        ]),
        allowed: z.boolean(),
        /** Null where it is allowed. */
        because: Obstacle.nullable(),
      }),
    ),
    /** Of each line of goods, how many units may go. */
    lines: z.array(z.object({ orderLineId: Uuid, removable: z.int(), because: Obstacle.nullable() })),
  })
  .meta({ id: "OrderActions" });

export const OrderChangePreview = z
  .object({
    version: z.int(),
    /** More to pay, or less when it is negative: say it again as `expectedDifference`. */
    difference: Money,
    added: Money,
    removed: Money,
    /** What the tax in the order changes by. */
    tax: Money,
    /** What is to be paid for the order in all. */
    owed: Money,
    lines: z.array(z.object({ sku: z.string(), name: LocalizedText, quantity: z.int(), total: Money, because: z.array(Because) })),
    /** To where money goes back. */
    refunds: z.array(z.object({ kind: z.string(), amount: Money })),
    /** Points that come, or go when negative. */
    points: z.int(),
    /** When what comes is ready; null where nothing comes. */
    promisedAt: Instant.nullable(),
  })
  .meta({ id: "OrderChangePreview" });

export const OrderVersion = z
  .object({
    id: Uuid,
    number: z.int(),
    at: Instant,
    by: z.enum(["customer", "staff"]),
    staffName: z.string().nullable(),
    placeName: z.string().nullable(),
    channelKind: z.string().nullable(),
    reason: z.string().nullable(),
    actions: z.array(
      z.object({
        kind: z.enum([
          "add_line",
          "remove_units",
          "collect_instead",
          "collect_elsewhere",
          "ship_instead",
          "change_address",
          "change_contact",
        ]),
        orderLineId: Uuid.nullable(),
        quantity: z.int().nullable(),
        total: Money.nullable(),
      }),
    ),
    added: Money,
    removed: Money,
    owedAfter: Money,
  })
  .meta({ id: "OrderVersion" });

export const orderChangesEndpoints = {
  "orders.actions": {
    summary: "What can be done with an order now, and why not: the same answer for its customer, the till and the office",
    tag: "orders",
    params: IdParams,
    response: OrderActions,
    status: 200,
  },
  "orders.changes": {
    summary: "The versions of an order, the oldest first: who changed what, where and why",
    tag: "orders",
    params: IdParams,
    response: z.object({ items: z.array(OrderVersion) }).meta({ id: "OrderVersions" }),
    status: 200,
  },
  "orders.previewChange": {
    summary: "What a change would do to price, tax, points and promise; nothing is changed",
    tag: "orders",
    params: IdParams,
    body: OrderChangeWish,
    response: OrderChangePreview,
    status: 200,
  },
  "orders.payDue": {
    summary:
      "Pay what is due on an order by card, before its goods leave. A card whose bank asks is answered 202 with `actionUrl`; ask again with the same key",
    tag: "orders",
    params: IdParams,
    body: z.object({
      cardToken: z.string().min(1).max(200),
      /** As the order shows it; another amount is refused as `order.due_changed`. */
      expectedDue: Money,
      /** Where the payer comes back to from a step at their bank, as a path of the house. */
      returnPath: ReturnPath.optional(),
    }),
    response: Order,
    status: 200,
    idempotencyKey: "required",
  },
  "orders.change": {
    summary:
      "Change an order that nobody has begun, as its next version: `If-Match` names the version that was shown. The difference is paid by `tenders`, or goes back over what it was paid with",
    tag: "orders",
    params: IdParams,
    body: OrderChangeWish.extend({
      /** As the preview said it; another one is refused as `order.difference_changed`. */
      expectedDifference: Money,
      tenders: z.array(TenderInput).max(10).default([]),
      reason: z.string().trim().min(1).max(300).nullable().default(null),
      /** Where the payer comes back to from a step at their bank, as a path of the house; a card that needs one is answered 202 with `actionUrl`. */
      returnPath: ReturnPath.optional(),
    }),
    response: Order,
    status: 200,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;
