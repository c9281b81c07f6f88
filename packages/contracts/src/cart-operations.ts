import { z } from "zod";
import { MOST_CART_NOTE, MOST_LINE_NOTE } from "./note-words.ts";
import { DeliveryAddress, SlotId } from "./promises.ts";
import { Instant, Uuid } from "./shared.ts";
import { Trace } from "./trace.ts";

export const CartOperationId = Uuid.describe("made by the client; the same operation may be sent again");
const LineNote = z.string().max(MOST_LINE_NOTE);

const LineOption = z.object({ group: z.string().max(40), value: z.string().max(40) });

/**
 * How a line goes its own way: sent to the address of the cart, fetched at a store of the same legal entity, in a slot where that has slots, or
 * brought from another place of it (`placeId`) to the place of the cart and fetched here.
 */
export const LineElsewhere = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ship"), methodId: Uuid.nullable().default(null) }),
  z.object({ kind: z.literal("collect"), placeId: Uuid, slotId: SlotId.optional() }),
  z.object({ kind: z.literal("bring"), placeId: Uuid }),
]);

export const CartOperation = z
  .discriminatedUnion("kind", [
    z.object({
      id: CartOperationId,
      kind: z.literal("add"),
      sku: z.string().max(64),
      quantity: z.int().min(1).max(9999),
      options: z.array(LineOption).max(20).default([]),
      placeId: Uuid.optional(),
      lineId: Uuid.optional(),
      /** It goes its own way, whatever becomes of the rest; a line of its own beside the same goods that are handed over here. */
      elsewhere: LineElsewhere.optional(),
      /** At a till, of goods by weight: what the label of a scale says that they cost, in minor units. It is charged as it stands there. */
      labelPrice: z.int().min(1).max(99_999).optional(),
      /** What whoever makes it has to know: `no sugar`. The same goods with another note are a line of their own. */
      note: LineNote.optional(),
      /** At a till, of goods by weight: somebody typed the weight, no scale said it. The receipt shows that. */
      isTyped: z.literal(true).optional(),
      /** At a till: what its code says of this very one. Each batch is a line of its own. */
      trace: Trace.optional(),
      /** Of gift cards: no new one is sold, the one that looking its code up answered holds so much more, in minor units. */
      topUp: z.object({ cardId: Uuid, amount: z.int().min(1).max(10_000_000) }).optional(),
    }),
    z.object({
      id: CartOperationId,
      kind: z.literal("setElsewhere").describe("all units of a line go another way; null: with the rest of the cart again"),
      lineId: Uuid,
      elsewhere: LineElsewhere.nullable(),
    }),
    z.object({ id: CartOperationId, kind: z.literal("setQuantity"), lineId: Uuid, quantity: z.int().min(0).max(9999) }),
    z.object({ id: CartOperationId, kind: z.literal("remove"), lineId: Uuid }),
    z.object({
      id: CartOperationId,
      kind: z.literal("setPrice").describe("staff: a lower price of one unit, within what their role may give; null takes it back"),
      lineId: Uuid,
      unitAmount: z.int().min(0).max(100_000_000).nullable(),
      reason: z.string().trim().min(1).max(200).optional(),
    }),
    z.object({
      id: CartOperationId,
      kind: z.literal("setNote").describe("what is to be known of a line, or of the whole where `lineId` is null; null: nothing"),
      lineId: Uuid.nullable(),
      note: z.string().max(MOST_CART_NOTE).nullable(),
    }),
    z.object({ id: CartOperationId, kind: z.literal("applyCode"), code: z.string().min(1).max(40) }),
    z.object({ id: CartOperationId, kind: z.literal("removeCode"), code: z.string().min(1).max(40) }),
    z.object({ id: CartOperationId, kind: z.literal("applyReward"), rewardId: Uuid }),
    z.object({ id: CartOperationId, kind: z.literal("removeReward"), rewardId: Uuid }),
    z.object({ id: CartOperationId, kind: z.literal("setCustomer"), customerId: Uuid.nullable() }),
    z.object({ id: CartOperationId, kind: z.literal("setCompany"), companyId: Uuid.nullable() }),
    z.object({
      id: CartOperationId,
      kind: z.literal("setFulfillment"),
      fulfillment: z.discriminatedUnion("kind", [
        z.object({
          kind: z.enum(["take_away", "collect"]),
          placeId: Uuid,
          dining: z.enum(["eat_in", "take_away"]).default("take_away"),
          dueAt: Instant.nullable().default(null),
          /** Of its place: the cart holds room in it for its goods, and is due when it begins. */
          slotId: SlotId.optional(),
        }),
        z.object({ kind: z.literal("ship"), methodId: Uuid.nullable().default(null) }).describe("the hub chooses the place that ships"),
      ]),
    }),
    z.object({ id: CartOperationId, kind: z.literal("setAddress"), address: DeliveryAddress.nullable() }),
    z.object({ id: CartOperationId, kind: z.literal("takeEarlierLine"), lineId: Uuid }),
    z.object({ id: CartOperationId, kind: z.literal("dismissEarlier") }),
  ])
  .meta({ id: "CartOperation" });
export type CartOperation = z.output<typeof CartOperation>;

export const OperationResult = z
  .object({
    id: Uuid,
    outcome: z.enum(["applied", "repeated", "refused"]),
    lineId: Uuid.nullable(),
    code: z.string().nullable(),
    title: z.string().nullable(),
    data: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "OperationResult" });
