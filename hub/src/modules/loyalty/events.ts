import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** The earn rule has a new version. Subject: `program/<id>`. */
export const ProgramChanged = defineEvent("loyalty.program_changed.v1", z.object({ programId: z.string(), version: z.int() }));

/** A record has a member card. Subject: `record/<id>`. */
export const MemberEnrolled = defineEvent("loyalty.member_enrolled.v1", z.object({ recordId: z.string(), programId: z.string() }));

/** Points last longer or shorter from now on. Subject: `program/<id>`. */
export const ExpiryChanged = defineEvent("loyalty.expiry_changed.v1", z.object({ programId: z.string(), version: z.int() }));

/** A reward was made, or ended. Subject: `reward/<id>`. */
export const RewardChanged = defineEvent("loyalty.reward_changed.v1", z.object({ rewardId: z.string(), version: z.int() }));

/** A sale burned points for rewards. Subject: `record/<id>`. */
export const PointsBurned = defineEvent(
  "loyalty.points_burned.v1",
  z.object({
    recordId: z.string(),
    customerIdThen: z.string().nullable(),
    orderId: z.string(),
    points: z.int(),
    rewardIds: z.array(z.string()),
  }),
);

/** Burned points of an order went back to their lots, because it was canceled or came back. Subject: `record/<id>`. */
export const PointsGivenBack = defineEvent(
  "loyalty.points_given_back.v1",
  z.object({ recordId: z.string(), customerIdThen: z.string().nullable(), orderId: z.string(), points: z.int() }),
);

/** Points of a record have expired. Subject: `record/<id>`. */
export const PointsExpired = defineEvent("loyalty.points_expired.v1", z.object({ recordId: z.string(), points: z.int() }));

/** A member is in another tier; null: below the first. Subject: `record/<id>`. */
export const TierChanged = defineEvent(
  "loyalty.tier_changed.v1",
  z.object({ recordId: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
);

/** Points of a record expire soon, told once for each day on which some do. Subject: `record/<id>`. */
export const PointsExpiring = defineEvent(
  "loyalty.points_expiring.v1",
  z.object({ recordId: z.string(), points: z.int(), at: z.iso.datetime() }),
);

/** Staff gave points without a sale. Subject: `record/<id>`. */
export const PointsGranted = defineEvent(
  "loyalty.points_granted.v1",
  z.object({ recordId: z.string(), grantId: z.string(), points: z.int(), reason: z.string() }),
);

/** Points of an order were taken back because it was canceled or came back. Subject: `record/<id>`. */
export const PointsTakenBack = defineEvent(
  "loyalty.points_taken_back.v1",
  z.object({ recordId: z.string(), customerIdThen: z.string().nullable(), orderId: z.string(), points: z.int() }),
);

/** A member gave points to another, told once for each of them: what they have more or less. Subject: `record/<id>`. */
export const PointsTransferred = defineEvent(
  "loyalty.points_transferred.v1",
  z.object({ recordId: z.string(), transferId: z.string(), points: z.int() }),
);

/** Somebody opened a shared purse, came into it, left it, or may now spend from it, or no more. Subject: `record/<id>`. */
export const PoolChanged = defineEvent("loyalty.pool_changed.v1", z.object({ recordId: z.string(), poolId: z.string() }));

/** Somebody got points because one of them brought the other. Subject: `record/<id>`. */
export const ReferralThanked = defineEvent(
  "loyalty.referral_thanked.v1",
  z.object({ recordId: z.string(), referralId: z.string(), points: z.int() }),
);

/** Who was brought gets no points for it, and why: `shared_device`, `shared_address`, `below_minimum`. Subject: `record/<id>`. */
export const ReferralRefused = defineEvent(
  "loyalty.referral_refused.v1",
  z.object({ recordId: z.string(), referralId: z.string(), because: z.string() }),
);

/** Somebody should look at what a customer did with points, and why: `many_sales`, `own_grant`, `many_grants`, `many_returns`. Subject: `record/<id>`. */
export const PointsSuspected = defineEvent(
  "loyalty.points_suspected.v1",
  z.object({ recordId: z.string(), because: z.string(), count: z.int() }),
);

/** Members earn with a partner from now on, by other terms, by another key, or no more. Subject: `partner/<id>`. */
export const PartnerChanged = defineEvent("loyalty.partner_changed.v1", z.object({ partnerId: z.string() }));

/**
 * A purchase at a partner gave a member points; below zero: it came back, and they are gone. With `burningId` points paid at the partner (below
 * zero), or went back to their member. Subject: `record/<id>`.
 */
export const PartnerPoints = defineEvent(
  "loyalty.partner_points.v1",
  z.object({
    recordId: z.string(),
    partnerId: z.string(),
    earningId: z.string().optional(),
    burningId: z.string().optional(),
    points: z.int(),
  }),
);
