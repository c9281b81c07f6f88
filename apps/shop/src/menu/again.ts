import type { OrderView } from "@weft/contracts/client";

/** What someone usually has: a product with its options, as it was ordered. */
export type Usual = {
  readonly sku: string;
  readonly name: OrderView["lines"][number]["name"];
  readonly options: OrderView["lines"][number]["options"];
  readonly quantity: number;
};

/** More would be a list to read, not a thing to tap. */
const MOST = 3;

/**
 * The usual [AGN-1]: what stands in most of the last orders with the same options, in its newest quantity; with the same count the newer first.
 * Canceled orders do not count. One order alone is its lines, in their order.
 */
export function usualOf(orders: readonly OrderView[]): Usual[] {
  const counts = new Map<string, { readonly usual: Usual; times: number }>();
  const newestFirst = orders.filter(({ state }) => state !== "canceled").sort((a, b) => b.placedAt.localeCompare(a.placedAt));
  for (const order of newestFirst) {
    for (const { sku, name, options, ordered } of order.lines) {
      const key = [sku, ...options.map(({ group, value }) => `${group}=${value}`).sort()].join();
      const known = counts.get(key);
      if (known) known.times += 1;
      else counts.set(key, { usual: { sku, name, options, quantity: ordered }, times: 1 });
    }
  }
  // The sort keeps the order of equals, which is newest first.
  const ranked = [...counts.values()].sort((a, b) => b.times - a.times);
  const repeated = ranked.filter(({ times }) => times > 1);
  const lastOrder = newestFirst[0]?.lines.length ?? 0;
  return (repeated.length > 0 ? repeated : ranked.slice(0, lastOrder)).slice(0, MOST).map(({ usual }) => usual);
}
