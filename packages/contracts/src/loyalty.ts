import { z } from "zod";
import { Because, CustomerParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const Loyalty = z
  .object({
    programId: Uuid,
    programName: z.string(),
    /** Points a customer can use now: the sum over the accounts of the linked records. */
    balance: z.int(),
    earnedInAll: z.int(),
    cardNumber: z.string(),
    /** What the card's QR holds: a token signed by the hub, to be scanned at the till. */
    cardToken: z.string(),
    asOf: Instant,
    earnRule: z.object({ points: z.int(), perMinorUnits: z.int(), currency: z.string() }),
  })
  .meta({ id: "Loyalty" });

export const LoyaltyEntry = z
  .object({
    id: Uuid,
    at: Instant,
    points: z.int(),
    kind: z.string(),
    because: Because,
    orderId: Uuid.nullable(),
    placeName: z.string().nullable(),
  })
  .meta({ id: "LoyaltyEntry" });

export const loyaltyEndpoints = {
  "loyalty.read": {
    summary: "Points and member card of a customer",
    tag: "loyalty",
    params: CustomerParams,
    response: Loyalty,
    status: 200,
  },
  "loyalty.history": {
    summary: "Every movement of points with its reason",
    tag: "loyalty",
    params: CustomerParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(LoyaltyEntry),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
