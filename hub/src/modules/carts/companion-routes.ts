import { asId, err, ok, type CartId } from "@weft/kernel";
import { Committed, read, write, type Ctx, type Route, type Vault } from "../../platform/index.ts";
import { joinCall, leaveCart, offerCall } from "./commands/call.ts";
import { openScreen, pairScreen, readScreen } from "./commands/screens.ts";
import { CART_PROBLEMS, type CartError } from "./errors.ts";
import { showCart } from "./queries/show-cart.ts";

/** Who helps with a cart or shows it for a while: the agent on the phone, the screen at home [CRT-14]. */
export const companionRoutes = (vault: Vault): readonly Route[] => [
  write(
    "carts.offerCall",
    async (ctx, { params }) => {
      const offered = await offerCall(ctx, vault, asId<CartId>(params.id)); // UUIDs by the contract, here and below
      return offered.ok ? ok({ code: offered.value.code, expiresAt: offered.value.expiresAt.toISOString() }) : offered;
    },
    { problems: CART_PROBLEMS },
  ),
  write("carts.joinCall", async (ctx, { params }) => shown(ctx, await joinCall(ctx, vault, params.code)), { problems: CART_PROBLEMS }),
  write("carts.leave", (ctx, { params }) => leaveCart(ctx, asId<CartId>(params.id), params.holderId), { problems: CART_PROBLEMS }),
  write(
    "screens.open",
    async (ctx) => {
      const opened = await openScreen(ctx, vault);
      return opened.ok ? ok({ ...opened.value, expiresAt: opened.value.expiresAt.toISOString() }) : opened;
    },
    { problems: CART_PROBLEMS },
  ),
  read(
    "screens.read",
    async (ctx, { params }) => {
      const screen = await readScreen(ctx, params.id, null);
      return screen ? ok(screen) : err<CartError>({ code: "screen.unknown" });
    },
    { problems: CART_PROBLEMS },
  ),
  write("screens.pair", async (ctx, { params, body }) => shown(ctx, await pairScreen(ctx, vault, params.code, asId<CartId>(body.cartId))), {
    problems: CART_PROBLEMS,
  }),
];

async function shown(ctx: Ctx, result: Awaited<ReturnType<typeof joinCall>>) {
  if (!result.ok) return result;
  return ok(result.value instanceof Committed ? result.value : await showCart(ctx.snapshots, result.value, ctx.now));
}
