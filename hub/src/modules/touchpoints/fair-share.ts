import type { ChannelId } from "@weft/kernel";
import { createFairQueue } from "./fair-queue.ts";

/** What one channel may have in the intake of one node at a time. */
export type Share = {
  /**
   * Lets a request in, and answers what is to be called when it has been answered; null when the channel has so much under way that more
   * would only wait: it is told to come again. A channel with nothing under way is always let in.
   */
  enter(channelId: ChannelId, size: { readonly events: number; readonly bytes: number }): (() => void) | null;
  /** Does work that needs a connection of its own, a few at a time, channels in turn. */
  inTurn<T>(channelId: ChannelId, work: () => Promise<T>): Promise<T>;
};

export type ShareLimits = { readonly events: number; readonly bytes: number; readonly atOnce: number };

/**
 * Ten thousand events are about a second of what the lane stores, so that nobody who is let in waits much longer. Four identifies at once
 * leave half of the connections to everything else.
 */
const LIMITS: ShareLimits = { events: 10_000, bytes: 16 * 1024 * 1024, atOnce: 4 };

export function createShare(limits: ShareLimits = LIMITS): Share {
  const underWay = new Map<ChannelId, { events: number; bytes: number }>();
  const waiting = createFairQueue<() => void>();
  let running = 0;

  function startNext(): void {
    if (running >= limits.atOnce) return;
    const [start] = waiting.take(1);
    if (!start) return;
    running++;
    start();
  }

  /** Until it is this channel's turn. */
  const turnOf = (channelId: ChannelId) =>
    new Promise<void>((start) => {
      waiting.add(channelId, start, 1);
      startNext();
    });

  return {
    enter(channelId, { events, bytes }) {
      const own = underWay.get(channelId) ?? { events: 0, bytes: 0 };
      const isIdle = own.events === 0 && own.bytes === 0;
      if (!isIdle && (own.events + events > limits.events || own.bytes + bytes > limits.bytes)) return null;
      underWay.set(channelId, { events: own.events + events, bytes: own.bytes + bytes });
      return () => leave(underWay, channelId, { events, bytes });
    },
    async inTurn(channelId, work) {
      await turnOf(channelId);
      try {
        return await work();
      } finally {
        running--;
        startNext();
      }
    },
  };
}

function leave(
  underWay: Map<ChannelId, { events: number; bytes: number }>,
  channelId: ChannelId,
  size: { events: number; bytes: number },
): void {
  const own = underWay.get(channelId);
  if (!own) return;
  const rest = { events: own.events - size.events, bytes: own.bytes - size.bytes };
  if (rest.events > 0 || rest.bytes > 0) underWay.set(channelId, rest);
  else underWay.delete(channelId);
}
