import type { PromotableLine } from "./judge.ts";
import { type LinePromotions, bestOnLine, NO_LINE_PROMOTIONS } from "./on-lines.ts";
import { type SetPromotion, type TakenLine, takeSets } from "./sets.ts";

/** How many promotions over sets of pieces may compete for the same goods and still be tried in every order: 65 ways for four. */
export const MOST_SETS = 4;

/** A promotion over sets with what it takes. */
export type ChosenSet = { readonly set: SetPromotion; readonly taken: readonly TakenLine[] };

type Searching = {
  readonly lines: readonly PromotableLine[];
  readonly byLine: ReadonlyMap<number, LinePromotions>;
};

/**
 * Which promotions over sets serve, and in which order they take their pieces, so that these and the promotions on what is left cost
 * least [PRC-16]. Promotions that share no line are searched apart. Of those that do, every selection of `MOST_SETS` in every order is
 * tried, the first in the order of ties, and the rest take what is left; a selection stands only when it is cheaper than those tried before, fewer promotions first.
 */
export function bestSets(sets: readonly SetPromotion[], around: Searching): ChosenSet[] {
  return competing(sets).flatMap((rivals) => {
    const best = bestOf(rivals.slice(0, MOST_SETS), around);
    return withOthers(best, rivals.slice(MOST_SETS), around);
  });
}

/** More rivals than are searched: each takes in its turn what is left, where that saves something. */
function withOthers(best: readonly ChosenSet[], others: readonly SetPromotion[], around: Searching): readonly ChosenSet[] {
  let chosen = best;
  let saved = savedBy(best, around);
  let open = best.reduce<readonly number[]>(
    (left, { taken }) => without(left, taken),
    around.lines.map(({ pieces }) => pieces),
  );
  for (const set of others) {
    const taken = takeSets(set, around.lines, open);
    const tried = [...chosen, { set, taken }];
    const savedNow = taken.length === 0 ? saved : savedBy(tried, around);
    if (savedNow <= saved) continue;
    [chosen, saved, open] = [tried, savedNow, without(open, taken)];
  }
  return chosen;
}

/** Groups of promotions that want the same lines, directly or by others between them. */
function competing(sets: readonly SetPromotion[]): SetPromotion[][] {
  let groups: { lines: Set<number>; sets: SetPromotion[] }[] = [];
  for (const set of sets) {
    const lines = set.orders.flat();
    const joined = groups.filter((group) => lines.some((line) => group.lines.has(line)));
    const together = {
      lines: new Set([...lines, ...joined.flatMap((group) => [...group.lines])]),
      sets: [...joined.flatMap((group) => group.sets), set],
    };
    groups = [...groups.filter((group) => !joined.includes(group)), together];
  }
  // In the order of ties again, which joining groups may have changed.
  return groups.map((group) => sets.filter((set) => group.sets.includes(set)));
}

type Tried = { readonly chosen: readonly ChosenSet[]; readonly saved: number };

function bestOf(rivals: readonly SetPromotion[], around: Searching): readonly ChosenSet[] {
  let best: Tried = { chosen: [], saved: 0 };
  let level: readonly { readonly chosen: readonly ChosenSet[]; readonly open: readonly number[] }[] = [
    { chosen: [], open: around.lines.map(({ pieces }) => pieces) },
  ];
  // Level by level, so that fewer promotions come before more.
  while (level.length > 0) {
    const next: { chosen: readonly ChosenSet[]; open: readonly number[] }[] = [];
    for (const { chosen, open } of level) {
      for (const set of rivals) {
        if (chosen.some((other) => other.set === set)) continue;
        const taken = takeSets(set, around.lines, open);
        if (taken.length === 0) continue;
        const tried = [...chosen, { set, taken }];
        const saved = savedBy(tried, around);
        if (saved > best.saved) best = { chosen: tried, saved };
        next.push({ chosen: tried, open: without(open, taken) });
      }
    }
    level = next;
  }
  return best.chosen;
}

function without(open: readonly number[], taken: readonly TakenLine[]): number[] {
  const left = [...open];
  for (const { line, pieces } of taken) left[line]! -= pieces; // a line of the cart
  return left;
}

/** What sets save, less what their pieces would have saved without them. */
function savedBy(chosen: readonly ChosenSet[], { lines, byLine }: Searching): number {
  let saved = 0;
  for (const [line, { pieces, worth, off }] of sumByLine(chosen)) {
    const promotions = byLine.get(line) ?? NO_LINE_PROMOTIONS;
    const { amount, pieces: all } = lines[line]!; // a line of the cart
    saved += off + savedOn(promotions, amount - worth, all - pieces) - savedOn(promotions, amount, all);
  }
  return saved;
}

/** What all sets use of each line, and take off it. */
export function sumByLine(chosen: readonly ChosenSet[]): Map<number, Omit<TakenLine, "line">> {
  const sums = new Map<number, Omit<TakenLine, "line">>();
  for (const { taken } of chosen) {
    for (const { line, pieces, worth, off } of taken) {
      const before = sums.get(line);
      sums.set(
        line,
        before ? { pieces: before.pieces + pieces, worth: before.worth + worth, off: before.off + off } : { pieces, worth, off },
      );
    }
  }
  return sums;
}

const savedOn = (promotions: LinePromotions, amount: number, pieces: number): number =>
  bestOnLine(promotions, amount, pieces).reduce((sum, { off }) => sum + off, 0);
