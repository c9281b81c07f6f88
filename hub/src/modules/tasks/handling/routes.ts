import { asId, err, ok } from "@weft/kernel";
import { pageFrom, read, write, type Route } from "../../../platform/index.ts";
import { auditWrite, mayActAt } from "../../access/index.ts";
import type { RunId } from "../domain/index.ts";
import { TASK_PROBLEMS } from "../errors.ts";
import { listFilter } from "../list-filter.ts";
import { placeNames, presentRun, presentSetting } from "../present.ts";
import { listRuns, stopRun } from "./runs.ts";
import { kindSettings, setKind } from "./settings.ts";

const problems = TASK_PROBLEMS;

/** How tasks are handled, and what was done about them by itself. */
export const handlingRoutes: readonly Route[] = [
  read(
    "taskRuns.list",
    async (ctx, { query }) => {
      const rows = await listRuns(ctx, { ...listFilter(ctx, query), state: query.state });
      const placeName = await placeNames(ctx);
      return ok(
        pageFrom(
          rows,
          query.limit,
          (run) => presentRun(run, placeName),
          ({ runsAt, endedAt, id }) => [(endedAt ?? runsAt).toISOString(), id],
        ),
      );
    },
    { problems: {} },
  ),
  write(
    "taskRuns.stop",
    async (ctx, { params }) => {
      const stopped = await stopRun(ctx, asId<RunId>(params.id));
      if (!stopped.ok) return stopped;
      await auditWrite(ctx, { action: "taskRuns.stop", subject: `task/${stopped.value.taskId}` });
      return ok(presentRun(stopped.value, await placeNames(ctx)));
    },
    { problems },
  ),
  read("taskKinds.list", async (ctx) => ok({ items: (await kindSettings(ctx)).map(presentSetting) }), { problems: {} }),
  write(
    "taskKinds.set",
    async (ctx, { params: { kind }, body }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "task.out_of_reach" as const });
      const set = await setKind(ctx, { ...body, kind });
      if (!set.ok) return set;
      const { handling, waitMinutes, escalateMinutes } = set.value;
      const reason = [
        handling,
        handling === "do" ? `after ${waitMinutes} min` : "",
        escalateMinutes === null ? "" : `escalated after ${escalateMinutes} min`,
      ];
      await auditWrite(ctx, { action: "taskKinds.set", subject: `task_kind/${kind}`, reason: reason.filter(Boolean).join(", ") });
      return ok(presentSetting(set.value));
    },
    { problems },
  ),
];
