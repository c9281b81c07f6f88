import { type BusinessDate, type LineId, type UnitPrice, type VariantId, wallClock } from "@weft/kernel";
import { type Discount, type RefusedCode, type TypedCode, applyCodes } from "./codes.ts";
import type { CodeId, Country, Ratio, RoundingPolicy, TaxClass, TaxContext, TaxRate } from "./facts.ts";
import {
  type CartLine,
  type PriceOffer,
  type PricingProblem,
  type RateOf,
  type UnitPriced,
  type UnitPriceReason,
  lineAmount,
  priceUnits,
} from "./price-lines.ts";
import { type DeliveryTerms, type PricedDelivery, drawDelivery, rateDelivery } from "./delivery.ts";
import { type RewardId, type RewardMiss, type RewardOutcome, type RewardableLine, type WantedReward, applyRewards } from "./rewards.ts";
import type { PriceContext } from "./scope.ts";
import type { PricingSnapshot } from "./snapshot.ts";
import { DEFAULT_ROUNDING, type RateTotal, reduceRatio, splitTax, taxRateFor } from "./tax.ts";

/** Where and when a cart is priced. Tax follows the calendar date there, which is not always the business date. */
export type CartContext = PriceContext & { readonly country: Country; readonly timeZone: string; readonly taxContext: TaxContext };

export type CartInput = {
  readonly context: CartContext;
  readonly lines: readonly CartLine[];
  readonly codes: readonly TypedCode[];
  /** What points buy here, as `loyalty` allows it. */
  readonly rewards?: readonly WantedReward[];
  /** What shipping costs where the cart is shipped; absent where it is handed over at a place. */
  readonly delivery?: DeliveryTerms;
};

/** Why a line costs what it costs: its unit price, then what codes and rewards took off, then its tax. */
export type LineReason =
  | UnitPriceReason
  | { readonly kind: "code"; readonly code: string; readonly amount: number }
  | { readonly kind: "reward"; readonly rewardId: RewardId; readonly amount: number }
  | {
      readonly kind: "tax";
      readonly taxClass: TaxClass;
      readonly context: TaxContext;
      readonly country: Country;
      readonly rate: Ratio;
      readonly included: boolean;
    };

export type DiscountShare = { readonly codeId: CodeId; readonly code: string; readonly amount: number };

export type RewardShare = { readonly rewardId: RewardId; readonly amount: number };

/** What a reward takes off a cart, or why it takes nothing; in the order in which they were wanted. */
export type PricedReward =
  | { readonly kind: "applied"; readonly rewardId: RewardId; readonly amount: number }
  | { readonly kind: "missed"; readonly rewardId: RewardId; readonly because: RewardMiss };

/** A line with its price, in minor units. `total = net + tax` is what the customer pays for it. */
export type PricedLine = PriceOffer & {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly quantity: number;
  /** Quantity × unit price before discounts, in the terms of the cart: with tax when `taxIncluded` of the cart says so. */
  readonly subtotal: number;
  readonly discountShares: readonly DiscountShare[];
  readonly rewardShares: readonly RewardShare[];
  /** What codes and rewards took off. */
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly taxRate: Ratio;
  readonly because: readonly LineReason[];
};

/**
 * `subtotal`, `discount` and `delivery` in the terms of the cart; shipping is in tax and total, and in neither of the others. `savings` is
 * the discount and what the customer's group pays less.
 */
export type CartSum = {
  readonly subtotal: number;
  readonly discount: number;
  readonly delivery: number;
  readonly tax: number;
  readonly total: number;
  readonly savings: number;
};

/** What holds for the whole cart and is no line's own. */
export type CartReason = { readonly kind: "rounding"; readonly country: Country; readonly policy: RoundingPolicy };

export type PricedCart = {
  readonly revision: number;
  readonly currency: string;
  /** Whether line amounts, subtotal and discount contain the tax. */
  readonly taxIncluded: boolean;
  /** In the order of the input; a line without a price is missing here and named in `problems`. */
  readonly lines: readonly PricedLine[];
  /** What shipping costs; null where nothing is shipped. */
  readonly delivery: PricedDelivery | null;
  readonly discounts: readonly Omit<Discount, "shares">[];
  readonly refusedCodes: readonly RefusedCode[];
  readonly rewards: readonly PricedReward[];
  readonly taxes: readonly RateTotal[];
  readonly totals: CartSum;
  readonly explanations: readonly CartReason[];
  readonly problems: readonly PricingProblem[];
};

/**
 * Prices a cart: unit prices, line amounts, codes, tax, totals, each with its reason. The same on the server, in the shop and in the till.
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
  const { discounts, refused } = applyCodes(
    snapshot.codes,
    codes,
    context,
    valued.map(({ subtotal }) => subtotal),
  );
  const afterCodes = valued.map((line, index) => takeOff(line, discounts, index));
  const outcomes = applyRewards(rewards, afterCodes.map(toRewardable), context.currency);
  const reduced = afterCodes.map((line, index) => reward(line, outcomes, index));
  const policy = snapshot.roundingPolicies.get(context.country) ?? DEFAULT_ROUNDING;
  // Shipping is free from what is paid for the goods, and taxed with them: rates and total come out as one sum.
  const goods = reduced.map(({ left, rate, country }) => ({ amount: left, rate, country }));
  const charge = delivery && rated.length > 0 ? rateDelivery(delivery, goods, { context, included, rateOf: rateOf(delivery) }) : undefined;
  const { taxes, rates } = splitTax(charge ? [...goods, charge.taxed] : goods, included, policy);
  const drawn = reduced.map((line, index) => drawLine(line, taxes[index]!, included)); // one tax per line
  const shipped = charge ? drawDelivery(charge, taxes[goods.length]!, included) : null; // and one for shipping, the last
  return {
    revision: snapshot.revision,
    currency: context.currency,
    taxIncluded: included,
    lines: inOrderOf(lines, drawn),
    delivery: shipped,
    discounts: discounts.map(({ codeId, code, benefit, amount }) => ({ codeId, code, benefit, amount })),
    refusedCodes: refused,
    rewards: outcomes.map(withoutShares),
    taxes: rates,
    totals: sumUp(drawn, shipped, groupSavings(valued, included)),
    explanations: [{ kind: "rounding", country: context.country, policy }],
    problems: [...problems, ...missing, ...(charge?.problem ?? [])],
  };
}

type RatedLine = UnitPriced & {
  readonly rate: Ratio;
  readonly taxRate: TaxRate | undefined;
  readonly country: Country;
  readonly taxContext: TaxContext;
};

/** The tax rates of a cart: those of the calendar date at its place [PRC-8]. */
function ratesIn(snapshot: PricingSnapshot, context: CartContext): (thing: TaxedThing) => TaxRate | undefined {
  const date: BusinessDate = wallClock(context.at, context.timeZone).date;
  return ({ taxClass, taxPlace = context, taxContext = context.taxContext }: TaxedThing) =>
    taxRateFor(snapshot, { ...taxPlace, taxClass, context: taxContext, date });
}

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

type ValuedLine = RatedLine & { readonly subtotal: number };

/** A line after the codes, then after the rewards: `left` is what remains of its subtotal. */
type ReducedLine = ValuedLine & {
  readonly shares: readonly DiscountShare[];
  readonly rewardShares: readonly RewardShare[];
  readonly discount: number;
  readonly left: number;
};

function takeOff(line: ValuedLine, discounts: readonly Discount[], index: number): ReducedLine {
  const shares: DiscountShare[] = [];
  let discount = 0;
  for (const { codeId, code, shares: ofLines } of discounts) {
    const amount = ofLines[index] ?? 0;
    if (amount === 0) continue;
    shares.push({ codeId, code, amount });
    discount += amount;
  }
  return { ...line, shares, rewardShares: [], discount, left: line.subtotal - discount };
}

/** A gram is no present: weighed goods have no pieces. */
function toRewardable({ line, unitPrice, left }: ReducedLine): RewardableLine {
  return { variantId: line.variantId, pieces: unitPrice.per.unit === "piece" ? line.quantity : 0, left };
}

function reward(line: ReducedLine, outcomes: readonly RewardOutcome[], index: number): ReducedLine {
  const rewardShares = outcomes.flatMap((outcome) => {
    const amount = outcome.kind === "applied" ? (outcome.shares[index] ?? 0) : 0;
    return amount > 0 ? [{ rewardId: outcome.rewardId, amount }] : [];
  });
  const discount = rewardShares.reduce((sum, { amount }) => sum + amount, line.discount);
  return { ...line, rewardShares, discount, left: line.subtotal - discount };
}

function withoutShares(outcome: RewardOutcome): PricedReward {
  const { rewardId } = outcome;
  return outcome.kind === "applied" ? { kind: "applied", rewardId, amount: outcome.amount } : outcome;
}

function drawLine(item: ReducedLine, tax: number, included: boolean): PricedLine {
  const {
    line,
    unitPrice,
    listId,
    taxIncluded,
    minQuantity,
    subtotal,
    shares,
    rewardShares,
    discount,
    left,
    taxRate,
    rate,
    country,
    taxContext,
  } = item;
  const net = included ? left - tax : left;
  const because: LineReason[] = [...item.because];
  for (const { code, amount } of shares) because.push({ kind: "code", code, amount });
  for (const { rewardId, amount } of rewardShares) because.push({ kind: "reward", rewardId, amount });
  if (taxRate) because.push({ kind: "tax", taxClass: line.taxClass, context: taxContext, country, rate, included });
  return {
    lineId: line.lineId,
    variantId: line.variantId,
    quantity: line.quantity,
    unitPrice,
    listId,
    taxIncluded,
    minQuantity,
    subtotal,
    discountShares: shares,
    rewardShares,
    discount,
    net,
    tax,
    total: net + tax,
    taxRate: rate,
    because,
  };
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
  const sum = { subtotal: 0, discount: 0, delivery: delivery?.amount ?? 0, tax: delivery?.tax ?? 0, total: delivery?.total ?? 0 };
  for (const { subtotal, discount, tax, total } of lines) {
    sum.subtotal += subtotal;
    sum.discount += discount;
    sum.tax += tax;
    sum.total += total;
  }
  return { ...sum, savings: sum.discount + savedByGroup };
}
