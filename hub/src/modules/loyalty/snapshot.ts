import type { RewardId } from "../pricing/index.ts";
import { defineSnapshot, type Db } from "../../platform/index.ts";
import type { EarnRule, ExpiryPolicy, Reward } from "./domain/index.ts";
import { ExpiryChanged, ProgramChanged, RewardChanged } from "./events.ts";
import { currentExpiry, currentRule, rewardsOf } from "./queries/index.ts";

/** How sales earn, how long points last, and what they buy: the versions in force. */
export type Program = {
  readonly rule: EarnRule;
  readonly expiry: ExpiryPolicy;
  /** The ended ones too: a cart may still hold one, and is told why it gives nothing. */
  readonly rewards: ReadonlyMap<RewardId, Reward>;
};

/** The program in force, or null where the retailer has none. */
export const programSnapshot = defineSnapshot<Program | null>({
  name: "loyalty.program",
  load: loadProgram,
  invalidatedBy: [ProgramChanged, ExpiryChanged, RewardChanged],
});

async function loadProgram(db: Db): Promise<Program | null> {
  const rule = await currentRule({ db });
  if (!rule) return null;
  const [expiry, rewards] = [await currentExpiry({ db }, rule.programId), await rewardsOf({ db }, "all")];
  return { rule, expiry, rewards: new Map(rewards.map((reward) => [reward.id, reward])) };
}
