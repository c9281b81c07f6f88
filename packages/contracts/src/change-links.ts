import { z } from "zod";
import { ReturnPath } from "./checkout.ts";
import { OrderChangeWish } from "./order-changes.ts";
import { IdParams, Instant, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

/** `outdated`: the order was changed or canceled otherwise meanwhile, or its store has begun with it. */
const ChangeLinkState = z.enum(["open", "paid", "declined", "expired", "revoked", "outdated"]);

const facts = {
  orderId: Uuid,
  state: ChangeLinkState,
  /** What the order costs more with it. */
  difference: Money,
  validUntil: Instant,
  staffName: z.string(),
};

/** A change of an order that is paid by a link, as staff see it. */
export const ChangeLink = z
  .object({
    ...facts,
    id: Uuid,
    madeAt: Instant,
    /** The link; null once it opens nothing any more. */
    url: z.string().nullable(),
  })
  .meta({ id: "ChangeLink" });

const MovedLine = z.object({ name: LocalizedText, quantity: z.int(), total: Money });

/** The same as whoever has its link sees it. */
export const OpenedChangeLink = z
  .object({
    ...facts,
    orderNumber: z.string(),
    /** Where the goods that come are prepared: it says how cards pay there. */
    placeId: Uuid.nullable(),
    timeZone: z.string(),
    /** What it changes; null once there is nothing to be paid any more. */
    change: z
      .object({
        added: z.array(MovedLine),
        removed: z.array(MovedLine),
        way: z.enum(["collect", "ship"]).nullable(),
        /** When what comes is ready, or all of it where it reaches its buyer another way; null where nothing is said. */
        promisedAt: Instant.nullable(),
        /** What the order costs in all with it. */
        owed: Money,
      })
      .nullable(),
  })
  .meta({ id: "OpenedChangeLink" });

const TokenParams = z.object({ token: z.string().min(16).max(64) });

export const changeLinksEndpoints = {
  "orders.offerChange": {
    summary:
      "Staff: offer a change that costs more to whoever pays it by a link. What comes is held and keeps its price until the end; nothing is changed before it is paid, and an earlier link of the order ends",
    tag: "orders",
    params: IdParams,
    body: OrderChangeWish.extend({
      /** As the preview said it; another one is refused as `order.difference_changed`. */
      expectedDifference: Money,
      reason: z.string().trim().min(1).max(300).nullable().default(null),
      /** At most 14 days from now. */
      validUntil: Instant,
    }),
    response: ChangeLink,
    status: 201,
  },
  "orders.changeLinks": {
    summary: "The links by which changes of an order were to be paid, newest first",
    tag: "orders",
    params: IdParams,
    response: z.object({ items: z.array(ChangeLink) }).meta({ id: "ChangeLinks" }),
    status: 200,
  },
  "orders.revokeChangeLink": {
    summary: "Take a link back: it opens nothing any more, and what it held is free",
    tag: "orders",
    params: z.object({ id: Uuid, linkId: Uuid }),
    response: ChangeLink,
    status: 200,
  },
  "changeLinks.open": {
    summary: "What a link changes of an order and what that costs, and whether it still does",
    tag: "orders",
    params: TokenParams,
    response: OpenedChangeLink,
    status: 200,
  },
  "changeLinks.pay": {
    summary: "Pay what a change costs more by card: the order is changed once, by whoever pays first",
    tag: "orders",
    params: TokenParams,
    body: z.object({
      cardToken: z.string().min(1).max(200),
      /** Where the payer comes back to from a step at their bank, as a path of the house; a card that needs one is answered 202 with `actionUrl`. */
      returnPath: ReturnPath.optional(),
    }),
    response: OpenedChangeLink,
    status: 200,
    idempotencyKey: "required",
  },
  "changeLinks.decline": {
    summary: "Say no to a change: the order stays as it was",
    tag: "orders",
    params: TokenParams,
    response: OpenedChangeLink,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
