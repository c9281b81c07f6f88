import type { SuggestionView } from "@weft/contracts";
import type { LocalizedText } from "@weft/contracts";
import type { UnitPrice } from "@weft/kernel";
import { isCheaper } from "../../modules/pricing/index.ts";

const DAY_MS = 86_400_000;
/** More is a list, and nobody reads it to a customer. */
export const MOST_SUGGESTED = 6;

/** Goods that somebody bought, with the calendar days on which they did, the oldest first. */
export type BoughtGoods = { readonly sku: string; readonly days: readonly string[]; readonly lastAt: Date };

/**
 * What is due again [ADV-1]: bought on three days at least, and nearly as long ago as it usually takes, the median between two of them. Who has not
 * come back for it in three times that long does not want it any more. Example: every 30 days, last 27 days ago: due; last 10 or 100 days ago: not.
 */
export function dueAgain(bought: readonly BoughtGoods[], now: Date): SuggestionView[] {
  return bought.flatMap(({ sku, days, lastAt }) => {
    const everyDays = usualInterval(days);
    const since = (now.getTime() - lastAt.getTime()) / DAY_MS;
    const isDue = everyDays !== null && since >= everyDays * 0.8 && since <= everyDays * 3;
    return isDue ? [{ kind: "due_again" as const, sku, everyDays, lastAt: lastAt.toISOString(), timesBought: days.length }] : [];
  });
}

/** Days between two purchases, the median; null from fewer than three days. */
function usualInterval(days: readonly string[]): number | null {
  const times = [...new Set(days)].toSorted().map((day) => Date.parse(day));
  const between = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / DAY_MS);
  const middle = between.toSorted((a, b) => a - b)[Math.floor(between.length / 2)];
  return between.length >= 2 && middle !== undefined ? middle : null;
}

/** How often two goods were in one sale of a store. */
export type SoldTogether = {
  readonly withSku: string;
  readonly withName: LocalizedText;
  readonly sku: string;
  /** Sales with the one, and those of them with the other as well. */
  readonly salesWith: number;
  readonly together: number;
  /** All sales that were looked at, and those of them with the other. */
  readonly sales: number;
  readonly salesOf: number;
};

/** Less than this happens by chance. */
const LEAST_TOGETHER = 5;
const LEAST_PERCENT = 20;
/** What everybody buys goes with everything: it must be bought clearly more often with the one than without. */
const LEAST_LIFT = 1.2;

/** What goes with the goods of a cart, by the store's own sales [ADV-2]; each once, with what it goes with most. */
export function goesWith(pairs: readonly SoldTogether[]): SuggestionView[] {
  const able = pairs.filter(({ together, salesWith, salesOf, sales }) => {
    const share = together / salesWith;
    return together >= LEAST_TOGETHER && share * 100 >= LEAST_PERCENT && share >= (salesOf / sales) * LEAST_LIFT;
  });
  const best = able.toSorted((a, b) => b.together / b.salesWith - a.together / a.salesWith || a.sku.localeCompare(b.sku));
  return [...Map.groupBy(best, ({ sku }) => sku).values()].flatMap(([pair]) =>
    pair
      ? [
          {
            kind: "goes_with" as const,
            sku: pair.sku,
            withSku: pair.withSku,
            withName: pair.withName,
            percent: Math.round((pair.together * 100) / pair.salesWith),
            sales: pair.salesWith,
          },
        ]
      : [],
  );
}

type Saved = { readonly sku: string; readonly priceThen: UnitPrice | null; readonly savedAt: Date };

/** What somebody saved and what costs less now than it did then [ADV-3]. */
export function cheaperNow(saved: readonly Saved[], priceOf: (sku: string) => UnitPrice | null): SuggestionView[] {
  return saved.flatMap(({ sku, priceThen, savedAt }) => {
    const now = priceOf(sku);
    return priceThen && now && isCheaper(now, priceThen)
      ? [{ kind: "cheaper" as const, sku, priceThen, savedAt: savedAt.toISOString() }]
      : [];
  });
}

/**
 * What an adviser is shown: of each goods the first reason, not what is in the cart, and not what nobody can give. What they want themselves comes
 * before what others bought.
 */
export function chosen(
  all: readonly SuggestionView[],
  { inCart, canHave }: { readonly inCart: ReadonlySet<string>; readonly canHave: (sku: string) => boolean },
): SuggestionView[] {
  const seen = new Set<string>();
  return all.filter(({ sku }) => !inCart.has(sku) && canHave(sku) && !seen.has(sku) && seen.add(sku)).slice(0, MOST_SUGGESTED);
}
