import { z } from "zod";
import { Because, CustomerParams, IdParams, Instant, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { CREDIT_REASONS, GIFT_CARD_STATES } from "./stored-value-words.ts";

/** The store credit of a customer: what can be spent now, per currency, and how it came and went, newest first. */
export const StoreCredit = z
  .object({
    balances: z.array(Money),
    entries: z.array(z.object({ id: Uuid, at: Instant, amount: Money, because: Because, orderId: Uuid.nullable() })),
  })
  .meta({ id: "StoreCredit" });

/** A gift card as whoever has its code sees it. */
export const GiftCard = z
  .object({
    cardId: Uuid,
    /** The end of its code. */
    last4: z.string(),
    /** What can be spent now. */
    left: Money,
    isBlocked: z.boolean(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "GiftCard" });

/** A gift card that an order sold. */
export const SoldGiftCard = GiftCard.extend({
  orderLineId: Uuid,
  amount: Money,
  /** To those who bought it and to the till that sold it, until it is first used; null to everybody else. */
  code: z.string().nullable(),
  /** What its QR holds: the code, and behind a dot what a till without a network goes by; null where there is no code. */
  shown: z.string().nullable(),
}).meta({ id: "SoldGiftCard" });

/** A gift card that an order topped up, as it stands now; `amount` is what came onto it. */
export const ToppedUpGiftCard = GiftCard.extend({ orderLineId: Uuid, amount: Money }).meta({ id: "ToppedUpGiftCard" });

/** A gift card in the list of the office: no code, and nobody's name. */
export const ListedGiftCard = GiftCard.extend({
  state: z.enum(GIFT_CARD_STATES),
  /** What was paid for it, and to top it up since. */
  amount: Money,
  issuedAt: Instant,
  orderId: Uuid,
  orderNumber: z.string(),
  placeName: z.string().nullable(),
}).meta({ id: "ListedGiftCard" });

/** A gift card with all that became of it, newest first. */
export const GiftCardFile = ListedGiftCard.extend({
  blocked: z.object({ at: Instant, reason: z.string() }).nullable(),
  /** The ends of the codes that it had before. */
  replaced: z.array(z.object({ at: Instant, last4: z.string(), reason: z.string() })),
  entries: z.array(
    z.object({ id: Uuid, at: Instant, amount: Money, because: Because, orderId: Uuid.nullable(), orderNumber: z.string().nullable() }),
  ),
}).meta({ id: "GiftCardFile" });

export const storedValueEndpoints = {
  "storeCredit.read": {
    summary: "Store credit of a customer with its history",
    tag: "payments",
    params: CustomerParams,
    response: StoreCredit,
    status: 200,
  },
  "storeCredit.grant": {
    summary:
      "Give store credit, with a reason and within what the giver may give in a day. `id` is made by the caller: sent again, it is the same",
    tag: "payments",
    params: CustomerParams,
    body: z.object({
      id: Uuid,
      amount: Money.extend({ amount: z.int().min(1).max(100_000) }),
      reason: z.enum(CREDIT_REASONS),
      note: z.string().trim().max(300).optional(),
    }),
    response: StoreCredit,
    status: 201,
  },
  "giftCards.lookUp": {
    summary: "What is left on the gift card of a code. 404 for one that does not exist",
    tag: "payments",
    body: z.object({ code: z.string().max(60) }),
    response: GiftCard,
    status: 200,
  },
  "giftCards.block": {
    summary: "Block a gift card that was lost or stolen: it pays nothing from now on, and keeps what is on it",
    tag: "payments",
    params: IdParams,
    body: z.object({ reason: z.string().trim().min(1).max(300) }),
    response: GiftCard,
    status: 200,
  },
  "giftCards.unblock": {
    summary: "Let a blocked gift card pay again",
    tag: "payments",
    params: IdParams,
    response: GiftCard,
    status: 200,
  },
  "giftCards.list": {
    summary: "Gift cards that were sold, newest first, found by the end of their code",
    tag: "payments",
    query: z.object({ query: z.string().trim().min(1).max(60).optional(), state: z.enum(GIFT_CARD_STATES).optional(), ...PageQuery }),
    response: pageOf(ListedGiftCard).meta({ id: "GiftCardPage" }),
    status: 200,
  },
  "giftCards.read": {
    summary: "A gift card with its history",
    tag: "payments",
    params: IdParams,
    response: GiftCardFile,
    status: 200,
  },
  "giftCards.replace": {
    summary: "Give a lost gift card a new code: the old one pays nothing any more, what is left stays, and a block ends",
    tag: "payments",
    params: IdParams,
    body: z.object({ reason: z.string().trim().min(1).max(300) }),
    response: z
      .object({
        card: GiftCard,
        /** Shown this once: a repeated answer has none. */
        code: z.string().nullable(),
      })
      .meta({ id: "ReplacedGiftCard" }),
    status: 200,
  },
  "orders.giftCards": {
    summary: "The gift cards that an order sold or topped up",
    tag: "payments",
    params: IdParams,
    response: z.object({ cards: z.array(SoldGiftCard), toppedUp: z.array(ToppedUpGiftCard) }).meta({ id: "SoldGiftCards" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
