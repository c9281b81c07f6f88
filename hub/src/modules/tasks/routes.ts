import type { TaskView } from "@weft/contracts";
import { asId, asIdOrNull, ok, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { PLACES_PROBLEMS, placesInScope, placesSnapshot } from "../places/index.ts";
import { actOn } from "./commands.ts";
import type { Act, Task, TaskId } from "./domain/index.ts";
import { TASK_PROBLEMS } from "./errors.ts";
import { countTasks, listTasks } from "./queries.ts";

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);
const problems = TASK_PROBLEMS;

export const tasksRoutes: readonly Route[] = [
  read(
    "tasks.list",
    async (ctx, { query }) => {
      const { staff } = ctx.actor;
      const own = staff?.placeIds ?? [];
      const rows = await listTasks(ctx, {
        state: query.state,
        kind: query.kind ?? null,
        team: query.team ?? null,
        placeId: asIdOrNull<PlaceId>(query.placeId),
        reach: own.length > 0 ? own : null,
        takenBy: query.mine ? (staff?.id ?? null) : null,
        after: readCursor(Cursor, query.cursor),
        limit: query.limit + 1,
      });
      const placeName = await placeNames(ctx);
      return ok(
        pageFrom(
          rows,
          query.limit,
          (task) => present(task, placeName),
          ({ dueAt, endedAt, id }) => [(query.state === "waiting" ? dueAt : (endedAt ?? dueAt)).toISOString(), id],
        ),
      );
    },
    { problems: {} },
  ),
  read(
    "tasks.counts",
    async (ctx, { query }) => {
      const scope = await placesInScope(ctx, query);
      if (!scope.ok) return scope;
      const { places, isWhole } = scope.value;
      const counts = await countTasks(ctx, isWhole ? null : places.map(({ id }) => id), ctx.actor.staff?.id ?? null);
      return ok({ items: counts.map(({ nextDueAt, ...count }) => ({ ...count, nextDueAt: nextDueAt.toISOString() })) });
    },
    { problems: PLACES_PROBLEMS },
  ),
  write("tasks.take", (ctx, { params }) => act(ctx, params.id, "take", null), { problems }),
  write("tasks.release", (ctx, { params }) => act(ctx, params.id, "release", null), { problems }),
  write("tasks.finish", (ctx, { params, body }) => act(ctx, params.id, "finish", body.note), { problems }),
];

async function act(ctx: Ctx, id: string, what: Act, note: string | null) {
  const acted = await actOn(ctx, asId<TaskId>(id), what, note);
  if (!acted.ok) return acted;
  await auditWrite(ctx, { action: `tasks.${what}`, subject: `task/${id}` });
  return ok(present(acted.value, await placeNames(ctx)));
}

type PlaceName = (id: PlaceId | null) => string | null;

async function placeNames(ctx: Pick<Ctx, "snapshots">): Promise<PlaceName> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return (id) => (id && places.get(id)?.name) ?? null;
}

function present({ id, kind, team, placeId, reference, state, openedAt, dueAt, endedAt, ...task }: Task, placeName: PlaceName): TaskView {
  const { variantId = null, missing = null, number = null } = reference;
  return {
    id,
    kind,
    team,
    placeId,
    placeName: placeName(placeId),
    reference: { kind: reference.kind, id: reference.id, number, variantId, missing },
    state,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    takenBy: task.takenBy,
    takenName: task.takenName,
    endedAt: endedAt?.toISOString() ?? null,
    note: task.note,
  };
}
