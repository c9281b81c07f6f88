import { type Money, wallClock } from "@weft/kernel";
import { type PriceContext, type ScopeKey, matchScope, phaseOf } from "../scope.ts";
import { type CompiledPromotion, type Goods } from "./compile.ts";
import type { PromotionRef } from "./promised.ts";
import { type HappyHours, type Promotion, type PromotionId, BUYERS, usedGroup } from "./facts.ts";

/** A line as promotions see it: `amount` in minor units before discounts; `pieces` is 0 for weighed goods; `promised` while its price is. */
export type PromotableLine = Goods & { readonly pieces: number; readonly amount: number; readonly promised?: readonly PromotionRef[] };

/** Where and for whom promotions are judged. `isKnown`: somebody whose earlier orders would be known. */
export type PromotionContext = PriceContext & { readonly timeZone: string; readonly isKnown: boolean };

/** Why a promotion takes nothing off a cart. */
export type PromotionMiss =
  | { readonly kind: "not_yet_valid"; readonly validFrom: Date }
  | { readonly kind: "expired"; readonly validTo: Date }
  | { readonly kind: "used_up" }
  | { readonly kind: "used_by_customer" }
  | { readonly kind: "other_currency"; readonly currency: string }
  | { readonly kind: "out_of_scope"; readonly missing: ScopeKey }
  | { readonly kind: "other_hours"; readonly hours: HappyHours }
  | { readonly kind: "not_first_order"; readonly isKnown: boolean }
  | { readonly kind: "code_missing" }
  | { readonly kind: "goods_missing" }
  | { readonly kind: "below_minimum"; readonly minimum: Money; readonly missing: Money }
  | { readonly kind: "too_few_pieces"; readonly minimum: number; readonly missing: number }
  /** It could serve, but others save as much or more on these goods. */
  | { readonly kind: "beaten" };

/** A promotion that may serve, and the lines that it is about, by their index. */
export type Candidate = CompiledPromotion & { readonly lines: readonly number[] };

export type Judged = {
  readonly candidates: readonly Candidate[];
  readonly missed: readonly { readonly promotion: Promotion; readonly because: PromotionMiss }[];
};

/**
 * Which promotions may serve a cart [PRC-15]. All conditions look at prices before any discount, so that no promotion can keep another
 * from being judged: only who gets which goods is left to decide.
 */
export function judgePromotions(
  promotions: readonly CompiledPromotion[],
  context: PromotionContext,
  lines: readonly PromotableLine[],
  unlocked: ReadonlySet<PromotionId>,
): Judged {
  const candidates: Candidate[] = [];
  const missed: { promotion: Promotion; because: PromotionMiss }[] = [];
  for (const compiled of promotions) {
    const { promotion, fits } = compiled;
    const elsewhere = whyNotHere(promotion, context, unlocked);
    const about = elsewhere ? [] : indexesOf(lines, fits);
    const because = elsewhere ?? whyNotThese(promotion, about, lines);
    if (because) missed.push({ promotion, because });
    else candidates.push({ ...compiled, lines: about });
  }
  return { candidates, missed };
}

function indexesOf(lines: readonly PromotableLine[], fits: CompiledPromotion["fits"]): number[] {
  const found: number[] = [];
  for (const [index, line] of lines.entries()) if (fits(line)) found.push(index);
  return found;
}

/** Why a promotion does not hold here, now and for them, whatever is in the cart. */
export function whyNotHere(promotion: Promotion, context: PromotionContext, unlocked: ReadonlySet<PromotionId>): PromotionMiss | undefined {
  const { validFrom, validTo, hours, currency } = promotion;
  const phase = phaseOf(promotion, context.at);
  if (phase === "before" && validFrom) return { kind: "not_yet_valid", validFrom };
  if (phase === "after" && validTo) return { kind: "expired", validTo };
  if (promotion.isUsedUp) return { kind: "used_up" };
  if (currency !== null && currency !== context.currency) return { kind: "other_currency", currency };
  const match = matchScope(promotion.scope, context);
  if ("missing" in match) return { kind: "out_of_scope", missing: match.missing };
  if (hours && !isHappyHour(hours, context)) return { kind: "other_hours", hours };
  if (promotion.needsCode && !unlocked.has(promotion.id)) return { kind: "code_missing" };
  return whyNotThem(promotion, context);
}

function whyNotThem({ id, firstOrder }: Promotion, { customerGroups, isKnown }: PromotionContext): PromotionMiss | undefined {
  if (customerGroups.includes(usedGroup(id))) return { kind: "used_by_customer" };
  if (firstOrder && (!isKnown || customerGroups.includes(BUYERS))) return { kind: "not_first_order", isKnown };
  return undefined;
}

/** Whether it is one of these hours on the wall clock of the place. Hours past midnight belong to the day on which they begin. */
export function isHappyHour(
  { weekdays, from, to }: HappyHours,
  { at, timeZone }: { readonly at: Date; readonly timeZone: string },
): boolean {
  const { minutes, weekday } = wallClock(at, timeZone);
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  if (from < to) return weekdays.includes(weekday) && minutes >= from && minutes < to;
  return (weekdays.includes(weekday) && minutes >= from) || (weekdays.includes(yesterday) && minutes < to);
}

function whyNotThese(
  { minimum, minimumPieces, benefit }: Promotion,
  about: readonly number[],
  lines: readonly PromotableLine[],
): PromotionMiss | undefined {
  const of = (value: (line: PromotableLine) => number): number => about.reduce((sum, index) => sum + value(lines[index]!), 0); // indexes of `lines`
  const [amount, pieces] = [of((line) => line.amount), of((line) => line.pieces)];
  const takesWeighed = benefit.kind === "percentage" || (benefit.kind === "amount" && benefit.per === "cart");
  if (about.length === 0 || (pieces === 0 && !takesWeighed)) return { kind: "goods_missing" };
  if (minimum && amount < minimum.amount) {
    return { kind: "below_minimum", minimum, missing: { ...minimum, amount: minimum.amount - amount } };
  }
  if (minimumPieces !== null && pieces < minimumPieces) {
    return { kind: "too_few_pieces", minimum: minimumPieces, missing: minimumPieces - pieces };
  }
  return undefined;
}
