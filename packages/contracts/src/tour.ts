import { z } from "zod";
import { Instant, LinkLevel, Uuid, type Endpoint } from "./shared.ts";

export const TOUR_SCENES = ["sign_up", "cart", "collect", "points", "return", "seams"] as const;

/** A visitor's own stage: a phone's channel, a store's channel with a training till, and a person to be. */
export const Tour = z
  .object({
    id: Uuid,
    /** The link level of both channels. */
    level: LinkLevel,
    webChannelId: Uuid,
    storeChannelId: Uuid,
    /** Of the phone's channel: what the framed shop calls with. */
    publishableKey: z.string(),
    placeId: Uuid,
    persona: z.object({ givenName: z.string(), familyName: z.string(), email: z.string(), storeEmail: z.string() }),
    isSignedUp: z.boolean(),
    expiresAt: Instant,
    /** When this was answered, by the hub's clock: of a scene that was set, when it began. */
    at: Instant,
  })
  .meta({ id: "Tour" });

export const tourEndpoints = {
  "tour.begin": {
    summary:
      "Demo only: a pair of channels, a training till and a persona of the visitor's own, for 24 hours; those they have, unless it is to begin again",
    tag: "tour",
    body: z.object({ again: z.boolean().default(false) }),
    response: Tour,
    status: 201,
  },
  "tour.read": { summary: "The visitor's own stage", tag: "tour", response: Tour, status: 200 },
  "tour.changeLevel": {
    summary: "Switch the link level of the visitor's own two channels, really",
    tag: "tour",
    body: z.object({ level: LinkLevel }),
    response: Tour,
    status: 200,
  },
  "tour.setScene": {
    summary: "Set the stage for a scene, as often as it is replayed; `sign_up` begins with a new person",
    tag: "tour",
    body: z.object({ scene: z.enum(TOUR_SCENES) }),
    response: Tour,
    status: 200,
  },
  "tour.arrive": {
    summary: "The visitor stands at the till, which knows nobody: a visit by the store's own record",
    tag: "tour",
    response: Tour,
    status: 201,
  },
} satisfies Record<string, Endpoint>;
