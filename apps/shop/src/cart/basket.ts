import type { BodyOf, LocalizedText } from "@weft/contracts/client";
import type { Money, UnitPrice } from "@weft/kernel";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { useSyncExternalStore } from "react";
import { BASKET_KEY } from "../kept.ts";

export type Operation = BodyOf<"carts.operate">["operations"][number];

/** What a line shows until the hub has answered: it stands in the product that was tapped. */
export type LineHint = {
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  /** With options. */
  readonly unitPrice: UnitPrice | null;
  readonly options: readonly {
    readonly group: string;
    readonly value: string;
    readonly name: LocalizedText;
    readonly priceDifference: Money;
  }[];
  /** What was said about it, where a line is put back. */
  readonly note?: string;
};

/** A change that was made here and is not answered yet. Its id stays the same however often it is sent. */
export type Pending = { readonly operation: Operation; readonly hint?: LineHint };

/** The cart of this browser, and what is still to be sent to it. */
export type Basket = {
  readonly cart: { readonly id: string; readonly token: string | null } | null;
  /** Claimed by a code: it stays until it is closed, also where a signed-in customer has another current cart. */
  readonly isClaimed: boolean;
  readonly pending: readonly Pending[];
  /**
   * The opening that is under way: its key, how many of the oldest changes it carries, and where. Sent again it is the same to the letter,
   * so that one whose answer was lost opens no second cart.
   */
  readonly opening: { readonly key: string; readonly count: number; readonly placeId: string | null } | null;
  /** What is pending could not be sent, and is tried again. */
  readonly isStuck: boolean;
  /** The cart was taken to the till or another device, or is no more; said until a new one begins. */
  readonly isGone: boolean;
};

const EMPTY: Basket = { cart: null, isClaimed: false, pending: [], opening: null, isStuck: false, isGone: false };
const listeners = new Set<() => void>();
let current = readBasket();

// Another tab of the same browser changed it.
window.addEventListener("storage", ({ key }) => {
  if (key !== BASKET_KEY) return;
  current = readBasket();
  notify();
});

/** The basket now, without a subscription. */
export function basket(): Basket {
  return current;
}

/** The basket; renders again when it changes. */
export function useBasket(): Basket {
  return useSyncExternalStore(subscribe, basket);
}

/** Changes the basket and keeps it in the browser, so that it is there after a reload or a lost network. */
export function changeBasket(change: Partial<Basket>): void {
  current = { ...current, ...change };
  writeStored(BASKET_KEY, JSON.stringify(current));
  notify();
}

/** Begins anew: the cart was paid, given up, or belongs to someone who signed out. */
export function forgetCart(): void {
  changeBasket(EMPTY);
}

function readBasket(): Basket {
  try {
    return { ...EMPTY, ...(JSON.parse(readStored(BASKET_KEY) ?? "{}") as Partial<Basket>) }; // written by changeBasket
  } catch {
    return EMPTY;
  }
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
