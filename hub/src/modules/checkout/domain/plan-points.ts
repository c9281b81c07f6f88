import type { LocalizedText } from "@weft/contracts";
import type { BusinessDate } from "@weft/kernel";
import { earningSale, type AssessedCart } from "../../carts/domain/index.ts";
import {
  earnedBy,
  expiryOf,
  periodOf,
  usableFrom,
  type Bonus,
  type Earning,
  type HadBonus,
  type ProgramId,
} from "../../loyalty/domain/index.ts";
import type { NewOrderLine } from "../../orders/domain.ts";
import type { RewardId } from "../../pricing/domain/index.ts";
import type { SaleFacts } from "./sale.ts";

/** What a sale moves of points, when it moves any. `activeUntil`: points that expire when nothing happens last until then [LOY-9]. */
export type PointsPlan = {
  readonly programId: ProgramId;
  readonly earned: PlannedEarning | null;
  readonly burned: PlannedBurn | null;
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

/** Earned points with the day they expire, by the rule and the policy of now, and the uses that are counted of its bonuses. */
export type PlannedEarning = Earning & {
  readonly expiresAt: Date | null;
  readonly usableAt: Date | null;
  readonly policy: number;
  readonly limits: readonly CountedBonus[];
};

/** A use of a bonus: at most `times` between two business days; null: it is only noted, because days with a purchase count from it on. */
export type CountedBonus = {
  readonly bonus_id: string;
  readonly since: BusinessDate | null;
  readonly until: BusinessDate | null;
  readonly times: number | null;
};

/** The points of a sale, earned on what is paid [LOY-2] and burned for its rewards [LOY-7]. */
export function planPoints(facts: SaleFacts, lines: readonly NewOrderLine[]): PointsPlan | null {
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
  const earning = earnedBy(rule, earningSale(assessed, paid, delivery, program));
  const burned = planBurn(assessed);
  if (earning.points === 0 && !burned) return null;
  const { timeZone, businessDate } = document;
  const expiresAt = expiryOf(expiry, at, timeZone);
  const earned: PlannedEarning | null =
    earning.points === 0
      ? null
      : {
          ...earning,
          expiresAt,
          usableAt: usableFrom(rule.pendingDays, at, timeZone),
          policy: expiry.version,
          limits: countedOf(rule.bonuses, earning.bonuses, businessDate),
        };
  return { programId: rule.programId, earned, burned, activeUntil: expiry.kind === "inactivity" ? expiresAt : null };
}

function countedOf(bonuses: readonly Bonus[], had: readonly HadBonus[], today: BusinessDate): CountedBonus[] {
  return bonuses
    .filter(({ id, limit, visits }) => (limit || visits) && had.some((one) => one.id === id))
    .map(({ id, limit }) => ({
      bonus_id: id,
      times: limit?.times ?? null,
      ...(limit ? periodOf(limit.per, today) : { since: null, until: null }),
    }));
}

/** Only what took something off costs points. */
function planBurn({ rewards }: AssessedCart): PlannedBurn | null {
  const redemptions = rewards.flatMap(({ reward, amount, refusal }) =>
    reward && !refusal ? [{ rewardId: reward.id, version: reward.version, name: reward.name, points: reward.cost, amount }] : [],
  );
  return redemptions.length === 0 ? null : { points: redemptions.reduce((sum, { points }) => sum + points, 0), redemptions };
}
