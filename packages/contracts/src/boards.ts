import { z } from "zod";
import { Instant, Uuid, type Endpoint } from "./shared.ts";

/** What a wall screen may show of an order: its number and a name that strangers may read. */
export const BoardTicket = z
  .object({
    id: Uuid,
    number: z.string(),
    /** The first name, with the initial of what follows when a guest left more; null when nobody gave one. */
    name: z.string().nullable(),
    /** Since when it is in this column. */
    since: Instant,
  })
  .meta({ id: "BoardTicket" });

export const BoardQueue = z
  .object({
    /** In preparation, the one that came first on top; at most twelve. */
    preparing: z.array(BoardTicket),
    /** Waiting at the counter, the newest on top; at most twelve. */
    ready: z.array(BoardTicket),
    /** How many there are of each, shown or not. */
    count: z.object({ preparing: z.int(), ready: z.int() }),
    at: Instant,
    version: z.int(),
  })
  .meta({ id: "BoardQueue" });

export const boardsEndpoints = {
  "boards.queue": {
    summary: "The collection queue of a place as a wall screen shows it: numbers and first names, nothing else of anybody",
    tag: "fulfillment",
    params: z.object({ placeId: Uuid }),
    response: BoardQueue,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
