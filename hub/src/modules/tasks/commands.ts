import type { TaskKind } from "@weft/contracts";
import { err, ok, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { decideAct, type Act, type Task, type TaskId } from "./domain/index.ts";
import type { TaskError } from "./errors.ts";
import { TaskChanged } from "./events.ts";
import { readTask } from "./queries.ts";

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
       set (state, is_standing, version, opened_at, due_at, reference, ended_at, note, taken_by, taken_name)
         = ('open', true, tasks.task.version + 1, excluded.opened_at, excluded.due_at, excluded.reference, null, null, null, null)
    returning id, kind, team, place_id as "placeId", state, version, false as "wasDone"`.execute(ctx.db);
  const gone = await sql<Change>`
    update tasks.task t
       set is_standing = false, version = t.version + 1, taken_by = null, taken_name = null,
           state = case when t.state = 'done' then 'done' else 'gone' end, ended_at = coalesce(t.ended_at, ${ctx.now}::timestamptz)
     where t.is_standing and (${kinds}::text[] is null or t.kind = any(${kinds}::text[]))
       and not exists (select from tasks.cause c where c.kind = t.kind and c.cause_key = t.cause_key)
    returning t.id, t.kind, t.team, t.place_id as "placeId", t.state, t.version, t.state = 'done' as "wasDone"`.execute(ctx.db);
  for (const task of opened.rows) await note(ctx, task, task.version === 1 ? "opened" : "reopened", null);
  for (const task of gone.rows) if (!task.wasDone) await note(ctx, task, "gone", null);
  return opened.rows.length + gone.rows.length;
}

type Change = Pick<Task, "id" | "kind" | "team" | "placeId" | "state" | "version"> & { readonly wasDone: boolean };

const STEP_OF: Readonly<Record<Act, "taken" | "released" | "done">> = { take: "taken", release: "released", finish: "done" };

/**
 * Takes, releases or finishes a task [TSK-3], under its lock: of two who take it at once one has it. Pressed twice it stays as it is.
 * Errors: `task.unknown` (also where the caller does not reach its place), `task.ended`, `task.taken`. Publishes `task.changed.v1`.
 */
export async function actOn(ctx: Ctx, id: TaskId, act: Act, said: string | null): Promise<Result<Task, TaskError>> {
  const task = await readTask(ctx, id, true);
  const { staff } = ctx.actor;
  if (!task || !staff || !reaches(ctx, task.placeId)) return err({ code: "task.unknown" });
  const decision = decideAct(task, act, staff.id);
  if (decision.kind === "is_there") return ok(task);
  if (decision.kind === "refused")
    return task.state === "done" || task.state === "gone"
      ? err({ code: "task.ended", state: task.state })
      : err({ code: "task.taken", by: task.takenName });
  const holder: { id: StaffId | null; name: string | null } = decision.to === "taken" ? staff : { id: null, name: null };
  const ended = decision.to === "done" ? ctx.now : null;
  await sql`
    update tasks.task set state = ${decision.to}, version = version + 1, taken_by = ${holder.id}, taken_name = ${holder.name},
      ended_at = ${ended}::timestamptz, note = ${said} where id = ${id}`.execute(ctx.db);
  const changed = await readTask(ctx, id);
  if (!changed) throw new Error(`task ${id} disappeared under its lock`);
  await note(ctx, changed, STEP_OF[act], said);
  return ok(changed);
}

function reaches({ actor }: Pick<Ctx, "actor">, placeId: PlaceId | null): boolean {
  return mayActAt(actor, placeId);
}

async function note(
  ctx: Ctx,
  { id, kind, team, placeId, state, version }: Pick<Task, "id" | "kind" | "team" | "placeId" | "state" | "version">,
  act: string,
  said: string | null,
): Promise<void> {
  const { staff } = ctx.actor;
  await sql`
    insert into tasks.step (task_id, version, act, at, staff_id, staff_name, note)
    values (${id}, ${version}, ${act}, ${ctx.now}, ${staff?.id ?? null}, ${staff?.name ?? null}, ${said})`.execute(ctx.db);
  await publish(ctx, TaskChanged, `task/${id}`, { taskId: id, kind, team, placeId, state });
}

export type Noted = {
  readonly kind: TaskKind;
  readonly causeKey: string;
  readonly team: Task["team"];
  readonly reference: Task["reference"];
};

/** Notes a cause that only a fact tells of, or that it is gone. */
export async function noteCause(ctx: Ctx, { kind, causeKey, team, reference }: Noted, stands: boolean): Promise<void> {
  if (stands)
    await sql`
      insert into tasks.noted (kind, cause_key, team, reference, at) values (${kind}, ${causeKey}, ${team}, ${JSON.stringify(reference)}::jsonb, ${ctx.now})
      on conflict (kind, cause_key) do nothing`.execute(ctx.db);
  else await sql`delete from tasks.noted where kind = ${kind} and cause_key = ${causeKey}`.execute(ctx.db);
}

/** Forgets every noted cause whose key begins so. */
export async function forgetCauses(ctx: Ctx, kind: TaskKind, keyPrefix: string): Promise<void> {
  await sql`delete from tasks.noted where kind = ${kind} and starts_with(cause_key, ${keyPrefix})`.execute(ctx.db);
}
