import { TASK_KINDS, type TaskKind } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { defaultSetting, judgeSetting, type KindSetting } from "../domain/index.ts";
import type { TaskError } from "../errors.ts";
import { note, type Changed } from "../steps.ts";

/** How each kind is handled, in the order of the kinds: as somebody said, else as the code does. */
export async function kindSettings({ db }: Pick<ReadCtx, "db">): Promise<KindSetting[]> {
  const { rows } = await sql<KindSetting>`
    select kind, handling, wait_minutes as "waitMinutes", escalate_minutes as "escalateMinutes", escalate_to as "escalateTo", from_amount as "fromAmount"
      from tasks.kind_setting`.execute(db);
  const said = new Map(rows.map((row) => [row.kind, row]));
  return TASK_KINDS.map((kind) => said.get(kind) ?? defaultSetting(kind));
}

export async function settingOf(ctx: Pick<ReadCtx, "db">, kind: TaskKind): Promise<KindSetting> {
  return (await kindSettings(ctx)).find((setting) => setting.kind === kind) ?? defaultSetting(kind);
}

/**
 * Says how a kind is handled from now on [TSK-8]. Where people are asked again, what is planned is stopped; what is planned already keeps its time.
 * Errors: `task.no_action`, `task.amount_for_cash_only`. Publishes `task.changed.v1` for each task whose plan ends.
 */
export async function setKind(ctx: Ctx, setting: KindSetting): Promise<Result<KindSetting, TaskError>> {
  const problem = judgeSetting(setting);
  if (problem !== undefined) return err({ code: `task.${problem}` });
  const { kind, handling, waitMinutes, escalateMinutes, escalateTo, fromAmount } = setting;
  await sql`
    insert into tasks.kind_setting (kind, handling, wait_minutes, escalate_minutes, escalate_to, from_amount)
    values (${kind}, ${handling}, ${waitMinutes}, ${escalateMinutes}, ${escalateTo}, ${fromAmount})
    on conflict (kind) do update set handling = excluded.handling, wait_minutes = excluded.wait_minutes,
      escalate_minutes = excluded.escalate_minutes, escalate_to = excluded.escalate_to, from_amount = excluded.from_amount`.execute(ctx.db);
  if (handling === "ask") await stopAll(ctx, kind);
  return ok(setting);
}

async function stopAll(ctx: Ctx, kind: TaskKind): Promise<void> {
  const { rows } = await sql<Changed>`
    with held as (select t.id from tasks.task t join tasks.run r on r.task_id = t.id and r.state = 'planned' where t.kind = ${kind} order by t.id for update of t),
    stopped as (
      update tasks.run r set state = 'stopped', ended_at = ${ctx.now}::timestamptz, stopped_by = ${ctx.actor.staff?.name ?? null}
       from held h where r.task_id = h.id and r.state = 'planned' returning r.task_id)
    update tasks.task t set version = t.version + 1 from stopped s where t.id = s.task_id
    returning t.id, t.kind, t.team, t.place_id as "placeId", t.state, t.version`.execute(ctx.db);
  for (const task of rows) await note(ctx, task, "stopped");
}
