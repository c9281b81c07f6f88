import type { Country, DemoTaxRate, TaxClass } from "../types.ts";

/** Percent when eaten in, percent when taken away or shipped. */
type Rates = readonly [eatIn: number, takeAway: number];

/**
 * Settings of the demo, modeled on the law of 2026 and no advice on it: France 20 / 10 / 5.5, Germany 19 / 7 (since 2026-01-01 7 also for food eaten in,
 * drinks stay at 19), Spain 21 / 10 / 4. Where a bottle is opened decides in France and Spain: at the table it is service, in the bag it is goods.
 * A gift card is taxed when it is spent.
 */
// oxfmt-ignore
const RATES: Readonly<Record<Country, Readonly<Record<TaxClass, Rates>>>> = {
  FR: { prepared_food: [10, 10], hot_drink: [10, 10], cold_drink: [10, 10], bottled_drink: [10, 5.5], packaged_food: [5.5, 5.5], confectionery: [20, 20], bread: [10, 5.5], goods: [20, 20], voucher: [0, 0] },
  DE: { prepared_food: [7, 7], hot_drink: [19, 19], cold_drink: [19, 19], bottled_drink: [19, 19], packaged_food: [7, 7], confectionery: [7, 7], bread: [7, 7], goods: [19, 19], voucher: [0, 0] },
  ES: { prepared_food: [10, 10], hot_drink: [10, 10], cold_drink: [10, 10], bottled_drink: [10, 21], packaged_food: [10, 10], confectionery: [10, 10], bread: [10, 4], goods: [21, 21], voucher: [0, 0] },
};

export function demoTaxRates(): readonly DemoTaxRate[] {
  return entries(RATES).flatMap(([country, classes]) =>
    entries(classes).flatMap(([taxClass, [eatIn, takeAway]]) => [
      { country, taxClass, context: "eat_in" as const, ...fraction(eatIn), validFrom: "2026-01-01" },
      { country, taxClass, context: "take_away" as const, ...fraction(takeAway), validFrom: "2026-01-01" },
    ]),
  );
}

const fraction = (percent: number): { numerator: number; denominator: number } => ({
  numerator: Math.round(percent * 10),
  denominator: 1000,
});

/** `Object.entries` forgets that the keys of a closed record are its own. */
const entries = <Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] =>
  Object.entries(record) as [Key, Value][];
