import type pg from "pg";
import type { Ctx } from "../ctx.ts";
import { BEHIND, beginAt } from "../database/begin.ts";
import { dbOn, statement, type Db } from "../database/db.ts";
import { isPassing } from "../database/passing.ts";
import type { Log } from "../telemetry/log.ts";
import { together } from "../database/trail.ts";
import { withSpan } from "../telemetry/trace.ts";
import {
  blockedSubjects,
  dueLetters,
  keepLetter,
  parkBehind,
  parkFailed,
  resolveLetter,
  RETRY_WAITS_MS,
  type DeadLetterId,
  type Letter,
} from "./dead-letters.ts";
import type { LoggedEvent } from "./follower.ts";
import type { LogWindow, Stretch } from "./log-window.ts";
import type { Handler, Subscriber } from "./subscriber.ts";

/** Makes the context of a handler on its open transaction. */
export type HandlerContext = (db: Db, now: Date, requestId: string) => Ctx;

export type Delivery = {
  readonly window: LogWindow;
  readonly contextOn: HandlerContext;
  readonly log: Pick<Log, "warn" | "error">;
  /** How long to wait after each failure; see RETRY_WAITS_MS. */
  readonly retryWaitsMs?: readonly number[];
  /** An event that breaks the connection whenever it is worked on: not run any more, only parked as failed. */
  readonly breaker?: string | undefined;
  /** The last turn broke: each event by itself now, to find the one that does it. */
  readonly isOneByOne?: boolean;
};

/** The connection broke while an event was worked on: by chance, or because of it. Without the event when several shared a transaction. */
export class BrokenTurnError extends Error {
  override readonly name = "BrokenTurnError";
  readonly event: LoggedEvent | undefined;
  constructor(event: LoggedEvent | undefined, cause: unknown) {
    super("the connection broke while an event was worked on", { cause });
    this.event = event;
  }
}

/** What a turn of a subscriber came to: how far it is now, and whether there is more to do at once. */
export type Turn = { readonly kind: "done"; readonly position: number; readonly hasMore: boolean } | { readonly kind: "elsewhere" };

/** A fixed number that, with the subscriber's name, makes the lock under which one node at a time runs it. */
export const SUBSCRIBER_LOCK = 4_400_004;
const MOST_EVENTS = 100;
const MOST_LETTERS = 20;

/**
 * One turn of a subscriber on one connection: letters that are due, then the next events and the step forward in one transaction. When
 * one of them fails, each runs in a transaction of its own. The lock is held by this connection and every transaction runs on it, so a node
 * that lost the lock cannot write either. A crash repeats at most the events of one turn and never skips one [SUB-1].
 */
export async function takeTurn(client: pg.PoolClient, subscriber: Subscriber, delivery: Delivery): Promise<Turn> {
  const lock = [SUBSCRIBER_LOCK, subscriber.name];
  // Sent at once, done in this order: what is read behind a lock that was not to be had is thrown away, and a transaction that is not needed too.
  const [[taken], letters, position, blocked, now] = await together(client, () =>
    Promise.all([
      statement<{ taken: boolean }>(client, "select pg_try_advisory_lock($1::integer, hashtext($2)) as taken", lock),
      dueLetters(client, subscriber.name, MOST_LETTERS),
      positionOf(client, subscriber.name),
      blockedSubjects(client, subscriber.name),
      beginAt(client, BEHIND),
    ]),
  );
  if (taken?.taken && letters.length === 0 && blocked.size === 0 && !delivery.isOneByOne) {
    const stretch = await delivery.window.after(client, position, [...subscriber.reactions.keys()], MOST_EVENTS);
    if (await runTogether(client, subscriber, stretch, delivery, { now, lock }))
      return { kind: "done", position: stretch.upTo, hasMore: stretch.events.length === MOST_EVENTS };
  } else await client.query("rollback");
  if (!taken?.taken) return { kind: "elsewhere" };
  // When this throws, the connection is closed, and the lock goes with it.
  const turn = await advance(client, subscriber, delivery, { letters, position, blocked });
  await statement(client, UNLOCK, lock);
  return turn;
}

const UNLOCK = "select pg_advisory_unlock($1::integer, hashtext($2))";

/** Where a subscriber stands when its turn begins. */
type Standing = {
  readonly letters: readonly Letter[];
  readonly position: number;
  readonly blocked: ReadonlyMap<string, DeadLetterId>;
};

/** The slow way: letters first, then each event in a transaction of its own. */
async function advance(
  client: pg.PoolClient,
  subscriber: Subscriber,
  delivery: Delivery,
  { letters, position, blocked: known }: Standing,
): Promise<Turn> {
  for (const letter of letters) await retry(client, subscriber, letter, delivery);
  const stretch = await delivery.window.after(client, position, [...subscriber.reactions.keys()], MOST_EVENTS);
  const blocked = new Map(letters.length > 0 ? await blockedSubjects(client, subscriber.name) : known);
  for (const event of stretch.events) {
    const letter = blocked.get(event.subject);
    if (letter !== undefined) await parkBehind(client, subscriber.name, event, letter);
    else {
      const failure = await attempt(client, subscriber, event, delivery);
      if (failure)
        blocked.set(event.subject, await parkFailed(client, subscriber.name, event, failure.error, waitsOf(delivery)[0] ?? null));
    }
  }
  if (stretch.upTo > position) await moveTo(client, [subscriber.name], stretch.upTo);
  return { kind: "done", position: stretch.upTo, hasMore: letters.length > 0 || stretch.events.length === MOST_EVENTS };
}

/**
 * All events of a turn and its step forward in the transaction that is open: a transaction each cost three round trips an event, and under
 * load subscribers fell behind by seconds. The lock goes in the same message as the commit; when that fails, who holds it is not known, and
 * the connection is given up. False when there was nothing to do or a handler failed: then nothing has happened, and the lock is still held.
 */
async function runTogether(
  client: pg.PoolClient,
  subscriber: Subscriber,
  { events, upTo }: Stretch,
  delivery: Delivery,
  { now, lock }: { readonly now: Date; readonly lock: readonly unknown[] },
): Promise<boolean> {
  const [first] = events;
  let isEnding = false;
  try {
    if (first)
      await withSpan(
        subscriber.name,
        { "weft.event": first.id, "weft.position": first.position, "weft.events": events.length },
        async () => {
          await handleAll(subscriber, delivery.contextOn(dbOn(client), now, first.id), events);
          isEnding = true;
          const [, end] = await together(client, () =>
            Promise.all([moveTo(client, [subscriber.name], upTo), client.query("commit"), statement(client, UNLOCK, lock)]),
          );
          if (end.command !== "COMMIT") throw new Error("a statement had failed, so nothing was committed");
        },
      );
    else await client.query("rollback");
    return first !== undefined;
  } catch (error) {
    if (isEnding) throw new BrokenTurnError(undefined, error);
    // The reason is told by the event that fails again by itself.
    await client.query("rollback").catch((cause: unknown) => {
      throw new BrokenTurnError(undefined, cause);
    });
    return false;
  }
}

async function handleAll({ reactions, handleSet }: Subscriber, ctx: Ctx, events: readonly LoggedEvent[]): Promise<void> {
  if (handleSet) return handleSet(ctx, events);
  for (const event of events) await reactions.get(event.type)?.({ ...ctx, requestId: event.id }, event);
}

async function positionOf(client: pg.PoolClient, name: string): Promise<number> {
  const [row] = await statement<{ position: number }>(client, "select position from platform.subscription where name = $1", [name]);
  if (!row) throw new Error(`subscriber ${name} is not registered`);
  return row.position;
}

/** Steps forward, never back. */
export async function moveTo(target: pg.PoolClient | pg.Pool, names: readonly string[], position: number): Promise<void> {
  await statement(
    target,
    "update platform.subscription set position = $2, changed_at = now() where name = any($1::text[]) and position < $2",
    [names, position],
  );
}

/** Tries a letter again: mended, once more later, or a dead letter. */
async function retry(client: pg.PoolClient, subscriber: Subscriber, letter: Letter, delivery: Delivery): Promise<void> {
  const failure = await attempt(client, subscriber, letter.event, delivery, () => resolveLetter(client, letter.id));
  if (!failure) return;
  const waitMs = waitsOf(delivery)[letter.attempts] ?? null;
  await keepLetter(client, letter.id, failure.error, waitMs);
  if (waitMs === null)
    delivery.log.error({ subscriber: subscriber.name, event: letter.event.id, letter: letter.id }, "an event is a dead letter now");
}

const waitsOf = (delivery: Delivery) => delivery.retryWaitsMs ?? RETRY_WAITS_MS;

/**
 * Runs a handler in one transaction, and `settle` in the same.
 * A failure of the handler is answered; a connection that broke throws `BrokenTurnError`.
 */
async function attempt(
  client: pg.PoolClient,
  subscriber: Subscriber,
  event: LoggedEvent,
  delivery: Delivery,
  settle?: () => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  if (event.id === delivery.breaker) return { error: new Error("the connection broke each time") };
  const handle = subscriber.reactions.get(event.type);
  for (let tries = 1; ; tries++) {
    try {
      await withSpan(subscriber.name, { "weft.event": event.id, "weft.position": event.position }, () =>
        runIn(client, event, delivery, handle, settle),
      );
      return undefined;
    } catch (error) {
      await client.query("rollback").catch((cause: unknown) => {
        throw new BrokenTurnError(event, cause);
      });
      if (tries < MOST_TRIES && isPassing(error)) continue;
      delivery.log.warn({ err: error, subscriber: subscriber.name, event: event.id, type: event.type }, "a subscriber failed");
      return { error };
    }
  }
}

const MOST_TRIES = 3;
async function runIn(
  client: pg.PoolClient,
  event: LoggedEvent,
  { contextOn }: Delivery,
  handle: Handler<unknown> | undefined,
  settle: (() => Promise<void>) | undefined,
): Promise<void> {
  const now = await beginAt(client, BEHIND);
  await handle?.(contextOn(dbOn(client), now, event.id), event);
  await settle?.();
  const end = await client.query("commit");
  if (end.command !== "COMMIT") throw new Error("a statement had failed, so nothing was committed");
}
