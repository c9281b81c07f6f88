/** Stock of a store as a live message tells it: of the variants that changed lately. `available` is null for what is not counted. */
export type Levels = readonly { readonly variantId: string; readonly available: number | null; readonly soldOut: boolean }[];

/** Which variants cannot be had now, in one text: another text means that the menu looks different. Sold one by one it stays the same. */
export function goneOf(levels: Levels): string {
  return levels
    .filter(({ available, soldOut }) => soldOut || available === 0)
    .map(({ variantId }) => variantId)
    .toSorted((a, b) => a.localeCompare(b))
    .join(" ");
}
