import type { AnswerOf, ParkedTicketView } from "@weft/contracts";
import { asId, ok, type CartId } from "@weft/kernel";
import { CART_PROBLEMS, showCart, type Claimed } from "../carts/index.ts";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { billsOf } from "./commands/bills.ts";
import { parkedTickets, parkTicket, resumeTicket, type Parked } from "./commands/parked.ts";
import { TILL_PROBLEMS } from "./errors.ts";
import { kioskNumberOf } from "./kiosk/orders.ts";
import { endTab } from "./tables/courses.ts";
import { presentTab } from "./tables/routes.ts";
import { noteTabTill, takeOverTab } from "./tables/tabs.ts";

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
      if (!parked.ok) return parked;
      await endTab(ctx, parked.value.cart.id);
      return ok(await present(ctx, parked.value));
    },
    { problems },
  ),
  write(
    "till.resume",
    async (ctx, { params }) => {
      const resumed = await resumeTicket(ctx, asId<CartId>(params.id));
      return resumed.ok ? ok(await goOn(ctx, resumed.value)) : resumed;
    },
    { problems },
  ),
  write(
    "till.takeOverTab",
    async (ctx, { params }) => {
      const taken = await takeOverTab(ctx, asId<CartId>(params.id));
      return taken.ok ? ok(await goOn(ctx, taken.value)) : taken;
    },
    { problems },
  ),
];

/** A ticket as the till that goes on with it needs it. */
async function goOn(ctx: Ctx, { cart, token }: Claimed): Promise<AnswerOf<"till.resume">> {
  const tab = await noteTabTill(ctx, cart.id);
  return {
    cart: await showCart(ctx.snapshots, cart, ctx.now),
    token,
    kioskNumber: await kioskNumberOf(ctx, cart.id),
    bills: await billsOf(ctx, cart.id),
    tab: tab ? await presentTab(ctx, tab) : null,
  };
}

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
