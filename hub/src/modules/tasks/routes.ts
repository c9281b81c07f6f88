import { asId, ok } from "@weft/kernel";
import { pageFrom, read, write, type Ctx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { PLACES_PROBLEMS, placesInScope } from "../places/index.ts";
import { actOn, handOver } from "./commands.ts";
import type { Act, TaskId } from "./domain/index.ts";
import { TASK_PROBLEMS } from "./errors.ts";
import { handlingRoutes } from "./handling/routes.ts";
import { listFilter } from "./list-filter.ts";
import { placeNames, presentTask } from "./present.ts";
import { countTasks, listTasks } from "./queries.ts";
import { readSteps } from "./steps.ts";

const problems = TASK_PROBLEMS;

export const tasksRoutes: readonly Route[] = [
  read(
    "tasks.list",
    async (ctx, { query }) => {
      const rows = await listTasks(ctx, {
        ...listFilter(ctx, query),
        state: query.state,
        team: query.team ?? null,
        takenBy: query.mine ? (ctx.actor.staff?.id ?? null) : null,
      });
      const placeName = await placeNames(ctx);
      return ok(
        pageFrom(
          rows,
          query.limit,
          (task) => presentTask(task, placeName),
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
  read(
    "tasks.history",
    async (ctx, { params }) => {
      const steps = await readSteps(ctx, asId<TaskId>(params.id));
      return steps.ok ? ok({ items: steps.value.map(({ at, ...step }) => ({ ...step, at: at.toISOString() })) }) : steps;
    },
    { problems },
  ),
  write("tasks.take", (ctx, { params }) => act(ctx, params.id, "take", null), { problems }),
  write("tasks.release", (ctx, { params }) => act(ctx, params.id, "release", null), { problems }),
  write("tasks.finish", (ctx, { params, body }) => act(ctx, params.id, "finish", body.note), { problems }),
  write(
    "tasks.handOver",
    async (ctx, { params, body }) => {
      const handed = await handOver(ctx, asId<TaskId>(params.id), body.team, body.note);
      if (!handed.ok) return handed;
      await auditWrite(ctx, { action: "tasks.handOver", subject: `task/${params.id}` });
      return ok(presentTask(handed.value, await placeNames(ctx)));
    },
    { problems },
  ),
  ...handlingRoutes,
];

async function act(ctx: Ctx, id: string, what: Act, note: string | null) {
  const acted = await actOn(ctx, asId<TaskId>(id), what, note);
  if (!acted.ok) return acted;
  await auditWrite(ctx, { action: `tasks.${what}`, subject: `task/${id}` });
  return ok(presentTask(acted.value, await placeNames(ctx)));
}
