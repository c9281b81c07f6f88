import { z } from "zod";
import { BooleanQuery, IdParams, Instant, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { TASK_ACTIONS, TASK_KINDS, TASK_TEAMS } from "./task-words.ts";

const TaskKindName = z.enum(TASK_KINDS);
const TaskTeamName = z.enum(TASK_TEAMS);

/**
 * Something that the hub does by itself about a task. `planned`: it is done at `runsAt`, unless somebody stops it or takes the task before;
 * `left`: there was nothing left to do, or somebody had taken it; `failed`: it could not be done, and people must.
 */
export const TaskRun = z
  .object({
    id: Uuid,
    taskId: Uuid,
    kind: TaskKindName,
    action: z.enum(TASK_ACTIONS),
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    state: z.enum(["planned", "done", "stopped", "left", "failed"]),
    plannedAt: Instant,
    runsAt: Instant,
    endedAt: Instant.nullable(),
    /** The orders that it was done for, and where their goods come from now. */
    orders: z.array(z.object({ id: Uuid, number: z.string(), placeName: z.string().nullable() })),
    /** Why it could not be done, as a code. */
    because: z.string().nullable(),
    /** Who stopped it. */
    stoppedBy: z.string().nullable(),
  })
  .meta({ id: "TaskRun" });

export const Task = z
  .object({
    id: Uuid,
    kind: TaskKindName,
    team: TaskTeamName,
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** What it is about: a conflict, an order, a customer, a shift, a transfer, a kind of quarantine, a subscriber, a check. */
    reference: z.object({
      kind: z.string(),
      id: z.string(),
      number: z.string().nullable(),
      variantId: Uuid.nullable(),
      missing: z.int().nullable(),
      /** What a drawer had more than expected, or less. */
      amount: Money.nullable(),
    }),
    state: z.enum(["open", "taken", "done", "gone"]),
    openedAt: Instant,
    dueAt: Instant,
    /** Since when it has been with another team because it waited too long. */
    escalatedAt: Instant.nullable(),
    takenBy: Uuid.nullable(),
    takenName: z.string().nullable(),
    endedAt: Instant.nullable(),
    note: z.string().nullable(),
    /** What the hub is about to do about it by itself. */
    run: TaskRun.pick({ id: true, action: true, runsAt: true }).nullable(),
  })
  .meta({ id: "Task" });

/** Who did what to a task, and when; without a name it was the hub. */
export const TaskStep = z
  .object({
    act: z.enum([
      "opened",
      "reopened",
      "taken",
      "released",
      "handed_over",
      "escalated",
      "planned",
      "stopped",
      "ran",
      "failed",
      "done",
      "gone",
    ]),
    at: Instant,
    staffName: z.string().nullable(),
    /** To whom it was handed, or passed because it waited. */
    team: TaskTeamName.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: "TaskStep" });

/** How much waits of one kind of task. */
export const TaskCount = z
  .object({ kind: TaskKindName, waiting: z.int(), late: z.int(), mine: z.int(), nextDueAt: Instant })
  .meta({ id: "TaskCount" });

const MOST_MINUTES = 60 * 24 * 14;

const TaskKindFields = {
  /** `do`: the hub acts by itself, after a time in which it can be stopped; `ask`: people do. */
  handling: z.enum(["ask", "do"]),
  /** How long after a task opens it is done by itself: until then it can be stopped. */
  waitMinutes: z.int().min(1).max(MOST_MINUTES),
  /** How long after it was due a task passes to another team; null: never. */
  escalateMinutes: z.int().min(0).max(MOST_MINUTES).nullable(),
  escalateTo: TaskTeamName,
  /** Of differences of cash: from so many minor units on. Null for all other kinds. */
  fromAmount: z.int().min(1).max(1_000_000).nullable(),
};

/** How tasks of one kind are handled in the whole chain. */
export const TaskKindSetting = z
  .object({
    kind: TaskKindName,
    /** What the hub can do about it by itself; null where only people can. */
    action: z.enum(TASK_ACTIONS).nullable(),
    ...TaskKindFields,
  })
  .meta({ id: "TaskKindSetting" });

export const tasksEndpoints = {
  "tasks.counts": {
    summary: "How many tasks wait by kind, the one whose next is due first on top",
    tag: "tasks",
    query: z.object({ groupId: Uuid.optional(), placeId: Uuid.optional() }),
    response: z.object({ items: z.array(TaskCount) }).meta({ id: "TaskCounts" }),
    status: 200,
  },
  "tasks.list": {
    summary: "What people must do, the first due first; or what has ended",
    tag: "tasks",
    query: z.object({
      ...PageQuery,
      state: z.enum(["waiting", "ended"]).default("waiting"),
      kind: TaskKindName.optional(),
      team: TaskTeamName.optional(),
      placeId: Uuid.optional(),
      mine: BooleanQuery.optional(),
    }),
    response: pageOf(Task),
    status: 200,
  },
  "tasks.history": {
    summary: "Everything that became of a task, the first step on top",
    tag: "tasks",
    params: IdParams,
    response: z.object({ items: z.array(TaskStep) }).meta({ id: "TaskHistory" }),
    status: 200,
  },
  "tasks.take": { summary: "Take a task: nobody else does it meanwhile", tag: "tasks", params: IdParams, response: Task, status: 200 },
  "tasks.release": { summary: "Give a task back", tag: "tasks", params: IdParams, response: Task, status: 200 },
  "tasks.handOver": {
    summary: "Hand a task to another team, with a word; it is open there",
    tag: "tasks",
    params: IdParams,
    body: z.object({ team: TaskTeamName, note: z.string().trim().min(1).max(500) }),
    response: Task,
    status: 200,
  },
  "tasks.finish": {
    summary: "Done, with a note; whose cause is gone ends by itself",
    tag: "tasks",
    params: IdParams,
    body: z.object({ note: z.string().min(1).max(500) }),
    response: Task,
    status: 200,
  },
  "taskRuns.list": {
    summary: "What the hub is about to do by itself, the next on top; or what it did, the last on top",
    tag: "tasks",
    query: z.object({
      ...PageQuery,
      state: z.enum(["planned", "ended"]).default("ended"),
      kind: TaskKindName.optional(),
      placeId: Uuid.optional(),
    }),
    response: pageOf(TaskRun),
    status: 200,
  },
  "taskRuns.stop": {
    summary: "Stop what is about to be done by itself; its task stays with people. Stopped twice it stays stopped",
    tag: "tasks",
    params: IdParams,
    response: TaskRun,
    status: 200,
  },
  "taskKinds.list": {
    summary: "How each kind of task is handled: by people or by itself, and when it passes to another team",
    tag: "tasks",
    response: z.object({ items: z.array(TaskKindSetting) }).meta({ id: "TaskKindSettings" }),
    status: 200,
  },
  "taskKinds.set": {
    summary: "Say how a kind of task is handled from now on; asked instead of done, what is planned of it is stopped",
    tag: "tasks",
    params: z.object({ kind: TaskKindName }),
    body: z.object(TaskKindFields),
    response: TaskKindSetting,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
