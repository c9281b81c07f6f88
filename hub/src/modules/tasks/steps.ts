import type { TaskStepView, TaskTeam } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import type { Task, TaskId } from "./domain/index.ts";
import type { TaskError } from "./errors.ts";
import { TaskChanged } from "./events.ts";
import { readTask } from "./queries.ts";

export type Changed = Pick<Task, "id" | "kind" | "team" | "placeId" | "state" | "version">;

/** Keeps who did what to a task as its newest version, and publishes it. */
export async function note(
  ctx: Ctx,
  { id, kind, team, placeId, state, version }: Changed,
  act: TaskStepView["act"],
  { said = null, to = null }: { readonly said?: string | null; readonly to?: TaskTeam | null } = {},
): Promise<void> {
  const { staff } = ctx.actor;
  await sql`
    insert into tasks.step (task_id, version, act, at, staff_id, staff_name, team, note)
    values (${id}, ${version}, ${act}, ${ctx.now}, ${staff?.id ?? null}, ${staff?.name ?? null}, ${to}, ${said})`.execute(ctx.db);
  await publish(ctx, TaskChanged, `task/${id}`, { taskId: id, kind, team, placeId, state });
}

/** What was planned about tasks that people have now, or whose cause is gone, is left [TSK-8]. */
export async function leaveRuns(ctx: Ctx, taskIds: readonly TaskId[]): Promise<void> {
  await sql`
    update tasks.run set state = 'left', ended_at = ${ctx.now}::timestamptz
     where state = 'planned' and task_id = any (${[...taskIds]}::uuid[])`.execute(ctx.db);
}

export type TaskStep = Omit<TaskStepView, "at"> & { readonly at: Date };

/** Everything that became of a task, the first step on top. Errors: `task.unknown`, also where the caller does not reach its place. */
export async function readSteps(ctx: Pick<ReadCtx, "db" | "actor">, id: TaskId): Promise<Result<TaskStep[], TaskError>> {
  const task = await readTask(ctx, id);
  if (!task || !mayActAt(ctx.actor, task.placeId)) return err({ code: "task.unknown" });
  const { rows } = await sql<TaskStep>`
    select act, at, staff_name as "staffName", team, note from tasks.step where task_id = ${id} order by version`.execute(ctx.db);
  return ok(rows);
}
