import { houseZone } from "../places/index.ts";
import type { RewardId } from "../pricing/index.ts";
import { defineSnapshot, type Db, type ReadCtx } from "../../platform/index.ts";
import { ruleAt, type DatedRule, type EarnRule, type ExpiryPolicy, type Reward } from "./domain/index.ts";
import { ExpiryChanged, ProgramChanged, RewardChanged } from "./events.ts";
import { currentExpiry, rewardsOf, ruleVersions } from "./queries/index.ts";

type Held = {
  readonly expiry: ExpiryPolicy;
  /** The ended ones too: a cart may still hold one, and is told why it gives nothing. */
  readonly rewards: ReadonlyMap<RewardId, Reward>;
};

/** How sales earn, how long points last, and what they buy: the versions in force. */
export type Program = Held & { readonly rule: EarnRule };

/** What is held in memory: also the version whose day is to come [LOY-44], so that it holds from its midnight on without anybody being told. */
export const programSnapshot = defineSnapshot<(Held & { readonly versions: readonly DatedRule[] }) | null>({
  name: "loyalty.program",
  load: loadProgram,
  invalidatedBy: [ProgramChanged, ExpiryChanged, RewardChanged],
});

async function loadProgram(db: Db) {
  const versions = await ruleVersions({ db });
  const [any] = versions;
  if (!any) return null;
  const [expiry, rewards] = [await currentExpiry({ db }, any.programId), await rewardsOf({ db }, "all")];
  return { versions, expiry, rewards: new Map(rewards.map((reward) => [reward.id, reward])) };
}

/** The program as it is where the clocks show a time zone, now or at a moment; null where the retailer has none. What happens at no place goes by the clock of the house. */
export async function programNow(
  { snapshots, now = new Date() }: Pick<ReadCtx, "snapshots"> & Partial<Pick<ReadCtx, "now">>,
  { at = now, timeZone }: { readonly at?: Date; readonly timeZone?: string } = {},
): Promise<Program | null> {
  const held = await snapshots.current(programSnapshot);
  const rule = held && ruleAt(held.versions, at, timeZone ?? (await houseZone({ snapshots })));
  return rule ? { ...held, rule } : null;
}
