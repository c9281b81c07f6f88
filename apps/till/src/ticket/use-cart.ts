import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { cutTicket, ticketCart, useTicket } from "./ticket.ts";

const cartQuery = (id: string, token: string | null) =>
  queryOptions({ queryKey: ["cart", id], queryFn: ({ signal }) => readCart(id, token, signal) });

/** The cart as the hub has it; where it cannot be reached, as this till knows it. */
async function readCart(id: string, token: string | null, signal: AbortSignal): Promise<CartView> {
  try {
    return await api.ask("carts.read", { params: { id }, headers: token === null ? {} : { "weft-cart": token }, signal });
  } catch (error) {
    const own = isAway(error) && cutTicket() ? ticketCart() : undefined;
    if (own?.id !== id) throw error;
    return own;
  }
}

/** The ticket of a table can be taken over at another till, of which the stream of who had it says nothing. */
const TAB_LOOK_MS = 10_000;

/** The ticket's cart, live: what the customer changes on their phone shows here. While the hub cannot be reached it is priced here. */
export function useCart() {
  const { cart, local, base, tab } = useTicket();
  const isAtHub = cart !== null && !cart.isLocal;
  useLive(isAtHub ? `cart/${cart.id}` : undefined, isAtHub ? (cart.token ?? undefined) : undefined);
  const { data, isError, error } = useQuery({
    ...cartQuery(cart?.id ?? "", cart?.token ?? null),
    enabled: isAtHub && local === null,
    refetchInterval: tab !== null && TAB_LOOK_MS,
    // After a reload: as it was seen last, until the hub has answered. A ticket with goods is never shown as empty.
    ...(base && { placeholderData: base }),
  });
  const shown = local?.view ?? (isAtHub ? data : undefined);
  const isTaken = local === null && error instanceof ProblemError && error.problem.code === "cart.unknown";
  return { data: shown, isPending: isAtHub && shown === undefined && !isError, isError: local === null && isError, isTaken, error };
}
