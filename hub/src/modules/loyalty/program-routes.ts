import type { LoyaltyProgramView, ParsedBodyOf } from "@weft/contracts";
import { asId, err, ok, type Result } from "@weft/kernel";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { booksOf } from "../ledger/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { RewardBenefit, RewardId } from "../pricing/index.ts";
import {
  createReward,
  endReward,
  latestDay,
  planProgram,
  setBonuses,
  setExpiryPolicy,
  setProgram,
  setTerms,
  setTiers,
  withdrawPlan,
  type NewReward,
} from "./commands/index.ts";
import type { Reward } from "./domain/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { presentReward, presentVersion } from "./present.ts";
import { countInTiers, currentRule, historyOfProgram, memberCount, pointsUnit, rewardsOf, usesOfRewards } from "./queries/index.ts";
import { readLiability } from "./read-liability.ts";

/** The program as the retailer keeps it: its versions, what points buy, and what is owed for them. */
export const programRoutes: readonly Route[] = [
  read("loyalty.program", readProgram, { problems: LOYALTY_PROBLEMS }),
  read("loyalty.liability", readLiability, { problems: LOYALTY_PROBLEMS }),
  write(
    "loyalty.setEarnRule",
    async (ctx, { body: { name, ...rule } }) => {
      await setProgram(ctx, { programName: name, ...rule });
      return readProgram(ctx);
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.setExpiryPolicy",
    async (ctx, { body }) => {
      const set = await setExpiryPolicy(ctx, body);
      return set.ok ? readProgram(ctx) : set;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.setBonuses",
    async (ctx, { body }) => {
      const set = await setBonuses(ctx, body.version, body.bonuses);
      return set.ok ? readProgram(ctx) : set;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.setTiers",
    async (ctx, { body }) => {
      const set = await setTiers(ctx, body.version, body.tiers);
      return set.ok ? readProgram(ctx) : set;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.setTerms",
    async (ctx, { body }) => {
      const set = await setTerms(ctx, body.version, body.terms);
      return set.ok ? readProgram(ctx) : set;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.planProgram",
    async (ctx, { body: { points, perMinorUnits, pendingDays, ...plan } }) => {
      const planned = await planProgram(ctx, { ...plan, rule: { points, perMinorUnits, pendingDays } });
      return planned.ok ? readProgram(ctx) : planned;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.withdrawPlan",
    async (ctx) => {
      const done = await withdrawPlan(ctx);
      return done.ok ? readProgram(ctx) : done;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write("loyalty.createReward", async (ctx, { body }) => presented(ctx, await createReward(ctx, newReward(body))), {
    problems: LOYALTY_PROBLEMS,
  }),
  // An id by the contract.
  write("loyalty.endReward", async (ctx, { params }) => presented(ctx, await endReward(ctx, asId<RewardId>(params.id))), {
    problems: LOYALTY_PROBLEMS,
  }),
];

const EXPIRING_SOON_DAYS = 90;

async function readProgram(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">): Promise<Result<LoyaltyProgramView, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const { rules, planned, expiry } = await historyOfProgram(ctx, rule.programId, await latestDay(ctx));
  const uses = await usesOfRewards(ctx);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const books = await booksOf(ctx, pointsUnit(rule.programId), EXPIRING_SOON_DAYS);
  return ok({
    programId: rule.programId,
    name: rule.programName,
    members: await memberCount(ctx, rule.programId),
    earnRules: rules.map(presentVersion),
    planned: planned?.beginsOn ? { ...presentVersion(planned), beginsOn: planned.beginsOn } : null,
    expiryPolicies: expiry.map(({ validFrom, ...past }) => ({ ...past, validFrom: validFrom.toISOString() })),
    inTiers: await countInTiers(ctx),
    rewards: (await rewardsOf(ctx, "all")).map((reward) => presentReward(reward, uses)),
    liability: books.map(({ entityId, open, expiringSoon, issued, redeemed, expired, owed, lost }) => ({
      entityId,
      entityName: entities.get(entityId)?.name ?? "",
      open,
      expiringIn90Days: expiringSoon,
      issued,
      redeemed,
      expired,
      owedByMembers: owed,
      lost,
    })),
    asOf: ctx.now.toISOString(),
  });
}

async function presented(ctx: Ctx, result: Result<Reward, LoyaltyError>) {
  return result.ok ? ok(presentReward(result.value, await usesOfRewards(ctx))) : result;
}

/** The body of the contract, which checked the ids, as the module's words. */
function newReward({ points, benefit, validFrom, validTo, ...given }: ParsedBodyOf<"loyalty.createReward">): NewReward {
  return {
    name: given.name,
    cost: points,
    benefit: toBenefit(benefit),
    validFrom: validFrom === null ? null : new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
    placeIds: given.placeIds.map((id) => asId(id)),
    channelIds: given.channelIds.map((id) => asId(id)),
  };
}

function toBenefit(benefit: ParsedBodyOf<"loyalty.createReward">["benefit"]): RewardBenefit {
  return benefit.kind === "product" ? { kind: "product", variantIds: benefit.variantIds.map((id) => asId(id)) } : benefit;
}
