import type { CartId } from "@weft/kernel";
import { sql } from "kysely";
import { livePresenter, type LivePresenter, type ReadCtx } from "../../platform/index.ts";
import { rightOn } from "./domain/index.ts";
import { CartChanged, CartHandedOver, CartLeft, CartOpened, ScreenPaired } from "./events.ts";
import { readScreen } from "./commands/screens.ts";
import { loadCart } from "./queries/load-cart.ts";
import { showCart } from "./queries/show-cart.ts";
import { askerOf } from "./tokens.ts";

/** A cart on every screen that holds it: the same JSON as `GET /v1/carts/{id}`, in one class for all who may see it. */
export const cartLive: LivePresenter = livePresenter({
  kind: "cart",
  affectedBy: [
    { event: CartOpened, subject: (event) => event.subject },
    { event: CartChanged, subject: (event) => event.subject },
    // Who gave the cart away holds it no more: their stream stops carrying it with this very event.
    { event: CartHandedOver, subject: (event) => event.subject, takesRights: true },
    // So does a screen or an agent who was sent away.
    { event: CartLeft, subject: (event) => event.subject, takesRights: true },
  ],
  authorize: async (ctx, id, token) => {
    const cart = await loadCart(ctx, id as CartId); // a subject's id; an unknown one finds nothing
    if (!cart) return null;
    const asker = askerOf({ ...ctx.actor, cartToken: token ?? ctx.actor.cartToken });
    return rightOn(cart, asker).may === "nothing" ? null : "whole";
  },
  present: async (ctx: ReadCtx, id) => {
    const cart = await loadCart(ctx, id as CartId); // see above
    return cart && { version: cart.version, patch: await showCart(ctx.snapshots, cart, new Date()) };
  },
});

/** What a screen shows: nothing until its code is typed on a phone, then a cart. Followed with the token that the screen was opened with. */
export const screenLive: LivePresenter = livePresenter({
  kind: "screen",
  affectedBy: [{ event: ScreenPaired, subject: (event) => event.subject }],
  authorize: async (ctx, id, token) => ((await readScreen(ctx, id, token)) ? "screen" : null),
  async present(ctx, id) {
    const { rows } = await sql<{ version: number; cartId: string | null }>`
      select version, cart_id as "cartId" from carts.pairing where id = ${id} and kind = 'screen'`.execute(ctx.db);
    return rows[0] ? { version: rows[0].version, patch: { id, cartId: rows[0].cartId } } : null;
  },
});
