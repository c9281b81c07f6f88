import type { TaskKindSettingView, TaskRunView, TaskView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { ACTION_OF, type KindSetting, type Run, type Task } from "./domain/index.ts";

export type PlaceName = (id: PlaceId | null) => string | null;

export async function placeNames(ctx: Pick<Ctx, "snapshots">): Promise<PlaceName> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return (id) => (id && places.get(id)?.name) ?? null;
}

export function presentTask(
  { id, kind, team, placeId, reference, state, openedAt, dueAt, escalatedAt, endedAt, run, ...task }: Task,
  placeName: PlaceName,
): TaskView {
  const { variantId = null, missing = null, number = null, amount, currency } = reference;
  return {
    id,
    kind,
    team,
    placeId,
    placeName: placeName(placeId),
    reference: {
      kind: reference.kind,
      id: reference.id,
      number,
      variantId,
      missing,
      amount: amount === undefined || currency === undefined ? null : { amount, currency },
    },
    state,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    escalatedAt: escalatedAt?.toISOString() ?? null,
    takenBy: task.takenBy,
    takenName: task.takenName,
    endedAt: endedAt?.toISOString() ?? null,
    note: task.note,
    run: run && { id: run.id, action: run.action, runsAt: new Date(run.runsAt).toISOString() },
  };
}

export function presentRun(
  { id, taskId, kind, action, placeId, state, orders, because, stoppedBy, ...run }: Run,
  placeName: PlaceName,
): TaskRunView {
  return {
    id,
    taskId,
    kind,
    action,
    placeId,
    placeName: placeName(placeId),
    state,
    plannedAt: run.plannedAt.toISOString(),
    runsAt: run.runsAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    orders: orders.map((order) => ({ id: order.id, number: order.number, placeName: placeName(order.placeId) })),
    because,
    stoppedBy,
  };
}

export function presentSetting({ kind, handling, waitMinutes, escalateMinutes, escalateTo, fromAmount }: KindSetting): TaskKindSettingView {
  return { kind, action: ACTION_OF[kind] ?? null, handling, waitMinutes, escalateMinutes, escalateTo, fromAmount };
}
