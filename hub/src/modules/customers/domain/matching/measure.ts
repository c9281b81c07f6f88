/** How right clusters are, over all pairs of records. Shares are 1 where there is nothing to be wrong about. */
export type Measure = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly predicted: number;
  readonly right: number;
  readonly pairs: number;
};

/** Compares clusters with the truth (both one label a row). With `files` only pairs across two files count. */
export function measure(clusterOf: ArrayLike<number>, truth: readonly string[], files?: Uint8Array): Measure {
  const rows = truth.map((_, i) => i);
  const predicted = pairsIn(rows, (i) => String(clusterOf[i] ?? -1 - i), files);
  const pairs = pairsIn(rows, (i) => truth[i] ?? "", files);
  const right = pairsIn(rows, (i) => `${clusterOf[i] ?? -1 - i} ${truth[i]}`, files);
  const precision = predicted === 0 ? 1 : right / predicted;
  const recall = pairs === 0 ? 1 : right / pairs;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), predicted, right, pairs };
}

function pairsIn(rows: readonly number[], labelOf: (i: number) => string, files: Uint8Array | undefined): number {
  const sizes = new Map<string, [number, number]>();
  for (const i of rows) {
    const size = sizes.get(labelOf(i)) ?? [0, 0];
    size[files?.[i] === 1 ? 1 : 0]++;
    sizes.set(labelOf(i), size);
  }
  let pairs = 0;
  for (const [x, y] of sizes.values()) pairs += files ? x * y : (x * (x - 1)) / 2;
  return pairs;
}
