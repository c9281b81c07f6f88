import { err, ok, type FulfillmentId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { lockFulfillment, mustRead, step, tellReady } from "./commands.ts";
import type { FulfillmentError } from "./errors.ts";
import type { WholeFulfillment } from "./queries.ts";

/**
 * Takes `ready` back, because it was pressed too early: it is in preparation again and waits for nobody [FUL-1], and its stations have it before
 * them once more [FUL-62]. Pressed twice it stays so.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.not_possible`. Publishes `fulfillment.changed.v1`.
 */
export async function takeBackReady(ctx: Ctx, id: FulfillmentId): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const found = await lockFulfillment(ctx, id);
  if (!found.ok) return found;
  const { state } = found.value.fulfillment;
  if (state === "in_preparation") return found;
  if (state !== "ready") return err({ code: "fulfillment.not_possible", state });
  await sql`update fulfillment.prepared set is_done = false, at = ${ctx.now} where fulfillment_id = ${id} and is_done`.execute(ctx.db);
  return ok(await reopen(ctx, found.value));
}

/** What was ready is in preparation again, and its order is not ready any more. The caller holds the order's lock. */
export async function reopen(ctx: Ctx, whole: WholeFulfillment): Promise<WholeFulfillment> {
  const { id, order_id } = whole.fulfillment;
  await sql`
    update fulfillment.fulfillment set collect_until = null, overdue_told = false, reminded = false where id = ${id}`.execute(ctx.db);
  await step(ctx, whole, "in_preparation", { reason: "taken_back" });
  await tellReady(ctx, order_id);
  return mustRead(ctx, id);
}
