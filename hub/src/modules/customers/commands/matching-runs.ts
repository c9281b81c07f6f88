import { err, ok, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { MatchingMoved } from "../events.ts";

export type MatchRunId = Id<"match run">;

/**
 * Starts a run over the whole customer file; it begins within moments, in the background. One is under way at a time [IDN-26].
 * Errors: `matching.under_way`. Publishes `customer.matching_moved.v1`.
 */
export async function startMatching(ctx: Ctx): Promise<Result<MatchRunId, CustomerError>> {
  const id = ctx.newId<MatchRunId>();
  const { rows } = await sql`
    insert into customers.match_run (id, state, staff_id) values (${id}, 'running', ${ctx.actor.staff?.id ?? null})
    on conflict ((true)) where state in ('running', 'stopped') do nothing returning 1`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "matching.under_way" });
  await tell(ctx, id, "running");
  return ok(id);
}

/** What staff may do with a run: stop it, go on with a stopped one, or give a stopped one up. */
export type RunWish = "running" | "stopped" | "given_up";

/**
 * Stops a run, goes on with one that is stopped, or gives it up: what it has joined stays. Asked twice it is one.
 * Errors: `matching.run_unknown`, `matching.run_ended`. Publishes `customer.matching_moved.v1`.
 */
export async function moveRun(ctx: Ctx, id: MatchRunId, wish: RunWish): Promise<Result<null, CustomerError>> {
  const { rows } = await sql<{ state: string }>`select state from customers.match_run where id = ${id} for update`.execute(ctx.db);
  const [run] = rows;
  if (!run) return err({ code: "matching.run_unknown" });
  if (run.state === "done" || run.state === "failed") return err({ code: "matching.run_ended" });
  const state = wish === "given_up" ? "failed" : wish;
  if (run.state === state) return ok(null);
  await sql`
    update customers.match_run set state = ${state}, lease_until = null, ended_at = case when ${state} = 'failed' then now() end
     where id = ${id}`.execute(ctx.db);
  if (state === "failed") await forgetWork(ctx, id);
  await tell(ctx, id, state);
  return ok(null);
}

/** What a run kept for going on. */
export async function forgetWork(ctx: Ctx, id: MatchRunId): Promise<void> {
  await sql`delete from customers.match_unit where run_id = ${id}`.execute(ctx.db);
  await sql`delete from customers.match_finding where run_id = ${id}`.execute(ctx.db);
}

export type SettingsWish = {
  readonly joins?: boolean | undefined;
  readonly precision?: number | undefined;
  readonly reviewFrom?: number | undefined;
};

/** Changes by what pairs are joined or asked about from now on; what is joined stays. Publishes `customer.matching_moved.v1`. */
export async function configureMatching(ctx: Ctx, { joins, precision, reviewFrom }: SettingsWish): Promise<void> {
  await sql`
    update customers.matching_setting set joins = coalesce(${joins ?? null}::boolean, joins),
           precision = coalesce(${precision ?? null}::real, precision), review_from = coalesce(${reviewFrom ?? null}::real, review_from)`.execute(
    ctx.db,
  );
  await publish(ctx, MatchingMoved, "matching/file", { runId: null, state: "configured" });
}

export async function tell(ctx: Ctx, runId: MatchRunId, state: "running" | "stopped" | "done" | "failed"): Promise<void> {
  await publish(ctx, MatchingMoved, "matching/file", { runId, state });
}
