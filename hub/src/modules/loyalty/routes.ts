import type { LoyaltyProgramView, LoyaltyView, ParsedBodyOf } from "@weft/contracts";
import { asId, err, ok, type Result } from "@weft/kernel";
import { read, write, type Ctx, type ReadCtx, type Route, type Signer } from "../../platform/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import { booksOf, nextExpiryOf } from "../ledger/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { RewardBenefit, RewardId } from "../pricing/index.ts";
import { cardToken } from "./card.ts";
import { createReward, endReward, enroll, setExpiryPolicy, setProgram, type NewReward } from "./commands/index.ts";
import type { Reward } from "./domain/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { presentOffer, presentReward } from "./present.ts";
import {
  currentRule,
  historyOfProgram,
  memberCount,
  membershipsOf,
  pointsOf,
  pointsUnit,
  rewardsOf,
  usesOfRewards,
} from "./queries/index.ts";
import { programSnapshot } from "./snapshot.ts";

export type LoyaltyDeps = { readonly signer: Signer };

export const loyaltyRoutes = (deps: LoyaltyDeps): readonly Route[] => [
  // Whoever looks at their card for the first time becomes a member by it, so this reads in a transaction.
  write(
    "loyalty.read",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.id);
      return recordId ? readLoyalty(ctx, deps, recordId) : err<LoyaltyError>({ code: "customer.unknown" });
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  read("loyalty.program", readProgram, { problems: LOYALTY_PROBLEMS }),
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
      const set = await setExpiryPolicy(ctx, body.days);
      return set.ok ? readProgram(ctx) : set;
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

async function readLoyalty(ctx: Ctx, deps: LoyaltyDeps, recordId: Parameters<typeof customerOf>[1]) {
  const program = await ctx.snapshots.current(programSnapshot);
  if (!program) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const { rule } = program;
  const recordIds = await recordsOf(ctx, await customerOf(ctx, recordId));
  if ((await membershipsOf(ctx, recordIds)).length === 0) await enroll(ctx, [recordId]);
  const [card] = await membershipsOf(ctx, recordIds);
  if (!card) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const points = await pointsOf(ctx, recordIds, rule.programId);
  const expiring = await nextExpiryOf(ctx, recordIds, pointsUnit(rule.programId));
  const view: LoyaltyView = {
    programId: rule.programId,
    programName: rule.programName,
    balance: points.balance,
    earnedInAll: points.earnedInAll,
    cardNumber: card.cardNumber,
    cardToken: await cardToken(deps.signer, card.recordId),
    asOf: ctx.now.toISOString(),
    earnRule: { points: rule.points, perMinorUnits: rule.perMinorUnits, currency: rule.currency },
    rewards: offeredNow(program.rewards, ctx.now).map((reward) => presentOffer(reward, points.balance)),
    nextExpiry: expiring && { points: expiring.amount, at: expiring.at.toISOString() },
  };
  return ok(view);
}

function offeredNow(rewards: ReadonlyMap<RewardId, Reward>, now: Date): Reward[] {
  return [...rewards.values()].filter(({ validFrom, validTo }) => (!validFrom || validFrom <= now) && (!validTo || validTo > now));
}

const EXPIRING_SOON_DAYS = 90;

async function readProgram(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">): Promise<Result<LoyaltyProgramView, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const { rules, expiry } = await historyOfProgram(ctx, rule.programId);
  const uses = await usesOfRewards(ctx);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const books = await booksOf(ctx, pointsUnit(rule.programId), EXPIRING_SOON_DAYS);
  return ok({
    programId: rule.programId,
    name: rule.programName,
    members: await memberCount(ctx, rule.programId),
    earnRules: rules.map(({ validFrom, ...past }) => ({ ...past, validFrom: validFrom.toISOString() })),
    expiryPolicies: expiry.map(({ validFrom, ...past }) => ({ ...past, validFrom: validFrom.toISOString() })),
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
