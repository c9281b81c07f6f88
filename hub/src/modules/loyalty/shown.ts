import type { Actor, ShownTouch } from "../../platform/index.ts";

/**
 * A balance that a channel showed of somebody. It has no version of its own: it counts as another one when it changed and every second:
 * one screen asks for it in several places, and between two looks on one channel there may be one on another.
 */
export function shownBalance(points: number, recordId: string | null, { channelId, device }: Actor): ShownTouch | null {
  if (channelId === null || recordId === null) return null;
  const now = Date.now();
  return {
    recordId,
    channelId,
    placeId: device?.placeId ?? null,
    subject: `customer/${recordId}`,
    version: Math.floor(now / 1000) * MOST_POINTS + (Math.abs(points) % MOST_POINTS),
    kind: "customer.shown",
    shown: { balance: { points, asOf: new Date(now).toISOString() } },
  };
}

/** Seconds and points share one number below 2^53. */
const MOST_POINTS = 1_000_000;
