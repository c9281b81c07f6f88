import type { Facet } from "@weft/contracts";

/** The units of a SKU in a cart, and its unit price in any form that is equal when the price is. */
export type CartItem = { readonly quantity: number; readonly price: string };

/** What one touch showed, or made of what was shown. What is null was not shown there. */
export type Moment = {
  /** As the hub believed then; null when it knew nobody. */
  readonly customerId: string | null;
  /** `items` is null when only the cart itself was shown, with its version and total. */
  readonly cart: {
    readonly id: string;
    readonly items: ReadonlyMap<string, CartItem> | null;
    readonly version: number | null;
    readonly total: string | null;
  } | null;
  /** Where something was promised for, and when at the latest; null is at once. ISO 8601. */
  readonly promise: { readonly placeId: string; readonly at: string | null; readonly isConfirmedChange: boolean } | null;
  /** The orders that were shown or acted on. Of the touch before, the last one is what it concerned. */
  readonly orders: readonly ShownOrder[];
  /** Points as shown, and as the ledger had them at the same instant. */
  readonly balance: { readonly shown: number; readonly ledger: number } | null;
  readonly conversationId: string | null;
  /** Consents, language, channel: each with its value in force. */
  readonly preferences: Readonly<Record<string, string>> | null;
};

/** An order by its id, its number or both, and how far it is: a later state has no smaller rank on any axis. */
export type ShownOrder = { readonly id: string | null; readonly number: string | null; readonly ranks: readonly number[] };

/** Why a facet was lost. Stable: reports and screens put it into words. */
export type LossReason =
  | "other_customer"
  | "nobody_known"
  | "not_shown"
  | "other_cart"
  | "item_missing"
  | "fewer_units"
  | "other_price"
  | "other_place"
  | "later"
  | "other_order"
  | "earlier_state"
  | "other_balance"
  | "other_conversation"
  | "other_preference";

export type Verdict =
  | { readonly kind: "carried" }
  | { readonly kind: "lost"; readonly because: LossReason }
  | { readonly kind: "not_applicable" };

export type Verdicts = Readonly<Record<Facet, Verdict>>;

const CARRIED: Verdict = { kind: "carried" };
const NOT_APPLICABLE: Verdict = { kind: "not_applicable" };
const lost = (because: LossReason): Verdict => ({ kind: "lost", because });

/**
 * Says for each facet whether it was carried from one touch to the next, on another channel [INS-1]: from what both really showed, nothing is
 * reconstructed. Identity and loyalty always apply; the others when the touch before had something to lose.
 */
export function judgeSeam(before: Moment, after: Moment): Verdicts {
  const cart = judgeCart(before, after);
  return {
    identity: judgeIdentity(before, after),
    cart,
    price: cart.kind === "carried" ? judgePrice(before, after) : NOT_APPLICABLE,
    promise: judgePromise(before, after),
    order: judgeOrder(before, after),
    loyalty: judgeLoyalty(after),
    conversation: judgeConversation(before, after),
    preferences: judgePreferences(before, after),
  };
}

/** Both touches belonged to the same customer, as was believed at the time of each. */
function judgeIdentity(before: Moment, after: Moment): Verdict {
  if (before.customerId === null || after.customerId === null) return lost("nobody_known");
  return before.customerId === after.customerId ? CARRIED : lost("other_customer");
}

/** The same cart, with every item in at least the quantity it had. One that is shown by version alone is the same at the same version. */
function judgeCart({ cart: had }: Moment, { cart: has }: Moment): Verdict {
  if (had?.items === null || had?.items === undefined || had.items.size === 0) return NOT_APPLICABLE;
  if (has === null) return lost("not_shown");
  if (has.id !== had.id) return lost("other_cart");
  if (has.items === null) return has.version !== null && has.version === had.version ? CARRIED : lost("not_shown");
  for (const [sku, { quantity }] of had.items) {
    const now = has.items.get(sku);
    if (!now) return lost("item_missing");
    if (now.quantity < quantity) return lost("fewer_units");
  }
  return CARRIED;
}

/** Every item has its unit price. Asked only of a cart that was carried. */
function judgePrice({ cart: had }: Moment, { cart: has }: Moment): Verdict {
  if (!had?.items || !has) return NOT_APPLICABLE;
  if (has.items === null) return has.total !== null && has.total === had.total ? CARRIED : lost("other_price");
  for (const [sku, { price }] of had.items) if (has.items.get(sku)?.price !== price) return lost("other_price");
  return CARRIED;
}

/** The same place, and not later than promised; or a change that the customer confirmed. */
function judgePromise({ promise: had }: Moment, { promise: has }: Moment): Verdict {
  if (had === null) return NOT_APPLICABLE;
  if (has === null) return lost("not_shown");
  if (has.isConfirmedChange) return CARRIED;
  if (has.placeId !== had.placeId) return lost("other_place");
  return has.at !== null && (had.at === null || Date.parse(has.at) > Date.parse(had.at)) ? lost("later") : CARRIED;
}

/** The order that the touch before concerned is shown, in the same or a later state. */
function judgeOrder(before: Moment, after: Moment): Verdict {
  const had = before.orders.at(-1);
  if (!had) return NOT_APPLICABLE;
  if (after.orders.length === 0) return lost("not_shown");
  const has = after.orders.findLast((order) => (order.id ?? "") === had.id || (order.number ?? "") === had.number);
  if (!has) return lost("other_order");
  return had.ranks.every((rank, axis) => (has.ranks[axis] ?? rank) >= rank) ? CARRIED : lost("earlier_state");
}

/** The balance that is shown is the ledger's of the same instant; shown later, or not at all, it was lost. Who is no member has 0. */
function judgeLoyalty({ balance }: Moment): Verdict {
  if (balance === null) return lost("not_shown");
  return balance.shown === balance.ledger ? CARRIED : lost("other_balance");
}

function judgeConversation({ conversationId: had }: Moment, { conversationId: has }: Moment): Verdict {
  if (had === null) return NOT_APPLICABLE;
  if (has === null) return lost("not_shown");
  return has === had ? CARRIED : lost("other_conversation");
}

function judgePreferences({ preferences: had }: Moment, { preferences: has }: Moment): Verdict {
  const wanted = Object.entries(had ?? {});
  if (wanted.length === 0) return NOT_APPLICABLE;
  if (has === null) return lost("not_shown");
  return wanted.every(([name, value]) => has[name] === value) ? CARRIED : lost("other_preference");
}
