import { useSyncExternalStore } from "react";
import type { CartView } from "@weft/contracts/client";
import { newId, type Id } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { setLocale } from "@weft/ui/i18n/i18n.ts";
import { api } from "../api.ts";
import type { Operation, Wanted } from "../ticket/shape.ts";
import { ownLanguage } from "./settings.ts";

export type Dining = "eat_in" | "take_away";
/** Where the customer is: nobody is there, they choose, they look at what they chose, they pay, they have their number. */
export type Step = "start" | "menu" | "cart" | "pay" | "card" | "done";

/** What the customer goes away with. */
export type Done = { readonly number: string; readonly way: "counter" | "card"; readonly receipt: string | null };

/** One customer's order. It lives on this page only: the next customer finds nothing of it, and neither does a reload. */
export type Order = {
  /** Its cart is opened under it, however often that is asked for. */
  readonly key: string;
  readonly step: Step;
  readonly dining: Dining;
  readonly cartId: string | null;
  /** Everything is lower on the screen, for whoever sits or is small. */
  readonly isLow: boolean;
  readonly done: Done | null;
};

const none = (): Order => ({ key: newKey(), step: "start", dining: "take_away", cartId: null, isLow: false, done: null });

let current: Order = none();
const listeners = new Set<() => void>();
/** Taps are sent one after the other, so that a cart is opened once. */
let last: Promise<unknown> = Promise.resolve();

export const order = (): Order => current;
export const useOrder = (): Order => useSyncExternalStore(subscribe, order);

export function changeOrder(change: Partial<Order>): void {
  current = { ...current, ...change };
  for (const listener of listeners) listener();
}

export const goTo = (step: Step): void => changeOrder({ step });

/** Here or to take along: the first tap, which decides about prices where the law does. A cart that exists follows. */
export async function chooseDining(dining: Dining, placeId: string): Promise<void> {
  changeOrder({ dining, step: current.step === "start" ? "menu" : current.step });
  if (current.cartId !== null) await changeCart({ kind: "setFulfillment", fulfillment: takenHere(placeId) }, placeId);
}

/**
 * Changes the cart at the hub and answers it; the first change opens it. Sent again after a cut it is the same change. Throws `ProblemError`, also for what the
 * hub refused of it.
 */
export function changeCart(wanted: Wanted, placeId: string): Promise<CartView> {
  const operation: Operation = { ...wanted, id: newId<Id<"operation">>() };
  const { key } = current;
  const sent = last.then(async () => send(operation, placeId, key));
  last = sent.catch(() => undefined);
  return sent;
}

async function send(operation: Operation, placeId: string, key: string): Promise<CartView> {
  const id = current.cartId ?? (await openCart(placeId, key));
  const { cart, results } = await again(() => api.ask("carts.operate", { params: { id }, body: { operations: [operation] } }));
  // A customer who left meanwhile has left their cart, too.
  if (current.key !== key) throw new ProblemError({ type: "about:blank", title: "", status: 409, code: "kiosk.left" }, false);
  keep(cart);
  const refused = results.find(({ outcome }) => outcome === "refused");
  if (refused?.code)
    throw new ProblemError({ type: "about:blank", title: refused.title ?? "", status: 409, ...refused.data, code: refused.code }, false);
  return cart;
}

async function openCart(placeId: string, key: string): Promise<string> {
  const operations = [{ id: key, kind: "setFulfillment" as const, fulfillment: takenHere(placeId) }];
  const { cart } = await again(() => api.ask("carts.open", { body: { placeId, ticket: true, operations }, headers: keyHeader(key) }));
  if (current.key === key) {
    keep(cart);
    changeOrder({ cartId: cart.id });
  } else void api.call("carts.abandon", { params: { id: cart.id } });
  return cart.id;
}

const takenHere = (placeId: string) => ({ kind: "take_away" as const, placeId, dining: current.dining });

const TRIES = 3;
const PAUSE_MS = 700;

/** A line that is cut for a moment is not worth a word. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof ProblemError && (error.offline || error.problem.status >= 500);
      // Whether the hub is there at all is looked at now, and not with the next look at the clock.
      if (isAway && tried === TRIES) void api.queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === "kiosk" });
      if (tried === TRIES || !isAway) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Puts an answer where all screens read it, unless the stream was faster. */
export function keep(cart: CartView): void {
  const key = ["cart", cart.id];
  const held = api.queries.getQueryData<CartView>(key);
  if (!held || held.version <= cart.version) api.queries.setQueryData(key, cart);
}

/** The next customer: nothing is left of this one. A cart that nobody ordered is given up at the hub. */
export function startOver(): void {
  const { cartId, done } = current;
  current = none();
  if (cartId !== null) {
    api.queries.removeQueries({ queryKey: ["cart", cartId] });
    if (done === null) void api.call("carts.abandon", { params: { id: cartId } });
  }
  for (const listener of listeners) listener();
  void setLocale(ownLanguage());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
