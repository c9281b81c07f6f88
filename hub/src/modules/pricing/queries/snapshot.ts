import { type Db, defineSnapshot } from "../../../platform/index.ts";
import type { PricingSnapshot } from "../domain/index.ts";
import { PricingChanged } from "../events.ts";
import { type LoadedPricing, loadPricing } from "./load-snapshot.ts";

/** What each database handle loaded last: the tables of lists that did not change go into the next snapshot unread. */
const lastLoaded = new WeakMap<Db, LoadedPricing>();

/**
 * The prices, rates and codes in force: `await ctx.snapshots.current(pricingSnapshot)`. Some milliseconds behind a change; a completion
 * compares `PricedCart.revision` with `pricing.current_revision()` in its own statement, and prices again when they differ.
 */
export const pricingSnapshot = defineSnapshot<PricingSnapshot>({
  name: "pricing.prices",
  invalidatedBy: [PricingChanged],
  async load(db) {
    const loaded = await loadPricing(db, lastLoaded.get(db));
    lastLoaded.set(db, loaded);
    return loaded.snapshot;
  },
});
