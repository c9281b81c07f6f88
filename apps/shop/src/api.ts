import { createApi } from "@weft/ui/api/api.ts";
import { basket } from "./cart/basket.ts";

/** This page's connection to the hub. The visitor's cart is opened by its token. */
export const api = createApi({ app: "shop", headers: () => tokenHeader(basket().cart?.token ?? null) });

/** The header of a cart's token: of the visitor's cart on every call, of a past one where its order is read. */
export function tokenHeader(token: string | null): Record<string, string> {
  return token === null ? {} : { "weft-cart": token };
}
