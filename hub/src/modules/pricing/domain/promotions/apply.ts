import { shareOut } from "@weft/kernel";
import type { CompiledPromotion } from "./compile.ts";
import type { Promotion, PromotionId } from "./facts.ts";
import { type Candidate, type PromotableLine, type PromotionContext, type PromotionMiss, judgePromotions } from "./judge.ts";
import { bestOnLine, linePromotions, NO_LINE_PROMOTIONS } from "./on-lines.ts";
import { promisedPromotions, withPromised } from "./promised.ts";
import { bestSets, sumByLine } from "./search.ts";
import { takeSets, toSetPromotion } from "./sets.ts";

/** What a promotion takes off a cart: `amount` in minor units, `shares` per line in the order of the lines; `lines` are those it is about. */
export type AppliedPromotion = {
  readonly promotion: Promotion;
  readonly amount: number;
  readonly shares: readonly number[];
  readonly lines: readonly number[];
  readonly isPromised: boolean;
};
export type MissedPromotion = { readonly promotion: Promotion; readonly because: PromotionMiss };
export type PromotionsOutcome = { readonly applied: readonly AppliedPromotion[]; readonly missed: readonly MissedPromotion[] };

/**
 * Takes promotions off the lines (by age), so that the customer pays least [PRC-16]. In three steps, each of which can only lower what the
 * one before left: sets of pieces, where a piece serves one set and no other promotion; then line by line what no set used; then amounts
 * off the whole cart. The first is searched (`bestSets`), the other two are exact, and conditions look at prices before any discount. So
 * one promotion more never makes a cart dearer, as long as at most `MOST_SETS` promotions over sets compete for the same goods.
 */
export function applyPromotions(
  promotions: readonly CompiledPromotion[],
  context: PromotionContext,
  lines: readonly PromotableLine[],
  unlocked: ReadonlySet<PromotionId>,
  earlier: readonly CompiledPromotion[] = [],
): PromotionsOutcome {
  let serving = promotions;
  let best = applyThese(serving, context, lines, unlocked);
  for (const promised of promisedPromotions(promotions, earlier, context, lines, unlocked)) {
    const tried = withPromised(serving, promised);
    const outcome = applyThese(tried, context, lines, unlocked);
    // What costs less today counts at once.
    if (savedBy(outcome) > savedBy(best)) [serving, best] = [tried, outcome];
  }
  return best;
}

const savedBy = ({ applied }: PromotionsOutcome): number => sum(applied.map(({ amount }) => amount));

function applyThese(
  promotions: readonly CompiledPromotion[],
  context: PromotionContext,
  lines: readonly PromotableLine[],
  unlocked: ReadonlySet<PromotionId>,
): PromotionsOutcome {
  if (promotions.length === 0 || lines.length === 0) return NOTHING;
  const { candidates, missed } = judgePromotions(promotions, context, lines, unlocked);
  if (candidates.length === 0) return { applied: [], missed };
  const ofGoods = takeOffGoods(
    candidates.filter((candidate) => !isOffCart(candidate)),
    lines,
  );
  const taken = takeOffCart(candidates.filter(isOffCart), lines, ofGoods);
  const applied = candidates.flatMap(({ promotion, lines: about, isPromised = false }): AppliedPromotion[] => {
    const shares = taken.get(promotion);
    const amount = sum(shares ?? []);
    return shares && amount > 0 ? [{ promotion, amount, shares, lines: about, isPromised }] : [];
  });
  const served = new Set(applied.map(({ promotion }) => promotion));
  const beaten = candidates.filter(({ promotion }) => !served.has(promotion)).map((candidate) => toBeaten(candidate, lines));
  return { applied, missed: [...missed, ...beaten] };
}

const NOTHING: PromotionsOutcome = { applied: [], missed: [] };

/** One over sets that no goods complete misses goods; any other that takes nothing was beaten. */
function toBeaten(candidate: Candidate, lines: readonly PromotableLine[]): MissedPromotion {
  const { promotion, set } = candidate;
  const everything = lines.map(({ pieces }) => pieces);
  const isIncomplete = set && takeSets(toSetPromotion(candidate, set, lines), lines, everything).length === 0;
  return { promotion, because: { kind: isIncomplete ? "goods_missing" : "beaten" } };
}

const isOffCart = ({ promotion: { benefit } }: Candidate): boolean => benefit.kind === "amount" && benefit.per === "cart";
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What each promotion takes off each line. */
type Takings = Map<Promotion, number[]>;

function take(takings: Takings, { promotion }: Candidate, line: number, off: number, lines: readonly unknown[]): void {
  const shares = takings.get(promotion) ?? lines.map(() => 0);
  shares[line] = (shares[line] ?? 0) + off;
  takings.set(promotion, shares);
}

function takeOffGoods(candidates: readonly Candidate[], lines: readonly PromotableLine[]): Takings {
  const takings: Takings = new Map();
  const byLine = linePromotions(candidates.filter(({ set }) => !set));
  const sets = candidates.flatMap((candidate) => (candidate.set ? [toSetPromotion(candidate, candidate.set, lines)] : []));
  const chosen = bestSets(sets, { lines, byLine });
  for (const { set, taken } of chosen) for (const { line, off } of taken) take(takings, set.candidate, line, off, lines);
  const used = sumByLine(chosen);
  for (const [index, { amount, pieces }] of lines.entries()) {
    const { worth = 0, pieces: gone = 0 } = used.get(index) ?? {};
    const promotions = byLine.get(index) ?? NO_LINE_PROMOTIONS;
    for (const { candidate, off } of bestOnLine(promotions, amount - worth, pieces - gone)) take(takings, candidate, index, off, lines);
  }
  return takings;
}

/**
 * Amounts off the whole cart: all that stand beside others, together at most what is left; or one that stands alone, and then no other
 * promotion takes part. Shared out in proportion [PRC-4].
 */
function takeOffCart(candidates: readonly Candidate[], lines: readonly PromotableLine[], before: Takings): Takings {
  const takings: Takings = new Map(before);
  let left = lines.map(({ amount }, index) => [...before.values()].reduce((rest, shares) => rest - (shares[index] ?? 0), amount));
  for (const candidate of candidates.filter(({ promotion }) => !promotion.exclusive)) {
    const shares = shareOut(Math.min(amountOf(candidate), sum(left)), left);
    takings.set(candidate.promotion, shares);
    left = left.map((amount, index) => amount - (shares[index] ?? 0));
  }
  const amounts = lines.map(({ amount }) => amount);
  let best: { readonly saved: number; readonly takings: Takings } = { saved: sum(amounts) - sum(left), takings };
  for (const candidate of candidates.filter(({ promotion }) => promotion.exclusive)) {
    const saved = Math.min(amountOf(candidate), sum(amounts));
    if (saved > best.saved) best = { saved, takings: new Map([[candidate.promotion, shareOut(saved, amounts)]]) };
  }
  return best.takings;
}

const amountOf = ({ promotion: { benefit } }: Candidate): number => (benefit.kind === "amount" ? benefit.money.amount : 0);
