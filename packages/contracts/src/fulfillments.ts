import { z } from "zod";
import { FulfillmentKind } from "./carts.ts";
import { Country, DeliveryAddress, SlotId } from "./promises.ts";
import { ChannelKind, Instant, LocalizedText, Money, Uuid } from "./shared.ts";

/**
 * Why units are not served. What is not there, or is damaged, leaves its stock figure. `not_wanted`: their customer takes less, and nobody
 * else serves them.
 */
export const RefusalReason = z.enum(["out_of_stock", "damaged", "cannot_find", "too_much_to_do", "other", "not_wanted"]);

/** Units of a line that are taken at a counter. */
export const CollectedUnits = z.object({ orderLineId: Uuid, quantity: z.int().positive().max(100_000) });

/** A parcel that left, as its carrier follows it. */
export const Parcel = z
  .object({ id: Uuid, carrier: z.string(), trackingNumber: z.string(), trackingUrl: z.string().nullable(), at: Instant })
  .meta({ id: "Parcel" });

export const Fulfillment = z
  .object({
    id: Uuid,
    orderId: Uuid,
    orderNumber: z.string(),
    kind: FulfillmentKind,
    state: z.enum([
      "planned",
      "assigned",
      "accepted",
      "in_preparation",
      "packed",
      "ready",
      "dispatched",
      "delivered",
      "collected",
      "not_collected",
      "rejected",
      "canceled",
    ]),
    placeId: Uuid,
    placeName: z.string(),
    dueAt: Instant.nullable(),
    promisedAt: Instant.nullable(),
    /** It waits for goods that are to come on this day of its place, and nobody works on it before; null: they are there. */
    awaitsOn: z.iso.date().nullable(),
    /** It will be late: more is to be made than its place can by then, and no later slot has room for it. */
    delayed: z.boolean(),
    /** The collection slot in which it is due: from `dueAt` until then. */
    slot: z.object({ id: SlotId, endsAt: Instant }).nullable(),
    lines: z.array(
      z.object({
        orderLineId: Uuid,
        sku: z.string(),
        name: LocalizedText,
        options: z.array(z.object({ group: z.string(), value: z.string(), name: LocalizedText })),
        quantity: z.int(),
        /** What whoever makes or packs it has to know. */
        note: z.string().optional(),
      }),
    ),
    /** What is to be known of the whole order. */
    note: z.string().optional(),
    /** Money still to be taken at the hand-over. */
    due: Money,
    /** That of its order: nothing may be due and it is not paid yet, on account or only agreed to by a card. Null while it is being written. */
    paymentState: z.string().nullable(),
    customerName: z.string().nullable(),
    history: z.array(
      z.object({
        state: z.string(),
        at: Instant,
        by: z.string().nullable(),
        channelKind: ChannelKind.nullable(),
        reason: z.string().nullable(),
      }),
    ),
    /** Units that the place could not serve; with the name of the place that serves them instead, null when they were given up. */
    refused: z.array(z.object({ orderLineId: Uuid, quantity: z.int(), reason: RefusalReason, movedToPlaceName: z.string().nullable() })),
    /** Where it stands at the place. */
    shelf: z.string().nullable(),
    /** What its customer said of where they are, until it is handed over: on the way, or here. */
    arrival: z.enum(["near", "here"]).nullable(),
    /** Until when what is ready waits for its customer. */
    collectUntil: Instant.nullable(),
    /** Shown to the customer only. */
    collectCode: z.string().nullable(),
    /** Who fetches it instead of the customer, or did at `collectedAt`; the code is shown to the customer only. */
    collector: z.object({ name: z.string().nullable(), code: z.string().nullable(), collectedAt: Instant.nullable() }).nullable(),
    /** Whether the caller may take units off it because its customer does not want them. */
    mayChange: z.boolean(),
    /** Of a shipment; the address is shown to the customer only, those who pack read it by `fulfillments.address`. */
    delivery: z
      .object({
        methodName: LocalizedText,
        country: Country,
        /** Until when it has to leave the place. */
        shipBy: Instant.nullable(),
        address: DeliveryAddress.nullable(),
        parcels: z.array(Parcel),
      })
      .nullable(),
    version: z.int(),
  })
  .meta({ id: "Fulfillment" });

/** A day of a place's collection slots, also those that it had when they were taken. `mostWorkMinutes` null: work is not counted. */
export const CollectionDay = z
  .object({
    date: z.iso.date(),
    timeZone: z.string(),
    slots: z.array(
      z.object({
        id: SlotId,
        startsAt: Instant,
        endsAt: Instant,
        orders: z.int(),
        mostOrders: z.int(),
        workMinutes: z.int(),
        mostWorkMinutes: z.int().nullable(),
        fulfillments: z.array(
          z.object({
            id: Uuid,
            orderId: Uuid,
            orderNumber: z.string(),
            state: z.string(),
            units: z.int(),
            customerName: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "CollectionDay" });
