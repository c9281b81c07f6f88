import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { note, type Changed } from "../steps.ts";
import { kindSettings } from "./settings.ts";

/**
 * Passes what waits longer after its time than its kind allows to the team that is named for it, once per opening [TSK-6]. Whoever holds it
 * keeps it: the other team sees that it is late, and who has it. Answers how many. Publishes `task.changed.v1`.
 */
export async function escalate(ctx: Ctx): Promise<number> {
  const rules = (await kindSettings(ctx)).flatMap(({ kind, escalateMinutes, escalateTo }) =>
    escalateMinutes === null ? [] : [{ kind, minutes: escalateMinutes, team: escalateTo }],
  );
  if (rules.length === 0) return 0;
  const { rows } = await sql<Changed>`
    update tasks.task t
       set team = k.team, escalated_at = ${ctx.now}::timestamptz, version = t.version + 1
      from unnest(${rules.map(({ kind }) => kind)}::text[], ${rules.map(({ minutes }) => minutes)}::integer[], ${rules.map(({ team }) => team)}::text[]) as k (kind, minutes, team)
     where t.kind = k.kind and t.state in ('open', 'taken') and t.escalated_at is null and t.team <> k.team
       and t.due_at + make_interval(mins => k.minutes) <= ${ctx.now}::timestamptz
    returning t.id, t.kind, t.team, t.place_id as "placeId", t.state, t.version`.execute(ctx.db);
  for (const task of rows) await note(ctx, task, "escalated", { to: task.team });
  return rows.length;
}
