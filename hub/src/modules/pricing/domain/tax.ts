import { type BusinessDate, type PlaceId, shareOut } from "@weft/kernel";
import type { Country, Ratio, RoundingPolicy, TaxClass, TaxContext, TaxRate, TaxZone } from "./facts.ts";
import { type Exact, roundExact, sumExact, toWeights } from "./rounding.ts";
import { type PricingSnapshot, taxKey } from "./snapshot.ts";

/** Where a supply is taxed: the store that hands it over, or the country of destination. */
export type TaxPlace = { readonly country: Country; readonly placeId?: PlaceId };

/** What a country without a policy of its own uses: once per rate on the ticket, halves up. */
export const DEFAULT_ROUNDING: RoundingPolicy = { level: "rate", mode: "half_up" };

/**
 * The rate in force on a calendar date at the place of supply [PRC-8]. A rate of the place stands before one of its country,
 * one for the way of eating before one for both; of several versions the newest that has begun counts.
 */
export function taxRateFor(
  snapshot: PricingSnapshot,
  query: TaxPlace & { readonly taxClass: TaxClass; readonly context: TaxContext; readonly date: BusinessDate },
): TaxRate | undefined {
  const country: TaxZone = { kind: "country", country: query.country };
  const zones: readonly TaxZone[] = query.placeId ? [{ kind: "place", placeId: query.placeId }, country] : [country];
  for (const zone of zones) {
    for (const context of [query.context, undefined]) {
      const versions = snapshot.taxRates.get(taxKey(zone, query.taxClass, context));
      const rate = versions?.find(({ validFrom }) => !validFrom || validFrom <= query.date);
      if (rate) return rate;
    }
  }
  return undefined;
}

/** An amount to tax, in minor units. `included`: the tax is inside the amount, else it comes on top. */
export type TaxedAmount = { readonly amount: number; readonly rate: Ratio; readonly country: Country };

/** What a rate came to on a cart: lines of the same percentage in a country count together, whatever their tax class. */
export type RateTotal = {
  readonly country: Country;
  readonly rate: Ratio;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
};

export type TaxSplit = { readonly taxes: readonly number[]; readonly rates: readonly RateTotal[] };

type RateGroup = { readonly country: Country; readonly rate: Ratio; readonly indexes: number[] };

/**
 * The tax of every amount, rounded where the policy says; residues go to the largest remainders, ties to the earlier amount.
 * The taxes of a rate always sum to that rate's total [PRC-5].
 * Example: 3.33 and 3.33 with 20 % included, rounded per rate: 6.66 holds 1.11, so 0.56 and 0.55.
 */
export function splitTax(amounts: readonly TaxedAmount[], included: boolean, { level, mode }: RoundingPolicy): TaxSplit {
  const groups = groupByRate(amounts);
  const exact = amounts.map((item) => exactTax(item, included));
  const taxes = amounts.map(() => 0);
  const ofGroup = (group: RateGroup): Exact => sumExact(group.indexes.map((index) => exact[index]!)); // indexes come from `amounts`
  if (level === "line") {
    for (const [index, tax] of exact.entries()) taxes[index] = roundExact(tax, mode);
  } else {
    const sums = groups.map(ofGroup);
    const perGroup =
      level === "rate" ? sums.map((sum) => roundExact(sum, mode)) : shareOut(roundExact(sumExact(sums), mode), toWeights(sums));
    for (const [at, group] of groups.entries()) {
      const weights = group.indexes.map((index) => amounts[index]!.amount); // indexes come from `amounts`
      const shares = shareOut(perGroup[at]!, weights); // one tax per group
      for (const [i, index] of group.indexes.entries()) taxes[index] = shares[i]!; // one share per index
    }
  }
  return { taxes, rates: groups.map((group) => totalOf(group, amounts, taxes, included)) };
}

function exactTax({ amount, rate }: TaxedAmount, included: boolean): Exact {
  const denominator = included ? rate.denominator + rate.numerator : rate.denominator;
  return { numerator: BigInt(amount) * BigInt(rate.numerator), denominator: BigInt(denominator) };
}

function groupByRate(amounts: readonly TaxedAmount[]): RateGroup[] {
  const groups = new Map<string, RateGroup>();
  for (const [index, { rate, country }] of amounts.entries()) {
    const reduced = reduceRatio(rate);
    const key = `${country} ${reduced.numerator}/${reduced.denominator}`;
    const group = groups.get(key) ?? { country, rate: reduced, indexes: [] };
    group.indexes.push(index);
    groups.set(key, group);
  }
  return [...groups.values()].sort(byCountryThenRate);
}

function byCountryThenRate(a: RateGroup, b: RateGroup): number {
  if (a.country !== b.country) return a.country < b.country ? -1 : 1;
  return a.rate.numerator * b.rate.denominator - b.rate.numerator * a.rate.denominator;
}

/** The same ratio in lowest terms, so that 10/100 and 1/10 are one rate. */
export function reduceRatio({ numerator, denominator }: Ratio): Ratio {
  let [a, b] = [denominator, numerator];
  while (b !== 0) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

function totalOf(group: RateGroup, amounts: readonly TaxedAmount[], taxes: readonly number[], included: boolean): RateTotal {
  const sum = (values: (index: number) => number): number => group.indexes.reduce((total, index) => total + values(index), 0);
  const [amount, tax] = [sum((index) => amounts[index]!.amount), sum((index) => taxes[index]!)]; // indexes come from `amounts`
  const [net, gross] = included ? [amount - tax, amount] : [amount, amount + tax];
  return { country: group.country, rate: group.rate, net, tax, gross };
}
