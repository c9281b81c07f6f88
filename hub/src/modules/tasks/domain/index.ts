import type { TaskKind } from "@weft/contracts";
import type { Id, PlaceId, StaffId } from "@weft/kernel";

export type TaskId = Id<"task">;

/** What people must do, as stored. */
export type Task = {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly team: "store" | "service" | "operations" | "privacy";
  readonly placeId: PlaceId | null;
  readonly reference: {
    readonly kind: string;
    readonly id: string;
    readonly number?: string;
    readonly variantId?: string;
    readonly missing?: number;
  };
  readonly state: "open" | "taken" | "done" | "gone";
  readonly version: number;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly takenBy: StaffId | null;
  readonly takenName: string | null;
  readonly endedAt: Date | null;
  readonly note: string | null;
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
