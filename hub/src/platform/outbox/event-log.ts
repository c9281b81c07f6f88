import type pg from "pg";
import type { Log } from "../telemetry/log.ts";
import { startLogFollower, type LogFollower } from "./follower.ts";
import { startSequencer } from "./sequencer.ts";

/** The log on one node: the sequencer's candidate, and what follows. */
export type EventLog = Pick<LogFollower, "position" | "onEvents"> & {
  /** Whether this node is the one that gives positions. */
  readonly isLeading: () => boolean;
  /** An event was committed on this node: deliver it now rather than at the next look. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/** Starts giving positions (one node of all does) and following the log from its present end. */
export async function startEventLog(parts: {
  readonly pool: pg.Pool;
  readonly log: Pick<Log, "info" | "warn" | "error">;
}): Promise<EventLog> {
  const follower = await startLogFollower(parts);
  const sequencer = startSequencer({ ...parts, onMoved: follower.wake });
  return {
    position: follower.position,
    onEvents: follower.onEvents,
    wake: sequencer.wake,
    isLeading: sequencer.isLeading,
    async stop() {
      await sequencer.stop();
      await follower.stop();
    },
  };
}
