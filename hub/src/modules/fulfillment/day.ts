import type { AnswerOf } from "@weft/contracts";
import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { promisingPlace, slotDay, slotIdOf, todayAt } from "../promises/index.ts";
import type { FulfillmentError } from "./errors.ts";
import { worksAt } from "./who-works.ts";

type DayView = AnswerOf<"fulfillments.day">;
type DueRow = DayView["slots"][number]["fulfillments"][number] & { readonly dueAt: Date; readonly slotUntil: Date };

/**
 * A day of a place's collection slots with the orders that are due in each, those that were canceled left out. A slot that an order has and the
 * place has no more is shown all the same. Two statements. Errors: `fulfillment.other_place`.
 */
export async function collectionDay(ctx: ReadCtx, placeId: PlaceId, asked: string | null): Promise<Result<DayView, FulfillmentError>> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || !worksAt(ctx, placeId)) return err({ code: "fulfillment.other_place" });
  const { timeZone } = place;
  const date = asked ?? todayAt(place, ctx.now);
  const rule = promisingPlace(place).slots;
  const slots = await slotDay(ctx, place, date);
  const due = await dueOn(ctx, placeId, date, timeZone);
  const shown = slots.map(({ slot: { startsAt, endsAt }, load: { orders, workSeconds } }) => ({ startsAt, endsAt, orders, workSeconds }));
  for (const { dueAt, slotUntil } of due)
    if (!shown.some(({ startsAt }) => startsAt.getTime() === dueAt.getTime()))
      shown.push({
        startsAt: dueAt,
        endsAt: slotUntil,
        orders: due.filter((each) => each.dueAt.getTime() === dueAt.getTime()).length,
        workSeconds: 0,
      });
  shown.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return ok({
    date,
    timeZone,
    slots: shown.map(({ startsAt, endsAt, orders, workSeconds }) => ({
      id: slotIdOf(placeId, startsAt),
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      orders,
      mostOrders: rule?.orders ?? orders,
      workMinutes: Math.ceil(workSeconds / 60),
      mostWorkMinutes: rule && rule.workSeconds > 0 ? rule.workSeconds / 60 : null,
      fulfillments: due
        .filter(({ dueAt }) => dueAt.getTime() === startsAt.getTime())
        .map(({ id, orderId, orderNumber, state, units, customerName }) => ({ id, orderId, orderNumber, state, units, customerName })),
    })),
  });
}

async function dueOn(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, date: string, timeZone: string): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select f.id, f.order_id as "orderId", f.order_number as "orderNumber", f.state, f.due_at as "dueAt", f.slot_until as "slotUntil",
           coalesce(customers.brief(f.record_id) ->> 'givenName', o.contact_name) as "customerName",
           (select coalesce(sum(l.quantity), 0)::integer from fulfillment.fulfillment_line l where l.fulfillment_id = f.id) as units
      from promises.read_slot_booking b
      join fulfillment.fulfillment f on f.id = b.id
      join orders.read_state o on o.id = f.order_id
     where b.place_id = ${placeId} and b.kind = 'slot' and b.held_until is null
       and b.starts_at >= ${date}::date::timestamp at time zone ${timeZone}
       and b.starts_at < (${date}::date + 1)::timestamp at time zone ${timeZone}
     order by f.due_at, f.placed_at, f.id`.execute(ctx.db);
  return rows;
}
