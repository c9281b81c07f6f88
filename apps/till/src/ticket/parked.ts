import { useSyncExternalStore } from "react";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { clearTicket, ticket } from "./ticket.ts";

/** A ticket that waits: its cart is on the hub, held by this till. */
export type Parked = {
  readonly cartId: string;
  readonly token: string | null;
  readonly customer: TillCustomerView | null;
  readonly items: number;
  readonly total: Money;
  readonly at: string;
};

const KEPT = "weft.till.parked";
const listeners = new Set<() => void>();
let current: readonly Parked[] = readKept();

export function useParked(): readonly Parked[] {
  return useSyncExternalStore(subscribe, () => current);
}

/** Puts the ticket aside, so that the next customer can be served. */
export function parkTicket(cart: CartView): void {
  const { cart: held, customer } = ticket();
  if (!held) return;
  const items = cart.lines.reduce((sum, { quantity, unit }) => sum + (unit === "gram" ? 1 : quantity), 0);
  keep([{ cartId: held.id, token: held.token, customer, items, total: cart.totals.total, at: new Date().toISOString() }, ...current]);
  clearTicket();
}

/** Takes a parked ticket off the list: resumed, paid elsewhere or given up. */
export function unpark(cartId: string): void {
  keep(current.filter((parked) => parked.cartId !== cartId));
}

function keep(parked: readonly Parked[]): void {
  current = parked;
  writeStored(KEPT, JSON.stringify(parked));
  for (const listener of listeners) listener();
}

function readKept(): readonly Parked[] {
  try {
    return JSON.parse(readStored(KEPT) ?? "[]") as Parked[]; // written by keep
  } catch {
    return [];
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
