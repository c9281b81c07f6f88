import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { changeTicket, leaveTicket, moveTicket, takeAsTicket, ticket, ticketCart } from "./ticket.ts";

/** Whoever ordered at a kiosk is at the counter a moment later. */
const LOOK_MS = 5000;

/** Tickets that wait at this store: parked at this till or at another. */
const parkedQuery = queryOptions({
  queryKey: ["parked"],
  queryFn: ({ signal }) => api.ask("till.parked", { signal }),
  staleTime: 0,
  refetchInterval: LOOK_MS,
});

/** Who was served when this till parked a ticket; another till opens them anew. Not kept: it names people. */
const served = new Map<string, TillCustomerView>();

export const useParked = () => useQuery(parkedQuery).data?.items ?? [];

/** The order of a kiosk whose number somebody says, as the hub has it now; undefined for what is no number of one that waits. */
export async function parkedByNumber(typed: string): Promise<string | undefined> {
  const number = typed.trim().toUpperCase();
  if (!/^K\d{1,5}$/.test(number)) return undefined;
  const { items } = await api.queries.fetchQuery(parkedQuery);
  return items.find(({ kioskNumber }) => kioskNumber === number)?.cartId;
}

/** Puts the ticket aside at the hub, so that the next customer can be served, and any till of the store can go on with it. */
export const parkTicket = (cart: CartView): Promise<void> => moveTicket(() => putAside(cart));

/** The same in a move that goes on. */
export async function putAside(cart: CartView): Promise<void> {
  const { customer } = ticket();
  await api.ask("till.park", { body: { cartId: cart.id } });
  if (customer) served.set(cart.id, customer);
  if (ticket().cart?.id === cart.id) leaveTicket();
  void api.queries.invalidateQueries({ queryKey: parkedQuery.queryKey });
}

const resumed = (cartId: string) => api.ask("till.resume", { params: { id: cartId } });
const takenOver = (cartId: string) => api.ask("till.takeOverTab", { params: { id: cartId } });

/** Goes on with a parked ticket; what is on this till is put aside for it. Another till may have been faster: then the list says so. */
export const useResume = (onDone: () => void) => useGoOn(resumed, onDone);

/** The same with the ticket of a table that another till has open, which has it no more then. */
export const useTakeOverTab = (onDone: () => void) => useGoOn(takenOver, onDone);

function useGoOn(ask: typeof resumed, onDone: () => void) {
  return useMutation({
    mutationFn: (cartId: string) =>
      moveTicket(async () => {
        const open = ticketCart();
        if (open && (open.lines.length > 0 || ticket().tab)) await putAside(open);
        const { cart, token, bills, kioskNumber, tab } = await ask(cartId);
        takeAsTicket(cart, token, served.get(cart.id) ?? null, bills);
        if (tab) changeTicket({ tab });
        // It is in nobody's hand yet: it is made once it is paid, and called by its number.
        if (kioskNumber !== null) changeTicket({ collect: { slot: null, name: kioskNumber, isKiosk: true } });
        served.delete(cart.id);
      }),
    onSuccess: onDone,
    onSettled: () => api.queries.invalidateQueries({ queryKey: parkedQuery.queryKey }),
  });
}
