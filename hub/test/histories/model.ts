/** A lot as plain data, with what each spending holds of it. */
type Lot = {
  id: string;
  source: string;
  /** Who issued it. */
  entity: string;
  quantity: number;
  remaining: number;
  earnedAt: number;
  expiresAt: number | null;
  usableAt: number | null;
  expired: number;
};
type Account = { lots: Lot[]; debts: number[] };
type Use = { account: number; lot: Lot; open: number };
type Burn = { uses: Use[]; loss: number; spent: number; parts: Set<number> };
type Earning = { account: number; lot: Lot; taken: number; parts: Set<number> };

const byExpiryThenAge = (a: Lot, b: Lot): number =>
  (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.earnedAt - b.earnedAt || (a.id < b.id ? -1 : 1);
type Held = { readonly of: { readonly account: number; readonly lot: Lot } };
const byExpiryAccountIssuer = ({ of: a }: Held, { of: b }: Held): number =>
  (a.lot.expiresAt ?? Infinity) - (b.lot.expiresAt ?? Infinity) || a.account - b.account || (a.lot.entity < b.lot.entity ? -1 : 1);
const waits = (lot: Lot, at: number): boolean => lot.usableAt !== null && lot.usableAt > at;
const HOUR_MS = 3_600_000;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The rules of lots once more, without a database and written apart from it: what the ledger does must equal this after every step. */
export class Model {
  private readonly accounts: Account[];
  private readonly earnings = new Map<string, Earning>();
  private readonly burns = new Map<string, Burn>();
  /** Lots are made one after the other: their numbers tell what the ids of the ledger tell. */
  private made = 0;
  constructor(accounts: number) {
    this.accounts = Array.from({ length: accounts }, () => ({ lots: [], debts: [] }));
  }

  balance(account: number): number {
    const { lots, debts } = this.account(account);
    return sum(lots.map(({ remaining }) => remaining)) - sum(debts);
  }

  /** What the accounts hold, in the words of `histories.standing`. */
  standing(): string {
    const holding = this.accounts.map(({ lots }, account) => {
      const open = lots.filter(({ remaining }) => remaining > 0).sort((a, b) => a.earnedAt - b.earnedAt || (a.id < b.id ? -1 : 1));
      return `${this.balance(account)} ${open.map(({ earnedAt, remaining }) => `${earnedAt / HOUR_MS}:${remaining}`).join(",")}`;
    });
    return holding.join(" | ");
  }

  credit(account: number, source: string, quantity: number, at: Pick<Lot, "entity" | "earnedAt" | "expiresAt" | "usableAt">): void {
    const lot: Lot = { ...at, id: this.nextId(), source, quantity, remaining: quantity, expired: 0 };
    this.account(account).lots.push(lot);
    this.earnings.set(source, { account, lot, taken: 0, parts: new Set() });
    this.repay(account);
  }

  private nextId(): string {
    return String(++this.made).padStart(9, "0");
  }

  /** Whether it could be moved from one account to another; with too little nothing happens. */
  transfer(from: readonly number[], to: number, amount: number, at: number): boolean {
    const chosen = this.choose(from, amount, at);
    if (chosen === null) return false;
    const parts = Map.groupBy(chosen, ({ of: { account, lot } }) => `${lot.expiresAt ?? ""} ${account} ${lot.entity}`);
    const inOrder = [...parts.values()].flatMap((part) => part.slice(0, 1).map(({ of }) => ({ of, part }))).sort(byExpiryAccountIssuer);
    for (const { of, part } of inOrder) {
      const quantity = sum(part.map((one) => one.quantity));
      const earnedAt = Math.min(...part.map(({ of: { lot } }) => lot.earnedAt));
      const lot = {
        id: this.nextId(),
        source: "transfer",
        entity: of.lot.entity,
        quantity,
        remaining: quantity,
        earnedAt,
        expiresAt: of.lot.expiresAt,
      };
      this.account(to).lots.push({ ...lot, usableAt: null, expired: 0 });
      this.repay(to);
    }
    return true;
  }

  /** What is taken; null when there is too little, and then nothing happens. */
  spend(group: readonly number[], source: string, amount: number, at: number, force: boolean): number | null {
    const chosen = this.choose(group, amount, at, force);
    if (chosen === null) return null;
    const uses = chosen.map(({ of: { account, lot }, quantity }) => ({ account, lot, open: quantity }));
    const takes = sum(uses.map(({ open }) => open));
    this.burns.set(source, { uses, loss: amount - takes, spent: amount, parts: new Set() });
    return takes;
  }

  /** What can be spent of some accounts: what is neither over nor waits, less what is owed. */
  usable(group: readonly number[], at: number): number {
    const held = group.map((one) => {
      const { lots, debts } = this.account(one);
      return sum(lots.filter((lot) => !waits(lot, at) && (lot.expiresAt ?? Infinity) > at).map(({ remaining }) => remaining)) - sum(debts);
    });
    return Math.max(0, sum(held));
  }

  /** Takes an amount from the lots of some accounts by expiry, then age; null when there is too little. */
  private choose(group: readonly number[], amount: number, at: number, force = false) {
    const have = this.usable(group, at);
    if (have < amount && !force) return null;
    for (const one of group) this.expireAccount(one, at);
    const takes = Math.min(have, amount);
    const open = group
      .flatMap((account) => this.account(account).lots.map((lot) => ({ account, lot })))
      .filter(({ lot }) => lot.remaining > 0 && !waits(lot, at))
      .sort((a, b) => byExpiryThenAge(a.lot, b.lot));
    return take(open, takes);
  }

  /** In how many parts something of a spending has gone back. */
  partsOf(source: string): number {
    return this.burns.get(source)?.parts.size ?? 0;
  }

  giveBack(source: string, part: number, keeps: number): number {
    const burn = this.burns.get(source);
    if (!burn || burn.parts.has(part) || burn.spent <= keeps) return 0;
    burn.parts.add(part);
    const forgiven = Math.min(burn.loss, burn.spent - keeps);
    const back = burn.spent - keeps - forgiven;
    burn.loss -= forgiven;
    burn.spent = keeps;
    let left = back;
    for (const use of burn.uses.toSorted((a, b) => -byExpiryThenAge(a.lot, b.lot))) {
      const quantity = Math.min(use.open, left);
      use.open -= quantity;
      use.lot.remaining += quantity;
      left -= quantity;
    }
    for (const account of new Set(burn.uses.map((use) => use.account))) this.repay(account);
    return back;
  }

  takeBack(source: string, part: number, keeps: number, at: number): number {
    const earning = this.earnings.get(source);
    if (!earning || earning.parts.has(part)) return 0;
    const { account, lot } = earning;
    this.expireAccount(account, at);
    const takes = lot.quantity - lot.expired - earning.taken - keeps;
    if (takes <= 0) return 0;
    earning.parts.add(part);
    earning.taken += takes;
    const others = this.account(account).lots.filter((other) => other !== lot && other.remaining > 0);
    const order = [...(lot.remaining > 0 ? [lot] : []), ...others.sort(byExpiryThenAge)];
    const covered = sum(
      take(
        order.map((one) => ({ lot: one })),
        takes,
      ).map(({ quantity }) => quantity),
    );
    if (covered < takes) this.account(account).debts.push(takes - covered);
    return takes;
  }

  expireAll(at: number): void {
    for (const account of this.accounts.keys()) this.expireAccount(account, at);
  }

  private account(index: number): Account {
    const account = this.accounts[index];
    if (!account) throw new Error(`there is no account ${index}`);
    return account;
  }

  private expireAccount(account: number, at: number): void {
    for (const lot of this.account(account).lots) {
      if (lot.expiresAt === null || lot.expiresAt > at) continue;
      lot.expired += lot.remaining;
      lot.remaining = 0;
    }
  }

  private repay(account: number): void {
    const held = this.account(account);
    while (held.debts.length > 0) {
      const [debt = 0] = held.debts;
      const order = held.lots.filter(({ remaining }) => remaining > 0).sort(byExpiryThenAge);
      const paid = sum(
        take(
          order.map((lot) => ({ lot })),
          debt,
        ).map(({ quantity }) => quantity),
      );
      if (paid === 0) return;
      if (paid === debt) held.debts.shift();
      else held.debts[0] = debt - paid;
    }
  }
}

/** Takes an amount from lots in their order, as far as they reach. */
function take<T extends { readonly lot: Lot }>(order: readonly T[], amount: number): { of: T; quantity: number }[] {
  let left = amount;
  return order.flatMap((of) => {
    const quantity = Math.min(of.lot.remaining, left);
    of.lot.remaining -= quantity;
    left -= quantity;
    return quantity > 0 ? [{ of, quantity }] : [];
  });
}
