import { COUNTED, PRICE, taken, TAKES, VOUCHER } from "./goods.ts";

/** Who buys: 0 is a visitor whom nobody knows, all others are customers. */
export type Buyer = number;

export type ModelCart = {
  readonly place: number;
  readonly buyer: Buyer;
  /** At a till a line stays although its goods cannot be held: they are in somebody's hand. */
  readonly isTicket: boolean;
  lines: Map<number, number>;
  /** Units held, by the goods of the line and then of the part. */
  holds: Map<string, number>;
  hasCode: boolean;
  state: "open" | "paying" | "ended";
};

export type ModelTender = {
  readonly kind: "cash" | "card" | "due" | "store_credit" | "gift_card";
  left: number;
  readonly card: number | null;
};

export type ModelLine = {
  readonly goods: number;
  /** What one of them was sold for. */
  readonly price: number;
  readonly ordered: number;
  canceled: number;
  returned: number;
};

export type ModelOrder = {
  readonly place: number;
  readonly buyer: Buyer;
  readonly lines: ModelLine[];
  /** In the order in which they were paid. */
  readonly tenders: ModelTender[];
  /** Sold at a till and handed over at once: there is nothing to collect. */
  readonly isSold: boolean;
  state: "open" | "begun" | "handed" | "canceled";
  isReady: boolean;
};

const heldKey = (line: number, part: number): string => `${line}:${part}`;
const units = (line: ModelLine): number => line.ordered - line.canceled - line.returned;

/**
 * The rules of carts, orders, stock and stored value once more: plain sums over plain data, written apart from the hub. What the hub does
 * must equal this after every step.
 */
export class Model {
  readonly onHand: Map<number, number>[];
  readonly carts: ModelCart[] = [];
  readonly orders: ModelOrder[] = [];
  /** What is on each gift card that was sold, and what each customer has of store credit. */
  readonly cards: number[] = [];
  readonly credit = new Map<Buyer, number>();

  constructor(places: number, onHand: number) {
    this.onHand = Array.from({ length: places }, () => new Map(COUNTED.map((goods) => [goods, onHand])));
  }

  /** Units promised to orders and not handed over. */
  allocated(place: number, goods: number): number {
    let sum = 0;
    for (const order of this.orders)
      if (order.place === place && (order.state === "open" || order.state === "begun"))
        for (const line of order.lines) for (const [part, per] of TAKES[line.goods] ?? []) if (part === goods) sum += units(line) * per;
    return sum;
  }

  /** Units that nobody was promised; below zero when a sale that had happened took them. */
  free(place: number, goods: number): number {
    let held = 0;
    for (const cart of this.carts)
      if (cart.place === place) for (const [key, quantity] of cart.holds) if (key.endsWith(`:${goods}`)) held += quantity;
    return this.standing(place, goods) - this.allocated(place, goods) - held;
  }

  standing(place: number, goods: number): number {
    return this.onHand[place]?.get(goods) ?? 0;
  }

  move(place: number, goods: number, change: number): void {
    this.onHand[place]?.set(goods, this.standing(place, goods) + change);
  }

  total({ lines, hasCode }: Pick<ModelCart, "lines" | "hasCode">): number {
    return [...lines].reduce((sum, [goods, quantity]) => sum + quantity * this.price(goods, hasCode), 0);
  }

  price(goods: number, hasCode: boolean): number {
    const price = PRICE[goods] ?? 0;
    return hasCode ? price - price / 10 : price;
  }

  /**
   * Sets the lines of a cart and holds what they take. Of each part, what is given back is there for the others, and those who want more
   * come in the order of their lines. A line that is short in any part holds nothing new, and when it was raised it is put back.
   */
  change(cart: ModelCart, wanted: ReadonlyMap<number, number>): void {
    const before = { lines: cart.lines, holds: new Map(cart.holds) };
    for (const key of cart.holds.keys()) if (!wanted.has(Number(key.split(":")[0]))) cart.holds.delete(key);
    const short = new Set<number>();
    for (const part of COUNTED) {
      const targets = [...wanted].flatMap(([goods, quantity]) =>
        (TAKES[goods] ?? []).flatMap(([taker, per]) =>
          taker === part ? [{ goods, key: heldKey(goods, part), quantity: quantity * per }] : [],
        ),
      );
      const raises = (target: { key: string; quantity: number }): boolean => target.quantity > (before.holds.get(target.key) ?? 0);
      for (const target of [...targets.filter((one) => !raises(one)), ...targets.filter(raises)]) {
        const more = target.quantity - (cart.holds.get(target.key) ?? 0);
        if (more > 0 && more > this.free(cart.place, part)) short.add(target.goods);
        else cart.holds.set(target.key, target.quantity);
      }
    }
    cart.lines = new Map(wanted);
    for (const goods of short) {
      for (const [part] of TAKES[goods] ?? []) restore(cart.holds, heldKey(goods, part), before.holds.get(heldKey(goods, part)));
      const [was = 0, is = 0] = [before.lines.get(goods), wanted.get(goods)];
      if (!cart.isTicket && is > was) restore(cart.lines, goods, was === 0 ? undefined : was);
    }
  }

  /** Whether all that a cart wants is there: what it holds itself is its own. */
  hasAll(cart: ModelCart): boolean {
    return [...taken(cart.lines)].every(([part, quantity]) => quantity <= this.free(cart.place, part) + this.heldBy(cart, part));
  }

  /** Whether what it does not hold yet is free: then a payment may begin. */
  canHoldAll(cart: ModelCart): boolean {
    const missing = new Map<number, number>();
    for (const [goods, quantity] of cart.lines)
      for (const [part, per] of TAKES[goods] ?? []) {
        const more = quantity * per - (cart.holds.get(heldKey(goods, part)) ?? 0);
        if (more > 0) missing.set(part, (missing.get(part) ?? 0) + more);
      }
    return [...missing].every(([part, quantity]) => quantity <= this.free(cart.place, part));
  }

  holdAll(cart: ModelCart): void {
    for (const [goods, quantity] of cart.lines)
      for (const [part, per] of TAKES[goods] ?? []) cart.holds.set(heldKey(goods, part), quantity * per);
  }

  heldBy(cart: ModelCart, part: number): number {
    return [...cart.holds].reduce((sum, [key, quantity]) => (key.endsWith(`:${part}`) ? sum + quantity : sum), 0);
  }

  /** A cart becomes an order: to be collected, or handed over at once. */
  place(cart: ModelCart, tenders: readonly ModelTender[], isHanded: boolean): ModelOrder {
    const lines = [...cart.lines].map(([goods, ordered]) => {
      return { goods, price: this.price(goods, cart.hasCode), ordered, canceled: 0, returned: 0 };
    });
    const state = isHanded ? "handed" : "open";
    const order: ModelOrder = {
      place: cart.place,
      buyer: cart.buyer,
      lines,
      tenders: [...tenders],
      isSold: isHanded,
      state,
      isReady: false,
    };
    this.end(cart);
    this.orders.push(order);
    if (isHanded) for (const [part, quantity] of taken(cart.lines)) this.move(cart.place, part, -quantity);
    for (const { kind, left, card } of tenders) {
      if (kind === "gift_card" && card !== null) this.cards[card] = (this.cards[card] ?? 0) - left;
      if (kind === "store_credit") this.credit.set(cart.buyer, (this.credit.get(cart.buyer) ?? 0) - left);
    }
    for (const { goods, ordered } of lines) if (goods === VOUCHER) for (let n = 0; n < ordered; n++) this.cards.push(PRICE[VOUCHER] ?? 0);
    return order;
  }

  end(cart: ModelCart): void {
    cart.state = "ended";
    cart.holds.clear();
  }

  /** What is to be paid for an order by what stays of it. */
  owed({ lines }: Pick<ModelOrder, "lines">): number {
    return lines.reduce((sum, line) => sum + units(line) * line.price, 0);
  }

  due({ tenders }: Pick<ModelOrder, "tenders">): number {
    return tenders.reduce((sum, { kind, left }) => (kind === "due" ? sum + left : sum), 0);
  }

  /** A point for each whole euro that stays paid or owed for goods. */
  points(buyer: Buyer): number {
    return this.orders.reduce((sum, order) => (order.buyer === buyer ? sum + Math.floor(this.owed(order) / 100) : sum), 0);
  }

  /** Money goes back: what is due falls first, then the newest tender. */
  refund(order: ModelOrder, amount: number, toCredit = false): void {
    const newest = order.tenders.toReversed();
    let rest = amount;
    for (const tender of [...newest.filter(({ kind }) => kind === "due"), ...newest.filter(({ kind }) => kind !== "due")]) {
      const part = Math.min(tender.left, rest);
      tender.left -= part;
      rest -= part;
      if (tender.kind === "gift_card" && tender.card !== null) this.cards[tender.card] = (this.cards[tender.card] ?? 0) + part;
      else if (tender.kind === "store_credit" || (toCredit && tender.kind !== "due"))
        this.credit.set(order.buyer, (this.credit.get(order.buyer) ?? 0) + part);
    }
  }

  /** Units are given up before they were handed over. */
  cancelUnits(order: ModelOrder, line: ModelLine, quantity: number): void {
    line.canceled += quantity;
    this.refund(order, quantity * line.price);
    if (this.owed(order) === 0) order.state = "canceled";
  }

  cancel(order: ModelOrder): void {
    for (const line of order.lines) if (units(line) > 0) this.cancelUnits(order, line, units(line));
    order.state = "canceled";
  }

  handOver(order: ModelOrder): void {
    for (const line of order.lines) for (const [part, per] of TAKES[line.goods] ?? []) this.move(order.place, part, -units(line) * per);
    const due = this.due(order);
    order.tenders.splice(0, order.tenders.length, ...order.tenders.filter(({ kind }) => kind !== "due"));
    if (due > 0) order.tenders.push({ kind: "cash", left: due, card: null });
    order.state = "handed";
  }

  takeBack(order: ModelOrder, line: ModelLine, quantity: number, at: { place: number; isRestocked: boolean; toCredit: boolean }): void {
    line.returned += quantity;
    this.refund(order, quantity * line.price, at.toCredit);
    if (at.isRestocked) for (const [part, per] of TAKES[line.goods] ?? []) this.move(at.place, part, quantity * per);
  }
}

function restore<K>(map: Map<K, number>, key: K, value: number | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
