import type { LocalizedText } from "@weft/contracts";
import type { BusinessDate, TenderId } from "@weft/kernel";
import { earningSale, type AssessedCart } from "../../carts/domain/index.ts";
import {
  earnedBy,
  expiryOf,
  periodOf,
  pointsToPay,
  usableFrom,
  withoutPoints,
  type Bonus,
  type Earning,
  type EarnRule,
  type HadBonus,
  type ProgramId,
} from "../../loyalty/domain/index.ts";
import type { NewOrderLine } from "../../orders/domain.ts";
import type { StandingTender } from "../../payments/domain.ts";
import type { RewardId } from "../../pricing/domain/index.ts";
import { paidWithoutEarning } from "./earning-base.ts";
import type { SaleFacts } from "./sale.ts";

/** What a sale moves of points, when it moves any. `activeUntil`: points that expire when nothing happens last until then [LOY-9]. */
export type PointsPlan = {
  readonly programId: ProgramId;
  readonly earned: PlannedEarning | null;
  readonly burned: PlannedBurn | null;
  readonly tendered: PlannedPoints | null;
  /** What is counted of its bonuses, also of a sale that earned no points. */
  readonly uses: readonly CountedBonus[];
  readonly activeUntil: Date | null;
};

/** What the rewards of a sale cost, one row for each; `amount` is what it took off, in minor units. */
export type PlannedBurn = {
  readonly points: number;
  readonly redemptions: readonly {
    readonly rewardId: RewardId;
    readonly version: number;
    readonly name: LocalizedText;
    readonly points: number;
    readonly amount: number;
  }[];
};

/** Points that pay a part of the sale [LOY-26]; `amount` in minor units. */
export type PlannedPoints = { readonly tenderId: TenderId; readonly points: number; readonly amount: number };

/** Earned points with the day they expire, by the rule and the policy of now. */
export type PlannedEarning = Earning & {
  readonly expiresAt: Date | null;
  readonly usableAt: Date | null;
  readonly policy: number;
};

/** A use of a bonus: at most `most` between two business days, where it is limited; `pieces` and `times` are what a stamp card counts. */
export type CountedBonus = {
  readonly bonus_id: string;
  readonly since: BusinessDate | null;
  readonly until: BusinessDate | null;
  readonly most: number | null;
  readonly pieces: number;
  readonly times: number;
  readonly had: HadBonus;
};

/** The points of a sale, earned on what is paid in money [LOY-2, LOY-8], burned for its rewards [LOY-7], and those that pay a part of it [LOY-26]. */
export function planPoints(
  facts: SaleFacts,
  lines: readonly NewOrderLine[],
  tenders: readonly { readonly id: TenderId; readonly kind: StandingTender["kind"]; readonly amount: number }[],
): PointsPlan | null {
  const { program, assessed, at, document } = facts;
  if (!program) return null;
  const { rule, expiry } = program;
  const goods = lines.filter(({ kind }) => kind === "goods");
  const delivery = lines.reduce((sum, { kind, total }) => (kind === "delivery" ? sum + total : sum), 0);
  const paid = goods.map(({ id, product_id: productId, tax_class: taxClass, unit, ordered: quantity, total, deposit }) => ({
    id,
    productId,
    taxClass,
    unit,
    quantity,
    total,
    deposit,
  }));
  const tendered = planTendered(tenders, rule);
  const sale = earningSale(assessed, paid, delivery, program);
  const earning = inWhole(earnedBy(rule, withoutPoints(sale, paidWithoutEarning(tenders))), sale.paid.amount, tendered);
  const burned = planBurn(assessed);
  const { timeZone, businessDate } = document;
  const uses = countedOf(rule.bonuses, earning.bonuses, businessDate);
  if (earning.points === 0 && !burned && !tendered && uses.length === 0) return null;
  const expiresAt = expiryOf(expiry, at, timeZone);
  const earned: PlannedEarning | null =
    earning.points === 0
      ? null
      : {
          ...earning,
          expiresAt,
          usableAt: usableFrom(rule.pendingDays, at, timeZone),
          policy: expiry.version,
        };
  return { programId: rule.programId, earned, burned, tendered, uses, activeUntil: expiry.kind === "inactivity" ? expiresAt : null };
}

/** A sale pays in points by the rate of its program. */
function planTendered(tenders: Parameters<typeof planPoints>[2], { terms }: Pick<EarnRule, "terms">): PlannedPoints | null {
  const tender = tenders.find(({ kind }) => kind === "points");
  if (!tender) return null;
  if (!terms.paying) throw new Error("a tender in points without a rate: the sale must not be written");
  return { tenderId: tender.id, amount: tender.amount, points: pointsToPay(terms.paying, tender.amount) };
}

/** Where points paid a part, the reason says what all of it came to: a return computes the same part of what stays. */
function inWhole(earning: Earning, whole: number, tendered: PlannedPoints | null): Earning {
  if (!tendered) return earning;
  return { ...earning, because: { ...earning.because, data: { ...earning.because.data, whole } } };
}

function countedOf(bonuses: readonly Bonus[], had: readonly HadBonus[], today: BusinessDate): CountedBonus[] {
  return had.flatMap((one): CountedBonus[] => {
    const bonus = bonuses.find(({ id }) => id === one.id);
    const { gives, stamps } = one;
    if (!bonus || !(bonus.limit || bonus.visits || bonus.streak || stamps)) return [];
    const card = stamps && gives.kind === "per_piece" ? { pieces: one.pieces, times: one.points / gives.points } : { pieces: 0, times: 0 };
    const period = bonus.limit ? periodOf(bonus.limit.per, today) : { since: null, until: null };
    return [{ bonus_id: one.id, most: bonus.limit?.times ?? null, ...period, ...card, had: one }];
  });
}

/** Only what took something off costs points. */
function planBurn({ rewards }: AssessedCart): PlannedBurn | null {
  const redemptions = rewards.flatMap(({ reward, amount, refusal }) =>
    reward && !refusal ? [{ rewardId: reward.id, version: reward.version, name: reward.name, points: reward.cost, amount }] : [],
  );
  return redemptions.length === 0 ? null : { points: redemptions.reduce((sum, { points }) => sum + points, 0), redemptions };
}
