import type { TaskAction, TaskKind } from "@weft/contracts";
import type { Id, OrderId, PlaceId } from "@weft/kernel";
import type { TaskId } from "./index.ts";

export type RunId = Id<"task run">;

/** As it stands on its task. */
export type PlannedRun = { readonly id: RunId; readonly action: TaskAction; readonly runsAt: string };

/** An order that was helped by itself, and the place that serves it now, where that is another one. */
export type HelpedOrder = { readonly id: OrderId; readonly number: string; readonly placeId: PlaceId | null };

/** Something that the hub does by itself about a task, as stored [TSK-8] [TSK-9]. */
export type Run = {
  readonly id: RunId;
  readonly taskId: TaskId;
  readonly kind: TaskKind;
  readonly action: TaskAction;
  readonly placeId: PlaceId | null;
  readonly state: "planned" | "done" | "stopped" | "left" | "failed";
  readonly openedAt: Date;
  readonly plannedAt: Date;
  readonly runsAt: Date;
  readonly endedAt: Date | null;
  readonly orders: readonly HelpedOrder[];
  readonly because: string | null;
  readonly stoppedBy: string | null;
};
