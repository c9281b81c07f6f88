import { useSyncExternalStore } from "react";
import type { BodyOf, CartView, OperationResultView, TillCustomerView } from "@weft/contracts/client";
import { newId, type Id } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";

export type Operation = BodyOf<"carts.operate">["operations"][number];
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
/** What a tap wants of the ticket; its id is made here and stays the same however often it is sent. */
export type Wanted = WithoutId<Operation>;
/** How a line goes its own way instead of being taken along. */
export type LineWay = NonNullable<Extract<Operation, { kind: "add" }>["elsewhere"]>;
/** What a line shows until the hub has answered. */
export type Ghost = { readonly name: string; readonly detail: string; readonly price: string };
export type Pending = { readonly operation: Operation; readonly ghost?: Ghost };

/** What is not taken along but fetched later: in a slot, or as soon as it is ready. */
export type CollectWish = {
  readonly slot: { readonly id: string; readonly startsAt: string; readonly endsAt: string } | null;
  /** Who fetches it; empty where nobody asked. */
  readonly name: string;
};

/** The sale at hand. */
export type Ticket = {
  /** The same from one customer to the next, before it has a cart and after; its cart is opened under it. */
  readonly key: string;
  readonly cart: { readonly id: string; readonly token: string | null } | null;
  readonly customer: TillCustomerView | null;
  readonly dining: "eat_in" | "take_away";
  readonly collect: CollectWish | null;
  readonly pending: readonly Pending[];
  /** The hub could not be reached: what was tapped is kept and sent again. */
  readonly isCut: boolean;
  /** Paid right now: it takes no taps. */
  readonly isPaying: boolean;
};

const EMPTY: Omit<Ticket, "key"> = {
  cart: null,
  customer: null,
  dining: "take_away",
  collect: null,
  pending: [],
  isCut: false,
  isPaying: false,
};
const KEPT = "weft.till.ticket";
const RETRY_MS = 3000;
const MOST_AT_ONCE = 50;

const listeners = new Set<() => void>();
let current: Ticket = readKept();
let placeId = "";
let pumping: Promise<void> | undefined;
let moving: Promise<unknown> | undefined;

export function ticket(): Ticket {
  return current;
}

export function useTicket(): Ticket {
  return useSyncExternalStore(subscribe, ticket);
}

/** The place whose goods are sold; known once the till is open. */
export function setTicketPlace(id: string): void {
  placeId = id;
}

export function changeTicket(change: Partial<Ticket>): void {
  current = { ...current, ...change };
  const { cart, customer, dining, collect } = current;
  writeStored(KEPT, JSON.stringify({ cart, customer, dining, collect }));
  for (const listener of listeners) listener();
}

/** The next customer: an empty ticket. */
export function clearTicket(): void {
  changeTicket({ ...EMPTY, key: newKey() });
}

/**
 * Puts another cart in the place of the ticket, or none. What is tapped meanwhile waits, and goes onto the ticket that stands then: sent at
 * once it would be on the cart that is left, or open one that nobody sees.
 */
export async function moveTicket<T>(move: () => Promise<T>): Promise<T> {
  await moving;
  await settleTicket();
  const moved = move();
  moving = Promise.allSettled([moved]);
  try {
    return await moved;
  } finally {
    moving = undefined;
    void settleTicket();
  }
}

/** In a move: the ticket was put aside. */
export function leaveTicket(): void {
  changeTicket({ ...EMPTY, key: newKey(), pending: current.pending });
}

/** In a move: makes a cart that exists the ticket, which was taken over, claimed by code, or parked before. */
export function takeAsTicket(cart: CartView, token: string | null, customer: TillCustomerView | null): void {
  keepCart(cart);
  leaveTicket();
  changeTicket({ cart: { id: cart.id, token }, customer, dining: cart.fulfillment?.dining ?? "take_away" });
  if (!isHere(cart)) changeCart(fulfillHere(current.dining));
}

/** Changes the ticket: shown at once, sent in order, sent again after a cut. The first change opens the cart. */
export function changeCart(wanted: Wanted, ghost?: Ghost): void {
  const operation: Operation = { ...wanted, id: newId<Id<"operation">>() };
  changeTicket({ pending: [...current.pending, { operation, ...(ghost && { ghost }) }] });
  void settleTicket();
}

/** Eat in or take away: prices and taxes may differ. What is eaten here is not fetched later. */
export function chooseDining(dining: Ticket["dining"]): void {
  changeTicket(dining === "eat_in" ? { dining, collect: null } : { dining });
  if (current.cart) changeCart(fulfillHere(dining));
}

/** Resolves once everything that was tapped has been answered. */
export function settleTicket(): Promise<void> {
  pumping ??= pump().finally(() => {
    pumping = undefined;
  });
  return pumping;
}

async function pump(): Promise<void> {
  while (current.pending.length > 0) {
    await moving;
    const batch = current.pending.slice(0, MOST_AT_ONCE);
    const isDone = current.cart ? await operate(current.cart, batch) : await open(batch);
    if (!isDone) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function open(batch: readonly Pending[]): Promise<boolean> {
  const first = fulfillHere(current.dining);
  const { key } = current;
  const operations = [{ ...first, id: key }, ...batch.map(({ operation }) => operation)];
  const result = await api.call("carts.open", { body: { placeId, ticket: true, operations }, headers: keyHeader(key) });
  if (!result.ok) return refuse(new ProblemError(result.problem, result.offline), batch);
  keepCart(result.value.cart);
  sent(batch, { cart: { id: result.value.cart.id, token: result.value.token } });
  tellRefused(result.value.results);
  return true;
}

async function operate(cart: NonNullable<Ticket["cart"]>, batch: readonly Pending[]): Promise<boolean> {
  const operations = batch.map(({ operation }) => operation);
  const headers = cart.token === null ? {} : { "weft-cart": cart.token };
  const result = await api.call("carts.operate", { params: { id: cart.id }, body: { operations }, headers });
  if (!result.ok) return refuse(new ProblemError(result.problem, result.offline), batch);
  keepCart(result.value.cart);
  sent(batch, {});
  tellRefused(result.value.results);
  return true;
}

/** Says why the first of these operations was refused, if one was. */
function tellRefused(results: readonly OperationResultView[]): void {
  const refused = results.find(({ outcome }) => outcome === "refused");
  if (refused?.code)
    tell(new ProblemError({ type: "about:blank", title: refused.title ?? "", status: 409, ...refused.data, code: refused.code }, false));
}

function sent(batch: readonly Pending[], change: Partial<Ticket>): void {
  const ids = new Set(batch.map(({ operation }) => operation.id));
  changeTicket({ ...change, isCut: false, pending: current.pending.filter(({ operation }) => !ids.has(operation.id)) });
}

/** Says whether the batch is settled: a cut keeps it, a refusal takes it off with the reason. */
function refuse(error: ProblemError, batch: readonly Pending[]): boolean {
  if (error.offline || error.problem.status >= 500 || error.problem.code === "request.busy") {
    changeTicket({ isCut: error.offline });
    return false;
  }
  sent(batch, {});
  tell(error);
  return true;
}

function tell(error: ProblemError): void {
  showToast(problemText(error));
}

/** Puts an answer where all screens read it, unless the stream was faster. */
export function keepCart(cart: CartView): void {
  const key = ["cart", cart.id];
  const held = api.queries.getQueryData<CartView>(key);
  if (!held || held.version <= cart.version) api.queries.setQueryData(key, cart);
}

function isHere(cart: CartView): boolean {
  return cart.place?.id === placeId && cart.fulfillment?.kind === "take_away";
}

function fulfillHere(dining: Ticket["dining"]): Extract<Wanted, { kind: "setFulfillment" }> {
  return { kind: "setFulfillment", fulfillment: { kind: "take_away", placeId, dining } };
}

function readKept(): Ticket {
  const empty = { ...EMPTY, key: newKey() };
  try {
    return { ...empty, ...(JSON.parse(readStored(KEPT) ?? "{}") as Partial<Ticket>) }; // written by changeTicket
  } catch {
    return empty;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
