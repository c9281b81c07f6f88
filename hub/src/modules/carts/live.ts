import type { CartId } from "@weft/kernel";
import { livePresenter, type LivePresenter, type ReadCtx } from "../../platform/index.ts";
import { rightOn } from "./domain/index.ts";
import { CartChanged, CartHandedOver, CartOpened } from "./events.ts";
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
