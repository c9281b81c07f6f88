import { z } from "zod";
import { Because, IdParams, Instant, LocalizedText, UnitPrice, Uuid, type Endpoint } from "./shared.ts";

/** Goods as an adviser speaks of them: their price here, how many are here, and which stores nearby have them. */
export const AdvisedGoods = z
  .object({
    sku: z.string(),
    slug: z.string(),
    name: LocalizedText,
    pictureUrl: z.string().nullable(),
    /** For the customer asked about; null where it is not sold here. */
    unitPrice: UnitPrice.nullable(),
    here: z.object({
      /** Units now; null for what is made to order. */
      available: z.int().nullable(),
      canBuy: z.boolean(),
      /** Why it cannot be had now. */
      because: Because.nullable(),
    }),
    /** Stores of the same country that have some, the nearest first. */
    elsewhere: z.array(z.object({ storeId: Uuid, storeName: z.string(), distanceMeters: z.number(), available: z.int() })),
  })
  .meta({ id: "AdvisedGoods" });

/** Goods that an adviser may suggest, with the whole reason. */
export const Suggestion = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("due_again"),
      sku: z.string(),
      /** Days between two purchases of it, the median. */
      everyDays: z.int(),
      lastAt: Instant,
      timesBought: z.int(),
    }),
    z.object({
      kind: z.literal("goes_with"),
      sku: z.string(),
      withSku: z.string(),
      withName: LocalizedText,
      /** Of so many sales here with the one, so many percent had the other as well. */
      percent: z.int(),
      sales: z.int(),
    }),
    z.object({
      kind: z.literal("cheaper"),
      sku: z.string(),
      /** What it cost when it was saved. */
      priceThen: UnitPrice,
      savedAt: Instant,
    }),
  ])
  .meta({ id: "Suggestion" });

/** Goods that the customer bought before, the newest purchase first. */
export const BoughtBefore = z
  .object({
    sku: z.string(),
    timesBought: z.int(),
    lastAt: Instant,
    /** Where; null where no store took part. */
    lastPlaceName: z.string().nullable(),
    /** As it was chosen then. */
    options: z.array(z.object({ group: z.string(), value: z.string() })),
  })
  .meta({ id: "BoughtBefore" });

export const Advice = z
  .object({
    suggestions: z.array(Suggestion),
    bought: z.array(BoughtBefore),
    /** Of everything that is suggested, bought or saved. */
    goods: z.array(AdvisedGoods),
    /** False: the customer wants nothing to be worked out from their purchases, and nothing is. */
    mayAnalyze: z.boolean(),
    asOf: Instant,
  })
  .meta({ id: "Advice" });

const skus = z.string().max(2000).describe("SKUs, with commas between them; the first forty count");

export const adviceEndpoints = {
  "advice.ofCustomer": {
    summary: "What an adviser of a store needs of a customer: what they bought and saved, here and nearby, and what to suggest",
    tag: "saved",
    params: IdParams,
    query: z.object({ storeId: Uuid, cart: skus.optional() }),
    response: Advice,
    status: 200,
  },
  "advice.goods": {
    summary: "Some goods at a store and at the stores nearby that have them",
    tag: "saved",
    query: z.object({ storeId: Uuid, skus }),
    response: z.object({ items: z.array(AdvisedGoods), asOf: Instant }).meta({ id: "AdvisedGoodsList" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
