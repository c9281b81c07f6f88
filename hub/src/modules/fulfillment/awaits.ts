import { asId, type BusinessDate, type FulfillmentId, type OrderId, type PlaceId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { on, publish, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { StockAheadChanged, StockMissed, StockWaited } from "../stock/events.ts";
import { mustRead, step } from "./commands.ts";
import { GoodsCame, GoodsMoved } from "./events.ts";

/** A part that waits for goods, with the last day on which something of it comes; null: nothing of it waits any more. */
type Awaiting = { readonly id: FulfillmentId; readonly awaitsOn: BusinessDate; readonly comesOn: BusinessDate | null };

/** The parts of an order that wait at a place, as stock knows it now, under the lock of the order. */
async function awaitingParts(ctx: Ctx, orderId: OrderId, placeId: PlaceId): Promise<Awaiting[]> {
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  const { rows } = await sql<Awaiting>`
    select f.id, f.awaits_on::text as "awaitsOn", greatest((
        select max(w.due_on) from stock.read_waiting w join fulfillment.fulfillment_line l on l.order_line_id = w.line_id
         where l.fulfillment_id = f.id and w.order_id = f.order_id and w.place_id = f.place_id), (
        select max(a.due_on) from stock.read_asked a join fulfillment.fulfillment_line l on l.order_line_id = a.order_line_id
         where l.fulfillment_id = f.id and a.order_id = f.order_id and a.to_place_id = f.place_id))::text as "comesOn"
      from fulfillment.fulfillment f
     where f.order_id = ${orderId} and f.place_id = ${placeId} and f.awaits_on is not null and f.done_at is null order by f.id`.execute(
    ctx.db,
  );
  return rows;
}

/**
 * Its goods are there, or what it waited for was given up: its place works on it from now on [FUL-51]. Asked again it changes nothing. Publishes
 * `fulfillment.changed.v1` and `fulfillment.goods_came.v1`, by which its customer is told.
 */
export async function beginServed(ctx: Ctx, orderId: OrderId, placeId: PlaceId): Promise<void> {
  for (const { id, comesOn } of await awaitingParts(ctx, orderId, placeId)) {
    if (comesOn !== null) continue;
    await sql`update fulfillment.fulfillment set awaits_on = null where id = ${id}`.execute(ctx.db);
    const whole = await mustRead(ctx, id);
    await step(ctx, whole, whole.fulfillment.state, { reason: "goods_came" });
    await publish(ctx, GoodsCame, `order/${orderId}`, { fulfillmentId: id, orderId, recordId: whole.fulfillment.record_id, placeId });
  }
}

/**
 * What it waited for does not come and is owed by its place as goods off the shelf [FUL-54]: staff decide what becomes of it, and nobody is told that
 * goods came. While anything else of it is still to come it waits on. Publishes `fulfillment.changed.v1`.
 */
export async function awaitNoMore(ctx: Ctx, orderId: OrderId, placeId: PlaceId): Promise<void> {
  for (const { id, comesOn } of await awaitingParts(ctx, orderId, placeId)) {
    if (comesOn !== null) continue;
    await sql`update fulfillment.fulfillment set awaits_on = null where id = ${id}`.execute(ctx.db);
    const whole = await mustRead(ctx, id);
    await step(ctx, whole, whole.fulfillment.state, { reason: "goods_missing" });
  }
}

/**
 * The goods come on another day than was said: everything that was promised by it moves with it [FUL-52]. Publishes `fulfillment.changed.v1` and
 * `fulfillment.goods_moved.v1`, by which its customer is told.
 */
export async function moveAwaited(ctx: Ctx, orderId: OrderId, placeId: PlaceId): Promise<void> {
  for (const { id, awaitsOn, comesOn } of await awaitingParts(ctx, orderId, placeId)) {
    if (comesOn === null || comesOn === awaitsOn) continue;
    await sql`
      with moved as (
        update fulfillment.fulfillment f set awaits_on = ${comesOn}::date,
          promised_at = (f.promised_at at time zone f.time_zone + make_interval(days => ${comesOn}::date - ${awaitsOn}::date)) at time zone f.time_zone
         where f.id = ${id} returning f.id, f.time_zone)
      update fulfillment.shipment s
        set ship_by = (s.ship_by at time zone m.time_zone + make_interval(days => ${comesOn}::date - ${awaitsOn}::date)) at time zone m.time_zone
        from moved m where s.fulfillment_id = m.id`.execute(ctx.db);
    const whole = await mustRead(ctx, id);
    await step(ctx, whole, whole.fulfillment.state, { reason: "goods_moved" });
    const fact = { fulfillmentId: id, orderId, recordId: whole.fulfillment.record_id, placeId, awaitsOn: comesOn };
    await publish(ctx, GoodsMoved, `order/${orderId}`, fact);
  }
}

async function ordersAwaiting(ctx: Ctx, variantId: VariantId, placeId: PlaceId): Promise<OrderId[]> {
  const { rows } = await sql<{ orderId: OrderId }>`
    select distinct order_id as "orderId" from stock.read_waiting where variant_id = ${variantId} and place_id = ${placeId} order by order_id`.execute(
    ctx.db,
  );
  return rows.map(({ orderId }) => orderId);
}

/** At most some milliseconds late: the goods are the order's own by then. */
export const fulfillmentSubscribers: readonly Subscriber[] = [
  subscriber("fulfillment.awaits", [
    on(StockWaited, (ctx, { data }) => beginServed(ctx, asId<OrderId>(data.orderId), asId<PlaceId>(data.placeId))), // ids in events are texts, here and below
    on(StockMissed, (ctx, { data }) => awaitNoMore(ctx, asId<OrderId>(data.orderId), asId<PlaceId>(data.placeId))),
    on(StockAheadChanged, async (ctx, { data }) => {
      const placeId = asId<PlaceId>(data.placeId);
      for (const orderId of await ordersAwaiting(ctx, asId<VariantId>(data.variantId), placeId)) await moveAwaited(ctx, orderId, placeId);
    }),
  ]),
];
