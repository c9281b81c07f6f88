import type { TaskKind } from "@weft/contracts";
import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, JobContext, ReadCtx } from "../../../platform/index.ts";
import { mayActAt } from "../../access/index.ts";
import { ACTION_OF, type HelpedOrder, type Run, type RunId, type Task } from "../domain/index.ts";
import type { TaskError } from "../errors.ts";
import { readTask } from "../queries.ts";
import { leaveRuns, note, type Changed } from "../steps.ts";
import { ACTIONS, type ActionDeps } from "./actions.ts";
import { kindSettings } from "./settings.ts";

type Reader = Pick<ReadCtx, "db">;

/**
 * Plans what is done by itself about the open tasks of kinds that are set so, once per opening [TSK-8]: it is announced for the whole time of its
 * kind, whenever the task was opened. Answers how many. Publishes `task.changed.v1`.
 */
export async function planRuns(ctx: Ctx): Promise<number> {
  const kinds = (await kindSettings(ctx)).flatMap(({ kind, handling, waitMinutes }) => {
    const action = ACTION_OF[kind];
    return handling === "do" && action ? [{ kind, action, waitMinutes }] : [];
  });
  if (kinds.length === 0) return 0;
  const { rows } = await sql<Changed>`
    with planned as (
      insert into tasks.run (id, task_id, opened_at, kind, action, place_id, planned_at, runs_at)
      select uuidv7(), t.id, t.opened_at, t.kind, k.action, t.place_id, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz + make_interval(mins => k.minutes)
        from tasks.task t
        join unnest(${kinds.map(({ kind }) => kind)}::text[], ${kinds.map(({ action }) => action)}::text[], ${kinds.map(({ waitMinutes }) => waitMinutes)}::integer[])
          as k (kind, action, minutes) on k.kind = t.kind
       where t.state = 'open' and not exists (select from tasks.run r where r.task_id = t.id and r.opened_at = t.opened_at)
      on conflict do nothing returning task_id)
    update tasks.task t set version = t.version + 1 from planned p where t.id = p.task_id
    returning t.id, t.kind, t.team, t.place_id as "placeId", t.state, t.version`.execute(ctx.db);
  for (const task of rows) await note(ctx, task, "planned");
  return rows.length;
}

/** What is due now by the clock of the database, the first due first. */
export async function dueRuns({ db }: Reader, limit: number): Promise<RunId[]> {
  const { rows } = await sql<{ id: RunId }>`
    select id from tasks.run where state = 'planned' and runs_at <= now() order by runs_at, id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** What was done is undone with this, and the task left to people. */
class NotDone extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`could not be done by itself: ${code}`);
    this.code = code;
  }
}

/**
 * Does by itself what is planned [TSK-8] [TSK-9]: in one transaction, or nothing of it, and then its task says why. Who has taken the task
 * meanwhile, or stopped it, has the say. Run twice it is done once.
 */
export async function carryOut(desk: Pick<JobContext, "write">, deps: ActionDeps, id: RunId): Promise<void> {
  try {
    await desk.write((ctx) => tryRun(ctx, deps, id));
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    await desk.write((ctx) => endRun(ctx, id, { state: "failed", because: error.code, orders: [] }));
  }
}

async function tryRun(ctx: Ctx, deps: ActionDeps, id: RunId): Promise<void> {
  const locked = await lockRun(ctx, id);
  if (!locked) return;
  const { run, task } = locked;
  if (task.state !== "open" || task.openedAt.getTime() !== run.openedAt.getTime()) return leaveRuns(ctx, [task.id]);
  const done = await ACTIONS[run.action](ctx, deps, task);
  if (!done.ok) throw new NotDone(done.error.code);
  return endRun(ctx, id, { state: "done", because: null, orders: done.value });
}

type Locked = { readonly run: Run; readonly task: Task };

/** The task first and then what is planned about it: in this order everybody locks them. Undefined when it is over. */
async function lockRun(ctx: Ctx, id: RunId): Promise<Locked | undefined> {
  const known = await readRun(ctx, id);
  const task = known && (await readTask(ctx, known.taskId, true));
  const run = task && (await readRun(ctx, id));
  return run?.state === "planned" && task ? { run, task } : undefined;
}

type End = { readonly state: "done" | "failed"; readonly because: string | null; readonly orders: readonly HelpedOrder[] };

async function endRun(ctx: Ctx, id: RunId, { state, because, orders }: End): Promise<void> {
  const locked = await lockRun(ctx, id);
  if (!locked) return;
  await sql`
    update tasks.run set state = ${state}, ended_at = ${ctx.now}::timestamptz, because = ${because}, orders = ${JSON.stringify(orders)}::jsonb
     where id = ${id}`.execute(ctx.db);
  await raise(ctx, locked.task, (changed) => note(ctx, changed, state === "done" ? "ran" : "failed", { said: because }));
}

async function raise(ctx: Ctx, { id }: Task, keep: (changed: Task) => Promise<void>): Promise<void> {
  await sql`update tasks.task set version = version + 1 where id = ${id}`.execute(ctx.db);
  const changed = await readTask(ctx, id);
  if (changed) await keep(changed);
}

/**
 * Stops what is about to be done by itself [TSK-8]: its task stays with people for as long as its cause stands. Stopped twice it stays stopped.
 * Errors: `task.run_unknown` (also where the caller does not reach its place), `task.run_over`. Publishes `task.changed.v1`.
 */
export async function stopRun(ctx: Ctx, id: RunId): Promise<Result<Run, TaskError>> {
  const known = await readRun(ctx, id);
  if (!known || !mayActAt(ctx.actor, known.placeId)) return err({ code: "task.run_unknown" });
  const locked = await lockRun(ctx, id);
  if (locked) {
    await sql`
      update tasks.run set state = 'stopped', ended_at = ${ctx.now}::timestamptz, stopped_by = ${ctx.actor.staff?.name ?? null} where id = ${id}`.execute(
      ctx.db,
    );
    await raise(ctx, locked.task, (changed) => note(ctx, changed, "stopped"));
  }
  const run = await readRun(ctx, id);
  if (!run || run.state === "planned") throw new Error(`run ${id} goes on under its lock`);
  return run.state === "stopped" ? ok(run) : err({ code: "task.run_over", state: run.state });
}

const COLUMNS = sql`id, task_id as "taskId", kind, action, place_id as "placeId", state, opened_at as "openedAt", planned_at as "plannedAt",
  runs_at as "runsAt", ended_at as "endedAt", orders, because, stopped_by as "stoppedBy"`;

async function readRun({ db }: Reader, id: RunId): Promise<Run | undefined> {
  const { rows } = await sql<Run>`select ${COLUMNS} from tasks.run where id = ${id}`.execute(db);
  return rows[0];
}

export type RunFilter = {
  /** `planned`: the next on top; `ended`: the last on top. */
  readonly state: "planned" | "ended";
  readonly kind: TaskKind | null;
  readonly placeId: PlaceId | null;
  readonly reach: readonly PlaceId[] | null;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
};

/** What the hub is about to do by itself, or did [TSK-9]. */
export async function listRuns({ db }: Reader, { state, kind, placeId, reach, after, limit }: RunFilter): Promise<Run[]> {
  const [at, id] = after ?? [null, null];
  const matches = sql`
    (${kind}::text is null or kind = ${kind}) and (${placeId}::uuid is null or place_id = ${placeId})
    and (${reach}::uuid[] is null or place_id = any(${reach}::uuid[]))`;
  const { rows } =
    state === "planned"
      ? await sql<Run>`
          select ${COLUMNS} from tasks.run
           where state = 'planned' and ${matches} and (${at}::timestamptz is null or (runs_at, id) > (${at}::timestamptz, ${id}::uuid))
           order by runs_at, id limit ${limit}`.execute(db)
      : await sql<Run>`
          select ${COLUMNS} from tasks.run
           where state <> 'planned' and ${matches} and (${at}::timestamptz is null or (ended_at, id) < (${at}::timestamptz, ${id}::uuid))
           order by ended_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}
