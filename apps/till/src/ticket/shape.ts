import type { BodyOf, CartView, TicketTabView, TillCustomerView } from "@weft/contracts/client";
import type { PricedTicket, SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";

export type Operation = BodyOf<"carts.operate">["operations"][number];
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
/** What a tap wants of the ticket; its id is made here and stays the same however often it is sent. */
export type Wanted = WithoutId<Operation>;
/** How a line goes its own way instead of being taken along. */
export type LineWay = NonNullable<Extract<Operation, { kind: "add" }>["elsewhere"]>;
/** What a line shows until the hub has answered. */
export type Ghost = { readonly name: string; readonly detail: string; readonly price: string };
export type Pending = {
  readonly operation: Operation;
  readonly ghost?: Ghost;
  /** Never sent: this till alone may make it, and says so with the sale. */
  readonly isHere?: true;
};

/** What is not taken along but fetched later: in a slot, or as soon as it is ready. */
export type CollectWish = {
  readonly slot: { readonly id: string; readonly startsAt: string; readonly endsAt: string } | null;
  /** Who fetches it; empty where nobody asked. Of an order of a kiosk: the number by which it is called. */
  readonly name: string;
  readonly isKiosk?: true;
};

/** Somebody who was taken down while the hub could not be reached, under a key of their own: on two sales they are one. */
export type NewCustomer = Omit<Extract<NonNullable<SaleBody["customer"]>, { kind: "created" }>, "kind">;

/** The sale at hand. */
export type Ticket = {
  /** The same from one customer to the next, before it has a cart and after; its cart is opened under it. */
  readonly key: string;
  readonly cart: { readonly id: string; readonly token: string | null; readonly isLocal?: true } | null;
  readonly customer: TillCustomerView | null;
  /** Somebody new, of whom the hub has not heard yet. */
  readonly newCustomer: NewCustomer | null;
  /** A card that was scanned while the hub could not be asked whose it is, as it was read [TIL-40]. */
  readonly shownCard: { readonly text: string; readonly at: string } | null;
  readonly dining: "eat_in" | "take_away";
  readonly collect: CollectWish | null;
  /** The table at which its guests sit, with what went to the stations; null: at the counter. */
  readonly tab: TicketTabView | null;
  /** Numbers of the bills that were printed of it: what is paid refers to them. */
  readonly bills: readonly string[];
  readonly pending: readonly Pending[];
  /** The hub could not be reached: what was tapped is kept and sent again. */
  readonly isCut: boolean;
  /** What the hub answered last of it, from which it is priced here while it is cut. */
  readonly base: CartView | null;
  /** Priced here, because the hub cannot be reached. */
  readonly local: PricedTicket | null;
  /** Paid right now: it takes no taps. */
  readonly isPaying: boolean;
};
