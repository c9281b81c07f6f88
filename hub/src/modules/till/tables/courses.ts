import type { CartView } from "@weft/contracts";
import { asId, err, ok, type CartId, type LineId, type Result } from "@weft/kernel";
import { auditWrite } from "../../access/index.ts";
import { lockCart, mayUseCart, showCart, type CartError, type LoadedCart } from "../../carts/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { sendRound, sentOf, takeOffSent, type LineToSend } from "../../fulfillment/index.ts";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { standingAt } from "../commands/parked.ts";
import type { TillError } from "../errors.ts";
import { tabOf, tellTab, type Tab } from "./tabs.ts";

/**
 * Sends what of a course was not sent yet to the stations of the store; course 0 is what is wanted at once [TBL-5]. Sent again there is nothing
 * left to send: one round. What is on the ticket no more is told to them too [TBL-7].
 * Errors: `till.not_a_till`, `till.no_tab`, `cart.unknown`, `cart.closed`.
 */
export async function sendCourse(ctx: Ctx, cartId: CartId, course: number): Promise<Result<Tab, TillError | CartError>> {
  if (!standingAt(ctx)) return err({ code: "till.not_a_till" });
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  const tab = await tabOf(ctx, cartId);
  if (!tab) return err({ code: "till.no_tab" });
  await tellTakenOff(ctx, cart, tab);
  const { lines } = await showCart(ctx.snapshots, cart, ctx.now);
  const unsent = unsentOf(lines, await sentOf(ctx, [cartId])).filter(({ lineId }) => (tab.courses[lineId] ?? 0) === course);
  if (unsent.length === 0) return ok(tab);
  const { placeId, channelId, table } = tab;
  const workSeconds = await workOf(ctx, unsent);
  await sendRound(ctx, { cartId, recordId: cart.recordId, placeId, channelId, table, course, lines: unsent, workSeconds });
  await tellTab(ctx, tab);
  return ok(tab);
}

/** What of the lines was not sent yet. A service is held by its time, and what another store has is made there. */
export function unsentOf(lines: CartView["lines"], sent: ReadonlyMap<LineId, number>): LineToSend[] {
  return lines.flatMap(({ id, sku, name, options, unit, note = null, quantity, service, elsewhere }) => {
    const lineId = asId<LineId>(id); // a UUID by the contract
    const left = quantity - (sent.get(lineId) ?? 0);
    if (left <= 0 || service || elsewhere) return [];
    return [{ lineId, sku, name, options: options.map((option) => ({ name: option.name })), unit, note, quantity: left }];
  });
}

async function workOf(ctx: Pick<ReadCtx, "snapshots">, lines: readonly LineToSend[]): Promise<number> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const secondsOf = (sku: string): number => catalog.variantOfSku(sku)?.product.prepSeconds ?? 0;
  return lines.reduce((sum, { sku, unit, quantity }) => sum + secondsOf(sku) * (unit === "gram" ? 1 : quantity), 0);
}

/**
 * Tells the stations what was sent from a table and is on its ticket no more, because it was taken off or the whole was given up [TBL-7]. Who did it
 * is in the audit. Nothing where all of it still is. Errors: `till.not_a_till`, `till.no_tab`.
 */
export async function followTab(ctx: Ctx, cartId: CartId): Promise<Result<Tab, TillError>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  const cart = (await lockCart(ctx, cartId))?.cart;
  const tab = await tabOf(ctx, cartId);
  if (!cart || tab?.placeId !== here.placeId || tab.channelId !== here.channelId) return err({ code: "till.no_tab" });
  await tellTakenOff(ctx, cart, tab);
  return ok(tab);
}

/** The same of a ticket that was given up; nothing where it was at no table. */
export async function endTab(ctx: Ctx, cartId: CartId): Promise<void> {
  const tab = await tabOf(ctx, cartId);
  const cart = tab && (await lockCart(ctx, cartId))?.cart;
  if (!cart) return;
  await tellTakenOff(ctx, cart, tab);
  await tellTab(ctx, tab);
}

async function tellTakenOff(ctx: Ctx, cart: LoadedCart, { table }: Tab): Promise<void> {
  // What was paid is an order: what becomes of it is the order's affair.
  if (cart.state === "completed" || cart.state === "completing") return;
  const isGone = cart.state === "abandoned" || cart.state === "merged";
  const left = new Map(isGone ? [] : cart.lines.map(({ id, quantity }) => [id, quantity]));
  const taken = await takeOffSent(ctx, cart.id, left);
  if (taken.length === 0) return;
  const what = taken.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(", ");
  await auditWrite(ctx, { action: "till.tellTaken", subject: `cart/${cart.id}`, reason: `${table}: ${what}` });
}
