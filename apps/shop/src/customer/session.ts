import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { changeBasket, forgetCart } from "../cart/basket.ts";
import { keep } from "../kept.ts";

export type SignedIn = NonNullable<SessionView["customer"]>;

/** Who is at this browser. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.ask("access.session", { signal }),
  staleTime: 5 * 60_000,
});

/** What hangs below `["customer", id]` is asked again when the customer changes on any channel: points, orders, current cart. */
export const meQuery = (customerId: string) =>
  queryOptions({ queryKey: ["customer", customerId, "me"], queryFn: ({ signal }) => api.ask("customers.me", { signal }) });

/** The signed-in customer; null for a visitor and while it is not known. */
export function useCustomer(): SignedIn | null {
  return useQuery(sessionQuery).data?.customer ?? null;
}

/** Takes on a new session: everything that the hub said to whoever was here before is asked again. */
export async function enterSession(session: SessionView): Promise<void> {
  api.queries.setQueryData(sessionQuery.queryKey, session);
  // A cart claimed by code is the customer's own from here on, if the hub says so.
  changeBasket({ isClaimed: false });
  await api.queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}

/** Signs out of this browser: cart, card and orders of the customer are forgotten here, and stay at the hub. */
export async function leaveSession(): Promise<void> {
  await api.ask("access.signOut", {});
  forgetCart();
  for (const name of ["card", "cart", "orders"] as const) keep(name, undefined);
  api.queries.clear();
  await api.queries.invalidateQueries();
}
