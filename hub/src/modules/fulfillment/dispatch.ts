import { err, ok, type FulfillmentId, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { awaitsGoods, lockFulfillment, mustRead, step } from "./commands.ts";
import { fits, move, type NewParcel } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { ParcelSent } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";
import { serve } from "./serve.ts";

/**
 * The parcels leave with the carrier [FUL-15]: goods leave the stock and count as served, in one transaction. Said again nothing moves
 * again; parcels that were not named before are added beside the first, also once it was delivered.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.other_kind`, `fulfillment.not_possible`, `fulfillment.payment_due`. Publishes
 * `fulfillment.changed.v1`, `order.changed.v1`, and `fulfillment.parcel_sent.v1` for every parcel.
 */
export async function dispatch(
  ctx: Ctx,
  id: FulfillmentId,
  parcels: readonly NewParcel[],
): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const found = await lockFulfillment(ctx, id);
  if (!found.ok) return found;
  const { kind, state } = found.value.fulfillment;
  if (!fits(kind, "dispatch")) return err({ code: "fulfillment.other_kind", kind });
  const waits = awaitsGoods(found.value);
  if (waits) return err(waits);
  const decision = move(state, "dispatch");
  if (decision.kind === "refused" && state !== "delivered") return err({ code: "fulfillment.not_possible", state });
  // A parcel leaves paid: the card that agreed to it may not be charged any more [PAY-36]. What is due for parts that leave later keeps it from nothing.
  const due = decision.kind === "moves" && found.value.due > 0 ? found.value.due - (await worthOfOthers(ctx, found.value)) : 0;
  if (due > 0) return err({ code: "fulfillment.payment_due", due: { amount: due, currency: found.value.currency } });
  if (decision.kind === "moves") await step(ctx, found.value, decision.to, {});
  await addParcels(ctx, found.value, parcels);
  if (decision.kind === "moves") await serve(ctx, found.value, "picking");
  return ok(await mustRead(ctx, id));
}

/** What the parts of an order come to that have not left and are not this one, in minor units, each line's share rounded up. */
async function worthOfOthers(ctx: Pick<Ctx, "db">, { fulfillment: { id, order_id: orderId } }: WholeFulfillment): Promise<number> {
  const { rows } = await sql<{ worth: number }>`
    select coalesce(sum(ceil(line.total::numeric * l.quantity / line.ordered)), 0)::bigint as worth
      from fulfillment.fulfillment f
      join fulfillment.fulfillment_line l on l.fulfillment_id = f.id
      join orders.read_line line on line.id = l.order_line_id
     where f.order_id = ${orderId} and f.id <> ${id}
       and f.state not in ('collected', 'dispatched', 'delivered', 'canceled', 'rejected', 'not_collected')`.execute(ctx.db);
  return rows[0]?.worth ?? 0;
}

async function addParcels(ctx: Ctx, { fulfillment }: WholeFulfillment, parcels: readonly NewParcel[]): Promise<void> {
  for (const { carrier, trackingNumber, trackingUrl } of parcels) {
    const parcelId = ctx.newId<Id<"parcel">>();
    const { numAffectedRows = 0n } = await sql`
      insert into fulfillment.parcel (id, fulfillment_id, carrier, tracking_number, tracking_url, at, staff_id)
      values (${parcelId}, ${fulfillment.id}, ${carrier}, ${trackingNumber}, ${trackingUrl}, ${ctx.now}, ${ctx.actor.staff?.id ?? null})
      on conflict (fulfillment_id, carrier, tracking_number) do nothing`.execute(ctx.db);
    if (numAffectedRows === 0n) continue;
    await sql`select orders.touch(${fulfillment.order_id})`.execute(ctx.db);
    await publish(ctx, ParcelSent, `order/${fulfillment.order_id}`, {
      fulfillmentId: fulfillment.id,
      orderId: fulfillment.order_id,
      recordId: fulfillment.record_id,
      placeId: fulfillment.place_id,
      parcelId,
    });
  }
}
