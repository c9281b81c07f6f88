import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { api } from "../api.ts";
import { useTicket } from "./ticket.ts";

export const cartQuery = (id: string, token: string | null) =>
  queryOptions({
    queryKey: ["cart", id],
    queryFn: ({ signal }) => api.ask("carts.read", { params: { id }, headers: token === null ? {} : { "weft-cart": token }, signal }),
  });

/** The ticket's cart, live: what the customer changes on their phone shows here. */
export function useCart() {
  const { cart } = useTicket();
  useLive(cart ? `cart/${cart.id}` : undefined, cart?.token ?? undefined);
  return useQuery({ ...cartQuery(cart?.id ?? "", cart?.token ?? null), enabled: cart !== null });
}
