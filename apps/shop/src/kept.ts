import type { CartView, CustomerView, LoyaltyView } from "@weft/contracts/client";
import type { KeptItem } from "./saved/kept-saved.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";

/** The member card as it was seen last, so that it can be shown without a network. `asOf` is ISO 8601. */
export type KeptCard = Pick<LoyaltyView, "cardNumber" | "cardToken" | "cardKey" | "balance" | "programName" | "asOf"> &
  Pick<CustomerView, "givenName"> & {
    /** Milliseconds that the hub's clock is ahead of this phone's: codes follow the hub's. */
    readonly clockAheadMs: number;
  };

/** What the shop keeps in this browser to open without a network. */
export type Kept = {
  readonly card: KeptCard;
  readonly cart: CartView;
  readonly storeId: string;
  /** What a visitor saved for later; a customer's is at the hub. */
  readonly saved: readonly KeptItem[];
  /** Orders of a visitor who is not signed in: whoever has the cart's token may see its order. Newest first. */
  readonly orders: readonly { readonly id: string; readonly token: string }[];
};

const keyOf = (name: string): string => `weft.shop.${name}`;

/** Reads what was kept; undefined when there is nothing, or what there is cannot be read. */
export function readKept<Name extends keyof Kept>(name: Name): Kept[Name] | undefined {
  const text = readStored(keyOf(name));
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Kept[Name]; // written by `keep` under the same name
  } catch {
    return undefined;
  }
}

/** Keeps a value in this browser; undefined forgets it. */
export function keep<Name extends keyof Kept>(name: Name, value: Kept[Name] | undefined): void {
  writeStored(keyOf(name), value === undefined ? null : JSON.stringify(value));
}

const MOST_ORDERS = 10;

/** Keeps what opens an order for who is not signed in; nothing to keep where the session opens it. */
export function keepOrder(id: string, token: string | null): void {
  const known = readKept("orders") ?? [];
  if (token !== null && !known.some((order) => order.id === id)) keep("orders", [{ id, token }, ...known].slice(0, MOST_ORDERS));
}

/** Where the basket is kept: read and written by `cart/basket.ts` alone. */
export const BASKET_KEY = keyOf("basket");
