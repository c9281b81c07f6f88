import type { Ratio } from "../../pricing/domain/index.ts";
import { bonusPoints, type HadBonus, type Step } from "./bonuses.ts";
import { pointsFor } from "./earning.ts";
import { shareOf } from "./paying.ts";

/** What of a line is still theirs: `amount` is its share of what was paid for the whole line, deposit out, rounded down; what is weighed is one piece. */
export type LineLeft = { readonly id: string; readonly pieces: number; readonly amount: number };

/** What stays of an order after all returns so far: what the customer has still paid for it, and which part of the goods is still theirs. */
export type StillTheirs = { readonly paid: number; readonly goods: Ratio; readonly lines: readonly LineLeft[] };

/** Nothing stays: a canceled order, or one that came back whole. */
export const NOTHING_LEFT: StillTheirs = { paid: 0, goods: { numerator: 0, denominator: 1 }, lines: [] };

/** What of a line is left, when `still` of its `ordered` units are: `amount` was paid for all of them, deposit out. */
export function lineLeft(line: {
  readonly id: string;
  readonly unit: "piece" | "gram";
  readonly ordered: number;
  readonly still: number;
  readonly amount: number;
}): LineLeft {
  const { id, unit, ordered, still, amount } = line;
  const pieces = unit === "gram" ? Math.min(still, 1) : still;
  return { id, pieces, amount: Number((BigInt(amount) * BigInt(still)) / BigInt(ordered)) };
}

/** The reason that an earning was booked with. */
export type EarnedBecause = { readonly data: Record<string, unknown> };

/**
 * The points that an order keeps after returns [LOY-6]: the rules it earned by, each computed again on what is still paid and still theirs. What
 * is taken back is the difference to what was taken before, so any split of returns ends equal and a whole one at exactly nothing. What held then
 * about the time, the place and the member holds for good. `rule` is the reason that was kept with the movement; without a readable one nothing is kept.
 */
export function pointsKept(rule: EarnedBecause | null, all: StillTheirs): number {
  const left = leftInMoney(rule, all);
  const { points, perMinorUnits, currency, version } = rule?.data ?? {};
  if (typeof points !== "number" || typeof perMinorUnits !== "number" || typeof currency !== "string") return 0;
  const base = { points, perMinorUnits, currency, version: typeof version === "number" ? version : 0 };
  const kept = bonusesKept(rule, base, left).reduce((all, bonus) => all + bonus.points, 0);
  return pointsFor(base, { amount: left.paid, currency }).points + kept;
}

/**
 * What of an order earns, of what is still theirs: where points paid a part of it, money paid the same part of what stays, and all of what came to it
 * later [LOY-8].
 */
export function leftInMoney(rule: EarnedBecause | null, left: StillTheirs): StillTheirs {
  const { amount, whole } = rule?.data ?? {};
  if (typeof amount !== "number" || typeof whole !== "number") return left;
  const paid = left.paid > whole ? amount + left.paid - whole : shareOf(left.paid, amount, whole);
  return { ...left, paid, lines: left.lines.map((line) => ({ ...line, amount: shareOf(line.amount, amount, whole) })) };
}

/** The bonuses that an order was booked with, each with the points that it keeps. */
export function bonusesKept(rule: EarnedBecause | null, step: Step, left: StillTheirs): KeptBonus[] {
  return hadBonuses(rule).map((bonus) => bonusKept(bonus, step, left));
}

export type KeptBonus = { readonly id: string; readonly points: number; readonly pieces: number };

/** What is kept of a bonus, and of the pieces that it counted. */
export function bonusKept(bonus: HadBonus, step: Step, { paid, lines }: StillTheirs): KeptBonus {
  const about = bonus.lines ? lines.filter(({ id }) => bonus.lines?.includes(id)) : lines;
  const sum = (field: "amount" | "pieces") => about.reduce((all, line) => all + line[field], 0);
  const pieces = sum("pieces");
  return { id: bonus.id, pieces, points: bonusPoints(bonus, step, { amount: bonus.lines ? sum("amount") : paid, pieces }) };
}

/** The bonuses that are written in the reason of an earning; a booking from before there were any has none. */
export function hadBonuses(rule: EarnedBecause | null): readonly HadBonus[] {
  const bonuses = rule?.data["bonuses"];
  return Array.isArray(bonuses) ? (bonuses as HadBonus[]) : []; // written by `earnedBy`, and by nothing else
}

/** How `keeps` points are left with an order and then its changes, each at most what it has: `keptOfEach([10, 5], 12)` is `[10, 2]`. */
export function keptOfEach(has: readonly number[], keeps: number): number[] {
  let rest = keeps;
  return has.map((points) => {
    const kept = Math.max(0, Math.min(points, rest));
    rest -= kept;
    return kept;
  });
}

/** The burned points that stay burned [LOY-6]: the part of the goods that is still theirs, a broken point counting as used. */
export function keptOfBurned(burned: number, { goods: { numerator, denominator } }: StillTheirs): number {
  return Number((BigInt(burned) * BigInt(numerator) + BigInt(denominator) - 1n) / BigInt(denominator));
}
