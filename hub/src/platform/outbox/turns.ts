import type { Turn } from "./deliver.ts";
import type { Subscriber } from "./subscriber.ts";

/** What a node knows of one of its subscribers. */
export type Progress = {
  readonly subscriber: Subscriber;
  /** The position of the newest event that it reacts to. */
  wanted: number;
  /** How far it was when this node last ran it. */
  done: number;
  place: "idle" | "queued" | "running";
  /** Something came while it was running. */
  again: boolean;
  /** The event during which its connection broke, undefined while it is one of several, and how often in a row. */
  broken: { readonly eventId: string | undefined; readonly times: number } | undefined;
};

/** Whose turn it is: lanes take from here, first come first served. */
export type Turns = {
  /** Gives a subscriber a turn as soon as a lane is free. */
  add(progress: Progress): void;
  /** The next one; undefined when closed. */
  take(): Promise<Progress | undefined>;
  /** Takes note of a turn; `elsewhere` and a turn that broke are tried again a little later. */
  finish(progress: Progress, turn: Turn): void;
  close(): void;
};

/** When another node runs the subscriber, or the connection broke. */
const LATER_MS = 300;

export function createTurns(): Turns {
  const queued: Progress[] = [];
  const lanes: ((next: Progress | undefined) => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;

  function add(progress: Progress): void {
    if (isClosed) return;
    if (progress.place === "running") progress.again = true;
    if (progress.place !== "idle") return;
    const lane = lanes.shift();
    progress.place = lane ? "running" : "queued";
    if (lane) lane(progress);
    else queued.push(progress);
  }

  function addLater(progress: Progress): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      add(progress);
    }, LATER_MS);
    timers.add(timer);
  }

  return {
    add,
    async take() {
      if (isClosed) return undefined;
      const next = queued.shift();
      if (!next) return new Promise((resolve) => lanes.push(resolve));
      next.place = "running";
      return next;
    },
    finish(progress, turn) {
      progress.place = "idle";
      const wasCalled = progress.again;
      progress.again = false;
      if (isClosed) return;
      if (turn.kind === "elsewhere") return addLater(progress);
      progress.done = turn.position;
      if (turn.hasMore || wasCalled || progress.wanted > progress.done) add(progress);
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const lane of lanes) lane(undefined);
    },
  };
}
