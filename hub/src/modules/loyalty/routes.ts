import type { LoyaltyView } from "@weft/contracts";
import { asId, err, ok, type RecordId, type Result, type StaffId } from "@weft/kernel";
import { committed, write, type Ctx, type Input, type ReadCtx, type Route, type Vault } from "../../platform/index.ts";
import { approveByPin, auditWrite, visibleFields } from "../access/index.ts";
import { customerOf, recordForTill, recordIdOf, recordsOf } from "../customers/index.ts";
import { nextExpiryOf, waitingOf } from "../ledger/index.ts";
import type { RewardId } from "../pricing/index.ts";
import { shownCard, type PayingRight } from "./card.ts";
import { enroll, grantPoints, referralCodeOf } from "./commands/index.ts";
import { carries, GRANT_APPROVERS, nextTier, worthOfPoints, type EarnRule, type Reward } from "./domain/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { partnerRoutes } from "./partner-routes.ts";
import { programRoutes } from "./program-routes.ts";
import { presentOffer } from "./present.ts";
import {
  balanceShown,
  earnStanding,
  friendsBrought,
  membershipsOf,
  pointsInPool,
  poolOf,
  pointsOf,
  pointsUnit,
  reachedBy,
  tierOf,
} from "./queries/index.ts";
import { sharingRoutes } from "./sharing-routes.ts";
import { shownBalance } from "./shown.ts";
import { programNow } from "./snapshot.ts";
import { walletRoutes, walletsOffered, type WalletDeps } from "./wallet/index.ts";

export type LoyaltyDeps = WalletDeps;

export const loyaltyRoutes = (deps: LoyaltyDeps): readonly Route[] => [
  ...walletRoutes(deps),
  // Whoever looks at their card for the first time becomes a member by it, so this reads in a transaction.
  write(
    "loyalty.read",
    async (ctx, { params }) => {
      const recordId = await whose(ctx, params.id);
      if (!recordId) return err<LoyaltyError>({ code: "customer.unknown" });
      if (params.id !== "me") await auditWrite(ctx, { action: "loyalty.read", subject: `customer/${params.id}` });
      return readLoyalty(ctx, deps, recordId);
    },
    {
      problems: LOYALTY_PROBLEMS,
      // What staff read of somebody is shown to them where it is told, by the till's own screens.
      shown: ({ balance }, _input, actor) => actor.customer && shownBalance(balance, actor.customer.recordId, actor),
    },
  ),
  write("loyalty.grant", (ctx, input) => grant(ctx, deps, input), { problems: LOYALTY_PROBLEMS }),
  ...programRoutes,
  ...sharingRoutes,
  ...partnerRoutes(deps),
];

async function readLoyalty(ctx: Ctx, deps: LoyaltyDeps, recordId: Parameters<typeof customerOf>[1]) {
  const program = await programNow(ctx);
  if (!program) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const { rule } = program;
  const recordIds = await recordsOf(ctx, await customerOf(ctx, recordId));
  if ((await membershipsOf(ctx, recordIds)).length === 0) await enroll(ctx, [recordId]);
  const [card] = await membershipsOf(ctx, recordIds);
  if (!card) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const points = await pointsOf(ctx, recordIds, rule.programId);
  const shown = await balanceShown(ctx, recordIds, rule.programId);
  const burnsHere = shown.balanceAsOf === "now";
  const expiring = await nextExpiryOf(ctx, recordIds, pointsUnit(rule.programId));
  const pool = burnsHere ? await poolOf(ctx, recordId) : null;
  // Whoever shares a purse burns from all of it, or, where they may not, nothing [LOY-29].
  const usable = pool ? (pool.own.maySpend ? pointsInPool(pool) : 0) : points.balance;
  const waiting = burnsHere ? await waitingOf(ctx, recordIds, pointsUnit(rule.programId)) : null;
  const paying = burnsHere ? payingOf(rule, usable) : null;
  const view: LoyaltyView = {
    programId: rule.programId,
    programName: rule.programName,
    balance: shown.points,
    balanceAsOf: shown.balanceAsOf,
    earnedInAll: points.earnedInAll,
    cardNumber: card.cardNumber,
    ...(await shownCard(deps, card.recordId, ctx.now, paying ? rightOf(paying) : undefined)),
    asOf: ctx.now.toISOString(),
    earnRule: { points: rule.points, perMinorUnits: rule.perMinorUnits, currency: rule.currency },
    pool: pool && { name: pool.name, points: pointsInPool(pool), maySpend: pool.own.maySpend },
    referral: await readReferral(ctx, rule, recordId),
    offers: { transfers: rule.terms.transfers, pools: rule.terms.pools !== null },
    paying,
    // What is burned at home only is offered nowhere else.
    rewards: burnsHere ? offeredNow(program.rewards, ctx.now).map((reward) => presentOffer(reward, usable)) : [],
    nextExpiry: expiring && { points: expiring.amount, at: expiring.at.toISOString() },
    pending: waiting && { points: waiting.amount, at: waiting.at.toISOString() },
    stamps: await readStamps(ctx, rule, recordId),
    tier: await readTier(ctx, rule, recordIds),
    wallets: walletsOffered(deps.wallets),
  };
  return ok(view);
}

/** How somebody brings others; a code is made for who has none. */
async function readReferral(ctx: Ctx, { terms, currency }: EarnRule, recordId: RecordId): Promise<LoyaltyView["referral"]> {
  if (!terms.referral || !ctx.actor.customer) return null;
  const { referrerPoints, friendPoints, minimum } = terms.referral;
  const [code, friends] = [await referralCodeOf(ctx, recordId), await friendsBrought(ctx, recordId)];
  return { code, referrerPoints, friendPoints, minimum: { amount: minimum, currency }, friends };
}

/** What some points can pay. */
function payingOf({ terms, currency }: EarnRule, points: number): LoyaltyView["paying"] {
  return terms.paying && { ...terms.paying, worth: { amount: worthOfPoints(terms.paying, points), currency } };
}

/** What the card says of it to a till that cannot ask [LOY-40]. */
const rightOf = ({ worth, maxPercent }: NonNullable<LoyaltyView["paying"]>): PayingRight => ({
  most: worth.amount,
  currency: worth.currency,
  percent: maxPercent,
});

/** The stamp cards of a member; a program without any is asked nothing. */
async function readStamps(
  ctx: Pick<ReadCtx, "db" | "now">,
  { bonuses }: Pick<EarnRule, "bonuses">,
  recordId: RecordId,
): Promise<LoyaltyView["stamps"]> {
  const cards = bonuses.filter(carries);
  const { stamps } = await earnStanding(ctx, recordId, cards, ctx.now.toISOString().slice(0, 10));
  return cards.flatMap(({ id, name, gives }) => {
    if (gives.kind !== "per_piece") return [];
    const { pieces, times } = stamps.get(id) ?? { pieces: 0, times: 0 };
    return [{ id, name, count: Math.max(0, pieces - times * gives.every), every: gives.every, points: gives.points }];
  });
}

/** The tier of a member, and what is missing to the next one; a program without tiers is asked nothing. */
async function readTier(
  ctx: Pick<ReadCtx, "db" | "now">,
  { tiers: policy }: Pick<EarnRule, "tiers">,
  recordIds: readonly RecordId[],
): Promise<LoyaltyView["tier"]> {
  if (!policy) return null;
  const standing = await tierOf(ctx, recordIds);
  const reached = (await reachedBy(ctx, recordIds, policy, ctx.now.toISOString().slice(0, 10))).now;
  const code = standing?.code ?? null;
  const next = nextTier(policy, code, reached);
  return {
    code,
    name: policy.tiers.find((tier) => tier.code === code)?.name ?? null,
    since: code === null ? null : (standing?.since.toISOString() ?? null),
    basis: policy.basis,
    reached,
    next: next && { code: next.tier.code, name: next.tier.name, missing: next.missing },
  };
}

/**
 * The record that a caller reads or gives for: whom the link levels carry to them, else whoever showed their card here within the half
 * hour; staff who see no contacts only those whom they opened at this till [IDN-12].
 */
async function whose(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<RecordId | undefined> {
  const { staff } = ctx.actor;
  const seen = await recordIdOf(ctx, id);
  if (!staff || (seen && visibleFields(ctx.actor).has("contact"))) return seen;
  return recordForTill(ctx, id);
}

async function grant(ctx: Ctx, { vault }: LoyaltyDeps, { params, body }: Input<"loyalty.grant">) {
  const { staff } = ctx.actor;
  const recordId = await whose(ctx, params.id);
  if (!staff || !recordId) return err<LoyaltyError>({ code: "customer.unknown" });
  const { pin, id, points, reason } = body;
  const given = await grantPoints(ctx, staff, {
    id: asId(id), // by the contract
    recordId,
    points,
    reason,
    approve: pin === undefined ? undefined : () => approver(ctx, vault, pin),
  });
  if (!given.ok) return given;
  if (given.value.kind === "refused") return ok(committed({ code: "loyalty.approval_refused" as const }));
  const program = await programNow(ctx);
  if (!program) return err<LoyaltyError>({ code: "loyalty.no_program" });
  const { approved, at } = given.value;
  const shown = await balanceShown(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)), program.rule.programId);
  return ok({ id, points, reason, approved, at: at.toISOString(), balance: shown.points, balanceAsOf: shown.balanceAsOf });
}

async function approver(ctx: Ctx, vault: Vault, pin: string): Promise<Result<StaffId | null, LoyaltyError>> {
  const asked = await approveByPin(ctx, vault, { pin, roles: GRANT_APPROVERS });
  if (asked.ok) return ok(asked.value.kind === "approved" ? asked.value.staffId : null);
  const { error } = asked;
  // The others of its module cannot come from a PIN.
  return err<LoyaltyError>(error.code === "access.too_many_tries" ? error : { code: "access.device_needed" });
}

function offeredNow(rewards: ReadonlyMap<RewardId, Reward>, now: Date): Reward[] {
  return [...rewards.values()].filter(({ validFrom, validTo }) => (!validFrom || validFrom <= now) && (!validTo || validTo > now));
}
