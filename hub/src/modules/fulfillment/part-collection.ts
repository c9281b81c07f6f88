import { sql } from "kysely";
import type { Ctx, Vault } from "../../platform/index.ts";
import { mustRead, step, tellReady } from "./commands.ts";
import { restOf, unitsOf, type LineUnits } from "./domain.ts";
import { planElsewhere } from "./refuse.ts";
import type { WholeFulfillment } from "./queries.ts";

/**
 * What of it is handed over now [FUL-33]: units that stay wait on as a part of their own, at the same place and as long, with a code that its
 * customer is told. Without named units all of it is. The caller holds the order's lock and has looked that these units are there.
 */
export async function takePart(ctx: Ctx, vault: Vault, whole: WholeFulfillment, units: readonly LineUnits[]): Promise<WholeFulfillment> {
  if (units.length === 0 || unitsOf(whole.lines, units).kind !== "some") return whole;
  const { id, place_id: placeId, promised_at: promisedAt, shelf, state, collect_until: until, order_id: orderId } = whole.fulfillment;
  const rest = restOf(whole.lines, units);
  const restId = await planElsewhere(ctx, vault, whole, { units: rest, placeId, promisedAt });
  if (shelf !== null) await sql`update fulfillment.fulfillment set shelf = ${shelf} where id = ${restId}`.execute(ctx.db);
  if (state === "ready") await step(ctx, await mustRead(ctx, restId), state, { until });
  await sql`
    select fulfillment.take_off(${id}, ${rest.map(({ orderLineId }) => orderLineId)}::uuid[],
      ${rest.map(({ quantity }) => quantity)}::integer[])`.execute(ctx.db);
  await tellReady(ctx, orderId);
  return mustRead(ctx, id);
}
