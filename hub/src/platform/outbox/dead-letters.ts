import { newId, type Id } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { LoggedEvent } from "./follower.ts";

/** A letter's own id. */
export type DeadLetterId = Id<"dead letter">;

/** An event that is tried again after it failed. */
export type Letter = { readonly id: DeadLetterId; readonly attempts: number; readonly event: LoggedEvent };

/** How long to wait after the first, second… failure, in milliseconds. After the last of them the letter waits for a person. */
export const RETRY_WAITS_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];

/** What is told of a failure: its kind and code. A message may quote a value of a person, so only that of our own errors is kept. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if ("severity" in error && "code" in error) return `database error ${String(error.code)}`;
  return `${error.name}: ${error.message}`.slice(0, 500);
}

/** The subjects whose events must wait, and the letter that each waits for [SUB-3]. */
export async function blockedSubjects(client: pg.PoolClient, subscriber: string): Promise<Map<string, DeadLetterId>> {
  const rows = await statement<{ subject: string; id: DeadLetterId }>(
    client,
    `select distinct on (subject) subject, id from platform.dead_letter
      where subscriber = $1 and state in ('retrying', 'waiting') order by subject, position`,
    [subscriber],
  );
  return new Map(rows.map(({ subject, id }) => [subject, id]));
}

/**
 * Parks an event that failed: to be tried again after `waitMs`, or for a person when that is null. One that failed before a crash as
 * well, and was put in order since, is open again.
 */
export async function parkFailed(
  client: pg.PoolClient,
  subscriber: string,
  event: LoggedEvent,
  error: unknown,
  waitMs: number | null,
): Promise<DeadLetterId> {
  const values = [newId<DeadLetterId>(), subscriber, ...valuesOf(event), failureText(error), waitMs];
  const [row] = await statement<{ id: DeadLetterId }>(client, PARK_FAILED, values);
  if (!row) throw new Error("the letter was not written");
  return row.id;
}

const PARK_FAILED = `
  insert into platform.dead_letter (id, subscriber, position, event_id, type, subject, data, event_at, state, attempts, error, next_try_at, died_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, case when $10::integer is null then 'waiting' else 'retrying' end, 1, $9,
          now() + coalesce($10, 0) * interval '1 millisecond', case when $10::integer is null then now() end)
  on conflict (subscriber, position) do update
     set (state, attempts, error, next_try_at, died_at, waits_for, resolved_at)
       = (excluded.state, 1, excluded.error, excluded.next_try_at, excluded.died_at, null, null)
  returning id`;

/** Parks an event behind the letter of its subject that is not done. It shares that letter's state, so that the office lists both or neither. */
export async function parkBehind(client: pg.PoolClient, subscriber: string, event: LoggedEvent, letter: DeadLetterId): Promise<void> {
  await statement(client, PARK_BEHIND, [newId<DeadLetterId>(), subscriber, ...valuesOf(event), letter]);
}

const PARK_BEHIND = `
  insert into platform.dead_letter (id, subscriber, position, event_id, type, subject, data, event_at, state, attempts, error, waits_for)
  select $1, $2, $3, $4, $5, $6, $7, $8, first.state, 0, '', first.id from platform.dead_letter first where first.id = $9
  on conflict (subscriber, position) do nothing`;

function valuesOf(event: LoggedEvent): readonly unknown[] {
  return [event.position, event.id, event.type, event.subject, JSON.stringify(event.data), event.time];
}

type LetterRow = {
  readonly id: DeadLetterId;
  readonly attempts: number;
  readonly position: number;
  readonly event_id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  readonly event_at: Date;
};

/** The letters of a subscriber that are due for another try, oldest first. */
export async function dueLetters(client: pg.PoolClient, subscriber: string, most: number): Promise<Letter[]> {
  const rows = await statement<LetterRow>(
    client,
    `select id, attempts, position, event_id, type, subject, data, event_at from platform.dead_letter
      where subscriber = $1 and state = 'retrying' and waits_for is null and next_try_at <= now() order by position limit $2::integer`,
    [subscriber, most],
  );
  return rows.map(({ id, attempts, event_id, event_at, ...rest }) => ({
    id,
    attempts,
    event: { ...rest, id: event_id, time: event_at.toISOString(), source: "/hub", trace: null },
  }));
}

/** The subscribers that have letters due. */
export async function subscribersWithDueLetters(pool: pg.Pool): Promise<string[]> {
  const rows = await statement<{ subscriber: string }>(
    pool,
    "select distinct subscriber from platform.dead_letter where state = 'retrying' and waits_for is null and next_try_at <= now()",
    [],
  );
  return rows.map(({ subscriber }) => subscriber);
}

/**
 * The try went well, in this very transaction: a letter that a person was shown stays as replayed, one that mended itself is deleted.
 * Then the next of its subject is due.
 */
export async function resolveLetter(client: pg.PoolClient, id: DeadLetterId): Promise<void> {
  await statement(
    client,
    "update platform.dead_letter set state = 'replayed', attempts = attempts + 1, resolved_at = now() where id = $1",
    [id],
  );
  await statement(client, "select platform.release_dead_letters($1)", [id]);
  await statement(client, "delete from platform.dead_letter where id = $1 and died_at is null", [id]);
}

/** Another try failed: again after `waitMs`, or never by itself when that is null. Those behind it follow its state. */
export async function keepLetter(client: pg.PoolClient, id: DeadLetterId, error: unknown, waitMs: number | null): Promise<void> {
  await statement(client, KEEP, [id, failureText(error), waitMs]);
}

const KEEP = `
  update platform.dead_letter letter
     set state = case when $3::integer is null then 'waiting' else 'retrying' end,
         attempts = attempts + case when letter.id = $1 then 1 else 0 end,
         error = case when letter.id = $1 then $2 else error end,
         died_at = case when letter.id = $1 and $3::integer is null then coalesce(died_at, now()) else died_at end,
         next_try_at = now() + coalesce($3::integer, 0) * interval '1 millisecond'
   where (letter.id = $1 or letter.waits_for = $1) and letter.state in ('retrying', 'waiting')`;
