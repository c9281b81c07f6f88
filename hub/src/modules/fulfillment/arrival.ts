import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { fits, move } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { CustomerArriving } from "./events.ts";
import { mustRead } from "./commands.ts";
import type { WholeFulfillment } from "./queries.ts";

/**
 * Its customer says to be near, or here [FUL-65]: their order comes forward on the screens of its place. Said again it changes nothing, and who is
 * here was near. Only what they say is kept, no position. The caller holds the order's lock and has looked that the order is theirs.
 * Errors: `fulfillment.other_kind`, `fulfillment.not_possible`. Publishes `fulfillment.customer_arriving.v1`.
 */
export async function noteArrival(
  ctx: Ctx,
  whole: WholeFulfillment,
  where: "near" | "here",
): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const { id, kind, state, order_id: orderId, record_id: recordId, place_id: placeId } = whole.fulfillment;
  if (!fits(kind, "collect")) return err({ code: "fulfillment.other_kind", kind });
  if (move(state, "collect").kind !== "moves") return err({ code: "fulfillment.not_possible", state });
  const here = where === "here" ? ctx.now : null;
  const { numAffectedRows = 0n } = await sql`
    insert into fulfillment.arrival as a (fulfillment_id, place_id, near_at, here_at) values (${id}, ${placeId}, ${ctx.now}, ${here})
    on conflict (fulfillment_id) do update set here_at = excluded.here_at
     where a.here_at is null and excluded.here_at is not null`.execute(ctx.db);
  if (numAffectedRows === 0n) return ok(whole);
  await sql`update fulfillment.fulfillment set version = version + 1 where id = ${id}`.execute(ctx.db);
  await sql`select orders.touch(${orderId})`.execute(ctx.db);
  await publish(ctx, CustomerArriving, `order/${orderId}`, { fulfillmentId: id, orderId, recordId, placeId, where });
  return ok(await mustRead(ctx, id));
}
