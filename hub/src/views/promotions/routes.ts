import { asId, err, ok, type CartId, type Problems } from "@weft/kernel";
import { loadCart } from "../../modules/carts/index.ts";
import { read, type Route } from "../../platform/index.ts";
import { invented, tryOut, type TrialError } from "./try-out.ts";

const PROBLEMS: Problems<TrialError> = {
  "cart.unknown": { status: 404, title: "There is no such cart" },
  "channels.unknown": { status: 404, title: "There is no such channel" },
  "products.unknown": { status: 422, title: "There is no such product" },
};

export const promotionTrialRoutes: readonly Route[] = [
  // Reads all that it needs and writes nothing, whatever its method says: a draft is too long for an address.
  read(
    "promotions.tryOut",
    async (ctx, { body }) => {
      const { cart: wanted, promotion, code } = body;
      if (wanted.kind === "open") {
        const cart = await loadCart(ctx, asId<CartId>(wanted.cartId)); // an id by the contract
        return cart ? ok(await tryOut(ctx, cart, { at: ctx.now, promotion, code })) : err({ code: "cart.unknown" });
      }
      const cart = await invented(ctx, wanted);
      return cart.ok
        ? ok(await tryOut(ctx, cart.value, { at: wanted.at === null ? ctx.now : new Date(wanted.at), promotion, code }))
        : cart;
    },
    {
      problems: PROBLEMS,
      audit: ({ body: { cart } }) => (cart.kind === "open" ? `cart/${cart.cartId}` : null),
    },
  ),
];
