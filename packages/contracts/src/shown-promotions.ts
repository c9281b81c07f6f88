import { z } from "zod";
import { Instant, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

const Rate = z.object({ numerator: z.int(), denominator: z.int() });
/** The names of goods: categories or products. Empty: all goods. */
const Names = z.array(LocalizedText);

const ShownBenefit = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("percentage"), rate: Rate }),
    z.object({ kind: z.literal("amount"), money: Money, per: z.enum(["piece", "cart"]) }),
    z.object({ kind: z.literal("fixed_price"), money: Money }),
    /** `other`: the goods that are given; null: the cheapest of those bought. */
    z.object({ kind: z.literal("buy_get"), buy: z.int(), get: z.int(), other: Names.nullable(), rate: Rate }),
    z.object({ kind: z.literal("cheapest_free"), of: z.int() }),
    z.object({ kind: z.literal("bundle"), parts: z.array(z.object({ goods: Names, pieces: z.int() })), price: Money }),
  ])
  .meta({ id: "ShownBenefit" });

/** A promotion as customers are told of it: what it takes off, of which goods, and what it asks for. */
export const ShownPromotion = z
  .object({
    id: Uuid,
    name: LocalizedText,
    benefit: ShownBenefit,
    goods: Names,
    minimum: Money.nullable(),
    minimumPieces: z.int().nullable(),
    /** By the wall clock of the store: weekdays from 1, Monday, to 7. */
    hours: z.object({ weekdays: z.array(z.int()), from: z.string(), to: z.string() }).nullable(),
    membersOnly: z.boolean(),
    firstOrder: z.boolean(),
    until: Instant.nullable(),
  })
  .meta({ id: "ShownPromotion" });

export const shownPromotionsEndpoints = {
  "promotions.shown": {
    summary: "The promotions that a customer may be told of at a store, on the caller's channel: what they take off and what they ask for",
    tag: "catalog",
    query: z.object({ storeId: Uuid.optional(), channelId: Uuid.optional().describe("as that channel shows them: for staff") }),
    response: z.object({ items: z.array(ShownPromotion) }).meta({ id: "ShownPromotions" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
