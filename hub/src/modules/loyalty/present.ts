import type { LoyaltyProgramView, RewardOfferView, RewardView } from "@weft/contracts";
import type { RewardBenefit } from "../pricing/index.ts";
import type { Reward } from "./domain/index.ts";
import type { PastRule, RewardUse } from "./queries/index.ts";

/** A reward as a customer sees it: how many points they still need. */
export function presentOffer(reward: Reward, points: number): RewardOfferView {
  return {
    id: reward.id,
    name: reward.name,
    points: reward.cost,
    missing: Math.max(0, reward.cost - points),
    benefit: presentBenefit(reward.benefit),
    validTo: reward.validTo?.toISOString() ?? null,
    placeIds: [...reward.placeIds],
    channelIds: [...reward.channelIds],
  };
}

/** One version of the program, whole. */
export function presentVersion({ validFrom, bonuses, beginsOn: _day, ...version }: PastRule): LoyaltyProgramView["earnRules"][number] {
  return { ...version, bonuses: [...bonuses], validFrom: validFrom.toISOString() };
}

/** A reward as the retailer keeps it. */
export function presentReward(reward: Reward, uses: readonly RewardUse[]): RewardView {
  const mine = uses.filter(({ rewardId }) => rewardId === reward.id);
  return {
    id: reward.id,
    version: reward.version,
    name: reward.name,
    points: reward.cost,
    benefit: presentBenefit(reward.benefit),
    validFrom: reward.validFrom?.toISOString() ?? null,
    validTo: reward.validTo?.toISOString() ?? null,
    placeIds: [...reward.placeIds],
    channelIds: [...reward.channelIds],
    used: mine.reduce((sum, { used }) => sum + used, 0),
    given: mine.map(({ amount, currency }) => ({ amount, currency })),
  };
}

function presentBenefit(benefit: RewardBenefit): LoyaltyProgramView["rewards"][number]["benefit"] {
  if (benefit.kind === "product") return { kind: "product", variantIds: [...benefit.variantIds] };
  if (benefit.kind === "amount") return { kind: "amount", money: benefit.money };
  return { kind: "percentage", rate: { numerator: benefit.rate.numerator, denominator: benefit.rate.denominator } };
}
