import type { Problems } from "@weft/kernel";

export type TaskError =
  | { readonly code: "task.unknown" }
  | { readonly code: "task.ended"; readonly state: "done" | "gone" }
  | { readonly code: "task.taken"; readonly by: string | null }
  | { readonly code: "task.run_unknown" }
  | { readonly code: "task.run_over"; readonly state: "done" | "left" | "failed" }
  | { readonly code: "task.out_of_reach" }
  | { readonly code: "task.no_action" }
  | { readonly code: "task.amount_for_cash_only" };

export const TASK_PROBLEMS: Problems<TaskError> = {
  "task.unknown": { status: 404, title: "There is no such task" },
  "task.ended": { status: 409, title: "This task has ended" },
  "task.taken": { status: 409, title: "Somebody else has taken this task" },
  "task.run_unknown": { status: 404, title: "There is nothing that would be done by itself" },
  "task.run_over": { status: 409, title: "This is over and cannot be stopped" },
  "task.out_of_reach": { status: 403, title: "This is for the whole chain, and you work at some places only" },
  "task.no_action": { status: 409, title: "Nothing of this kind can be done by itself" },
  "task.amount_for_cash_only": { status: 409, title: "An amount is said for differences of cash, and for nothing else" },
};
