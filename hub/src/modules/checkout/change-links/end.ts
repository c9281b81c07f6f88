import type { OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { OrderChanged } from "../../orders/events.ts";
import type { Desk } from "../ask-for-money.ts";
import type { ChangeLinkId } from "../prepare-change.ts";
import { changeLinkById, type ChangeLink, type ChangeLinkState } from "./stored.ts";

/** Ends a link once: false when it has ended already, and then nothing may follow from it. What it held is the caller's to give back. */
export async function endChangeLink(ctx: Ctx, id: ChangeLinkId, state: Exclude<ChangeLinkState, "open">): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update checkout.change_link set state = ${state}, wish = null, ended_at = ${ctx.now} where id = ${id} and state = 'open'`.execute(
    ctx.db,
  );
  return numAffectedRows > 0n;
}

/** What was offered of an order as it was before another change, or a cancellation: answers the link that ended by it. Under the order's lock. */
export async function outdateChangeLink(ctx: Ctx, orderId: OrderId): Promise<ChangeLinkId | null> {
  const { rows } = await sql<{ id: ChangeLinkId }>`
    update checkout.change_link set state = 'outdated', wish = null, ended_at = ${ctx.now} where order_id = ${orderId} and state = 'open' returning id`.execute(
    ctx.db,
  );
  return rows[0]?.id ?? null;
}

/** Gives back the goods that a link held [STK-4]. */
export async function giveBackHeld(ctx: Pick<Ctx, "db">, id: ChangeLinkId): Promise<void> {
  await sql`select stock.release_cart(${id})`.execute(ctx.db);
}

/**
 * Ends a link for good and gives back what it held [CHK-27]: the order stays as it was, and its pages say so. Answers the link as it is then; undefined when
 * there is none. One that is being paid right now is left to that.
 */
export async function endLink(ctx: Ctx, link: ChangeLink, state: "declined" | "expired" | "revoked"): Promise<ChangeLink | undefined> {
  const { id, orderId } = link;
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  if (!(await isBeingPaid(ctx, orderId)) && (await endChangeLink(ctx, id, state))) {
    await giveBackHeld(ctx, id);
    await tellOrder(ctx, orderId);
  }
  return changeLinkById(ctx, id);
}

async function isBeingPaid(ctx: Pick<Ctx, "db">, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from checkout.change_attempt where order_id = ${orderId} and state = 'charging'`.execute(ctx.db);
  return rows.length > 0;
}

/** Screens that show the order ask again. */
export async function tellOrder(ctx: Ctx, orderId: OrderId): Promise<void> {
  const { rows } = await sql<{ recordId: RecordId | null; placeId: PlaceId | null }>`
    select record_id as "recordId", place_id as "placeId" from orders.read_state where id = ${orderId}`.execute(ctx.db);
  const { recordId = null, placeId = null } = rows[0] ?? {};
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
}

/** Links whose time is over, the oldest first: by the clock, every minute. */
export async function endOverdueLinks(desk: Desk): Promise<void> {
  const { rows } = await sql<{ id: ChangeLinkId }>`
    select id from checkout.change_link where state = 'open' and valid_until <= now() order by valid_until limit 100`.execute(desk.read.db);
  for (const { id } of rows)
    await desk.write(async (ctx) => {
      const link = await changeLinkById(ctx, id);
      if (link) await endLink(ctx, link, "expired");
    });
}
