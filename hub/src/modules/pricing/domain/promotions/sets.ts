import { shareOut } from "@weft/kernel";
import type { SetRule } from "./compile.ts";
import type { Candidate, PromotableLine } from "./judge.ts";
import { part, rounded } from "./shares.ts";

/** A promotion over sets of pieces, with the lines of each part in the order in which their pieces are taken. */
export type SetPromotion = { readonly candidate: Candidate; readonly rule: SetRule; readonly orders: readonly (readonly number[])[] };

/** What one promotion does to one line: `worth` is what the pieces that it uses cost before, `off` what it takes off them. */
export type TakenLine = { readonly line: number; readonly pieces: number; readonly worth: number; readonly off: number };

export function toSetPromotion(candidate: Candidate, rule: SetRule, lines: readonly PromotableLine[]): SetPromotion {
  const orders = rule.parts.map(({ fits, take }) => {
    // What is given need not be what the promotion is about.
    const about = [...lines.keys()].filter((index) => lines[index]!.pieces > 0 && fits(lines[index]!)); // indexes of `lines`, here and below
    const dearer = (a: number, b: number): number => lines[b]!.amount * lines[a]!.pieces - lines[a]!.amount * lines[b]!.pieces || a - b;
    return take === "dearest" ? about.sort(dearer) : about.sort((a, b) => dearer(b, a));
  });
  return { candidate, rule, orders };
}

/**
 * Takes as many sets as the pieces that are `left` (per line, not changed) make up and as save something [PRC-16]. A piece is worth the
 * same whatever else is in the set, so which pieces go does not depend on other promotions.
 */
export function takeSets({ rule, orders }: SetPromotion, lines: readonly PromotableLine[], left: readonly number[]): TakenLine[] {
  const open = [...left];
  const starts = orders.map(() => 0);
  const used = new Map<number, number>();
  const reduced = new Map<number, number>();
  let sets = 0;
  for (;;) {
    const set = formSet(rule, orders, open, starts);
    if (!set || !savesSomething(rule, set, lines)) break;
    const times = 1 + takeAgain(set.used, open);
    sets += times;
    for (const [line, count] of set.used) used.set(line, (used.get(line) ?? 0) + count * times);
    for (const [line, count] of set.reduced) reduced.set(line, (reduced.get(line) ?? 0) + count * times);
  }
  return used.size === 0 ? [] : priceSets(rule, lines, { used, reduced, sets });
}

type FormedSet = { readonly used: ReadonlyMap<number, number>; readonly reduced: ReadonlyMap<number, number> };

function formSet(rule: SetRule, orders: SetPromotion["orders"], open: number[], starts: number[]): FormedSet | undefined {
  const used = new Map<number, number>();
  const reduced = new Map<number, number>();
  for (const [at, { pieces }] of rule.parts.entries()) {
    const order = orders[at] ?? [];
    const notReduced = rule.gives.kind === "off_last" && at === 0 ? pieces - rule.gives.pieces : pieces;
    for (let taken = 0; taken < pieces; taken++) {
      while (starts[at]! < order.length && open[order[starts[at]!]!] === 0) starts[at]!++; // one start per part, one count per line
      const line = order[starts[at]!];
      if (line === undefined) return undefined;
      open[line]!--; // a line of the cart
      used.set(line, (used.get(line) ?? 0) + 1);
      if (taken >= notReduced) reduced.set(line, (reduced.get(line) ?? 0) + 1);
    }
  }
  return { used, reduced };
}

function savesSomething({ gives }: SetRule, { used, reduced }: FormedSet, lines: readonly PromotableLine[]): boolean {
  const worth = (of: ReadonlyMap<number, number>): number => {
    let sum = 0;
    for (const [line, count] of of) sum += pieceOf(lines[line]!) * count; // a line of the set
    return sum;
  };
  return gives.kind === "price" ? worth(used) > gives.amount : worth(reduced) > 0;
}

const pieceOf = ({ amount, pieces }: PromotableLine): number => part(amount, 1, pieces);

/** The same set once more, as often as all its lines allow: the next ones would be formed of the same. */
function takeAgain(used: ReadonlyMap<number, number>, open: number[]): number {
  let times = Number.MAX_SAFE_INTEGER;
  for (const [line, count] of used) times = Math.min(times, Math.floor(open[line]! / count)); // a line of the cart, here and below
  for (const [line, count] of used) open[line]! -= count * times;
  return times;
}

type FormedSets = FormedSet & { readonly sets: number };

function priceSets({ gives }: SetRule, lines: readonly PromotableLine[], { used, reduced, sets }: FormedSets): TakenLine[] {
  const worthOf = (line: number, count: number): number => part(lines[line]!.amount, count, lines[line]!.pieces); // a line of the sets
  const taken = [...used].sort(([a], [b]) => a - b).map(([line, pieces]) => ({ line, pieces, worth: worthOf(line, pieces) }));
  if (gives.kind === "off_last") {
    const off = (line: number): number => rounded(worthOf(line, reduced.get(line) ?? 0) * gives.numerator, gives.denominator);
    return taken.map((one) => ({ ...one, off: off(one.line) }));
  }
  const weights = taken.map(({ worth }) => worth);
  const saved = weights.reduce((sum, worth) => sum + worth, 0) - gives.amount * sets;
  const shares = shareOut(saved, weights);
  return taken.map((one, index) => ({ ...one, off: shares[index] ?? 0 }));
}
