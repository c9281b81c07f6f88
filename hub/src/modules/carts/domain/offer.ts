import type { CartOperation } from "@weft/contracts/client";
import type { Id } from "@weft/kernel";
import type { CartState, LoadedCart } from "./cart.ts";

export type OfferId = Id<"offer">;

/** What stands of the offer of a cart. `at`: the moment that it is priced as of. `until`: when it stands no more. */
export type StandingOffer = {
  readonly id: OfferId;
  readonly kind: OfferKind;
  readonly number: string;
  readonly at: Date;
  readonly until: Date;
  /** Whether whoever has the link may change quantities, codes and the way of handing over. */
  readonly mayChange: boolean;
  readonly holdsStock: boolean;
};

/** A payment link, a quote, or what an adviser proposes to a customer who is known [CRT-41]. */
export type OfferKind = "link" | "quote" | "proposal";

export type OfferState = "open" | "paying" | "ordered" | "expired" | "declined" | "taken" | "revoked" | "replaced";

export type OfferFacts = {
  readonly endedBecause: "declined" | "taken" | "revoked" | "replaced" | "erased" | null;
  readonly validUntil: Date;
  readonly cartState: CartState;
};

/** How an offer stands now [CRT-20]: computed, so that neither a clock nor a completion has to write it. */
export function offerState({ endedBecause, validUntil, cartState }: OfferFacts, at: Date): OfferState {
  if (endedBecause) return endedBecause === "erased" ? "revoked" : endedBecause;
  if (cartState === "completed") return "ordered";
  if (cartState === "completing") return "paying";
  if (cartState === "abandoned" || cartState === "merged") return "revoked";
  return validUntil <= at ? "expired" : "open";
}

const ALWAYS: ReadonlySet<CartOperation["kind"]> = new Set(["setAddress"]);
const CHANGES: ReadonlySet<CartOperation["kind"]> = new Set(["setQuantity", "remove", "applyCode", "removeCode", "setFulfillment"]);

/** Whether whoever has the link may do this to the cart [CRT-21]: say where it is sent, and change it where staff let them. */
export function mayByLink(kind: CartOperation["kind"], offer: Pick<StandingOffer, "mayChange">): boolean {
  return ALWAYS.has(kind) || (offer.mayChange && CHANGES.has(kind));
}

/** Longer than a provider may think: who began to pay in time pays what they were shown, also when their bank answers after the end. */
const PAYING_MINUTES = 20;

/** The moment that a cart is priced as of: while it is offered, when that was [CRT-22], so that a promotion that ends meanwhile still holds. */
export function pricedAsOf({ offer }: Pick<LoadedCart, "offer">, at: Date): Date {
  return offer && at.getTime() < offer.until.getTime() + PAYING_MINUTES * 60_000 ? offer.at : at;
}

/** The member of staff who made a cart for somebody and still holds it; undefined of every other cart. */
export function makerOf({ holders }: Pick<LoadedCart, "holders">): LoadedCart["holders"][number] | undefined {
  return holders.find(({ kind, mode }) => kind === "staff" && mode === "owner");
}

/** Days that an offer may stand at most. */
export const LONGEST_OFFER_DAYS = 180;

/** Whether an offer may stand until then. */
export function isValidEnd(until: Date, at: Date): boolean {
  const days = (until.getTime() - at.getTime()) / 86_400_000;
  return days > 0 && days <= LONGEST_OFFER_DAYS;
}
