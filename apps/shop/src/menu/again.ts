import type { OrderView } from "@weft/contracts/client";

/** What someone usually has: a product with its options, as it was ordered. */
export type Usual = {
  readonly sku: string;
  readonly name: OrderView["lines"][number]["name"];
  readonly options: OrderView["lines"][number]["options"];
  readonly quantity: number;
};

/** More would be a list to read, not a thing to tap. */
export const MOST_USUAL = 3;
/** As many more are looked at, in case the store does not have the first ones. */
const MOST_CANDIDATES = 8;
/** What an order counts, against the one after it. */
const FADES = 0.9;

/**
 * The usual [AGN-1]: what stands in several orders with the same options, each order counting 0.9 of the one after it, in its newest
 * quantity; with the same score the newer first. Canceled orders do not count, nor do units that were given up. Where nothing repeats it is
 * the last order's goods, in their order. What sending them cost is nobody's usual. Own frequency with decay foretells a next basket about as well as far heavier methods.
 */
export function usualOf(orders: readonly OrderView[]): Usual[] {
  const scores = new Map<string, { readonly usual: Usual; times: number; score: number }>();
  const newestFirst = orders.filter(({ state }) => state !== "canceled").sort((a, b) => b.placedAt.localeCompare(a.placedAt));
  for (const [ago, order] of newestFirst.entries()) {
    for (const { sku, name, options, ordered } of goodsOf(order)) {
      const key = [sku, ...options.map(({ group, value }) => `${group}=${value}`).sort()].join();
      const known = scores.get(key) ?? { usual: { sku, name, options, quantity: ordered }, times: 0, score: 0 };
      scores.set(key, { ...known, times: known.times + 1, score: known.score + FADES ** ago });
    }
  }
  const ranked = [...scores.values()];
  const repeated = ranked.filter(({ times }) => times > 1);
  const lastOrder = newestFirst[0] ? goodsOf(newestFirst[0]).length : 0;
  // The sort keeps the order of equals, which is newest first.
  const chosen = repeated.length > 0 ? repeated.sort((a, b) => b.score - a.score) : ranked.slice(0, lastOrder);
  return chosen.slice(0, MOST_CANDIDATES).map(({ usual }) => usual);
}

function goodsOf({ lines }: OrderView): OrderView["lines"] {
  return lines.filter(({ kind }) => kind !== "delivery");
}

/** What of it a store can serve now [AGN-2]: nothing that is out of stock or off its menu, and nothing before the store has said so. */
export function servedOf(usual: readonly Usual[], canServe: (item: Usual) => boolean): Usual[] {
  return usual.filter(canServe).slice(0, MOST_USUAL);
}
