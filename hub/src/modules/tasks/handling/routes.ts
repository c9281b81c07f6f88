import { asId, asIdOrNull, err, ok, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Route } from "../../../platform/index.ts";
import { auditWrite, mayActAt } from "../../access/index.ts";
import type { RunId } from "../domain/index.ts";
import { TASK_PROBLEMS } from "../errors.ts";
import { placeNames, presentRun, presentSetting } from "../present.ts";
import { listRuns, stopRun } from "./runs.ts";
import { kindSettings, setKind } from "./settings.ts";

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);
const problems = TASK_PROBLEMS;

/** How tasks are handled, and what was done about them by itself. */
export const handlingRoutes: readonly Route[] = [
  read(
    "taskRuns.list",
    async (ctx, { query }) => {
      const own = ctx.actor.staff?.placeIds ?? [];
      const rows = await listRuns(ctx, {
        state: query.state,
        kind: query.kind ?? null,
        placeId: asIdOrNull<PlaceId>(query.placeId),
        reach: own.length > 0 ? own : null,
        after: readCursor(Cursor, query.cursor),
        limit: query.limit + 1,
      });
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
