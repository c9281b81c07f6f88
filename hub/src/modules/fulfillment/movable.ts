import type { FulfillmentId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** An order in a slot that nobody has begun with, with the work of each station on it. */
export type MovableWork = {
  readonly id: FulfillmentId;
  /** `slot`: its customer chose it; `soon`: it was ordered for then. */
  readonly kind: "slot" | "soon";
  readonly work: Readonly<Record<string, number>>;
};

/**
 * The orders in a slot that can still go to a later one, the newest first [PRM-17]: nobody has begun with them, and their customer has not said to be
 * near. One statement.
 */
export async function movableIn(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, startsAt: Date): Promise<MovableWork[]> {
  const { rows } = await sql<MovableWork>`
    select b.id, b.kind, b.work from promises.read_slot_booking b join fulfillment.fulfillment f on f.id = b.id
     where b.place_id = ${placeId} and b.starts_at = ${startsAt} and b.kind <> 'counter' and b.held_until is null
       and f.state in ('planned', 'assigned', 'accepted') and f.awaits_on is null
       and not exists (select from fulfillment.arrival a where a.fulfillment_id = f.id)
     order by f.placed_at desc, f.id desc`.execute(ctx.db);
  return rows;
}
