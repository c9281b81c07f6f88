import type { LoyaltyLiabilityView } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import { cohortsOf } from "../ledger/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { deferredFor, earnedOf, expectedToBeRedeemed } from "./domain/index.ts";
import type { LoyaltyError } from "./errors.ts";
import { currentRule, pointsUnit, valueOfPoint } from "./queries/index.ts";

/**
 * What is owed for points by legal entity, store and month of issue [LOY-19]: deferred out of what their sales were paid, earned as they are redeemed,
 * with the part that history expects to be redeemed and what a point took off so far. While nothing was redeemed a point has no worth, and nothing is
 * deferred; while nothing has expired, all are expected back. Error: `loyalty.no_program`.
 */
export async function readLiability(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">): Promise<Result<LoyaltyLiabilityView, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const cohorts = await cohortsOf(ctx, pointsUnit(rule.programId));
  const value = await valueOfPoint(ctx, rule.currency);
  const settled = cohorts.reduce((all, { redeemed, expired }) => all + redeemed + expired, 0);
  const redeemedInAll = cohorts.reduce((all, { redeemed }) => all + redeemed, 0);
  const rate = settled === 0 || redeemedInAll === settled ? 1 : redeemedInAll / settled;
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  return ok({
    currency: rule.currency,
    valueOfPoint: value,
    expectedRate: rate,
    items: cohorts.map(({ entityId, placeId, month, paid, ofPartners, ...points }) => {
      const expected = expectedToBeRedeemed(points, rate);
      // What a partner pays is for the points alone: nothing of it is the price of goods.
      const deferred = ofPartners ? paid : deferredFor(paid, Math.round(expected * (value ?? 0)));
      const earned = earnedOf(deferred, { ...points, expected });
      return {
        entityId,
        entityName: entities.get(entityId)?.name ?? "",
        placeId,
        placeName: (placeId && places.get(placeId)?.name) ?? null,
        month,
        ofPartners,
        ...points,
        expected,
        deferred: { amount: deferred, currency: rule.currency },
        earned: { amount: earned, currency: rule.currency },
        liability: { amount: deferred - earned, currency: rule.currency },
      };
    }),
    asOf: ctx.now.toISOString(),
  });
}
