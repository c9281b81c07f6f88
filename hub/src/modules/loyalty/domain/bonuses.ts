import type { LocalizedText } from "@weft/contracts";
import type { Id, Money } from "@weft/kernel";
import {
  BUYERS,
  isHappyHour,
  matchScope,
  phaseOf,
  type Goods,
  type GoodsTest,
  type HappyHours,
  type PriceScope,
  type PromotionContext,
  type Validity,
} from "../../pricing/domain/index.ts";

export type BonusId = Id<"bonus">;

/**
 * The points of its goods, `percent` in all (200: twice), points for every `every` pieces of them, or points once per sale. Pieces that carry count
 * on from sale to sale: a stamp card.
 */
export type BonusGift =
  | { readonly kind: "multiply"; readonly percent: number }
  | { readonly kind: "per_piece"; readonly points: number; readonly every: number; readonly carries: boolean }
  | { readonly kind: "points"; readonly points: number };

export type BonusLimit = { readonly times: number; readonly per: "day" | "week" | "month" | "year" | "life" };

/** What a sale earns besides the points of its amount, and when: every condition that is set must hold [LOY-13]. */
export type Bonus = Validity & {
  readonly id: BonusId;
  readonly name: LocalizedText;
  readonly gives: BonusGift;
  /** Null: all goods. */
  readonly isAbout: GoodsTest | null;
  /** Minor units of the program's currency that its goods must cost, as they are paid, and pieces of them. */
  readonly minimum: number | null;
  readonly minimumPieces: number | null;
  readonly hours: HappyHours | null;
  readonly scope: PriceScope;
  readonly firstOrder: boolean;
  /** So many days around the member's birthday. */
  readonly birthdayDays: number | null;
  readonly visits: { readonly count: number; readonly days: number } | null;
  /** Calendar weeks or months in a row with a purchase. */
  readonly streak: { readonly count: number; readonly per: "week" | "month" } | null;
  readonly limit: BonusLimit | null;
  readonly stops: boolean;
};

/** A line of goods as bonuses see it: `amount` is what is paid for it, tax in and deposit out; what is weighed is one piece. */
export type EarningLine = Goods & { readonly id: string; readonly pieces: number; readonly amount: number };

/** What a stamp card counted so far: pieces, and how often it was full. */
export type Stamps = { readonly pieces: number; readonly times: number };

const NO_STAMPS: Stamps = { pieces: 0, times: 0 };

/** What is known of a member that bonuses ask: how often each was had in its period, days with a purchase since it was last had, and the birthday. */
export type EarnStanding = {
  readonly stamps: ReadonlyMap<BonusId, Stamps>;
  readonly used: ReadonlyMap<BonusId, number>;
  readonly visits: ReadonlyMap<BonusId, number>;
  /** Weeks or months in a row with a purchase that end with the one before this, since it was last had. */
  readonly streaks: ReadonlyMap<BonusId, number>;
  /** Days from the nearest birthday; null where it is not known. */
  readonly daysToBirthday: number | null;
};

export const NO_STANDING: EarnStanding = {
  stamps: new Map(),
  used: new Map(),
  visits: new Map(),
  streaks: new Map(),
  daysToBirthday: null,
};

/** A sale as it earns. */
export type EarningSale = {
  readonly paid: Money;
  readonly lines: readonly EarningLine[];
  readonly context: PromotionContext;
  readonly standing: EarnStanding;
};

/**
 * A bonus that a sale had: all that is needed to compute it again on what is still theirs. `lines` null: all goods. `stamps` is what its card had counted
 * before, where it is one: such a sale may have had no points of it.
 */
export type HadBonus = Pick<Bonus, "gives" | "minimum" | "minimumPieces"> & {
  readonly id: string;
  readonly name: LocalizedText;
  readonly points: number;
  readonly pieces: number;
  readonly lines: readonly string[] | null;
  readonly stamps?: Stamps;
  /** The visits that it was had for: where one of them comes back whole and too few are left, it is taken back [LOY-45]. */
  readonly visits?: NonNullable<Bonus["visits"]>;
  readonly streak?: NonNullable<Bonus["streak"]>;
};

/** What of an amount is one step, and what a step earns. */
export type Step = { readonly points: number; readonly perMinorUnits: number };

/** Whether any bonus asks something of the member that the sale itself does not say. */
export function asksOfMember(bonuses: readonly Bonus[]): boolean {
  return bonuses.some(
    (bonus) => bonus.limit !== null || bonus.visits !== null || bonus.streak !== null || bonus.birthdayDays !== null || carries(bonus),
  );
}

/** Whether a bonus is a stamp card. */
export const carries = ({ gives }: Pick<Bonus, "gives">): boolean => gives.kind === "per_piece" && gives.carries;

/** The bonuses of a sale in the order of the list, up to one that stops the others [LOY-13]. */
export function bonusesOf(bonuses: readonly Bonus[], step: Step, sale: EarningSale): HadBonus[] {
  const had: HadBonus[] = [];
  for (const bonus of bonuses) {
    if (!holdsHere(bonus, sale.context) || !holdsForMember(bonus, sale)) continue;
    const { id, name, gives, minimum, minimumPieces, isAbout, visits, streak } = bonus;
    const about = sale.lines.filter((line) => (isAbout ? isAbout(line) : line.isVoucher !== true));
    const of = { amount: isAbout ? sum(about, "amount") : sale.paid.amount, pieces: sum(about, "pieces") };
    const stamps = carries(bonus) ? { stamps: sale.standing.stamps.get(id) ?? NO_STAMPS } : {};
    const points = bonusPoints({ gives, minimum, minimumPieces, ...stamps }, step, of);
    if (points === 0 && !(carries(bonus) && reaches(bonus, of))) continue;
    const lines = isAbout ? about.map((line) => line.id) : null;
    had.push({
      id,
      name,
      points,
      pieces: of.pieces,
      gives,
      minimum,
      minimumPieces,
      lines,
      ...stamps,
      ...(visits && { visits }),
      ...(streak && { streak }),
    });
    if (bonus.stops && points > 0) break;
  }
  return had;
}

/** Goods of a bonus: what is paid for them, and how many pieces they are. */
type Paid = { readonly amount: number; readonly pieces: number };

/** What a bonus gives on some goods: nothing below its minimum, and never more on fewer of them. */
export function bonusPoints(
  bonus: Pick<HadBonus, "gives" | "minimum" | "minimumPieces" | "stamps">,
  { points, perMinorUnits }: Step,
  of: Paid,
): number {
  const { gives, stamps = NO_STAMPS } = bonus;
  if (!reaches(bonus, of)) return 0;
  switch (gives.kind) {
    case "multiply":
      return Math.floor((Math.floor(of.amount / perMinorUnits) * points * (gives.percent - 100)) / 100);
    case "per_piece":
      return Math.max(0, Math.floor((stamps.pieces + of.pieces) / gives.every) - stamps.times) * gives.points;
    case "points":
      return gives.points;
  }
}

/** Whether goods are paid for, and reach the minimum of a bonus. */
const reaches = ({ minimum, minimumPieces }: Pick<Bonus, "minimum" | "minimumPieces">, { amount, pieces }: Paid): boolean =>
  amount > 0 && pieces > 0 && amount >= (minimum ?? 0) && pieces >= (minimumPieces ?? 0);

function holdsHere(bonus: Bonus, context: PromotionContext): boolean {
  const { hours, scope, firstOrder } = bonus;
  if (phaseOf(bonus, context.at) !== "during" || (hours && !isHappyHour(hours, context)) || "missing" in matchScope(scope, context))
    return false;
  return !firstOrder || (context.isKnown && !context.customerGroups.includes(BUYERS));
}

function holdsForMember({ id, limit, visits, streak, birthdayDays }: Bonus, { standing }: EarningSale): boolean {
  const { daysToBirthday } = standing;
  if (limit && (standing.used.get(id) ?? 0) >= limit.times) return false;
  // The sale itself is the last visit that was missing.
  if (visits && (standing.visits.get(id) ?? 0) + 1 < visits.count) return false;
  if (streak && (standing.streaks.get(id) ?? 0) + 1 < streak.count) return false;
  return birthdayDays === null || (daysToBirthday !== null && daysToBirthday <= birthdayDays);
}

const sum = (lines: readonly EarningLine[], field: "amount" | "pieces"): number => lines.reduce((all, line) => all + line[field], 0);
