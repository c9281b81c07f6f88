import type pg from "pg";
import type { Log } from "../telemetry/log.ts";
import { startLogFollower, type LogFollower } from "./follower.ts";
import { startNatsFeed, type LogEntry } from "./nats-feed.ts";
import { startSequencer, type Sequencer } from "./sequencer.ts";

/** The log on one node: the sequencer's candidate, and what follows. */
export type EventLog = Pick<LogFollower, "position" | "onEvents"> & {
  /** Whether this node is the one that gives positions. */
  readonly isLeading: () => boolean;
  /** Whether events come by NATS; null without it. */
  readonly isFed: () => boolean | null;
  /** An event was committed on this node: deliver it now rather than at the next look. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/** Starts giving positions (one node of all does) and following the log from its present end; with `natsUrl`, by NATS where that is faster. */
export async function startEventLog(parts: {
  readonly pool: pg.Pool;
  readonly log: Pick<Log, "info" | "warn" | "error">;
  readonly natsUrl?: string;
}): Promise<EventLog> {
  const nats = parts.natsUrl === undefined ? undefined : startNatsFeed({ ...parts, url: parts.natsUrl });
  let sequencer: Sequencer | undefined;
  // Only who gives positions sends on: it reads them first, and once is enough.
  const feed = nats && { ...nats, offer: (entries: readonly LogEntry[]) => void (sequencer?.isLeading() && nats.offer(entries)) };
  const isLeading = () => sequencer?.isLeading() ?? false;
  const follower = await startLogFollower({ ...parts, isLeading, ...(feed && { feed }) });
  const leader = (sequencer = startSequencer({ ...parts, onMoved: follower.give }));
  return {
    position: follower.position,
    onEvents: follower.onEvents,
    wake: leader.wake,
    isLeading: leader.isLeading,
    isFed: () => nats?.isFed() ?? null,
    async stop() {
      await leader.stop();
      await follower.stop();
      await nats?.stop();
    },
  };
}
