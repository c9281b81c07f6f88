import type { CartView } from "@weft/contracts";
import { err, ok, type CartId, type LineId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { lockCart, moveLines, openCart, type CartError, type LoadedCart, type MovedLines, type WantedMove } from "../../carts/index.ts";
import { moveSent } from "../../fulfillment/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { isParkedHere, putAside, standingAt, type Here } from "../commands/parked.ts";
import type { TillError } from "../errors.ts";
import { setTab, tabOf, tellTab, type Tab } from "./tabs.ts";

export type WantedMoves = {
  /** The ticket that they go to; one that is not there yet is opened at `opens`. */
  readonly toCartId: CartId;
  readonly opens: { readonly table: string; readonly name: string | null } | null;
  readonly lines: readonly WantedMove[];
  /** Minor units that somebody has paid of the ticket they leave: so much stays on it [TBL-13]. */
  readonly paid: number;
};

export type MovedTab = { readonly from: Tab; readonly cart: CartView; readonly to: Tab };

type Failure = TillError | CartError;

/**
 * Moves lines of a table's ticket to another one of the store, or to a new one [TBL-10]. The caller has the ticket that they leave, or it waits; so with
 * the one that they go to. What stations have had of them stays as it is and belongs to the other ticket [TBL-11]. A ticket without a line has left its
 * table. Errors: `till.not_a_till`, `till.no_tab`, `till.tab_elsewhere`, `till.table_unknown`, `till.paid_stays`, those of `moveLines`.
 */
export async function moveTabLines(ctx: Ctx, fromCartId: CartId, wanted: WantedMoves): Promise<Result<MovedTab, Failure>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  if (fromCartId === wanted.toCartId) return err({ code: "till.no_tab" });
  const both = await lockBoth(ctx, fromCartId, wanted.toCartId);
  const from = both.from && (await tabAt(ctx, both.from, here));
  if (!both.from || !from) return err({ code: "till.no_tab" });
  if (!both.to && wanted.opens) {
    const opened = await openTab(ctx, wanted.toCartId, wanted.opens, here);
    if (!opened.ok) return opened;
  }
  const target = both.to ?? (await lockCart(ctx, wanted.toCartId))?.cart;
  const to = target && (await tabAt(ctx, target, here));
  if (!target || !to) return err({ code: "till.no_tab" });
  for (const [cart, tab] of [[both.from, from] as const, [target, to] as const])
    if (!(await hasIt(ctx, cart, here))) return err({ code: "till.tab_elsewhere", deviceName: tab.deviceName });
  const moved = await moveLines(ctx, { from: both.from, to: target }, wanted.lines);
  if (!moved.ok) return moved;
  const left = moved.value.from.totals.total.amount;
  if (left < wanted.paid) return err({ code: "till.paid_stays", paid: wanted.paid, left });
  await follow(ctx, { from, to }, moved.value);
  return ok({ from: (await tabOf(ctx, from.cartId)) ?? from, cart: moved.value.from, to });
}

/**
 * Both carts, locked in the order of their ids, as whoever moves lines the other way does. A ticket that is to be opened may have come while this waited
 * for the other: the same move, sent twice.
 */
async function lockBoth(ctx: Ctx, fromId: CartId, toId: CartId): Promise<Record<"from" | "to", LoadedCart | undefined>> {
  const locked = new Map<CartId, LoadedCart | undefined>();
  for (const id of [fromId, toId].toSorted()) locked.set(id, (await lockCart(ctx, id))?.cart);
  return { from: locked.get(fromId), to: locked.get(toId) ?? (await lockCart(ctx, toId))?.cart };
}

async function tabAt(ctx: Ctx, { id }: LoadedCart, { placeId, channelId }: Here): Promise<Tab | undefined> {
  const tab = await tabOf(ctx, id);
  return tab?.placeId === placeId && tab.channelId === channelId ? tab : undefined;
}

/** Whether this till has a ticket, or any till of the store may: it waits. Who signs in elsewhere too does not see what was paid of it there. */
const hasIt = async (ctx: Ctx, { id, holders }: LoadedCart, here: Here): Promise<boolean> =>
  holders.some(({ deviceId }) => deviceId === here.deviceId) || (await isParkedHere(ctx, id, here));

/** A new ticket at a table, where it waits for any till of the store. */
async function openTab(
  ctx: Ctx,
  cartId: CartId,
  { table, name }: NonNullable<WantedMoves["opens"]>,
  here: Here,
): Promise<Result<null, Failure>> {
  const opened = await openCart(ctx, { id: cartId, placeId: here.placeId, fulfillment: "take_away", operations: [], isTicket: true });
  if (!opened.ok) return opened;
  const seated = await setTab(ctx, cartId, { table, name });
  if (!seated.ok) return seated;
  await putAside(ctx, cartId, here);
  return ok(null);
}

/** What hangs on lines goes along with them: their course, and what stations have of them. The audit says what went where. */
async function follow(ctx: Ctx, { from, to }: Record<"from" | "to", Tab>, { moves, from: cart }: MovedLines): Promise<void> {
  if (moves.length === 0) return;
  const sent = moves.map(({ line, quantity, isWhole, toLineId }) => ({ lineId: line.id, quantity, isWhole, toLineId }));
  await moveSent(ctx, from.cartId, { cartId: to.cartId, table: to.table }, sent);
  await moveCourses(ctx, { from, to }, sent);
  // What was printed of a ticket that has ended is named by the one that is paid instead [TIL-48].
  if (cart.lines.length === 0) {
    await sql`update till.bill set cart_id = ${to.cartId} where cart_id = ${from.cartId}`.execute(ctx.db);
    await sql`delete from till.parked_ticket where cart_id = ${from.cartId}`.execute(ctx.db);
  }
  const what = moves.map(({ line: { sku }, quantity }) => `${quantity} × ${sku}`).join(", ");
  await auditWrite(ctx, { action: "till.moveLines", subject: `cart/${from.cartId}`, reason: `${from.table} → ${to.table}: ${what}` });
  await tellTab(ctx, from);
  await tellTab(ctx, to);
}

type Gone = { readonly lineId: LineId; readonly isWhole: boolean; readonly toLineId: LineId };

async function moveCourses(ctx: Ctx, { from, to }: Record<"from" | "to", Tab>, moves: readonly Gone[]): Promise<void> {
  const came = moves.flatMap(({ lineId, toLineId }) => (from.courses[lineId] ? [[toLineId, from.courses[lineId]] as const] : []));
  if (came.length === 0) return;
  const gone = moves.filter(({ isWhole }) => isWhole).map(({ lineId }) => lineId);
  await sql`update till.tab set courses = courses - ${gone}::text[] where cart_id = ${from.cartId}`.execute(ctx.db);
  await sql`
    update till.tab set courses = courses || ${JSON.stringify(Object.fromEntries(came))}::jsonb where cart_id = ${to.cartId}`.execute(
    ctx.db,
  );
}
