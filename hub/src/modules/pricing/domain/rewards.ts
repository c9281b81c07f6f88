import { type Id, type Money, type VariantId, divideRounded, shareOut } from "@weft/kernel";
import type { Ratio } from "./facts.ts";

export type RewardId = Id<"reward">;

/** What a reward gives: one piece of one of these goods, an amount, or a part of the price. */
export type RewardBenefit =
  | { readonly kind: "product"; readonly variantIds: readonly VariantId[] }
  | { readonly kind: "amount"; readonly money: Money }
  | { readonly kind: "percentage"; readonly rate: Ratio };

/** A reward that `loyalty` lets this customer have here. The same one may come several times: each takes its own. */
export type WantedReward = { readonly rewardId: RewardId; readonly benefit: RewardBenefit };

/** Why a reward takes nothing off this cart: then it costs nothing either [PRC-13]. */
export type RewardMiss =
  | { readonly kind: "product_missing"; readonly variantIds: readonly VariantId[] }
  | { readonly kind: "other_currency"; readonly currency: string }
  | { readonly kind: "nothing_to_discount" };

/** What became of a wanted reward: `amount` in minor units over the whole cart, `shares` per line in the order of the lines. */
export type RewardOutcome =
  | { readonly kind: "applied"; readonly rewardId: RewardId; readonly amount: number; readonly shares: readonly number[] }
  | { readonly kind: "missed"; readonly rewardId: RewardId; readonly because: RewardMiss };

/** A line as rewards see it: `left` is what remains of it after the codes, in minor units. */
export type RewardableLine = { readonly variantId: VariantId; readonly pieces: number; readonly left: number };

/**
 * Takes rewards off what the codes have left [PRC-13], in the order of `wanted`: goods first, each the dearest piece that is not free
 * yet; then percentages of what is left; then amounts, at most what is left. No line falls below zero, shares sum to the amount.
 * `pieces` is 0 for weighed goods: a gram is no present.
 */
export function applyRewards(wanted: readonly WantedReward[], lines: readonly RewardableLine[], currency: string): RewardOutcome[] {
  let open: readonly RewardableLine[] = lines;
  const outcomes: RewardOutcome[] = [];
  for (const { at, reward } of inOrder(wanted)) {
    const taken = takenBy(reward.benefit, open, currency);
    if ("kind" in taken) {
      outcomes[at] = { kind: "missed", rewardId: reward.rewardId, because: taken };
      continue;
    }
    const { shares, freed } = taken;
    open = open.map((line, index) => ({
      ...line,
      left: line.left - (shares[index] ?? 0),
      pieces: line.pieces - (index === freed ? 1 : 0),
    }));
    outcomes[at] = { kind: "applied", rewardId: reward.rewardId, amount: sum(shares), shares };
  }
  return outcomes;
}

const ORDER: Readonly<Record<RewardBenefit["kind"], number>> = { product: 0, percentage: 1, amount: 2 };

function inOrder(wanted: readonly WantedReward[]) {
  return wanted
    .map((reward, at) => ({ reward, at }))
    .sort((a, b) => ORDER[a.reward.benefit.kind] - ORDER[b.reward.benefit.kind] || a.at - b.at);
}

type Taken = { readonly shares: readonly number[]; readonly freed: number | null };

function takenBy(benefit: RewardBenefit, lines: readonly RewardableLine[], currency: string): Taken | RewardMiss {
  if (benefit.kind === "product") return freePiece(benefit.variantIds, lines);
  if (benefit.kind === "amount" && benefit.money.currency !== currency) return { kind: "other_currency", currency: benefit.money.currency };
  const left = lines.map((line) => line.left);
  const amount = benefit.kind === "amount" ? Math.min(benefit.money.amount, sum(left)) : percentageOf(benefit.rate, sum(left));
  return amount === 0 ? { kind: "nothing_to_discount" } : { shares: shareOut(amount, left), freed: null };
}

function percentageOf({ numerator, denominator }: Ratio, amount: number): number {
  return divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator));
}

function freePiece(variantIds: readonly VariantId[], lines: readonly RewardableLine[]): Taken | RewardMiss {
  const worth = lines.map(({ variantId, pieces, left }) => (variantIds.includes(variantId) && pieces > 0 ? onePiece(left, pieces) : 0));
  const most = Math.max(0, ...worth);
  if (most === 0) return { kind: "product_missing", variantIds };
  const freed = worth.indexOf(most);
  return { shares: worth.map((amount, index) => (index === freed ? amount : 0)), freed };
}

/** What one of the pieces costs of what is left for all: the odd cent goes with the first, so that all pieces together are all of it. */
function onePiece(left: number, pieces: number): number {
  return left - Math.floor((left * (pieces - 1)) / pieces);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
