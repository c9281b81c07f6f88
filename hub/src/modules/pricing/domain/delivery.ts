import { divideRounded } from "@weft/kernel";
import type { Country, Ratio, TaxClass, TaxContext, TaxRate } from "./facts.ts";
import { type TaxPlace, type TaxedAmount, reduceRatio } from "./tax.ts";
import type { PricingProblem } from "./price-lines.ts";

/** What a way of shipping costs, in minor units with the tax inside. Goods worth `freeFrom` after discounts are shipped for nothing. */
export type DeliveryTerms = {
  readonly price: number;
  readonly taxClass: TaxClass;
  readonly freeFrom: number | null;
  /** Where the goods arrive. */
  readonly taxPlace: TaxPlace;
  /** The lines that are sent, where others are not: only they count towards `freeFrom`. */
  readonly of?: ReadonlySet<string>;
};

/** Why shipping costs what it costs, then its tax. */
export type DeliveryReason =
  | { readonly kind: "delivery"; readonly price: number; readonly freeFrom: number | null; readonly missing: number | null }
  | { readonly kind: "delivery_free"; readonly price: number; readonly freeFrom: number }
  | {
      readonly kind: "tax";
      readonly taxClass: TaxClass;
      readonly context: TaxContext;
      readonly country: Country;
      readonly rate: Ratio;
      readonly included: boolean;
    };

/** What shipping costs on a cart: `amount` in the terms of the cart, `total = net + tax` is paid. */
export type PricedDelivery = {
  readonly amount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly taxClass: TaxClass;
  readonly taxRate: Ratio;
  readonly because: readonly DeliveryReason[];
};

type Around = {
  readonly context: { readonly taxContext: TaxContext };
  readonly included: boolean;
  readonly rateOf: TaxRate | undefined;
};

type RatedDelivery = Omit<PricedDelivery, "net" | "tax" | "total"> & {
  readonly taxed: TaxedAmount;
  readonly problem: readonly PricingProblem[];
};

/** Shipping as an amount to tax beside the goods [PRC-14]: nothing from `freeFrom` on, by what the goods cost with their tax before promotions. */
export function rateDelivery(terms: DeliveryTerms, goods: readonly TaxedAmount[], around: Around): RatedDelivery {
  const { price, taxClass, freeFrom, taxPlace } = terms;
  const { context, included, rateOf } = around;
  const worth = goods.reduce((sum, { amount, rate }) => sum + (included ? amount : withTax(amount, rate)), 0);
  const isFree = freeFrom !== null && worth >= freeFrom;
  const rate = rateOf ? reduceRatio(rateOf) : UNTAXED;
  const charged = isFree ? 0 : price;
  const amount = included ? charged : withoutTax(charged, rate);
  const missing = freeFrom === null ? null : Math.max(0, freeFrom - worth);
  const { country } = taxPlace;
  return {
    amount,
    taxClass,
    taxRate: rate,
    taxed: { amount, rate, country },
    problem: rateOf ? [] : [{ code: "tax.rate_unknown", lineId: null, taxClass, country }],
    because: [
      isFree ? { kind: "delivery_free", price, freeFrom } : { kind: "delivery", price, freeFrom, missing },
      ...(rateOf ? [{ kind: "tax" as const, taxClass, context: context.taxContext, country, rate, included }] : []),
    ],
  };
}

const UNTAXED: Ratio = { numerator: 0, denominator: 1 };

const withTax = (net: number, { numerator, denominator }: Ratio): number =>
  divideRounded(BigInt(net) * BigInt(denominator + numerator), BigInt(denominator));

export const withoutTax = (gross: number, { numerator, denominator }: Ratio): number =>
  divideRounded(BigInt(gross) * BigInt(denominator), BigInt(denominator + numerator));

/** Shipping with the tax that was shared out to it. */
export function drawDelivery({ taxed: _, problem: __, ...rated }: RatedDelivery, tax: number, included: boolean): PricedDelivery {
  const net = included ? rated.amount - tax : rated.amount;
  return { ...rated, net, tax, total: net + tax };
}
