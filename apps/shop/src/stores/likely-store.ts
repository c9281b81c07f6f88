import type { StoreView } from "@weft/contracts/client";

/**
 * Where a new visitor probably buys, without asking for their position [STO-1]: the first open store in the time zone of their browser,
 * else the first there, else the first of all. It is a guess and is shown as one.
 */
export function likelyStore(stores: readonly StoreView[], timeZone: string): StoreView | undefined {
  const near = stores.filter((store) => store.timeZone === timeZone);
  return near.find(({ open }) => open.state !== "closed") ?? near[0] ?? stores[0];
}
