import type { TaskKind } from "@weft/contracts";
import type { PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { Task, TaskId } from "./domain/index.ts";

type Reader = Pick<ReadCtx, "db">;

const COLUMNS = sql`id, kind, cause_key as "causeKey", team, place_id as "placeId", reference, state, version, opened_at as "openedAt", due_at as "dueAt",
  escalated_at as "escalatedAt", taken_by as "takenBy", taken_name as "takenName", ended_at as "endedAt", note,
  (select json_build_object('id', r.id, 'action', r.action, 'runsAt', r.runs_at) from tasks.run r where r.task_id = task.id and r.state = 'planned') as run`;

export type TaskFilter = {
  /** `waiting`: open or taken, the first due first; `ended`: done or gone, the last ended first. */
  readonly state: "waiting" | "ended";
  readonly kind: TaskKind | null;
  readonly team: Task["team"] | null;
  readonly placeId: PlaceId | null;
  /** The places that the caller reaches; null is every place. What is about no place is shown to those who reach all. */
  readonly reach: readonly PlaceId[] | null;
  readonly takenBy: StaffId | null;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
};

export async function listTasks(ctx: Reader, { state, kind, team, placeId, reach, takenBy, after, limit }: TaskFilter): Promise<Task[]> {
  const [at, id] = after ?? [null, null];
  const matches = sql`
    (${kind}::text is null or kind = ${kind}) and (${team}::text is null or team = ${team})
    and (${placeId}::uuid is null or place_id = ${placeId}) and (${takenBy}::uuid is null or taken_by = ${takenBy})
    and (${reach}::uuid[] is null or place_id = any(${reach}::uuid[]))`;
  const { rows } =
    state === "waiting"
      ? await sql<Task>`
          select ${COLUMNS} from tasks.task
           where state in ('open', 'taken') and ${matches} and (${at}::timestamptz is null or (due_at, id) > (${at}::timestamptz, ${id}::uuid))
           order by due_at, id limit ${limit}`.execute(ctx.db)
      : await sql<Task>`
          select ${COLUMNS} from tasks.task
           where ended_at is not null and ${matches} and (${at}::timestamptz is null or (ended_at, id) < (${at}::timestamptz, ${id}::uuid))
           order by ended_at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** One task, locked when a command is about to change it. */
export async function readTask(ctx: Reader, id: TaskId, isLocked = false): Promise<Task | undefined> {
  const { rows } = await sql<Task>`select ${COLUMNS} from tasks.task where id = ${id} ${isLocked ? sql`for update` : sql``}`.execute(
    ctx.db,
  );
  return rows[0];
}

export type TaskCount = {
  readonly kind: TaskKind;
  readonly waiting: number;
  readonly late: number;
  readonly mine: number;
  readonly nextDueAt: Date;
};

/** What waits, by kind, the one whose next is due first on top. `placeIds` null: everything, also what is about no place. */
export async function countTasks(
  ctx: Pick<ReadCtx, "db" | "now">,
  placeIds: readonly PlaceId[] | null,
  staffId: StaffId | null,
): Promise<TaskCount[]> {
  const { rows } = await sql<TaskCount>`
    select kind, count(*)::integer as waiting, (count(*) filter (where due_at < ${ctx.now}::timestamptz))::integer as late,
           (count(*) filter (where taken_by = ${staffId}::uuid))::integer as mine, min(due_at) as "nextDueAt"
      from tasks.task
     where state in ('open', 'taken') and (${placeIds && [...placeIds]}::uuid[] is null or place_id = any(${placeIds && [...placeIds]}::uuid[]))
     group by kind order by min(due_at)`.execute(ctx.db);
  return rows;
}
