import { divideRounded } from "@weft/kernel";
import type { PromotionsOutcome } from "./promotions/apply.ts";
import type { PromotableLine } from "./promotions/judge.ts";
import { isVoucher, type ValuedLine } from "./priced-line.ts";

/** What would be taken off a line because its last day is near: so many percent of it, in minor units, rounded once; 0 for all others. */
export function worthNearEnd(line: ValuedLine): number {
  const percent = line.line.nearEnd?.percent ?? 0;
  return percent === 0 || isVoucher(line) ? 0 : divideRounded(BigInt(line.subtotal) * BigInt(percent), 100n);
}

type MarkedDown = { readonly promotions: PromotionsOutcome; /** By line. */ readonly markedDown: readonly number[] };

/**
 * Promotions beside what is marked down near its last day [BAT-8]: on a line that is marked down no promotion takes part, neither by what it takes off
 * nor by what it asks for. The lines are tried by what they would save, most first, each of them marked down only where its customer then pays less in all
 * than by the promotions: so it never makes a cart dearer. Almost no cart has such a line, and pays nothing for this.
 */
export function markDown(
  lines: readonly PromotableLine[],
  worth: readonly number[],
  apply: (lines: readonly PromotableLine[]) => PromotionsOutcome,
): MarkedDown {
  let best: MarkedDown = { promotions: apply(lines), markedDown: lines.map(() => 0) };
  const near = worth.flatMap((off, index) => (off > 0 ? [{ off, index }] : [])).toSorted((a, b) => b.off - a.off || a.index - b.index);
  for (const { off, index } of near) {
    const markedDown = best.markedDown.with(index, off);
    const promotions = apply(lines.map((line, at) => ((markedDown[at] ?? 0) > 0 ? APART : line)));
    const tried = { promotions, markedDown };
    if (savedBy(tried) > savedBy(best)) best = tried;
  }
  return best;
}

/** A line that no promotion sees, as it sees no gift card. */
const APART: PromotableLine = { isVoucher: true, pieces: 0, amount: 0 };

function savedBy({ promotions: { applied }, markedDown }: MarkedDown): number {
  const off = markedDown.reduce((sum, amount) => sum + amount, 0);
  return applied.reduce((sum, { amount }) => sum + amount, off);
}
