import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useEffect, useMemo, useRef } from "react";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { keep, keepOrder, readKept } from "../kept.ts";
import { t } from "../t.ts";
import { basket, changeBasket, forgetCart, useBasket } from "./basket.ts";
import { changedElsewhere } from "./changed-elsewhere.ts";
import { sendPending } from "./send.ts";
import { showCart, type ShownCart } from "./shown-cart.ts";

/** A cart by its id; what this browser kept of it stands there until the hub has answered, and without a network. */
export const cartQuery = (id: string) =>
  queryOptions({
    queryKey: ["cart", id],
    queryFn: ({ signal }) => api.ask("carts.read", { params: { id }, signal }),
    initialData: () => {
      const kept = id === "" ? undefined : readKept("cart");
      return kept?.id === id ? kept : undefined;
    },
    initialDataUpdatedAt: 0,
  });

/** What the hub answers for a cart that this browser may not open any more. */
const GONE: ReadonlySet<string> = new Set(["cart.unknown", "cart.not_yours"]);

/** The customer's current cart on whatever channel it was begun; null when there is none. */
const currentCartQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "cart"],
    queryFn: ({ signal }) => api.ask("carts.current", { params: { id: "me" }, signal }),
  });

export type CartState = {
  /** The cart as the hub knows it; undefined when there is none, or it is not known yet. */
  readonly cart: CartView | undefined;
  readonly shown: ShownCart;
  readonly isPending: boolean;
  /** The cart has left this browser; see `Basket`. */
  readonly isGone: boolean;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/** The visitor's cart, with what they changed since the hub answered. */
export function useCart(): CartState {
  const { cart, pending, isGone } = useBasket();
  const query = useQuery({ ...cartQuery(cart?.id ?? ""), enabled: cart !== null });
  const known = cart === null ? undefined : query.data;
  const shown = useMemo(() => showCart(known, pending), [known, pending]);
  return {
    cart: known,
    shown,
    isPending: cart !== null && query.isPending,
    isGone,
    error: cart === null ? null : query.error,
    refetch: query.refetch,
  };
}

/** Keeps the cart true while the app is open: follows it, finds the one that a signed-in customer has elsewhere, sends what waits. Once, in the frame. */
export function useCartKeeping(): void {
  const { cart } = useBasket();
  const customer = useCustomer();
  const state = useCart();
  useLive(cart ? `cart/${cart.id}` : undefined, cart?.token ?? undefined);
  const current = useQuery({ ...currentCartQuery(customer?.customerId ?? ""), enabled: customer !== null }).data;
  useEffect(() => {
    const { cart: held, isClaimed, pending } = basket();
    if (!current || isClaimed || pending.length > 0 || held?.id === current.id) return;
    api.queries.setQueryData(["cart", current.id], current);
    changeBasket({ cart: { id: current.id, token: null }, isGone: false });
  }, [current]);
  const code = state.error === null ? null : problemCode(state.error);
  useEffect(() => {
    // Followed any longer it would come back with the next change that is made elsewhere.
    if (code !== null && GONE.has(code)) changeBasket({ cart: null, isClaimed: false, isGone: true });
  }, [code]);
  const isProposed = state.cart?.offer?.kind === "proposal";
  useEffect(() => {
    // A ticket that was followed here and that an adviser made a proposal of: it stands among those, and what is bought next begins a cart.
    if (isProposed) forgetCart();
  }, [isProposed]);
  useEffect(() => void sendPending(), []);
  useTellChanges(state.cart);
}

/** Whether someone who held the cart before does not hold it any more. */
function hasLost(before: CartView, after: CartView): boolean {
  const ids = new Set(after.holders.map(({ id }) => id));
  return before.id === after.id && before.holders.some(({ id }) => !ids.has(id));
}

/** Keeps the newest cart for the time without a network, and says which channel changed it. */
function useTellChanges(cart: CartView | undefined): void {
  const before = useRef<CartView | undefined>(undefined);
  useEffect(() => {
    if (!cart) return;
    const channel = before.current && changedElsewhere(before.current, cart, basket().pending.length > 0);
    // Who left may have been this browser: the stream goes on for a while, an answer says it at once.
    if (before.current && hasLost(before.current, cart)) void api.queries.invalidateQueries({ queryKey: ["cart", cart.id] });
    before.current = cart;
    keep("cart", cart);
    // The till has completed it: its order is the visitor's to see.
    if (cart.orderId !== null) keepOrder(cart.orderId, basket().cart?.token ?? null);
    if (channel) showToast(t("shop.cart.changed_elsewhere", { channel: channelName(channel) }));
  }, [cart]);
}
