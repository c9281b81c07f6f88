import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A sale took what others were promised, or that is served again, or staff decided about it. Subject: `conflict/<id>`. */
export const StockConflictChanged = defineEvent(
  "stock.conflict_changed.v1",
  z.object({ conflictId: z.string(), variantId: z.string(), placeId: z.string(), missing: z.int(), state: z.enum(["open", "resolved"]) }),
);

/**
 * What others can have of a variant at a place, or what is on hand there, changed. Subject: `level/<variant>/<place>`.
 * `available` is never below 0 here; it counts no hold that has expired since. Published by the functions in migrations/.
 */
export const StockChanged = defineEvent(
  "stock.changed.v1",
  z.object({ variantId: z.string(), placeId: z.string(), onHand: z.int(), available: z.int() }),
);

/**
 * A delivery or waste was booked, a transfer was sent, arrived or came back, a count began, was done or discarded. `fromPlaceId` is set for
 * transfers. Subject: `document/<id>`.
 */
export const StockDocumentChanged = defineEvent(
  "stock.document_changed.v1",
  z.object({
    documentId: z.string(),
    kind: z.enum(["delivery", "waste", "transfer", "count"]),
    state: z.enum(["open", "in_transit", "done", "discarded"]),
    placeId: z.string(),
    fromPlaceId: z.string().nullable(),
  }),
);

/** On which terms a variant is sold ahead at a place changed, or until when it comes. Subject: `level/<variant>/<place>`. */
export const StockAheadChanged = defineEvent("stock.ahead_changed.v1", z.object({ variantId: z.string(), placeId: z.string() }));

/**
 * Units of an order line wait no more: the goods are there and are its own, or they were given up. Subject: `level/<variant>/<place>`, whose lock
 * the movement holds.
 */
export const StockWaited = defineEvent(
  "stock.waited.v1",
  z.object({ orderId: z.string(), lineId: z.string(), variantId: z.string(), placeId: z.string(), quantity: z.int().positive() }),
);

/**
 * Units that an order line waited for at a place do not come: they were declined, taken back or came short. They are owed there now, with what is
 * not on hand as a conflict. Subject: `level/<variant>/<place>`.
 */
export const StockMissed = defineEvent(
  "stock.missed.v1",
  z.object({ orderId: z.string(), lineId: z.string(), variantId: z.string(), placeId: z.string(), quantity: z.int().positive() }),
);

/** An order asked a place for goods that are fetched elsewhere, or asks no more, or they were sent or declined. Subject: `asked/<place>`. */
export const StockAskedChanged = defineEvent("stock.asked_changed.v1", z.object({ placeId: z.string() }));
