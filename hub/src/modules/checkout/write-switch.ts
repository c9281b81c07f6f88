import type { OrderId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../platform/index.ts";
import { changeUnits, planElsewhere, tellReady, type LineUnits } from "../fulfillment/index.ts";
import { unitsMoved } from "./domain/index.ts";
import type { PlannedSwitch } from "./switch-way.ts";

/** Plans the parts that take the place of those before, which are canceled [CHK-31]. The caller holds the order's lock. */
export async function switchParts(ctx: Ctx, vault: Vault, { from, to }: PlannedSwitch): Promise<void> {
  const [first] = from;
  if (!first) return;
  const like = { ...first, fulfillment: { ...first.fulfillment, due_at: null, slot_until: null } };
  // The room that it has in a slot is given back before it takes one, perhaps in the same slot of another day.
  for (const whole of from) {
    const all = whole.lines.map(({ order_line_id: orderLineId, quantity }): LineUnits => ({ orderLineId, quantity }));
    await changeUnits(ctx, whole, { takenOff: all, putOn: [], promisedAt: null });
  }
  for (const { placeId, units, promisedAt, shipBy, shipment, slot } of to)
    await planElsewhere(ctx, vault, { ...like, shipment }, { units, placeId, promisedAt, shipBy, slot });
  await tellReady(ctx, first.fulfillment.order_id);
}

/**
 * What was promised at the places before is promised at the new ones. All levels are locked at once, in their order [STK-5]; when units of a new
 * place are gone meanwhile the command is tried again, and judged anew.
 */
export async function moveSwitched(ctx: Ctx, orderId: OrderId, { from, to }: PlannedSwitch, cause: string): Promise<void> {
  const before = from.map(({ fulfillment, lines }) => ({
    placeId: fulfillment.place_id,
    units: lines.map(({ order_line_id: orderLineId, quantity }): LineUnits => ({ orderLineId, quantity })),
  }));
  const moves = unitsMoved(before, to).filter((move) => move.from !== move.to);
  if (moves.length === 0) return;
  const places: PlaceId[] = [...new Set(moves.flatMap((move) => [move.from, move.to]))];
  await sql`
    select stock.lock_levels(array_agg(variant_id), array_agg(place_id)) from (
      select distinct a.variant_id, p.place_id from stock.read_allocated a cross join unnest(${places}::uuid[]) as p (place_id)
       where a.order_line_id = any(${before.flatMap(({ units }) => units.map(({ orderLineId }) => orderLineId))}::uuid[])) as levels`.execute(
    ctx.db,
  );
  for (const { from: left, to: taken, units } of moves)
    await sql`
      select stock.reallocate(${orderId}, ${left}, ${taken}, taken.lines, taken.quantities, ${cause}::uuid, null, 'order_changed')
        from stock.in_parts(${units.map(({ orderLineId }) => orderLineId)}::uuid[], ${units.map(({ quantity }) => quantity)}::integer[]) as taken`.execute(
      ctx.db,
    );
}
