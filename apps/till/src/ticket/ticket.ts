import { useSyncExternalStore } from "react";
import type { CartOperation, CartView, OperationResultView, TillCustomerView } from "@weft/contracts/client";
import { newId, type CartId, type Id, type LineId } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { forgetParts, holdsMoney, paymentOf } from "../pay/payment.ts";
import type { Ghost, Operation, Pending, Ticket, Wanted } from "./shape.ts";
import type { PricedTicket, Pricer } from "../../../../hub/src/modules/till/domain/index.ts";

const EMPTY: Omit<Ticket, "key"> = {
  cart: null,
  customer: null,
  newCustomer: null,
  shownCard: null,
  dining: "take_away",
  collect: null,
  tab: null,
  bills: [],
  pending: [],
  isCut: false,
  base: null,
  local: null,
  isPaying: false,
};
const KEPT = "weft.till.ticket";
const RETRY_MS = 3000;
const MOST_AT_ONCE = 50;
/** A line that hangs is a line that is cut: the cashier goes on. */
const PATIENCE_MS = 4000;

const listeners = new Set<() => void>();
let current: Ticket = readKept();
let placeId = "";
let pricer: Pricer | undefined;
let operatorId: string | null = null;
let usedHere: ReadonlyMap<string, number> = new Map();
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

/** How this till prices a ticket while the hub cannot be reached; undefined as long as it has no copy of what goods cost. */
export function setPricer(how: Pricer | undefined, staffId: string | null): void {
  [pricer, operatorId] = [how, staffId];
  // What was tapped before a reload, or before the copy was read.
  if (current.isCut || current.pending.length > 0) showHere();
  void settleTicket();
}

/** Says how often counted codes were used here since the copy of the prices was made. */
export function setUsedCodes(used: ReadonlyMap<string, number>): void {
  usedHere = used;
}

export function changeTicket(change: Partial<Ticket>): void {
  current = { ...current, ...change };
  const { key, cart, customer, newCustomer, shownCard, dining, collect, tab, bills, pending, base } = current;
  writeStored(
    KEPT,
    JSON.stringify({ key, cart, customer, newCustomer, shownCard, dining, collect, tab, bills, pending, base: lastSeen() ?? base }),
  );
  for (const listener of listeners) listener();
}

/** The cart of the ticket as it stands: priced here while the hub cannot be reached, else as the hub answered last. */
export const ticketCart = (): CartView | undefined => current.local?.view ?? lastSeen();

/** The ticket as this till prices it itself; undefined where it has no copy of the prices. */
export function pricedHere(base: CartView | null = current.base): PricedTicket | undefined {
  const { cart, pending, dining } = current;
  return pricer?.({
    cartId: cart?.id ?? newId<CartId>(),
    base,
    operations: pending.map(({ operation }) => operation) as CartOperation[], // what the contract takes is what it gives
    dining,
    customer: whoBuys(),
    staffId: operatorId,
    at: new Date(),
    usedHere,
    newLineId: () => newId<LineId>(),
  });
}

function whoBuys(): { readonly id: string; readonly givenName: string | null } | null {
  const { customer, newCustomer } = current;
  if (customer) return { id: customer.customerId, givenName: customer.givenName };
  return newCustomer && { id: newCustomer.key, givenName: newCustomer.givenName };
}

/** Prices the ticket here, under an id of its own where the hub has given it none yet. */
function showHere(): void {
  // What the hub has of it and nobody here has seen cannot be priced.
  const isSeen = current.base !== null || current.cart === null || current.cart.isLocal === true;
  const local = isSeen ? pricedHere() : undefined;
  if (!local) return;
  const cart = current.cart ?? { id: local.view.id, token: null, isLocal: true as const };
  changeTicket({ cart, local });
}

/** The next customer: an empty ticket. */
export function clearTicket(): void {
  forgetParts(current.key);
  changeTicket({ ...EMPTY, key: newKey(), isCut: current.isCut });
  // Nobody looked for the hub while the ticket stayed here.
  if (current.isCut) void settleTicket();
}

/** The hub cannot be reached: the ticket is what it was when it was last seen, and goes on here. False where nothing of it was seen. */
export function cutTicket(): boolean {
  if (!current.isCut) changeTicket({ isCut: true, base: lastSeen() ?? current.base });
  showHere();
  void settleTicket();
  return current.local !== null;
}

/**
 * Puts another cart in the place of the ticket, or none. What is tapped meanwhile waits, and goes onto the ticket that stands then: sent at
 * once it would be on the cart that is left, or open one that nobody sees.
 */
export async function moveTicket<T>(move: () => Promise<T>): Promise<T> {
  if (current.isCut) throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "client.offline" }, true);
  mustBeUnpaid();
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

/** Throws where somebody has paid a part of the ticket: put aside or used for something else, that money would be nobody's [TIL-59]. */
export function mustBeUnpaid(): void {
  if (holdsMoney(paymentOf(current.key)))
    throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "till.money_taken" }, false);
}

/** In a move: the ticket was put aside. */
export function leaveTicket(): void {
  forgetParts(current.key);
  changeTicket({ ...EMPTY, key: newKey(), pending: current.pending });
}

/** In a move: makes a cart that exists the ticket, which was taken over, claimed by code, or parked before. */
export function takeAsTicket(cart: CartView, token: string | null, customer: TillCustomerView | null, bills: readonly string[] = []): void {
  keepCart(cart);
  leaveTicket();
  const collect = collectOf(cart);
  changeTicket({ cart: { id: cart.id, token }, customer, bills, collect, dining: cart.fulfillment?.dining ?? "take_away" });
  if (!isHere(cart) && collect === null) changeCart(fulfillHere(current.dining));
}

/** Changes the ticket: shown at once, sent in order, sent again after a cut. The first change opens the cart. */
export function changeCart(wanted: Wanted, ghost?: Ghost): void {
  // A line has its id from here, so that what is tapped on it next means the same at the hub, whenever it hears of it.
  const named = wanted.kind === "add" ? { ...wanted, lineId: wanted.lineId ?? newId<LineId>() } : wanted;
  const operation: Operation = { ...named, id: newId<Id<"operation">>() };
  changeTicket({ pending: [...current.pending, { operation, ...(ghost && { ghost }) }] });
  if (current.isCut) showHere();
  void settleTicket();
}

/**
 * A change that the hub would not make, because it has not seen who stood behind it [TIL-50]: the ticket is priced here from now on, also when the
 * hub is back, until it is paid.
 */
export function changeHere(wanted: Wanted): void {
  const operation: Operation = { ...wanted, id: newId<Id<"operation">>() };
  changeTicket({ pending: [...current.pending, { operation, isHere: true }] });
  cutTicket();
}

/** Whether the ticket is one that this till finishes by itself. */
const staysHere = (): boolean => current.pending.some(({ isHere }) => isHere);

/** Eat in or take away: prices and taxes may differ. What is eaten here is not fetched later. */
export function chooseDining(dining: Ticket["dining"]): void {
  changeTicket(dining === "eat_in" && !current.collect?.isKiosk ? { dining, collect: null } : { dining });
  if (current.cart) changeCart(fulfill());
}

/** The ticket is fetched later, or taken along after all. In a slot its cart holds the room from now on, and gives it back with another choice. */
export function chooseCollect(collect: Ticket["collect"]): void {
  const { collect: before, dining } = current;
  const leaves = collect !== null && dining === "eat_in";
  changeTicket(leaves ? { collect, dining: "take_away" } : { collect });
  if (current.cart && (leaves || before?.slot || collect?.slot)) changeCart(fulfill());
}

/** The ticket is eaten here: one that nothing is on yet is opened for that. */
export function eatHere(): void {
  changeTicket({ dining: "eat_in", collect: null });
  changeCart(fulfillHere("eat_in"));
}

/** Resolves once everything that was tapped has been answered, or once the hub cannot be reached: then the ticket is priced here. */
export async function settleOrCut(): Promise<void> {
  if (current.isCut) return;
  const cut = Promise.withResolvers<void>();
  const stop = subscribe(() => {
    if (current.isCut) cut.resolve();
  });
  await Promise.race([settleTicket(), cut.promise]);
  stop();
}

/** A ticket that was sold just before this page was left is not sold again: what is kept of it is forgotten. */
export async function forgetIfSold(isSold: (cartId: string) => Promise<boolean>): Promise<void> {
  if (current.cart && (await isSold(current.cart.id))) clearTicket();
}

/** Resolves once everything that was tapped has been answered. */
export function settleTicket(): Promise<void> {
  pumping ??= pump().finally(() => {
    pumping = undefined;
  });
  return pumping;
}

async function pump(): Promise<void> {
  while (current.pending.length > 0 || current.isCut) {
    await moving;
    if (staysHere()) {
      if (!current.isCut) changeTicket({ isCut: true, base: lastSeen() ?? current.base });
      showHere();
      return;
    }
    const batch = current.pending.slice(0, MOST_AT_ONCE);
    if (batch.length === 0) {
      if (!(await look())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      continue;
    }
    const isDone = current.cart && !current.cart.isLocal ? await operate(current.cart, batch) : await open(batch);
    if (!isDone) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Whether the hub is there again; the ticket is its cart then, as it stands now. */
async function look(): Promise<boolean> {
  const { cart, key } = current;
  const headers = cart?.token ? { "weft-cart": cart.token } : {};
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const result =
    cart && !cart.isLocal
      ? await api.call("carts.read", { params: { id: cart.id }, headers, signal })
      : await api.call("access.session", { signal });
  if (!result.ok && isAway(new ProblemError(result.problem, result.offline))) return false;
  if (current.key !== key || current.pending.length > 0) return true;
  if (result.ok && "lines" in result.value) keepCart(result.value);
  sent([], {});
  return true;
}

/** What a cart was first asked to be opened with: asked again under the same key, it is asked for the same. */
let opening: { readonly key: string; readonly batch: readonly Pending[]; readonly first: ReturnType<typeof fulfillHere> } | undefined;

async function open(pending: readonly Pending[]): Promise<boolean> {
  const { key } = current;
  if (opening?.key !== key) opening = { key, batch: pending, first: fulfillHere(current.dining) };
  const { batch, first } = opening;
  const operations = [{ ...first, id: key }, ...batch.map(({ operation }) => operation)];
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const result = await api.call("carts.open", { body: { placeId, ticket: true, operations }, headers: keyHeader(key), signal });
  // Paid without the hub meanwhile: the sale says what was on it.
  if (current.key !== key) return true;
  if (!result.ok) {
    const isSettled = refuse(new ProblemError(result.problem, result.offline), batch);
    if (isSettled) opening = undefined;
    return isSettled;
  }
  keepCart(result.value.cart);
  sent(batch, { cart: { id: result.value.cart.id, token: result.value.token } });
  tellRefused(result.value.results);
  followSlot(result.value.cart);
  return true;
}

async function operate(cart: NonNullable<Ticket["cart"]>, batch: readonly Pending[]): Promise<boolean> {
  const operations = batch.map(({ operation }) => operation);
  const headers = cart.token === null ? {} : { "weft-cart": cart.token };
  const { key } = current;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const result = await api.call("carts.operate", { params: { id: cart.id }, body: { operations }, headers, signal });
  if (current.key !== key) return true;
  if (!result.ok) return refuse(new ProblemError(result.problem, result.offline), batch);
  keepCart(result.value.cart);
  sent(batch, {});
  tellRefused(result.value.results);
  followSlot(result.value.cart);
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
  changeTicket({
    ...change,
    isCut: false,
    base: null,
    local: null,
    pending: current.pending.filter(({ operation }) => !ids.has(operation.id)),
  });
}

/** Says whether the batch is settled: a cut keeps it, a refusal takes it off with the reason. */
function refuse(error: ProblemError, batch: readonly Pending[]): boolean {
  if (error.offline || error.problem.status >= 500 || error.problem.code === "request.busy") {
    if (isAway(error) && !current.isCut) {
      changeTicket({ isCut: true, base: lastSeen() ?? current.base });
      showHere();
    }
    return false;
  }
  sent(batch, {});
  tell(error);
  // Another till has taken it over: the ticket says so.
  if (error.problem.code === "cart.unknown") void api.queries.invalidateQueries({ queryKey: ["cart", current.cart?.id] });
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

/** The cart as the hub answered it last, on this page. */
function lastSeen(): CartView | undefined {
  return current.cart && !current.cart.isLocal ? api.queries.getQueryData<CartView>(["cart", current.cart.id]) : undefined;
}

/** How the ticket is handed over as it stands. */
function fulfill(): Extract<Wanted, { kind: "setFulfillment" }> {
  const slotId = current.collect?.slot?.id;
  if (slotId === undefined) return fulfillHere(current.dining);
  return { kind: "setFulfillment", fulfillment: { kind: "collect", placeId, dining: "take_away", slotId } };
}

/** In which slot of this store a cart that comes here is fetched, as it was chosen elsewhere; null: in none. */
function collectOf({ place, fulfillment }: CartView): Ticket["collect"] {
  const slot = place?.id === placeId ? fulfillment?.slot : undefined;
  return slot ? { slot: { id: slot.id, startsAt: slot.startsAt, endsAt: slot.endsAt }, name: "" } : null;
}

/** A slot that was refused is not the ticket's: it stays with the one that its cart has. */
function followSlot(cart: CartView): void {
  const { collect, pending } = current;
  const isSettled = !pending.some(({ operation }) => operation.kind === "setFulfillment");
  if (!collect?.slot || !isSettled || cart.fulfillment?.slot?.id === collect.slot.id) return;
  const kept = collectOf(cart);
  changeTicket({ collect: kept && { ...kept, name: collect.name } });
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
