import type { LocalizedText } from "@weft/contracts";
import { type BusinessDate, type EntityId, type LineId, type UnitPrice, wallClock } from "@weft/kernel";
import {
  type Discount,
  type PromisedCodes,
  type RefusedCode,
  type TypedCode,
  type UnlockingCode,
  applyCodes,
  promisedCodes,
  unlockPromotions,
} from "./codes.ts";
import type { Country, Ratio, RoundingPolicy, TaxContext, TaxRate } from "./facts.ts";
import { type CartLine, type PricingProblem, type RateOf, type UnitPriced, lineAmount, priceUnits } from "./price-lines.ts";
import { type DeliveryTerms, type PricedDelivery, drawDelivery, rateDelivery } from "./delivery.ts";
import { type PricedDeposit, type RatedDeposit, drawDeposit, rateDeposits } from "./deposits.ts";
import { markDown, worthNearEnd } from "./near-end.ts";
import { type AppliedPromotion, type MissedPromotion, type PromotionsOutcome, applyPromotions } from "./promotions/apply.ts";
import type { PromotionBenefit, PromotionId } from "./promotions/facts.ts";
import type { PromotableLine } from "./promotions/judge.ts";
import {
  type PricedLine,
  type RatedLine,
  type ValuedLine,
  drawLine,
  isVoucher,
  reward,
  takeOff,
  takePromotions,
  toRewardable,
} from "./priced-line.ts";
import { type RewardId, type RewardMiss, type RewardOutcome, type WantedReward, applyRewards } from "./rewards.ts";
import type { PriceContext } from "./scope.ts";
import { type PricingSnapshot, roundingKey } from "./snapshot.ts";
import { DEFAULT_ROUNDING, type RateTotal, reduceRatio, splitTax, taxRateFor } from "./tax.ts";

/** Where and when a cart is priced. Tax follows the calendar date there, which is not always the business date. */
export type CartContext = PriceContext & {
  readonly country: Country;
  /** Who sells it, where its rounding may differ from that of its country. */
  readonly entityId?: EntityId;
  readonly timeZone: string;
  readonly taxContext: TaxContext;
  /** Whether the customer is known, so that a first order is one. */
  readonly isKnown?: boolean;
};

export type CartInput = {
  readonly context: CartContext;
  readonly lines: readonly CartLine[];
  readonly codes: readonly TypedCode[];
  /** What points buy here, as `loyalty` allows it. */
  readonly rewards?: readonly WantedReward[];
  /** What shipping costs where the cart is shipped; absent where it is handed over at a place. */
  readonly delivery?: DeliveryTerms;
};

/** A promotion that serves a cart, in the version that it has now, and the code that let it. */
export type PricedPromotion = {
  readonly promotionId: PromotionId;
  readonly version: number;
  readonly name: LocalizedText;
  readonly benefit: PromotionBenefit["kind"];
  readonly amount: number;
  readonly unlockedBy: UnlockingCode | null;
  /** The lines that it is about: a promise of their prices is one of it, too [PRC-23]. */
  readonly lineIds: readonly LineId[];
};

/** What a reward takes off a cart, or why it takes nothing; in the order in which they were wanted. */
export type PricedReward =
  | { readonly kind: "applied"; readonly rewardId: RewardId; readonly amount: number }
  | { readonly kind: "missed"; readonly rewardId: RewardId; readonly because: RewardMiss };

/**
 * `subtotal`, `discount`, `delivery` and `deposit` in the terms of the cart; shipping and deposits are in tax and total, and in none of the
 * others. `savings` is the discount and what the customer's group pays less.
 */
export type CartSum = {
  readonly subtotal: number;
  readonly discount: number;
  readonly delivery: number;
  readonly deposit: number;
  readonly tax: number;
  readonly total: number;
  readonly savings: number;
};

/** What holds for the whole cart and is no line's own. */
export type CartReason = { readonly kind: "rounding"; readonly country: Country; readonly policy: RoundingPolicy };

/** What a code took off; `lineIds`: for these lines alone, which it is promised to [PRC-24]. */
export type PricedDiscount = Omit<Discount, "shares" | "to"> & { readonly lineIds?: readonly LineId[] };

export type PricedCart = {
  readonly revision: number;
  readonly currency: string;
  /** Whether line amounts, subtotal and discount contain the tax. */
  readonly taxIncluded: boolean;
  /** In the order of the input; a line without a price is missing here and named in `problems`. */
  readonly lines: readonly PricedLine[];
  /** What shipping costs; null where nothing is shipped. */
  readonly delivery: PricedDelivery | null;
  readonly promotions: readonly PricedPromotion[];
  /** Those that do not serve, each with its reason [PRC-17]. */
  readonly missedPromotions: readonly MissedPromotion[];
  readonly discounts: readonly PricedDiscount[];
  readonly refusedCodes: readonly RefusedCode[];
  readonly rewards: readonly PricedReward[];
  readonly taxes: readonly RateTotal[];
  readonly totals: CartSum;
  readonly explanations: readonly CartReason[];
  readonly problems: readonly PricingProblem[];
};

/**
 * Prices a cart: unit prices, line amounts, promotions, codes, rewards, tax, totals, each with its reason. The same on the server, in the shop and in the till.
 * Whatever the rounding policy, the lines and the rates each sum to the total [PRC-5]; the order of the lines changes nothing [PRC-9].
 * Line quantities are positive integers and line ids differ.
 */
export function priceCart(snapshot: PricingSnapshot, { context, lines, codes, rewards = [], delivery }: CartInput): PricedCart {
  // Left-over cents go to the earlier line; ids are ordered by time, so "earlier" means the same however the lines arrive.
  const byAge = [...lines].sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
  const rateOf = ratesIn(snapshot, context);
  const { priced, problems } = priceUnits(snapshot, context, byAge, rateOf);
  const { rated, missing } = rateLines(context, priced, rateOf);
  const included = rated.length === 0 || rated.some((line) => line.taxIncluded);
  const valued = rated.map((line): ValuedLine => ({ ...line, subtotal: amountOf(line, line.unitPrice, included) }));
  const amounts = valued.map((line) => (isVoucher(line) ? 0 : line.subtotal));
  const promised = promisedCodes(valued.map(({ line }) => line));
  const { unlocked, promotions, markedDown } = promote(snapshot, context, codes, valued, promised);
  const promoted = valued.map((line, index) => takePromotions(line, { applied: promotions.applied, markedDown }, index));
  const { discounts, refused } = applyCodes(snapshot.codes, codes, context, {
    amounts,
    left: promoted.map((line) => (isVoucher(line) ? 0 : line.left)),
    promotions,
    promised,
  });
  const afterCodes = promoted.map((line, index) => takeOff(line, discounts, index));
  const outcomes = applyRewards(rewards, afterCodes.map(toRewardable), context.currency);
  const reduced = afterCodes.map((line, index) => reward(line, outcomes, index));
  const policy = roundingPolicyFor(snapshot, context);
  // Shipping is taxed with the goods: rates and total come out as one sum. A promotion never costs anybody free shipping.
  const goods = reduced.map(({ left, rate, country }) => ({ amount: left, rate, country }));
  const sent = reduced.filter(({ line }) => delivery?.of?.has(line.lineId) ?? true);
  const worth = sent.map(({ left, promoted: off, rate, country }) => ({ amount: left + off, rate, country }));
  const charge = delivery && rated.length > 0 ? rateDelivery(delivery, worth, { context, included, rateOf: rateOf(delivery) }) : undefined;
  const { deposits, problems: untaxed } = rateDeposits(snapshot, reduced, { currency: context.currency, included, rateOf });
  const beside = [...deposits.map(({ taxed }) => taxed), ...(charge ? [charge.taxed] : [])];
  const { taxes, rates } = splitTax(beside.length > 0 ? [...goods, ...beside] : goods, included, policy);
  const carried = drawDeposits(deposits, taxes.slice(goods.length), included);
  const drawn = reduced.map((line, index) => drawLine(line, taxes[index]!, included, carried.get(index) ?? null)); // one tax per line
  const shipped = charge ? drawDelivery(charge, taxes[goods.length + deposits.length]!, included) : null; // and one for shipping, the last
  return {
    revision: snapshot.revision,
    currency: context.currency,
    taxIncluded: included,
    lines: inOrderOf(lines, drawn),
    delivery: shipped,
    promotions: promotions.applied.map((applied) => toPriced(applied, unlocked, valued)),
    missedPromotions: promotions.missed,
    discounts: discounts.map(({ codeId, code, benefit, amount, to }) => ({
      codeId,
      code,
      benefit,
      amount,
      ...(to && { lineIds: valued.flatMap(({ line }, index) => (to.has(index) ? [line.lineId] : [])) }),
    })),
    refusedCodes: refused,
    rewards: outcomes.map(withoutShares),
    taxes: rates,
    totals: sumUp(drawn, shipped, groupSavings(valued, included)),
    explanations: [{ kind: "rounding", country: context.country, policy }],
    problems: [...problems, ...missing, ...untaxed, ...(charge?.problem ?? [])],
  };
}

/** The tax rates of a cart: those of the calendar date at its place [PRC-8]. */
function ratesIn(snapshot: PricingSnapshot, context: CartContext): (thing: TaxedThing) => TaxRate | undefined {
  const date: BusinessDate = wallClock(context.at, context.timeZone).date;
  return ({ taxClass, taxPlace = context, taxContext = context.taxContext }: TaxedThing) =>
    taxRateFor(snapshot, { ...taxPlace, taxClass, context: taxContext, date });
}

/** How tax is rounded: as the legal entity says, else as its country does [PRC-5]. */
export function roundingPolicyFor(
  { roundingPolicies }: Pick<PricingSnapshot, "roundingPolicies">,
  { country, entityId }: Pick<CartContext, "country" | "entityId">,
): RoundingPolicy {
  if (roundingPolicies.size === 0) return DEFAULT_ROUNDING;
  const own = entityId && roundingPolicies.get(roundingKey(country, entityId));
  return own ?? roundingPolicies.get(country) ?? DEFAULT_ROUNDING;
}

/** The deposits by the place of their line, with the taxes that come behind those of the goods. */
function drawDeposits(deposits: readonly RatedDeposit[], taxes: readonly number[], included: boolean) {
  if (deposits.length === 0) return NONE_CARRIED;
  return new Map(deposits.map((deposit, nth) => [deposit.index, drawDeposit(deposit, taxes[nth]!, included)])); // one tax per deposit
}

const NONE_CARRIED: ReadonlyMap<number, PricedDeposit> = new Map();

/** A line, or shipping. */
type TaxedThing = Pick<CartLine, "taxClass" | "taxPlace" | "taxContext">;

/** Gives every line its tax rate. One without a rate counts as untaxed and as a problem that keeps the cart from completing. */
function rateLines(context: CartContext, priced: readonly UnitPriced[], rateOf: RateOf) {
  const missing: PricingProblem[] = [];
  const rated = priced.map((item): RatedLine => {
    const { lineId, taxClass, taxPlace = context, taxContext = context.taxContext } = item.line;
    const taxRate = rateOf(item.line);
    if (!taxRate) missing.push({ code: "tax.rate_unknown", lineId, taxClass, country: taxPlace.country });
    return { ...item, taxRate, rate: taxRate ? reduceRatio(taxRate) : UNTAXED, country: taxPlace.country, taxContext };
  });
  return { rated, missing };
}

const UNTAXED: Ratio = { numerator: 0, denominator: 1 };

/** A cart speaks one language of tax: as soon as one list includes it, the lines of lists that do not are shown with theirs. */
function amountOf({ line, taxIncluded, taxRate }: RatedLine, unitPrice: UnitPrice, included: boolean): number {
  return lineAmount(unitPrice, line.quantity, included && !taxIncluded ? taxRate : undefined);
}

/** Which promotions serve these lines, which codes let them, and what is marked down beside them. Without either it costs nothing. */
function promote(
  snapshot: PricingSnapshot,
  context: CartContext,
  codes: readonly TypedCode[],
  valued: readonly ValuedLine[],
  promised: PromisedCodes,
) {
  const isAnyPromised = valued.some(({ line }) => (line.heldPrice?.promotions?.length ?? 0) > 0);
  if (snapshot.promotions.length === 0 && !isAnyPromised)
    return { unlocked: NO_CODES, promotions: NO_PROMOTIONS, markedDown: valued.map(worthNearEnd) };
  const unlocked = unlockPromotions(snapshot.codes, codes, context, promised);
  const lines = valued.map((item): PromotableLine => {
    const { quantity, productId, categoryIds, heldPrice } = item.line;
    if (isVoucher(item)) return { isVoucher: true, pieces: 0, amount: 0 };
    return {
      ...(productId && { productId }),
      ...(categoryIds && { categoryIds }),
      pieces: item.unitPrice.per.unit === "piece" ? quantity : 0,
      amount: item.subtotal,
      ...(heldPrice?.promotions && { promised: heldPrice.promotions }),
    };
  });
  const of = { ...context, isKnown: context.isKnown ?? false };
  const serving = new Set(unlocked.keys());
  const apply = (these: readonly PromotableLine[]) => applyPromotions(snapshot.promotions, of, these, serving, snapshot.earlierPromotions);
  return { unlocked, ...markDown(lines, valued.map(worthNearEnd), apply) };
}

const NO_CODES: ReadonlyMap<PromotionId, UnlockingCode> = new Map();
const NO_PROMOTIONS: PromotionsOutcome = { applied: [], missed: [] };

function toPriced(
  { promotion, amount, lines, shares }: AppliedPromotion,
  unlocked: ReadonlyMap<PromotionId, UnlockingCode>,
  valued: readonly ValuedLine[],
): PricedPromotion {
  const { id, version, name, benefit, needsCode } = promotion;
  // What is given by a promotion need not be what it is about.
  const lineIds = valued.filter((_, index) => lines.includes(index) || (shares[index] ?? 0) > 0).map(({ line }) => line.lineId);
  const unlockedBy = (needsCode ? unlocked.get(id) : undefined) ?? null;
  return { promotionId: id, version, name, benefit: benefit.kind, amount, unlockedBy, lineIds };
}

function withoutShares(outcome: RewardOutcome): PricedReward {
  const { rewardId } = outcome;
  return outcome.kind === "applied" ? { kind: "applied", rewardId, amount: outcome.amount } : outcome;
}

function inOrderOf(lines: readonly CartLine[], drawn: readonly PricedLine[]): PricedLine[] {
  const byId = new Map(drawn.map((line) => [line.lineId, line]));
  return lines.flatMap(({ lineId }) => byId.get(lineId) ?? []);
}

/** What a customer's group pays less than everyone would, in the terms of the cart. */
function groupSavings(valued: readonly ValuedLine[], included: boolean): number {
  let saved = 0;
  for (const line of valued) if (line.regularPrice) saved += amountOf(line, line.regularPrice, included) - line.subtotal;
  return saved;
}

function sumUp(lines: readonly PricedLine[], delivery: PricedDelivery | null, savedByGroup: number): CartSum {
  const { amount = 0, tax: onDelivery = 0, total: forDelivery = 0 } = delivery ?? {};
  const sum = { subtotal: 0, discount: 0, deposit: 0, delivery: amount, tax: onDelivery, total: forDelivery };
  for (const { subtotal, discount, deposit, tax, total } of lines) {
    sum.subtotal += subtotal;
    sum.deposit += deposit?.amount ?? 0;
    sum.discount += discount;
    sum.tax += tax;
    sum.total += total;
  }
  return { ...sum, savings: sum.discount + savedByGroup };
}
