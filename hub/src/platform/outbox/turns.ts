import type { Turn } from "./deliver.ts";
import type { Subscriber } from "./subscriber.ts";

/** What a node knows of one of its subscribers. */
export type Progress = {
  readonly subscriber: Subscriber;
  /** The position of the newest event that it reacts to. */
  wanted: number;
  /** How far it was when this node last ran it. */
  done: number;
  place: "idle" | "waiting" | "queued" | "running";
  /** When its last turn began, as `performance.now()` says it. */
  startedAt: number;
  /** Something came while it was running. */
  again: boolean;
  /** The event during which its connection broke, undefined while it is one of several, and how often in a row. */
  broken: { readonly eventId: string | undefined; readonly times: number } | undefined;
};

/** Whose turn it is: lanes take from here, first come first served. */
export type Turns = {
  /** Gives a subscriber a turn as soon as a lane is free, at once or `PACE_MS` after the last one began. */
  add(progress: Progress): void;
  /** The next one; undefined when closed. */
  take(): Promise<Progress | undefined>;
  /** Takes note of a turn; `elsewhere` and a turn that broke are tried again a little later. */
  finish(progress: Progress, turn: Turn): void;
  close(): void;
};

/** When another node runs the subscriber, or the connection broke. */
const LATER_MS = 300;
/**
 * Under load a subscriber takes turns at this pace, each with all that came meanwhile: a turn costs about ten statements, whatever it brings.
 * After a pause its first event is worked on at once.
 */
const PACE_MS = 100;

export function createTurns(): Turns {
  const queued: Progress[] = [];
  const lanes: ((next: Progress | undefined) => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;

  function add(progress: Progress): void {
    if (isClosed) return;
    if (progress.place === "running") progress.again = true;
    if (progress.place !== "idle") return;
    const wait = progress.startedAt + PACE_MS - performance.now();
    if (wait > 0) addLater(progress, wait);
    else addNow(progress);
  }

  function addNow(progress: Progress): void {
    const lane = lanes.shift();
    if (!lane) {
      progress.place = "queued";
      queued.push(progress);
    } else lane(started(progress));
  }

  function started(progress: Progress): Progress {
    progress.place = "running";
    progress.startedAt = performance.now();
    return progress;
  }

  function addLater(progress: Progress, wait: number): void {
    progress.place = "waiting";
    const timer = setTimeout(() => {
      timers.delete(timer);
      addNow(progress);
    }, wait);
    timers.add(timer);
  }

  return {
    add,
    async take() {
      if (isClosed) return undefined;
      const next = queued.shift();
      return next ? started(next) : new Promise((resolve) => lanes.push(resolve));
    },
    finish(progress, turn) {
      progress.place = "idle";
      const wasCalled = progress.again;
      progress.again = false;
      if (isClosed) return;
      if (turn.kind === "elsewhere") return addLater(progress, LATER_MS);
      progress.done = turn.position;
      if (turn.hasMore) addNow(progress);
      else if (wasCalled || progress.wanted > progress.done) add(progress);
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const lane of lanes) lane(undefined);
    },
  };
}
