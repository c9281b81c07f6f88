import type { LocalizedText } from "@weft/contracts";
import { err, ok, type ChannelId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { RewardBenefit, RewardId } from "../../pricing/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { Reward } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { RewardChanged } from "../events.ts";
import { currentRule, rewardsOf } from "../queries/program.ts";

export type NewReward = {
  readonly id?: RewardId;
  readonly name: LocalizedText;
  readonly cost: number;
  readonly benefit: RewardBenefit;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly placeIds: readonly PlaceId[];
  readonly channelIds: readonly ChannelId[];
};

/** Adds a reward to the program. Error: `loyalty.no_program`. Publishes `loyalty.reward_changed.v1`. */
export async function createReward(ctx: Ctx, given: NewReward): Promise<Result<Reward, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const reward: Reward = { ...given, id: given.id ?? ctx.newId<RewardId>(), version: 1 };
  await sql`insert into loyalty.reward (id, program_id, created_at) values (${reward.id}, ${rule.programId}, ${ctx.now})`.execute(ctx.db);
  await insertVersion(ctx, reward);
  return ok(reward);
}

/**
 * Ends a reward now: a new version of it, so that what was redeemed stays explained. Ended again it stays as it is.
 * Error: `loyalty.reward_unknown`. Publishes `loyalty.reward_changed.v1`.
 */
export async function endReward(ctx: Ctx, id: RewardId): Promise<Result<Reward, LoyaltyError>> {
  await sql`select 1 from loyalty.reward where id = ${id} for update`.execute(ctx.db);
  const [reward] = await rewardsOf(ctx, { id });
  if (!reward) return err({ code: "loyalty.reward_unknown", rewardId: id });
  if (reward.validTo && reward.validTo <= ctx.now) return ok(reward);
  const ended: Reward = { ...reward, version: reward.version + 1, validTo: ctx.now };
  await insertVersion(ctx, ended);
  return ok(ended);
}

async function insertVersion(ctx: Ctx, reward: Reward): Promise<void> {
  const { id, version, benefit } = reward;
  const money = benefit.kind === "amount" ? benefit.money : null;
  const rate = benefit.kind === "percentage" ? benefit.rate : null;
  const variantIds = benefit.kind === "product" ? [...benefit.variantIds] : null;
  await sql`
    insert into loyalty.reward_version (reward_id, version, name, cost, benefit, variant_ids, amount, currency, numerator, denominator,
                                        valid_from, valid_to, place_ids, channel_ids, at)
    values (${id}, ${version}, ${JSON.stringify(reward.name)}::jsonb, ${reward.cost}, ${benefit.kind}, ${variantIds}::uuid[],
            ${money?.amount ?? null}, ${money?.currency ?? null}, ${rate?.numerator ?? null}, ${rate?.denominator ?? null},
            ${reward.validFrom}, ${reward.validTo}, ${[...reward.placeIds]}::uuid[], ${[...reward.channelIds]}::uuid[], ${ctx.now})`.execute(
    ctx.db,
  );
  await publish(ctx, RewardChanged, `reward/${id}`, { rewardId: id, version });
}
