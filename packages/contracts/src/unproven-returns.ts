import { z } from "zod";
import { Disposition, ReturnReason } from "./returns.ts";
import { LocalizedText, Money, UnitPrice, Uuid, type Endpoint } from "./shared.ts";

/** Units that somebody brings without any proof of where they were bought. The same goods may stand twice, for units that fare differently. */
export const UnprovenUnits = z.object({
  sku: z.string().min(1).max(100),
  /** In the unit of the goods. */
  quantity: z.int().positive().max(1_000_000),
  reason: ReturnReason,
  disposition: Disposition,
});

/** What would be given for goods without proof, in store credit. */
export const UnprovenOffer = z
  .object({
    lines: z.array(
      z.object({
        sku: z.string(),
        name: LocalizedText,
        /** The lowest at which it is sold anywhere, now or in the 30 days before. */
        unitPrice: UnitPrice,
        isFaultyOnly: z.boolean(),
        quantity: z.int(),
        total: Money,
      }),
    ),
    total: Money,
    tax: Money,
    /** Of one return, and what is left for this customer, without a manager. */
    most: Money,
    left: Money,
    needsApproval: z.boolean(),
    /** What the register's command carries when a manager's PIN was given and right; null otherwise. */
    approval: z.string().nullable(),
  })
  .meta({ id: "UnprovenOffer" });

export const unprovenEndpoints = {
  "returns.offerUnproven": {
    summary:
      "What a known customer is given for goods without proof: their lowest price, as store credit. More than the place takes without a manager needs a manager's PIN; the answer then holds what the register's `return.take_unproven` carries",
    tag: "returns",
    body: z.object({
      placeId: Uuid,
      /** Made by the till; the same in its command. */
      returnId: Uuid,
      customerId: Uuid,
      lines: z.array(UnprovenUnits).min(1).max(50),
      pin: z
        .string()
        .regex(/^\d{4,8}$/)
        .optional(),
    }),
    response: UnprovenOffer,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
