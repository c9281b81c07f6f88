import type { Candidate } from "./judge.ts";
import type { Promotion } from "./facts.ts";
import { type PriceStep, stepOff } from "./steps.ts";

/** What a promotion takes off (the rest of) a line. */
export type LineTake = { readonly candidate: Candidate; readonly off: number };

/** The promotions that concern one line by itself: those that stand beside each other, and those that stand alone, in the order of ties. */
export type LinePromotions = { readonly together: readonly Candidate[]; readonly alone: readonly Candidate[] };

export const NO_LINE_PROMOTIONS: LinePromotions = { together: [], alone: [] };

const ORDER: Readonly<Record<string, number>> = { fixed_price: 0, percentage: 1, amount: 2 };

/** Fixed prices before percentages before amounts, so that their order of entry changes nothing. Promotions of one line only. */
export const inOrderOfKinds = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates].sort((a, b) => ORDER[a.promotion.benefit.kind]! - ORDER[b.promotion.benefit.kind]!); // kinds of lines only

/** By line, in the order of their kinds. */
export function linePromotions(candidates: readonly Candidate[]): Map<number, LinePromotions> {
  const byLine = new Map<number, { together: Candidate[]; alone: Candidate[] }>();
  for (const candidate of inOrderOfKinds(candidates)) {
    for (const line of candidate.lines) {
      const found = byLine.get(line) ?? { together: [], alone: [] };
      byLine.set(line, found);
      (candidate.promotion.exclusive ? found.alone : found.together).push(candidate);
    }
  }
  return byLine;
}

/**
 * The cheapest way for `pieces` that cost `amount` together [PRC-16]: all that stand beside each other, each of what the one before left,
 * or one that stands alone. Exact: each takes off no less when more is left, so none that may stand beside the others can make it dearer.
 */
export function bestOnLine({ together, alone }: LinePromotions, amount: number, pieces: number): readonly LineTake[] {
  let best: readonly LineTake[] = [];
  let saved = 0;
  let left = amount;
  const all: LineTake[] = [];
  for (const candidate of together) {
    const off = takenOff(candidate, left, pieces);
    if (off === 0) continue;
    all.push({ candidate, off });
    left -= off;
  }
  if (amount - left > saved) [best, saved] = [all, amount - left];
  for (const candidate of alone) {
    const off = takenOff(candidate, amount, pieces);
    if (off > saved) [best, saved] = [[{ candidate, off }], off];
  }
  return best;
}

function takenOff({ promotion }: Candidate, left: number, pieces: number): number {
  const step = stepOf(promotion);
  return step ? stepOff(step, left, pieces) : 0;
}

/** What a promotion does to one line by itself; one over sets of pieces does nothing of the kind. */
export function stepOf({ benefit }: Promotion): PriceStep | undefined {
  return benefit.kind === "percentage" || benefit.kind === "fixed_price" || benefit.kind === "amount" ? benefit : undefined;
}
