import type { DeadLetterView } from "@weft/contracts";
import { err, ok, type Problems, type Result } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import type { Ctx, ReadCtx } from "../ctx.ts";
import { pageFrom, readCursor } from "../http/cursor.ts";
import { SUBSCRIBER_LOCK } from "./deliver.ts";

export type DeadLetterError =
  | { readonly code: "deadLetters.unknown" }
  | { readonly code: "deadLetters.not_waiting"; readonly state: string }
  | { readonly code: "deadLetters.waits_behind"; readonly waitsFor: string };

export const DEAD_LETTER_PROBLEMS: Problems<DeadLetterError> = {
  "deadLetters.unknown": { status: 404, title: "There is no such failed event" },
  "deadLetters.not_waiting": { status: 409, title: "This event does not wait any more" },
  "deadLetters.waits_behind": { status: 409, title: "An earlier event of the same subject comes first" },
};

type Row = {
  readonly id: string;
  readonly parked_at: Date;
  readonly subscriber: string;
  readonly type: string;
  readonly subject: string;
  readonly position: number;
  readonly attempts: number;
  readonly error: string;
  readonly state: "retrying" | "waiting" | "replayed" | "discarded";
  readonly waits_for: string | null;
};

const COLUMNS = sql.raw("id, parked_at, subscriber, type, subject, position, attempts, error, state, waits_for");

type ListQuery = { readonly state: DeadLetterView["state"]; readonly limit: number; readonly cursor?: string | undefined };

/** Events that a subscriber could not process, newest first. One that was given again and is under way counts as replayed. */
export async function listDeadLetters(
  ctx: Pick<ReadCtx, "db">,
  { state, limit, cursor }: ListQuery,
): Promise<{ items: DeadLetterView[]; nextCursor: string | null }> {
  const [position, id] = readCursor(z.tuple([z.int(), z.uuid()]), cursor) ?? [null, null];
  const { rows } = await sql<Row>`
    select ${COLUMNS} from platform.dead_letter
     where (state = ${state} or (${state} = 'replayed' and state = 'retrying' and died_at is not null))
       and (${position}::bigint is null or (position, id) < (${position}::bigint, ${id}::uuid))
     order by position desc, id desc limit ${limit + 1}`.execute(ctx.db);
  return pageFrom(rows, limit, present, (row) => [row.position, row.id]);
}

/** Gives an event to its subscriber again, within a second. Should it fail again, it waits again. Errors: all of `DeadLetterError`. */
export async function replayDeadLetter(ctx: Ctx, id: string): Promise<Result<DeadLetterView, DeadLetterError>> {
  const row = await change(
    ctx,
    sql`update platform.dead_letter set state = 'retrying', next_try_at = now()
         where id = ${id} and state = 'waiting' and waits_for is null returning ${COLUMNS}`,
  );
  return row ? ok(present(row)) : whyNot(ctx, id);
}

/** Puts an event aside for good; those that waited behind it go on. Errors: all of `DeadLetterError`. */
export async function discardDeadLetter(ctx: Ctx, id: string): Promise<Result<DeadLetterView, DeadLetterError>> {
  const { rows } = await sql<{ subscriber: string }>`select subscriber from platform.dead_letter where id = ${id}`.execute(ctx.db);
  if (!rows[0]) return err({ code: "deadLetters.unknown" });
  // The subscriber's own turn may be parking an event behind this letter: that turn ends first.
  await sql`select pg_advisory_xact_lock(${SUBSCRIBER_LOCK}::integer, hashtext(${rows[0].subscriber}))`.execute(ctx.db);
  const row = await change(
    ctx,
    sql`update platform.dead_letter set state = 'discarded', resolved_at = now()
         where id = ${id} and state = 'waiting' and waits_for is null returning ${COLUMNS}`,
  );
  if (!row) return whyNot(ctx, id);
  await sql`select platform.release_dead_letters(${id}::uuid)`.execute(ctx.db);
  return ok(present(row));
}

async function change(ctx: Ctx, statement: RawBuilder<unknown>): Promise<Row | undefined> {
  const { rows } = await statement.$castTo<Row>().execute(ctx.db);
  return rows[0];
}

async function whyNot(ctx: Ctx, id: string): Promise<Result<never, DeadLetterError>> {
  const { rows } = await sql<Row>`select ${COLUMNS} from platform.dead_letter where id = ${id}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return err({ code: "deadLetters.unknown" });
  if (row.waits_for !== null) return err({ code: "deadLetters.waits_behind", waitsFor: row.waits_for });
  return err({ code: "deadLetters.not_waiting", state: present(row).state });
}

function present(row: Row): DeadLetterView {
  return {
    id: row.id,
    at: row.parked_at.toISOString(),
    subscriber: row.subscriber,
    eventType: row.type,
    subject: row.subject,
    position: row.position,
    attempts: row.attempts,
    error: row.waits_for === null ? row.error : `waits for ${row.waits_for}`,
    state: row.state === "retrying" ? "replayed" : row.state,
  };
}
