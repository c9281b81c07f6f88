import type { TaskKind, TaskTeam } from "@weft/contracts";
import { err, ok, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { decideAct, decideHandOver, type Act, type ActDecision, type Task, type TaskId } from "./domain/index.ts";
import type { TaskError } from "./errors.ts";
import { readTask } from "./queries.ts";
import { leaveRuns, note, type Changed } from "./steps.ts";

/** The advisory lock under which causes are compared with tasks: by one at a time. */
const COMPARE_LOCK = 7_461_201;

/**
 * Opens a task for each cause that has none and ends those whose cause is gone [TSK-1] [TSK-2]; `kinds` limits it to some. Comparing all
 * is right after whatever was missed, so it is done for a fact and by the clock alike. Answers how many changed.
 */
export async function compareCauses(ctx: Ctx, kinds: readonly TaskKind[] | null): Promise<number> {
  await sql`select pg_advisory_xact_lock(${COMPARE_LOCK}::bigint)`.execute(ctx.db);
  const opened = await sql<Change>`
    insert into tasks.task (id, kind, cause_key, team, place_id, reference, opened_at, due_at)
    select uuidv7(), c.kind, c.cause_key, c.team, c.place_id, c.reference, ${ctx.now}::timestamptz, c.due_at
      from tasks.cause c
     where (${kinds}::text[] is null or c.kind = any(${kinds}::text[]))
       and not exists (select from tasks.task t where t.kind = c.kind and t.cause_key = c.cause_key and t.is_standing)
    on conflict (kind, cause_key) do update
       set (state, is_standing, version, opened_at, due_at, reference, team, escalated_at, ended_at, note, taken_by, taken_name)
         = ('open', true, tasks.task.version + 1, excluded.opened_at, excluded.due_at, excluded.reference, excluded.team, null, null, null, null, null)
    returning id, kind, team, place_id as "placeId", state, version, false as "wasDone"`.execute(ctx.db);
  const gone = await sql<Change>`
    update tasks.task t
       set is_standing = false, version = t.version + 1, taken_by = null, taken_name = null,
           state = case when t.state = 'done' then 'done' else 'gone' end, ended_at = coalesce(t.ended_at, ${ctx.now}::timestamptz)
     where t.is_standing and (${kinds}::text[] is null or t.kind = any(${kinds}::text[]))
       and not exists (select from tasks.cause c where c.kind = t.kind and c.cause_key = t.cause_key)
    returning t.id, t.kind, t.team, t.place_id as "placeId", t.state, t.version, t.state = 'done' as "wasDone"`.execute(ctx.db);
  for (const task of opened.rows) await note(ctx, task, task.version === 1 ? "opened" : "reopened");
  for (const task of gone.rows) if (!task.wasDone) await note(ctx, task, "gone");
  if (gone.rows.length > 0)
    await leaveRuns(
      ctx,
      gone.rows.map(({ id }) => id),
    );
  return opened.rows.length + gone.rows.length;
}

type Change = Changed & { readonly wasDone: boolean };

const STEP_OF: Readonly<Record<Act, "taken" | "released" | "done">> = { take: "taken", release: "released", finish: "done" };

/**
 * Takes, releases or finishes a task [TSK-3], under its lock: of two who take it at once one has it. Pressed twice it stays as it is.
 * Errors: `task.unknown` (also where the caller does not reach its place), `task.ended`, `task.taken`. Publishes `task.changed.v1`.
 */
export async function actOn(ctx: Ctx, id: TaskId, act: Act, said: string | null): Promise<Result<Task, TaskError>> {
  const found = await lockReached(ctx, id);
  if (!found.ok) return found;
  const { task, staff } = found.value;
  const decision = decideAct(task, act, staff.id);
  if (decision.kind !== "does") return standing(task, decision);
  const holder: { id: StaffId | null; name: string | null } = decision.to === "taken" ? staff : { id: null, name: null };
  const ended = decision.to === "done" ? ctx.now : null;
  await sql`
    update tasks.task set state = ${decision.to}, version = version + 1, taken_by = ${holder.id}, taken_name = ${holder.name},
      ended_at = ${ended}::timestamptz, note = ${said} where id = ${id}`.execute(ctx.db);
  if (act !== "release") await leaveRuns(ctx, [id]);
  return noted(ctx, id, (changed) => note(ctx, changed, STEP_OF[act], { said }));
}

/**
 * Hands a task to another team with a word [TSK-7]. Handed twice it is there.
 * Errors: `task.unknown`, `task.ended`, `task.taken`. Publishes `task.changed.v1`.
 */
export async function handOver(ctx: Ctx, id: TaskId, team: TaskTeam, said: string): Promise<Result<Task, TaskError>> {
  const found = await lockReached(ctx, id);
  if (!found.ok) return found;
  const { task, staff } = found.value;
  const decision = decideHandOver(task, team, staff.id);
  if (decision.kind !== "does") return standing(task, decision);
  await sql`
    update tasks.task set state = 'open', team = ${team}, version = version + 1, taken_by = null, taken_name = null where id = ${id}`.execute(
    ctx.db,
  );
  await leaveRuns(ctx, [id]);
  return noted(ctx, id, (changed) => note(ctx, changed, "handed_over", { said, to: team }));
}

type Reached = { readonly task: Task; readonly staff: NonNullable<Ctx["actor"]["staff"]> };

async function lockReached(ctx: Ctx, id: TaskId): Promise<Result<Reached, TaskError>> {
  const task = await readTask(ctx, id, true);
  const { staff } = ctx.actor;
  return task && staff && mayActAt(ctx.actor, task.placeId) ? ok({ task, staff }) : err({ code: "task.unknown" });
}

/** A task that stays as it is, or why it does not take the act. */
function standing(task: Task, decision: Exclude<ActDecision, { kind: "does" }>): Result<Task, TaskError> {
  if (decision.kind === "is_there") return ok(task);
  return task.state === "done" || task.state === "gone"
    ? err({ code: "task.ended", state: task.state })
    : err({ code: "task.taken", by: task.takenName });
}

async function noted(ctx: Ctx, id: TaskId, keep: (changed: Task) => Promise<void>): Promise<Result<Task, TaskError>> {
  const changed = await readTask(ctx, id);
  if (!changed) throw new Error(`task ${id} disappeared under its lock`);
  await keep(changed);
  return ok(changed);
}

export type Noted = {
  readonly kind: TaskKind;
  readonly causeKey: string;
  readonly team: TaskTeam;
  readonly placeId?: PlaceId | null;
  readonly reference: Task["reference"];
};

/** Notes a cause that only a fact tells of, or that it is gone. */
export async function noteCause(ctx: Ctx, { kind, causeKey, team, placeId = null, reference }: Noted, stands: boolean): Promise<void> {
  if (stands)
    await sql`
      insert into tasks.noted (kind, cause_key, team, place_id, reference, at)
      values (${kind}, ${causeKey}, ${team}, ${placeId}, ${JSON.stringify(reference)}::jsonb, ${ctx.now})
      on conflict (kind, cause_key) do nothing`.execute(ctx.db);
  else await sql`delete from tasks.noted where kind = ${kind} and cause_key = ${causeKey}`.execute(ctx.db);
}

/** Forgets every noted cause whose key begins so. */
export async function forgetCauses(ctx: Ctx, kind: TaskKind, keyPrefix: string): Promise<void> {
  await sql`delete from tasks.noted where kind = ${kind} and starts_with(cause_key, ${keyPrefix})`.execute(ctx.db);
}
