import type { LocalizedText } from "@weft/contracts";
import type { ChannelId, PlaceId } from "@weft/kernel";
import type { RewardBenefit, RewardId } from "../../pricing/domain/index.ts";

/** What points buy, in its newest version [LOY-7]. Empty lists of places or channels: everywhere. It ends before `validTo`. */
export type Reward = {
  readonly id: RewardId;
  readonly version: number;
  readonly name: LocalizedText;
  /** Points. */
  readonly cost: number;
  readonly benefit: RewardBenefit;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly placeIds: readonly PlaceId[];
  readonly channelIds: readonly ChannelId[];
};

/** Where and when a reward is wanted. */
export type RewardStand = { readonly at: Date; readonly channelId: ChannelId; readonly placeId: PlaceId | null };

/** What a customer may burn: nobody known has no points; `isHome` is false where the link level lets points be earned but not burned. */
export type Purse = { readonly points: number; readonly isHome: boolean };

export type RewardRefusal =
  | { readonly kind: "unknown" }
  | { readonly kind: "not_yet_valid"; readonly validFrom: Date }
  | { readonly kind: "ended"; readonly validTo: Date }
  | { readonly kind: "not_here" }
  | { readonly kind: "no_member" }
  | { readonly kind: "not_at_home" }
  | { readonly kind: "not_enough_points"; readonly missing: number };

export type JudgedReward =
  | { readonly kind: "granted"; readonly reward: Reward }
  | { readonly kind: "refused"; readonly rewardId: RewardId; readonly reward: Reward | null; readonly because: RewardRefusal };

/**
 * Which of the wanted rewards this customer may have here, in their order [LOY-7]: each takes its cost off what the next may use. The same
 * in the cart, in the till and at completion; the debit itself is decided by the ledger.
 */
export function judgeRewards(
  rewards: ReadonlyMap<RewardId, Reward>,
  wanted: readonly RewardId[],
  stand: RewardStand,
  purse: Purse | null,
): JudgedReward[] {
  let left = purse?.points ?? 0;
  return wanted.map((rewardId): JudgedReward => {
    const reward = rewards.get(rewardId) ?? null;
    const because = reward ? (whyNotHere(reward, stand) ?? whyNotTheirs(reward, purse, left)) : ({ kind: "unknown" } as const);
    if (because || !reward) return { kind: "refused", rewardId, reward, because: because ?? { kind: "unknown" } };
    left -= reward.cost;
    return { kind: "granted", reward };
  });
}

/** Why a reward is not offered at a place, on a channel, at a time; undefined when it is. */
export function whyNotHere(reward: Reward, { at, channelId, placeId }: RewardStand): RewardRefusal | undefined {
  if (reward.validFrom && at < reward.validFrom) return { kind: "not_yet_valid", validFrom: reward.validFrom };
  if (reward.validTo && at >= reward.validTo) return { kind: "ended", validTo: reward.validTo };
  const isPlace = reward.placeIds.length === 0 || (placeId !== null && reward.placeIds.includes(placeId));
  const isChannel = reward.channelIds.length === 0 || reward.channelIds.includes(channelId);
  return isPlace && isChannel ? undefined : { kind: "not_here" };
}

function whyNotTheirs({ cost }: Reward, purse: Purse | null, left: number): RewardRefusal | undefined {
  if (!purse) return { kind: "no_member" };
  if (!purse.isHome) return { kind: "not_at_home" };
  return left < cost ? { kind: "not_enough_points", missing: cost - left } : undefined;
}
