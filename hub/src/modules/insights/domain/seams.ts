import { judgeSeam, type CartItem, type Moment, type ShownOrder, type Verdicts } from "./continuity.ts";

/** A touchpoint as the hub recorded it. Times are milliseconds. */
export type RecordedTouch = {
  readonly recordId: string;
  readonly at: number;
  readonly id: string;
  readonly channelId: string;
  readonly kind: string;
  /** What it is called: of an order, its number. */
  readonly name: string | null;
  /** Whom the record belonged to then. */
  readonly customerIdThen: string;
  readonly journeyRef: string | null;
  readonly shown: Readonly<Record<string, unknown>> | null;
};

/** A person's change from one channel to another. */
export type FoundSeam = {
  readonly from: RecordedTouch;
  /** The first touch on the other channel: the seam is named by it. */
  readonly to: RecordedTouch;
  readonly before: MomentSeen;
  readonly after: MomentSeen;
};

/** A moment whose balance is still to be held against the ledger. */
export type MomentSeen = Omit<Moment, "balance"> & { readonly balance: ShownBalance | null };
export type ShownBalance = { readonly points: number; readonly asOf: string };

const HOUR_MS = 3_600_000;
/** Touches without an order, cart, conversation or campaign in common belong together within this time. */
const JOURNEY_MS = 72 * HOUR_MS;
/** A screen is made of several answers: what comes so soon after the first one was shown with it; what comes later was shown late. */
const ARRIVAL_MS = 15 * 60_000;

/** Successive touches on one channel. */
type Stay = { readonly channelId: string; readonly touches: RecordedTouch[] };

/**
 * The seams of one person [INS-4]: two successive stays of an open journey on different channels. What the first showed last stands against
 * what the second showed on arrival. `touches` are in the order in which they happened.
 */
export function seamsOf(touches: readonly RecordedTouch[]): FoundSeam[] {
  const seams: FoundSeam[] = [];
  const seen = new Map<string, number>();
  let stay: Stay | null = null;
  let before: Stay | null = null;
  for (const touch of touches) {
    if (stay && stay.channelId === touch.channelId && !isNewJourney(stay, touch, seen)) stay.touches.push(touch);
    else {
      if (stay) close(before, stay, seams);
      before = stay && !isNewJourney(stay, touch, seen) ? stay : null;
      stay = { channelId: touch.channelId, touches: [touch] };
    }
    if (touch.journeyRef !== null) seen.set(touch.journeyRef, touch.at);
  }
  if (stay) close(before, stay, seams);
  return seams;
}

/** More than three days after the last touch, and about nothing that was touched before. */
function isNewJourney({ touches }: Stay, touch: RecordedTouch, seen: ReadonlyMap<string, number>): boolean {
  const last = touches.at(-1);
  if (!last || touch.at - last.at <= JOURNEY_MS) return false;
  return touch.journeyRef === null || !seen.has(touch.journeyRef);
}

function close(before: Stay | null, stay: Stay, seams: FoundSeam[]): void {
  const from = before?.touches.at(-1);
  const to = stay.touches[0];
  if (!before || !from || !to || before.channelId === stay.channelId) return;
  const arrival = stay.touches.filter(({ at }) => at - to.at <= ARRIVAL_MS);
  const wasWaiting = waitingFor(arrival);
  seams.push({ from, to, before: leaving(before.touches, wasWaiting), after: arriving(arrival) });
}

/**
 * Says whether an order still asked for something when somebody came: it was not done, or was done only where they came to. A message about it
 * may leave in the moment of the hand-over, and say already that it is closed.
 */
function waitingFor(arrival: readonly RecordedTouch[]): (order: ShownOrder) => boolean {
  const doneHere = new Set(arrival.flatMap((touch) => (DONE.has(touch.kind) && touch.journeyRef ? [touch.journeyRef] : [])));
  return (order) => isOpen(order) || doneHere.has(`order/${order.id}`);
}

/** What a stay showed last of each facet. A cart that became an order is no cart any more, and an order that is done asks for nothing. */
function leaving(touches: readonly RecordedTouch[], wasWaiting: (order: ShownOrder) => boolean): MomentSeen {
  let { cart, promise, orders, balance, conversationId, preferences } = emptyMoment(touches.at(-1));
  for (const touch of touches) {
    const now = momentOf(touch);
    const isOrdered = PLACED.has(touch.kind);
    cart = isOrdered ? null : (now.cart ?? cart);
    promise = isOrdered ? null : (now.promise ?? promise);
    if (now.orders.length > 0) orders = now.orders.filter(wasWaiting);
    balance = now.balance ?? balance;
    conversationId = now.conversationId ?? conversationId;
    preferences = now.preferences ?? preferences;
  }
  // Only a cart whose lines were seen can be missed line by line.
  if (cart !== null && cart.items === null) cart = lastWithItems(touches, cart.id);
  return { customerId: touches.at(-1)?.customerIdThen ?? null, cart, promise, orders, balance, conversationId, preferences };
}

function lastWithItems(touches: readonly RecordedTouch[], cartId: string): MomentSeen["cart"] {
  return touches.map((touch) => momentOf(touch).cart).findLast((cart) => cart?.items && cart.id === cartId) ?? null;
}

/** What a stay showed first of each facet; of a cart, the first time with its lines. */
function arriving(touches: readonly RecordedTouch[]): MomentSeen {
  const moments = touches.map(momentOf);
  const first = <T>(pick: (moment: MomentSeen) => T | null): T | null => moments.map(pick).find((value) => value !== null) ?? null;
  return {
    ...emptyMoment(touches[0]),
    // A till opens an empty ticket before it takes a cart over: that is no other cart.
    cart: first((moment) => (moment.cart?.items?.size ? moment.cart : null)) ?? first(({ cart }) => cart),
    promise: first(({ promise }) => promise),
    orders: moments.flatMap(({ orders }) => orders),
    balance: first(({ balance }) => balance),
    conversationId: first(({ conversationId }) => conversationId),
    preferences: first(({ preferences }) => preferences),
  };
}

const emptyMoment = (touch: RecordedTouch | undefined): MomentSeen => ({
  customerId: touch?.customerIdThen ?? null,
  cart: null,
  promise: null,
  orders: [],
  balance: null,
  conversationId: null,
  preferences: null,
});

/**
 * Holds a seam's balance against the ledger of the same instant, and judges it. Who has no points, member or not, has 0, and not to be shown
 * that is no loss.
 */
export function judgeFound({ before, after }: FoundSeam, ledger: number): Verdicts {
  const nothing = ledger === 0 ? { shown: 0, ledger } : null;
  const balance = after.balance ? { shown: after.balance.points, ledger } : nothing;
  return judgeSeam({ ...before, balance: null }, { ...after, balance });
}

/** Facts by which a cart has become an order. */
const PLACED: ReadonlySet<string> = new Set(["order", "sale"]);

const STATE_RANK: Readonly<Record<string, number>> = { placed: 0, closed: 1, canceled: 1 };
const PAYMENT_RANK: Readonly<Record<string, number>> = {
  unpaid: 0,
  due_at_collection: 0,
  authorized: 0,
  on_account: 0,
  partly_paid: 1,
  paid: 2,
  refunded: 3,
};
const FULFILLMENT_RANK: Readonly<Record<string, number>> = { none: 0, open: 0, ready: 1, fulfilled: 2, canceled: 2 };
/** A fact that ends an order: it is known to be done, whatever a screen says of it. */
const DONE: ReadonlySet<string> = new Set(["sale", "collection", "order_canceled"]);

const isOpen = ({ ranks }: ShownOrder): boolean => (ranks[0] ?? 0) === 0;

function momentOf(touch: RecordedTouch): MomentSeen {
  const shown = touch.shown ?? {};
  return {
    ...emptyMoment(touch),
    cart: cartIn(shown["cart"]),
    promise: promiseIn(shown["promise"]),
    orders: ordersIn(touch, shown),
    balance: balanceIn(shown["balance"]),
    conversationId: idIn(shown["conversation"]) ?? (touch.journeyRef?.startsWith("conversation/") ? touch.journeyRef.slice(13) : null),
    preferences: preferencesIn(shown["preferences"]),
  };
}

// What was shown was written by an earlier version of the hub, perhaps: every field is looked at before it is used.
type Fields = Readonly<Record<string, unknown>>;
const fieldsIn = (value: unknown): Fields | null => (typeof value === "object" && value !== null ? (value as Fields) : null); // just seen
const textIn = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberIn = (value: unknown): number | null => (typeof value === "number" ? value : null);
const idIn = (value: unknown): string | null => textIn(fieldsIn(value)?.["id"]);

function cartIn(value: unknown): MomentSeen["cart"] {
  const cart = fieldsIn(value);
  const id = textIn(cart?.["id"]);
  if (!cart || id === null) return null;
  const total = cart["total"] === undefined ? null : JSON.stringify(cart["total"]);
  return { id, items: itemsIn(cart["lines"]), version: numberIn(cart["version"]), total };
}

/** Lines of one SKU are one item; with different prices, each price counts. */
function itemsIn(value: unknown): ReadonlyMap<string, CartItem> | null {
  if (!Array.isArray(value)) return null;
  const items = new Map<string, CartItem>();
  for (const each of value) {
    const line = fieldsIn(each);
    const sku = textIn(line?.["sku"]);
    if (!line || sku === null) continue;
    const price = JSON.stringify(line["unitPrice"] ?? null);
    const known = items.get(sku);
    const quantity = (known?.quantity ?? 0) + (numberIn(line["quantity"]) ?? 0);
    items.set(sku, { quantity, price: known && known.price !== price ? [known.price, price].toSorted().join(" ") : price });
  }
  return items;
}

function promiseIn(value: unknown): MomentSeen["promise"] {
  const promise = fieldsIn(value);
  const placeId = textIn(promise?.["placeId"]);
  return promise && placeId !== null ? { placeId, at: textIn(promise["at"]), isConfirmedChange: promise["confirmed"] === true } : null;
}

function ordersIn(touch: RecordedTouch, shown: Fields): ShownOrder[] {
  const orders: ShownOrder[] = [];
  const id = touch.journeyRef?.startsWith("order/") ? touch.journeyRef.slice(6) : null;
  const order = fieldsIn(shown["order"]);
  if (order) orders.push({ id: textIn(order["id"]), number: textIn(order["number"]), ranks: ranksIn(order) });
  else if (id !== null) orders.push({ id, number: PLACED.has(touch.kind) ? touch.name : null, ranks: DONE.has(touch.kind) ? [1] : [0] });
  const waiting: unknown = shown["collections"];
  if (Array.isArray(waiting))
    for (const each of waiting) {
      const number = textIn(fieldsIn(each)?.["orderNumber"]);
      if (number !== null) orders.push({ id: null, number, ranks: [0] });
    }
  return orders;
}

const ranksIn = (order: Fields): number[] => [
  STATE_RANK[textIn(order["state"]) ?? ""] ?? 0,
  PAYMENT_RANK[textIn(order["paymentState"]) ?? ""] ?? 0,
  FULFILLMENT_RANK[textIn(order["fulfillmentState"]) ?? ""] ?? 0,
];

function balanceIn(value: unknown): ShownBalance | null {
  const balance = fieldsIn(value);
  const points = numberIn(balance?.["points"]);
  const asOf = textIn(balance?.["asOf"]);
  return points !== null && asOf !== null ? { points, asOf } : null;
}

function preferencesIn(value: unknown): MomentSeen["preferences"] {
  const shown = fieldsIn(value);
  if (!shown) return null;
  const { said, quietHours, ...rest } = shown;
  const given = Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const quiet = fieldsIn(quietHours);
  return {
    ...Object.fromEntries(given),
    ...(quiet && { quietHours: [quiet["from"], quiet["until"], quiet["timeZone"]].join(" ") }),
    ...saidIn(said),
  };
}

/** What was agreed to, and what was not, by its topic and kind of channel. */
function saidIn(value: unknown): Record<string, string> {
  const said: Record<string, string> = {};
  for (const each of Array.isArray(value) ? value : []) {
    const cell = fieldsIn(each);
    const state = textIn(cell?.["state"]);
    if (cell && state !== null) said[`${textIn(cell["topic"])} ${textIn(cell["channelKind"])}`] = state;
  }
  return said;
}
