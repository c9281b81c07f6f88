import type { TaskKind, TaskTeam } from "@weft/contracts";
import type { Id, PlaceId, StaffId } from "@weft/kernel";
import type { PlannedRun } from "./runs.ts";

export * from "./kinds.ts";
export * from "./runs.ts";

export type TaskId = Id<"task">;

/** What people must do, as stored. */
export type Task = {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly causeKey: string;
  readonly team: TaskTeam;
  readonly placeId: PlaceId | null;
  readonly reference: {
    readonly kind: string;
    readonly id: string;
    readonly number?: string;
    readonly variantId?: string;
    readonly missing?: number;
    /** Of a difference of cash: counted minus expected, in minor units. */
    readonly amount?: number;
    readonly currency?: string;
  };
  readonly state: "open" | "taken" | "done" | "gone";
  readonly version: number;
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** Since when another team has it because it waited too long [TSK-6]. */
  readonly escalatedAt: Date | null;
  readonly takenBy: StaffId | null;
  readonly takenName: string | null;
  readonly endedAt: Date | null;
  readonly note: string | null;
  /** What the hub is about to do about it. */
  readonly run: PlannedRun | null;
};

export type Act = "take" | "release" | "finish";

export type ActDecision =
  | { readonly kind: "does"; readonly to: Task["state"] }
  | { readonly kind: "is_there" }
  | { readonly kind: "refused"; readonly because: "ended" | "taken_by_other" };

/**
 * What an act on a task does [TSK-3]. Pressed twice it is no mistake; what somebody else has taken is released by them or finished by
 * whoever did it; what has ended takes no more acts.
 */
export function decideAct(task: Pick<Task, "state" | "takenBy">, act: Act, staffId: StaffId): ActDecision {
  if (task.state === "gone") return { kind: "refused", because: "ended" };
  if (task.state === "done") return act === "finish" ? { kind: "is_there" } : { kind: "refused", because: "ended" };
  if (act === "finish") return { kind: "does", to: "done" };
  if (act === "take") {
    if (task.takenBy === staffId) return { kind: "is_there" };
    return task.state === "taken" ? { kind: "refused", because: "taken_by_other" } : { kind: "does", to: "taken" };
  }
  if (task.state === "open") return { kind: "is_there" };
  return task.takenBy === staffId ? { kind: "does", to: "open" } : { kind: "refused", because: "taken_by_other" };
}

/**
 * What handing a task to a team does [TSK-7]: it is open there, whoever had it here. What somebody else has taken is handed on by them;
 * to the team that has it already there is nothing to hand.
 */
export function decideHandOver(task: Pick<Task, "state" | "takenBy" | "team">, team: TaskTeam, staffId: StaffId): ActDecision {
  if (task.state === "gone" || task.state === "done") return { kind: "refused", because: "ended" };
  if (task.state === "taken" && task.takenBy !== staffId) return { kind: "refused", because: "taken_by_other" };
  return task.team === team && task.state === "open" ? { kind: "is_there" } : { kind: "does", to: "open" };
}
