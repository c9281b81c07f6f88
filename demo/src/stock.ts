import { STORE_OF_THE_TOUR } from "./places/stores.ts";
import { randomOf, type Random } from "./random.ts";
import type { Chunks, DemoAssortment, DemoPlace, DemoProduct, DemoStockLevel, DemoVariant } from "./types.ts";

type Range = readonly [lowest: number, highest: number, safety: number];

/** What lies on the shelf in the morning, by category; a kilo bag is rarer than a small one. Zero happens, except in the store of the tour. */
// oxfmt-ignore
const SHELF: Readonly<Record<string, Range>> = {
  pastry: [8, 36, 1], cake: [5, 18, 1], savory: [5, 16, 1], cold: [10, 60, 2], beans: [3, 24, 1], pantry: [2, 14, 0], cups: [0, 9, 0], brew: [0, 5, 0],
};
/** Cups of what is behind the bar. */
const BAR: Range = [60, 180, 0];
const DEPOT_SHELF: Range = [40, 400, 8];
const SHOWN_AT_THE_TOUR = 6;
/** Of what everybody buys there first, day and night: pastries and cakes. */
const BOUGHT_AT_THE_TOUR = 96;
const BOUGHT_FIRST: ReadonlySet<string> = new Set(["pastry", "cake"]);

/** Levels of everything counted, one chunk per place. */
export function demoStockLevels(
  places: readonly DemoPlace[],
  assortment: readonly DemoAssortment[],
  products: readonly DemoProduct[],
  shelfOf: (product: DemoProduct) => string,
  seed: number,
): Chunks<DemoStockLevel> {
  return {
    *[Symbol.iterator]() {
      for (const [n, place] of places.entries()) {
        const sold = new Set(assortment.find((row) => row.placeId === place.id)?.productIds);
        const random = randomOf(seed, "stock", n);
        yield products
          .filter((product) => product.isTracked && product.parts.length === 0 && sold.has(product.id))
          .flatMap((product) => product.variants.map((variant) => levelOf(place, variant, shelfOf(product), random)));
      }
    },
  };
}

function levelOf(place: DemoPlace, variant: DemoVariant, shelf: string, random: Random): DemoStockLevel {
  const [lowest, highest, safety] =
    place.site === "depot" ? DEPOT_SHELF : variant.sku.startsWith("BAR-") ? BAR : (SHELF[shelf] ?? [0, 0, 0]);
  const drawn = random.between(lowest, highest);
  const counted = variant.sku.endsWith("-1K") ? Math.ceil(drawn / 3) : drawn;
  return {
    placeId: place.id,
    variantId: variant.id,
    sku: variant.sku,
    onHand:
      place.code === STORE_OF_THE_TOUR ? Math.max(counted, BOUGHT_FIRST.has(shelf) ? BOUGHT_AT_THE_TOUR : SHOWN_AT_THE_TOUR) : counted,
    safety,
  };
}
