import { z } from "zod";
import { Because, IdParams, Instant, LocalizedText, Money, PageQuery, UnitPrice, Uuid, pageOf, type Endpoint } from "./shared.ts";

/** What customers read of it. */
export const PublicName = LocalizedText.extend({ en: z.string().trim().min(1).max(120) });
const Price = Money.extend({ amount: z.int().min(0).max(100_000_000) });
const Off = Money.extend({ amount: z.int().min(1).max(100_000_000) });
const Rate = z
  .object({ numerator: z.int().min(1).max(10_000), denominator: z.int().min(1).max(10_000) })
  .refine(({ numerator, denominator }) => numerator <= denominator, "at most the whole price");
const Ids = z.array(Uuid).max(500);

/** Goods by category, with all below it, or product: any one will do. Both empty: all goods. */
export const GoodsFilter = z
  .object({ categoryIds: Ids.default([]), productIds: Ids.default([]) })
  .default({ categoryIds: [], productIds: [] })
  .meta({ id: "GoodsFilter" });

/**
 * What a promotion takes off: a part of the price; an amount off each piece or once off the cart; a price for each piece; for every `buy`
 * pieces `get` more at a rate off (of `getGoods`, or the cheapest of the set); of every `of` pieces the cheapest; a price for a set.
 */
export const PromotionBenefit = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("percentage"), rate: Rate }),
    z.object({ kind: z.literal("amount"), money: Off, per: z.enum(["piece", "cart"]) }),
    z.object({ kind: z.literal("fixed_price"), money: Price }),
    z.object({
      kind: z.literal("buy_get"),
      buy: z.int().min(1).max(100),
      get: z.int().min(1).max(100),
      getGoods: GoodsFilter.nullable().default(null),
      rate: Rate,
    }),
    z.object({ kind: z.literal("cheapest_free"), of: z.int().min(2).max(100) }),
    z.object({
      kind: z.literal("bundle"),
      parts: z
        .array(z.object({ goods: GoodsFilter, pieces: z.int().min(1).max(100) }))
        .min(1)
        .max(6),
      price: Price,
    }),
  ])
  .meta({ id: "PromotionBenefit" });

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** By the wall clock of the store: weekdays from 1, Monday, to 7. `to` at or before `from` is the next day. */
const HappyHours = z.object({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: WallTime,
  to: WallTime,
});

/** When and where something holds; where nothing is said: always, and everywhere. */
export const WHEN_AND_WHERE = {
  validFrom: Instant.nullable().default(null),
  validTo: Instant.nullable().default(null),
  hours: HappyHours.nullable().default(null),
  placeIds: Ids.default([]),
  groupIds: Ids.default([]),
  channelIds: Ids.default([]),
};

/** All that a promotion is; a change of it is a new version. */
export const PromotionTerms = z
  .object({
    name: PublicName,
    benefit: PromotionBenefit,
    goods: GoodsFilter,
    /** What its goods must cost together before any discount, and how many pieces of them are needed. */
    minimum: Off.nullable().default(null),
    minimumPieces: z.int().min(1).max(10_000).nullable().default(null),
    ...WHEN_AND_WHERE,
    /** Members of the loyalty program are `member`; a tier, a company's prices and segments are groups as well. */
    customerGroups: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
    firstOrder: z.boolean().default(false),
    needsCode: z.boolean().default(false),
    priority: z.int().min(-1000).max(1000).default(0),
    exclusive: z.boolean().default(false),
    maximumUses: z.int().min(1).max(100_000_000).nullable().default(null),
    maximumUsesPerCustomer: z.int().min(1).max(10_000).nullable().default(null),
    maximumAmount: Off.nullable().default(null),
  })
  .meta({ id: "PromotionTerms" });

export const Promotion = PromotionTerms.extend({
  id: Uuid,
  version: z.int(),
  state: z.enum(["planned", "active", "used_up", "ended"]),
  changedAt: Instant,
  /** How many orders it serves. */
  used: z.int(),
  /** What it took off them; null for a promotion that is told in no currency and so serves several. */
  given: Money.nullable(),
  codes: z.int(),
}).meta({ id: "Promotion" });

export const PromotionCode = z
  .object({ id: Uuid, code: z.string(), maximumUses: z.int().nullable(), used: z.int(), endedAt: Instant.nullable() })
  .meta({ id: "PromotionCode" });

const TriedLine = z.object({
  lineId: Uuid,
  sku: z.string(),
  name: LocalizedText,
  quantity: z.int(),
  subtotal: Money,
  before: Money,
  after: Money,
  because: z.array(Because),
});

/** What a cart costs without and with the promotion that is tried, and why each promotion serves or not. */
export const PromotionTrial = z
  .object({
    currency: z.string(),
    lines: z.array(TriedLine),
    before: Money,
    after: Money,
    promotions: z.array(
      z.object({
        promotionId: Uuid,
        name: LocalizedText,
        isTried: z.boolean(),
        amount: Money,
        /** Null: it serves. */
        because: Because.nullable(),
      }),
    ),
    problems: z.array(z.string()),
  })
  .meta({ id: "PromotionTrial" });

/** The cart that a promotion is tried on: one that is open, or an invented one. */
export const TrialCart = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), cartId: Uuid }),
  z.object({
    kind: z.literal("invented"),
    channelId: Uuid,
    placeId: Uuid.nullable().default(null),
    at: Instant.nullable().default(null),
    customerGroups: z.array(z.string().max(40)).max(20).default([]),
    isFirstOrder: z.boolean().default(false),
    lines: z
      .array(z.object({ sku: z.string().max(64), quantity: z.int().min(1).max(9999) }))
      .min(1)
      .max(200),
  }),
]);

export const promotionsEndpoints = {
  "promotions.list": {
    summary: "All promotions with what became of them, the newest first",
    tag: "prices",
    query: z.object({ ...PageQuery }),
    response: pageOf(Promotion),
    status: 200,
  },
  "promotions.read": { summary: "One promotion", tag: "prices", params: IdParams, response: Promotion, status: 200 },
  "promotions.create": {
    summary: "Make a promotion. It holds from now on, or from when it says",
    tag: "prices",
    body: PromotionTerms,
    response: Promotion,
    status: 201,
  },
  "promotions.update": {
    summary: "Change a promotion: a new version, of the one that the caller has seen; earlier orders keep theirs",
    tag: "prices",
    params: IdParams,
    body: z.object({ version: z.int().min(1), terms: PromotionTerms }),
    response: Promotion,
    status: 200,
  },
  "promotions.end": { summary: "End a promotion now", tag: "prices", params: IdParams, response: Promotion, status: 200 },
  "promotions.codes": {
    summary: "The codes that let a promotion serve",
    tag: "prices",
    params: IdParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(PromotionCode),
    status: 200,
  },
  "promotions.addCodes": {
    summary: "Codes for a promotion: one that is chosen, or many that are made up; each with how often it may be used",
    tag: "prices",
    params: IdParams,
    body: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("chosen"), code: z.string().trim().min(3).max(40), maximumUses: z.int().min(1).nullable().default(null) }),
      z.object({ kind: z.literal("made_up"), count: z.int().min(1).max(1000), maximumUses: z.int().min(1).nullable().default(1) }),
    ]),
    response: z.object({ codes: z.array(z.string()) }).meta({ id: "NewPromotionCodes" }),
    status: 201,
  },
  "promotions.tryOut": {
    summary: "Try a promotion on a cart without saving it: what it costs before and after, and why others do not serve. Writes nothing",
    tag: "prices",
    body: z.object({
      cart: TrialCart,
      promotion: z
        .object({ id: Uuid.nullable().default(null), terms: PromotionTerms })
        .nullable()
        .default(null),
      code: z.string().max(40).nullable().default(null),
    }),
    response: PromotionTrial,
    status: 200,
  },
} satisfies Record<string, Endpoint>;

const Scope = z.object({
  placeIds: Ids.default([]),
  groupIds: Ids.default([]),
  channelIds: Ids.default([]),
  customerGroups: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
});

export const PriceListTerms = z
  .object({
    name: z.string().trim().min(1).max(120),
    currency: z.string().regex(/^[A-Z]{3}$/),
    taxIncluded: z.boolean(),
    priority: z.int().min(-1000).max(1000).default(0),
    validFrom: Instant.nullable().default(null),
    validTo: Instant.nullable().default(null),
    ...Scope.shape,
  })
  .meta({ id: "PriceListTerms" });

export const PriceList = PriceListTerms.extend({ id: Uuid, prices: z.int() }).meta({ id: "PriceList" });

export const ListedPrice = z
  .object({ variantId: Uuid, sku: z.string(), name: LocalizedText, minQuantity: z.int(), unitPrice: UnitPrice.nullable() })
  .meta({ id: "ListedPrice" });

export const pricesEndpoints = {
  "prices.lists": {
    summary: "All price lists with their scope",
    tag: "prices",
    response: z.object({ items: z.array(PriceList) }).meta({ id: "PriceLists" }),
    status: 200,
  },
  "prices.createList": { summary: "Make a price list", tag: "prices", body: PriceListTerms, response: PriceList, status: 201 },
  "prices.updateList": {
    summary: "Change a price list; one with prices keeps its currency",
    tag: "prices",
    params: IdParams,
    body: PriceListTerms,
    response: PriceList,
    status: 200,
  },
  "prices.listed": {
    summary:
      "The prices of a list, by SKU, with their quantity breaks. With `query` all goods that fit, `unitPrice` null where the list has none",
    tag: "prices",
    params: IdParams,
    query: z.object({ ...PageQuery, query: z.string().max(100).optional() }),
    response: pageOf(ListedPrice),
    status: 200,
  },
  "prices.set": {
    summary: "Set prices of a list, or take them off (`unitPrice` null); all or nothing",
    tag: "prices",
    params: IdParams,
    body: z.object({
      prices: z
        .array(
          z.object({
            sku: z.string().min(1).max(64),
            minQuantity: z.int().min(1).max(1_000_000).default(1),
            unitPrice: z
              .object({
                amount: z.int().min(0).max(1_000_000_000),
                scale: z.int().min(0).max(4).default(0),
                perQuantity: z.int().min(1).max(100_000).default(1),
              })
              .nullable(),
          }),
        )
        .min(1)
        .max(500),
    }),
    response: z.object({ set: z.int(), removed: z.int() }).meta({ id: "PricesSet" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
