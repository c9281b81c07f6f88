import type pg from "pg";
import { statement } from "../database/db.ts";
import { createBell } from "./bell.ts";
import { subscribersWithDueLetters } from "./dead-letters.ts";
import { BrokenTurnError, moveTo, takeTurn, type Delivery, type Turn } from "./deliver.ts";
import type { LogFollower } from "./follower.ts";
import { createLogWindow } from "./log-window.ts";
import type { Subscriber } from "./subscriber.ts";
import { createTurns, type Progress, type Turns } from "./turns.ts";

/** Runs the subscribers of one node. */
export type SubscriberRunner = {
  /** Lets the events under way end, and starts no other. */
  stop(): Promise<void>;
};

export type RunnerParts = Omit<Delivery, "window"> & {
  readonly pool: pg.Pool;
  readonly follower: Pick<LogFollower, "position" | "onEvents"> & {
    /** Told after each turn: handlers publish too. */
    readonly wake: () => void;
  };
  readonly subscribers: readonly Subscriber[];
  /** See HOUSEKEEPING_MS. */
  readonly housekeepingMs?: number;
};

/** So many subscribers run at once on a node, each on a connection of the pool. */
const LANES = 2;
/** How often due letters are looked for, and subscribers without work moved on. */
const HOUSEKEEPING_MS = 1000;
const MOST_BREAKS = 3;

/**
 * Runs subscribers from where each stopped. Any node may run any of them, one node at a time; a failing one holds up neither other
 * subscribers nor other subjects [SUB-2].
 */
export async function startSubscribers(parts: RunnerParts): Promise<SubscriberRunner> {
  const { pool, follower, subscribers, log } = parts;
  await registerSubscribers(parts);
  const position = follower.position();
  const delivery: Delivery = { ...parts, window: createLogWindow(position) };
  const turns = createTurns();
  const all = subscribers.map((subscriber): Progress => ({
    subscriber,
    wanted: position,
    done: 0,
    place: "idle",
    startedAt: -Infinity,
    again: false,
    broken: undefined,
  }));
  const stopListening = follower.onEvents((events) => {
    delivery.window.add(events);
    for (const progress of all) {
      const last = events.findLast(({ type }) => progress.subscriber.reactions.has(type));
      if (!last) continue;
      progress.wanted = last.position;
      turns.add(progress);
    }
  });
  for (const progress of all) turns.add(progress);

  const bell = createBell();
  const stopping = new AbortController();
  async function keepHouse(): Promise<void> {
    for (; !stopping.signal.aborted; await bell.wait(parts.housekeepingMs ?? HOUSEKEEPING_MS)) {
      await lookAfter(pool, all, turns, follower.position()).catch((error: unknown) => {
        log.warn({ err: error }, "subscribers could not be looked after");
      });
    }
  }

  const ended = Promise.all([keepHouse(), ...Array.from({ length: LANES }, () => runLane(parts, turns, delivery))]);
  return {
    async stop() {
      stopping.abort();
      stopListening();
      turns.close();
      bell.ring();
      await ended;
    },
  };
}

/**
 * Makes known who subscribes. On a new installation everybody begins with the first event; who is added later begins with the next
 * one, because what came before is no news and would send old messages.
 */
async function registerSubscribers({ pool, subscribers, log }: RunnerParts): Promise<void> {
  await statement(
    pool,
    `insert into platform.subscription (name, position)
     select name, case when exists (select from platform.subscription) then (select position from platform.log_head) else 0 end
       from unnest($1::text[]) as name
     on conflict do nothing`,
    [subscribers.map(({ name }) => name)],
  );
  const lost = await statement<{ name: string }>(
    pool,
    "select name from platform.subscription where name = any($1::text[]) and position < (select min(position) - 1 from platform.event_log)",
    [subscribers.map(({ name }) => name)],
  );
  if (lost.length > 0)
    log.error({ subscribers: lost.map(({ name }) => name) }, "the log no longer holds all that these have not seen: rebuild their tables");
}

async function runLane({ pool, follower }: RunnerParts, turns: Turns, delivery: Delivery): Promise<void> {
  for (let progress = await turns.take(); progress; progress = await turns.take()) {
    turns.finish(progress, await turnOf(pool, progress, delivery));
    follower.wake();
  }
}

/** A turn that was cut off is taken again. An event that cut it off three times in a row is parked as failed. */
async function turnOf(pool: pg.Pool, progress: Progress, delivery: Delivery): Promise<Turn> {
  const { subscriber, broken } = progress;
  const breaker = broken && broken.times >= MOST_BREAKS ? broken.eventId : undefined;
  try {
    const turn = await turnOnPool(pool, subscriber, { ...delivery, breaker, isOneByOne: broken !== undefined });
    progress.broken = undefined;
    return turn;
  } catch (error) {
    delivery.log.warn({ err: error, subscriber: subscriber.name }, "a subscriber's turn was cut off");
    if (error instanceof BrokenTurnError) {
      const { event } = error;
      progress.broken = { eventId: event?.id, times: event?.id === broken?.eventId ? (broken?.times ?? 0) + 1 : 1 };
      // Those before it are done, and need not be done again.
      if (event) await moveTo(pool, [subscriber.name], event.position - 1).catch(() => undefined);
    }
    return { kind: "elsewhere" };
  }
}

/** A connection on which something went wrong is thrown away, and its lock with it. */
async function turnOnPool(pool: pg.Pool, subscriber: Subscriber, delivery: Delivery): Promise<Turn> {
  const client = await pool.connect();
  let isBroken = true;
  try {
    const turn = await takeTurn(client, subscriber, delivery);
    isBroken = false;
    return turn;
  } finally {
    client.release(isBroken);
  }
}

/** Letters get their turn when they are due. Who has nothing to do is moved on, so that the log behind it may be dropped. */
async function lookAfter(pool: pg.Pool, all: readonly Progress[], turns: Turns, head: number): Promise<void> {
  const idle = all.filter(({ place, wanted, done }) => place === "idle" && done >= wanted && done < head);
  if (idle.length > 0) {
    const names = idle.map(({ subscriber }) => subscriber.name);
    await moveTo(pool, names, head);
    for (const progress of idle) progress.done = Math.max(progress.done, head);
  }
  const due = new Set(await subscribersWithDueLetters(pool));
  for (const progress of all) if (due.has(progress.subscriber.name)) turns.add(progress);
}
