import { err, ok, type FulfillmentId, type OrderId, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { job, publish, type Ctx, type Job } from "../../platform/index.ts";
import { forgetAddresses } from "./addresses.ts";
import { forgetCollectors } from "./collector.ts";
import { lockFulfillment, mustRead, step, windowEnd } from "./commands.ts";
import { move } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { FulfillmentOverdue } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";
import { forgetPrepared } from "./prepared-rows.ts";
import { learnTimesJob } from "./learn-times.ts";
import { remindJob } from "./remind.ts";

const TOLD_AT_ONCE = 200;
const FORGOTTEN_AT_ONCE = 1000;

/** Tells of what nobody fetched within its time, once [FUL-9]. Answers how many. Publishes `fulfillment.overdue.v1` for each. */
export async function tellOverdue(ctx: Ctx): Promise<number> {
  type Row = { id: FulfillmentId; orderId: OrderId; recordId: RecordId | null; placeId: PlaceId; until: Date };
  const { rows } = await sql<Row>`
    update fulfillment.fulfillment f set overdue_told = true
     where f.id in (select id from fulfillment.fulfillment
                     where state = 'ready' and kind = 'collect' and not overdue_told and collect_until <= ${ctx.now}
                     order by collect_until limit ${TOLD_AT_ONCE} for update skip locked)
    returning f.id, f.order_id as "orderId", f.record_id as "recordId", f.place_id as "placeId", f.collect_until as until`.execute(ctx.db);
  for (const { id, orderId, recordId, placeId, until } of rows) {
    const fact = { fulfillmentId: id, orderId, recordId, placeId, waitedUntil: until.toISOString() };
    await publish(ctx, FulfillmentOverdue, `order/${orderId}`, fact);
  }
  return rows.length;
}

/**
 * Lets its customer fetch it for another window of its place, from now [FUL-9]. Asked twice it waits as long.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible`. Publishes `fulfillment.changed.v1`.
 */
export async function extendCollection(ctx: Ctx, id: FulfillmentId): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const found = await lockFulfillment(ctx, id);
  if (!found.ok) return found;
  const { state } = found.value.fulfillment;
  if (state !== "ready") return err({ code: "fulfillment.not_possible", state });
  await sql`update fulfillment.fulfillment set overdue_told = false, reminded = false where id = ${id}`.execute(ctx.db);
  await step(ctx, found.value, state, { reason: "extended", until: await windowEnd(ctx, found.value) });
  return ok(await mustRead(ctx, id));
}

/**
 * Ends what nobody fetched: it is not collected, and never was handed over [FUL-9]. The caller sees to goods and money.
 * Errors: `fulfillment.not_possible`, `fulfillment.not_overdue` with the end of its time. Publishes `fulfillment.changed.v1`.
 */
export async function endUncollected(ctx: Ctx, whole: WholeFulfillment, reason: string): Promise<Result<null, FulfillmentError>> {
  const { state, collect_until: until } = whole.fulfillment;
  const decision = move(state, "giveUp");
  if (decision.kind !== "moves") return err({ code: "fulfillment.not_possible", state });
  if (until === null || until > ctx.now) return err({ code: "fulfillment.not_overdue", until: until?.toISOString() ?? null });
  await step(ctx, whole, decision.to, { reason });
  return ok(null);
}

export const fulfillmentJobs: readonly Job[] = [
  job(
    "fulfillment.overdue",
    async (desk) => {
      while ((await desk.write(tellOverdue)) === TOLD_AT_ONCE);
    },
    { cron: "* * * * *" },
  ),
  job(
    "fulfillment.forget",
    async (desk) => {
      while ((await desk.write((ctx) => forgetAddresses(ctx, FORGOTTEN_AT_ONCE))) === FORGOTTEN_AT_ONCE);
      while ((await desk.write((ctx) => forgetCollectors(ctx, FORGOTTEN_AT_ONCE))) === FORGOTTEN_AT_ONCE);
      await desk.write(forgetPrepared);
    },
    { cron: "47 3 * * *" },
  ),
  remindJob,
  learnTimesJob,
];
