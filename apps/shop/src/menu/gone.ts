/** Stock of a store as a live message tells it: of the variants that changed lately. `available` is null for what is not counted. */
export type Levels = readonly {
  readonly variantId: string;
  readonly available: number | null;
  readonly soldOut: boolean;
  /** It can be ordered before it is there. */
  readonly ahead?: { readonly on: string } | null;
}[];

/** Which variants cannot be had now, or only later, in one text: another text means that the menu looks different. Sold one by one it stays the same. */
export function goneOf(levels: Levels): string {
  return levels
    .filter(({ available, soldOut }) => soldOut || available === 0)
    .map(({ variantId, ahead }) => (ahead ? `${variantId} ${ahead.on}` : variantId))
    .toSorted((a, b) => a.localeCompare(b))
    .join(" ");
}
