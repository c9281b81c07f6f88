import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { LineUnits } from "./domain.ts";
import { restOf } from "./domain.ts";
import { fulfillmentsOf, type WholeFulfillment } from "./queries.ts";

const HAS_ENDED: ReadonlySet<string> = new Set(["canceled", "rejected", "not_collected"]);
const HAS_LEFT: ReadonlySet<string> = new Set(["dispatched", "delivered"]);

/**
 * What shipping costs is charged once for all parcels of an order [FUL-41]: when the goods of the part that it stands with are given up, it goes
 * over to another part that is still sent or was sent, and counts as served there when that has left. Answers the part as it is then; unchanged
 * where it keeps goods, or where no other parcel is left, so that the charge goes with the last goods. The caller holds the order's lock.
 */
export async function passChargeOn(ctx: Ctx, whole: WholeFulfillment, givenUp: readonly LineUnits[]): Promise<WholeFulfillment> {
  const { id, order_id: orderId } = whole.fulfillment;
  const goods = whole.lines.filter(({ kind }) => kind === "goods");
  const charge = whole.lines.find(({ kind }) => kind === "delivery");
  if (!charge || restOf(goods, givenUp).length > 0) return whole;
  const others = (await fulfillmentsOf(ctx, orderId)).filter(
    ({ fulfillment, lines }) =>
      fulfillment.id !== id &&
      fulfillment.kind === "ship" &&
      !HAS_ENDED.has(fulfillment.state) &&
      lines.some(({ kind }) => kind === "goods"),
  );
  const heir = others.find(({ fulfillment }) => !HAS_LEFT.has(fulfillment.state)) ?? others[0];
  if (!heir) return whole;
  await sql`
    update fulfillment.fulfillment_line set fulfillment_id = ${heir.fulfillment.id}
     where fulfillment_id = ${id} and order_line_id = ${charge.order_line_id}`.execute(ctx.db);
  if (HAS_LEFT.has(heir.fulfillment.state))
    await sql`select orders.fulfill(${orderId}, ${[charge.order_line_id]}::uuid[], ${[charge.quantity]}::integer[])`.execute(ctx.db);
  return { ...whole, lines: whole.lines.filter((line) => line !== charge) };
}
