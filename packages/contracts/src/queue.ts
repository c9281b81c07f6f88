import { z } from "zod";
import { IdParams, Instant, LocalizedText, Uuid, type Endpoint } from "./shared.ts";

/** How the stations of a place kept up in the last days, by what they said was made. */
export const QueuePerformance = z
  .object({
    days: z.int(),
    asOf: Instant,
    /** Orders that were promised a time, and those that were made after it. */
    orders: z.int(),
    lateOrders: z.int(),
    stations: z.array(
      z.object({
        name: z.string(),
        lines: z.int(),
        /** For one piece: half of them took less, and nine of ten took less; null where nothing was measured. */
        medianSeconds: z.int().nullable(),
        slowSeconds: z.int().nullable(),
      }),
    ),
    /** Whether the place has preparation times measured: not at all, to show them, or for its promises to go by. */
    measuredTimes: z.enum(["off", "shown", "used"]),
    /** What was measured most first; none where it is off. */
    products: z.array(
      z.object({
        productId: Uuid,
        name: LocalizedText,
        station: z.string(),
        /** The preparation time that is set. */
        setSeconds: z.int(),
        /** The median of what it took, within half and double of that; null from fewer than ten. */
        learnedSeconds: z.int().nullable(),
        samples: z.int(),
      }),
    ),
  })
  .meta({ id: "QueuePerformance" });

export const queueEndpoints = {
  "queue.performance": {
    summary:
      "How the stations of a place kept up in the last days: time for each piece, what came late, and what was learned of preparation times",
    tag: "promises",
    params: IdParams,
    query: z.object({ days: z.coerce.number().int().min(1).max(31).default(7) }),
    response: QueuePerformance,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
