import { newId } from "@weft/kernel";
import { ENTITY, OTHER_ENTITY } from "../ledger-book.ts";
import { Model } from "./model.ts";

const MOST_POINTS = 30;
const HOUR_MS = 3_600_000;
/** What a point pays, in minor units. */
const WORTH = 10;
const BECAUSE = { kind: "test" };

/** A step as `histories.play` takes it, and what the rules answer to it. */
export type Step = { readonly kind: string; readonly asks: Record<string, unknown>; readonly answer: string };
type Member = { readonly record: string; readonly account: string };
type Tender = { readonly id: string; readonly order: string; readonly points: number; readonly amount: number; left: number };

/** A random history of three accounts, which one customer or several own in turn, some of whom share a purse. */
export class History {
  readonly program = newId();
  readonly pool = newId();
  readonly members: readonly Member[];
  private readonly model: Model;
  private owners: readonly (readonly number[])[] = [[0], [1], [2]];
  /** Who shares the purse, and whether they may spend from it. */
  private readonly sharing = new Map<number, boolean>();
  private now = Date.UTC(2026, 0, 1);
  private readonly orders = new Map<string, number>();
  private readonly tenders: Tender[] = [];
  private readonly referrals: string[] = [];
  private readonly random: () => number;
  private readonly rewards: readonly string[];

  /** `rewards` cost one point, two points and so on. */
  constructor(random: () => number, rewards: readonly string[]) {
    this.random = random;
    this.rewards = rewards;
    const ids = Array.from({ length: 3 }, () => newId()).toSorted();
    this.members = ids.map((account) => ({ account, record: newId() }));
    this.model = new Model(this.members.length);
  }

  get unit(): string {
    return `points:${this.program}`;
  }

  /** What the accounts hold by the rules after the last step that was drawn. */
  standing(): string {
    return this.model.standing();
  }

  next(): Step {
    this.now += this.upTo(12) * HOUR_MS;
    const kind = this.random();
    if (kind < 0.05) return this.link();
    if (kind < 0.08) return this.share();
    if (kind < 0.55) return this.sale();
    if (kind < 0.59) return this.refer();
    if (kind < 0.61) return this.unrefer() ?? this.next();
    if (kind < 0.66) return this.transfer() ?? this.next();
    if (kind < 0.83) return this.undo() ?? this.next();
    if (kind < 0.93) return this.refund() ?? this.next();
    this.model.expireAll(this.now);
    return this.step("expiries", { do: "expire" }, "");
  }

  private upTo(most: number): number {
    return Math.floor(this.random() * most);
  }

  private step(kind: string, asks: Record<string, unknown>, answer: string): Step {
    const at = new Date(this.now).toISOString();
    return { kind, asks: { ...asks, at, day: at.slice(0, 10) }, answer };
  }

  /** Burns for a reward, pays with points and earns, each or not. A register that was away is not refused, and pays at most what a card had signed. */
  private sale(): Step {
    const [who, order, document] = [this.upTo(3), newId(), this.document()];
    const isAway = this.upTo(6) === 0;
    const purse = this.purseOf(who);
    const cost = this.upTo(3) === 0 ? 1 + this.upTo(MOST_POINTS) : 0;
    const signed = isAway ? this.model.usable(purse, this.now) + this.upTo(10) : MOST_POINTS;
    const pays = this.upTo(3) === 0 ? Math.min(signed, 1 + this.upTo(MOST_POINTS)) : 0;
    const earns = cost + pays === 0 || this.upTo(2) === 0 ? 1 + this.upTo(MOST_POINTS) : 0;
    const tender = pays > 0 ? { id: newId(), order, points: pays, amount: pays * WORTH - this.upTo(WORTH), left: 0 } : null;
    const earning = { expiresAt: this.expiry(), usableAt: this.upTo(3) === 0 ? this.now + this.upTo(15 * 24) * HOUR_MS : null };
    const points = {
      ...this.memberOf(who),
      ...document,
      ...(cost > 0 && { burned: { ...this.event(), points: cost, redemptions: [this.redemption(cost)] } }),
      ...(tender && { tendered: { ...this.event(), tender_id: tender.id, points: pays, amount: tender.amount, currency: "EUR" } }),
      ...(earns > 0 && {
        earned: { points: earns, because: BECAUSE, expires_at: iso(earning.expiresAt), usable_at: iso(earning.usableAt) },
      }),
    };
    const asks = { do: "sale", order, force: isAway, points };
    if (!isAway && this.model.usable(purse, this.now) < cost + pays) return this.step("sales refused", asks, "refused");
    const spent = (source: string, amount: number) =>
      amount > 0 ? amount - (this.model.spend(purse, source, amount, this.now, isAway) ?? Number.NaN) : 0;
    const lost = spent(order, cost) + spent(tender?.id ?? "", pays);
    if (tender) this.tenders.push({ ...tender, left: tender.amount });
    if (earns > 0) this.model.credit(who, order, earns, { entity: document.entity_id, earnedAt: this.now, ...earning });
    if (cost + earns > 0) this.orders.set(order, 0);
    return this.step(isAway && cost + pays > 0 ? "sales of registers that were away" : "sales", asks, String(isAway ? lost : 0));
  }

  private memberOf(who: number) {
    return { record_id: this.member(who).record, program_id: this.program };
  }

  private document() {
    const entity = this.upTo(2) === 0 ? ENTITY : OTHER_ENTITY;
    const day = new Date(this.now).toISOString().slice(0, 10);
    return { entity_id: entity, channel_id: ENTITY, business_date: day, time_zone: "UTC", actor_kind: "system" };
  }

  private event() {
    return { txn: newId(), because: BECAUSE, event_id: newId(), event: {} };
  }

  private redemption(cost: number) {
    const reward = this.rewards[cost - 1];
    return { id: newId(), position: 0, reward_id: reward, reward_version: 1, points: cost, amount: cost * WORTH, currency: "EUR" };
  }

  private expiry(): number | null {
    return this.upTo(3) === 0 ? null : this.now + (1 + this.upTo(30 * 24)) * HOUR_MS;
  }

  /** A return of some earlier order, in parts of any size, sent twice now and then. */
  private undo(): Step | null {
    const order = this.pick([...this.orders.keys()]);
    if (!order) return null;
    const earlier = this.orders.get(order) ?? 0;
    const part = earlier > 0 && this.upTo(8) === 0 ? earlier : earlier + 1;
    this.orders.set(order, part);
    const [earned, burned] = [this.upTo(MOST_POINTS), this.upTo(MOST_POINTS)];
    const given = this.model.giveBack(order, part, burned);
    const taken = this.model.takeBack(order, part, earned, this.now);
    return this.step("returns", { do: "undo", order, part, earned, burned }, `${given} ${taken}`);
  }

  /** Money of a tender in points goes back, in parts of any size. A broken point counts as used. */
  private refund(): Step | null {
    const tender = this.pick(this.tenders.filter(({ left }) => left > 0));
    if (!tender) return null;
    const amount = this.upTo(3) === 0 ? tender.left : 1 + this.upTo(tender.left);
    const part = this.model.partsOf(tender.id);
    tender.left -= amount;
    this.model.giveBack(tender.id, part, Math.ceil((tender.left * tender.points) / tender.amount));
    return this.step("refunds of points that paid", { do: "refund", order: tender.order, tender: tender.id, amount }, "1");
  }

  private refer(): Step {
    const [id, friend] = [newId(), this.upTo(3)];
    const referrer = (friend + 1 + this.upTo(2)) % 3;
    const [entity, expiresAt] = [this.document().entity_id, this.expiry()];
    const points = [1 + this.upTo(MOST_POINTS), 1 + this.upTo(MOST_POINTS)];
    for (const [n, account] of [friend, referrer].entries())
      this.model.credit(account, `${id} ${n}`, points[n] ?? 0, { entity, earnedAt: this.now, expiresAt, usableAt: null });
    this.referrals.push(id);
    const accounts = [friend, referrer].map((who) => this.member(who).account);
    return this.step("referrals", { do: "refer", id, accounts, points, entity, expires: iso(expiresAt) }, "true true");
  }

  private unrefer(): Step | null {
    const id = this.pick(this.referrals);
    if (!id) return null;
    const taken = [0, 1].map((n) => this.model.takeBack(`${id} ${n}`, 0, 0, this.now));
    return this.step("referrals reversed", { do: "unrefer", id }, taken.join(" "));
  }

  /** From all that a customer has to somebody else. */
  private transfer(): Step | null {
    const from = this.upTo(3);
    const own = this.ownedBy(from);
    const to = this.pick([0, 1, 2].filter((who) => !own.includes(who)));
    if (to === undefined) return null;
    const points = 1 + this.upTo(MOST_POINTS);
    const isDone = this.model.transfer(own, to, points, this.now);
    const asks = { do: "transfer", id: newId(), from: this.member(from).record, to: this.member(to).record, points };
    return this.step(isDone ? "transfers" : "transfers refused", asks, isDone ? "true" : "refused");
  }

  private link(): Step {
    this.owners = this.pick([[[0], [1], [2]], [[0, 1], [2]], [[0, 1, 2]], [[0], [1, 2]]]) ?? this.owners;
    const records = this.owners.flatMap((group) => {
      const customer = newId();
      return group.map((who) => ({ record: this.member(who).record, customer }));
    });
    return this.step("merges and unmerges", { do: "link", records }, "");
  }

  private share(): Step {
    this.sharing.clear();
    const who = this.pick<readonly number[]>([[], [0, 1], [1, 2], [0, 1, 2]]) ?? [];
    for (const [n, one] of who.entries()) this.sharing.set(one, n === 0 || this.upTo(2) === 0);
    const members = who.map((one, n) => ({ record: this.member(one).record, owner: n === 0, spends: this.sharing.get(one) }));
    return this.step("changes of a purse", { do: "share", pool: this.pool, members }, "");
  }

  /** What somebody burns from: their own, and of those they share a purse with if they may spend from it; nothing, if they may not. */
  private purseOf(who: number): number[] {
    const own = this.ownedBy(who);
    const rights = own.flatMap((one) => this.sharing.get(one) ?? []);
    const isFree = rights.length === 0;
    const shared = rights.includes(true) ? [...this.sharing.keys()].flatMap((one) => this.ownedBy(one)) : [];
    return [...new Set([...(isFree || rights.includes(true) ? own : []), ...shared])];
  }

  private ownedBy(who: number): readonly number[] {
    return this.owners.find((group) => group.includes(who)) ?? [who];
  }

  private member(who: number): Member {
    const member = this.members[who];
    if (!member) throw new Error(`there is no account ${who}`);
    return member;
  }

  private pick<T>(from: readonly T[]): T | undefined {
    return from[this.upTo(from.length)];
  }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
