import { z } from "zod";
import { BooleanQuery, IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const TASK_KINDS = [
  "stock_conflict",
  "collection_overdue",
  "goods_late",
  "refund_unknown",
  "payment_open",
  "payment_disputed",
  "quarantine",
  "dead_letter",
  "terms_contested",
  "access_objected",
  "privacy_request",
] as const;
const TaskKindName = z.enum(TASK_KINDS);
export type TaskKind = z.infer<typeof TaskKindName>;

export const Task = z
  .object({
    id: Uuid,
    kind: TaskKindName,
    team: z.enum(["store", "service", "operations", "privacy"]),
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** What it is about: a conflict, an order, a customer, a kind of quarantine, a subscriber. */
    reference: z.object({
      kind: z.string(),
      id: z.string(),
      number: z.string().nullable(),
      variantId: Uuid.nullable(),
      missing: z.int().nullable(),
    }),
    state: z.enum(["open", "taken", "done", "gone"]),
    openedAt: Instant,
    dueAt: Instant,
    takenBy: Uuid.nullable(),
    takenName: z.string().nullable(),
    endedAt: Instant.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: "Task" });

/** How much waits of one kind of task. */
export const TaskCount = z
  .object({ kind: TaskKindName, waiting: z.int(), late: z.int(), mine: z.int(), nextDueAt: Instant })
  .meta({ id: "TaskCount" });

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
      team: z.enum(["store", "service", "operations", "privacy"]).optional(),
      placeId: Uuid.optional(),
      mine: BooleanQuery.optional(),
    }),
    response: pageOf(Task),
    status: 200,
  },
  "tasks.take": { summary: "Take a task: nobody else does it meanwhile", tag: "tasks", params: IdParams, response: Task, status: 200 },
  "tasks.release": { summary: "Give a task back", tag: "tasks", params: IdParams, response: Task, status: 200 },
  "tasks.finish": {
    summary: "Done, with a note; whose cause is gone ends by itself",
    tag: "tasks",
    params: IdParams,
    body: z.object({ note: z.string().min(1).max(500) }),
    response: Task,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
