import type { Problems } from "@weft/kernel";

export type TaskError =
  | { readonly code: "task.unknown" }
  | { readonly code: "task.ended"; readonly state: "done" | "gone" }
  | { readonly code: "task.taken"; readonly by: string | null };

export const TASK_PROBLEMS: Problems<TaskError> = {
  "task.unknown": { status: 404, title: "There is no such task" },
  "task.ended": { status: 409, title: "This task has ended" },
  "task.taken": { status: 409, title: "Somebody else has taken this task" },
};
