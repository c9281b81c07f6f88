import type { LocalizedText } from "@weft/contracts";
import type { LineId, VariantId } from "@weft/kernel";
import type { Discount } from "./codes.ts";
import { type CodeId, type Country, type Ratio, type TaxClass, type TaxContext, type TaxRate, VOUCHERS } from "./facts.ts";
import type { PricedDeposit } from "./deposits.ts";
import type { PriceOffer, UnitPriced, UnitPriceReason } from "./price-lines.ts";
import type { AppliedPromotion } from "./promotions/apply.ts";
import type { Promotion, PromotionBenefit, PromotionId } from "./promotions/facts.ts";
import type { RewardId, RewardOutcome, RewardableLine } from "./rewards.ts";

/** Why a line costs what it costs: its unit price, then what promotions, codes and rewards took off, then its tax. */
export type LineReason =
  | UnitPriceReason
  | {
      readonly kind: "promotion";
      readonly promotionId: PromotionId;
      readonly version: number;
      readonly name: LocalizedText;
      readonly benefit: PromotionBenefit["kind"];
      readonly amount: number;
    }
  /** Marked down because its last day, `on`, is near [BAT-8]. */
  | { readonly kind: "near_end"; readonly percent: number; readonly on: string; readonly amount: number }
  | { readonly kind: "code"; readonly code: string; readonly amount: number }
  | { readonly kind: "reward"; readonly rewardId: RewardId; readonly amount: number }
  | { readonly kind: "deposit"; readonly code: string; readonly name: LocalizedText; readonly each: number; readonly rate: Ratio }
  | {
      readonly kind: "tax";
      readonly taxClass: TaxClass;
      readonly context: TaxContext;
      readonly country: Country;
      readonly rate: Ratio;
      readonly included: boolean;
    };

export type DiscountShare = { readonly codeId: CodeId; readonly code: string; readonly amount: number };

export type PromotionShare = { readonly promotionId: PromotionId; readonly amount: number };

export type RewardShare = { readonly rewardId: RewardId; readonly amount: number };

/** A line with its price, in minor units. `total = net + tax` is what the customer pays for it, its deposit included. */
export type PricedLine = PriceOffer & {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly quantity: number;
  /** Quantity × unit price before discounts, in the terms of the cart: with tax when `taxIncluded` of the cart says so. */
  readonly subtotal: number;
  readonly promotionShares: readonly PromotionShare[];
  readonly discountShares: readonly DiscountShare[];
  readonly rewardShares: readonly RewardShare[];
  /** What promotions, the nearness of its last day, codes and rewards took off. */
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  /** Of the goods; the deposit says its own. */
  readonly taxRate: Ratio;
  /** What of net, tax and total is deposit. Subtotal and discount are without it [PRC-22]. */
  readonly deposit: PricedDeposit | null;
  readonly because: readonly LineReason[];
};

/** A line with its unit price and its tax rate. */
export type RatedLine = UnitPriced & {
  readonly rate: Ratio;
  readonly taxRate: TaxRate | undefined;
  readonly country: Country;
  readonly taxContext: TaxContext;
};

/** The same with its amount before discounts. */
export type ValuedLine = RatedLine & { readonly subtotal: number };

/**
 * A line after promotions and what is taken off near its last day, the codes, then the rewards: `left` is what remains of its subtotal, `promoted` what
 * the first two took, `markedDown` the second alone.
 */
export type ReducedLine = ValuedLine & {
  readonly applied: readonly AppliedPromotion[];
  readonly promotionShares: readonly PromotionShare[];
  readonly promoted: number;
  readonly markedDown: number;
  readonly shares: readonly DiscountShare[];
  readonly rewardShares: readonly RewardShare[];
  readonly discount: number;
  readonly left: number;
};

export function takePromotions(
  line: ValuedLine,
  { applied, markedDown: near }: { readonly applied: readonly AppliedPromotion[]; readonly markedDown: readonly number[] },
  index: number,
): ReducedLine {
  const here = applied.filter(({ shares }) => (shares[index] ?? 0) > 0);
  const promotionShares = here.map(({ promotion, shares }) => ({ promotionId: promotion.id, amount: shares[index] ?? 0 }));
  const markedDown = near[index] ?? 0;
  const promoted = promotionShares.reduce((sum, { amount }) => sum + amount, markedDown);
  const left = line.subtotal - promoted;
  return { ...line, applied: here, promotionShares, promoted, markedDown, shares: [], rewardShares: [], discount: promoted, left };
}

export function takeOff(line: ReducedLine, discounts: readonly Discount[], index: number): ReducedLine {
  const shares: DiscountShare[] = [];
  let { discount } = line;
  for (const { codeId, code, shares: ofLines } of discounts) {
    const amount = ofLines[index] ?? 0;
    if (amount === 0) continue;
    shares.push({ codeId, code, amount });
    discount += amount;
  }
  return { ...line, shares, discount, left: line.subtotal - discount };
}

/** Gift cards are worth what is paid for them: no promotion, no code and no reward takes anything off them [PRC-21]. */
export const isVoucher = ({ line }: Pick<ValuedLine, "line">): boolean => line.taxClass === VOUCHERS;

/** A gram is no present: weighed goods have no pieces. */
export function toRewardable(item: ReducedLine): RewardableLine {
  const { line, unitPrice, left } = item;
  if (isVoucher(item)) return { variantId: line.variantId, pieces: 0, left: 0 };
  return { variantId: line.variantId, pieces: unitPrice.per.unit === "piece" ? line.quantity : 0, left };
}

export function reward(line: ReducedLine, outcomes: readonly RewardOutcome[], index: number): ReducedLine {
  const rewardShares = outcomes.flatMap((outcome) => {
    const amount = outcome.kind === "applied" ? (outcome.shares[index] ?? 0) : 0;
    return amount > 0 ? [{ rewardId: outcome.rewardId, amount }] : [];
  });
  const discount = rewardShares.reduce((sum, { amount }) => sum + amount, line.discount);
  return { ...line, rewardShares, discount, left: line.subtotal - discount };
}

export function drawLine(item: ReducedLine, goodsTax: number, included: boolean, deposit: PricedDeposit | null): PricedLine {
  const {
    line,
    unitPrice,
    listId,
    taxIncluded,
    minQuantity,
    subtotal,
    applied,
    promotionShares,
    shares,
    rewardShares,
    discount,
    left,
    taxRate,
    rate,
    country,
    taxContext,
  } = item;
  const tax = goodsTax + (deposit?.tax ?? 0);
  const net = (included ? left - goodsTax : left) + (deposit?.net ?? 0);
  const because: LineReason[] = [...item.because];
  for (const [index, { promotion }] of applied.entries()) because.push(promotionReason(promotion, promotionShares[index]?.amount ?? 0));
  if (line.heldPrice && applied.some(({ isPromised }) => isPromised) && !because.some(({ kind }) => kind === "held"))
    because.push({ kind: "held", until: line.heldPrice.until });
  if (line.nearEnd && item.markedDown > 0) because.push({ kind: "near_end", ...line.nearEnd, amount: item.markedDown });
  for (const { code, amount } of shares) because.push({ kind: "code", code, amount });
  for (const { rewardId, amount } of rewardShares) because.push({ kind: "reward", rewardId, amount });
  if (taxRate) because.push({ kind: "tax", taxClass: line.taxClass, context: taxContext, country, rate, included });
  if (deposit) because.push({ kind: "deposit", code: deposit.code, name: deposit.name, each: deposit.each, rate: deposit.taxRate });
  return {
    lineId: line.lineId,
    variantId: line.variantId,
    quantity: line.quantity,
    unitPrice,
    listId,
    taxIncluded,
    minQuantity,
    subtotal,
    promotionShares,
    discountShares: shares,
    rewardShares,
    discount,
    net,
    tax,
    total: net + tax,
    taxRate: rate,
    deposit,
    because,
  };
}

function promotionReason({ id, version, name, benefit }: Promotion, amount: number): LineReason {
  return { kind: "promotion", promotionId: id, version, name, benefit: benefit.kind, amount };
}
