import type { ParkedTicketView } from "@weft/contracts";
import { asId, ok, type CartId } from "@weft/kernel";
import { CART_PROBLEMS, showCart } from "../carts/index.ts";
import { read, write, type ReadCtx, type Route } from "../../platform/index.ts";
import { billsOf } from "./commands/bills.ts";
import { parkedTickets, parkTicket, resumeTicket, type Parked } from "./commands/parked.ts";
import { TILL_PROBLEMS } from "./errors.ts";
import { kioskNumberOf } from "./kiosk/orders.ts";

const problems = { ...CART_PROBLEMS, ...TILL_PROBLEMS };

/** Tickets that wait, seen and resumed by every till of their store [TIL-11]. */
export const parkedRoutes: readonly Route[] = [
  read("till.parked", async (ctx) => ok({ items: await Promise.all((await parkedTickets(ctx)).map((one) => present(ctx, one))) }), {
    problems,
  }),
  write(
    "till.park",
    async (ctx, { body }) => {
      const parked = await parkTicket(ctx, asId<CartId>(body.cartId)); // ids by the contract, here and below
      return parked.ok ? ok(await present(ctx, parked.value)) : parked;
    },
    { problems },
  ),
  write(
    "till.resume",
    async (ctx, { params }) => {
      const resumed = await resumeTicket(ctx, asId<CartId>(params.id));
      if (!resumed.ok) return resumed;
      const { cart, token } = resumed.value;
      return ok({
        cart: await showCart(ctx.snapshots, cart, ctx.now),
        token,
        kioskNumber: await kioskNumberOf(ctx, cart.id),
        bills: await billsOf(ctx, cart.id),
      });
    },
    { problems },
  ),
];

async function present(
  ctx: Pick<ReadCtx, "snapshots" | "now">,
  { cart, deviceName, isOwn, parkedAt, kioskNumber }: Parked,
): Promise<ParkedTicketView> {
  const { lines, totals, customer } = await showCart(ctx.snapshots, cart, ctx.now);
  return {
    cartId: cart.id,
    items: lines.reduce((sum, { quantity, unit }) => sum + (unit === "gram" ? 1 : quantity), 0),
    total: totals.total,
    givenName: customer?.givenName ?? null,
    kioskNumber,
    deviceName,
    own: isOwn,
    parkedAt: parkedAt.toISOString(),
  };
}
