/** One measured figure, named as in docs/performance.md. */
export type Figure = { readonly metric: string; readonly value: number; readonly unit: string; readonly n?: number };

export type Bench = {
  readonly name: string;
  /** One sentence: what is measured, under which load. */
  readonly about: string;
  run(options: BenchOptions): Promise<readonly Figure[]>;
};

export type BenchOptions = { readonly isFull: boolean; readonly seconds: number; readonly warmUp: number };

export const figure = (metric: string, value: number, unit: string, n?: number): Figure => ({
  metric,
  value: Math.round(value * 100) / 100,
  unit,
  ...(n !== undefined && { n }),
});

/** Prints figures for people, or one JSON object per line. */
export function print(bench: string, figures: readonly Figure[], asJson: boolean): void {
  if (asJson) {
    for (const { metric, value, unit, n } of figures) console.log(JSON.stringify({ bench, metric, value, unit, n: n ?? null }));
    return;
  }
  const width = Math.max(...figures.map(({ metric }) => metric.length));
  console.log(`\n${bench}`);
  for (const { metric, value, unit, n } of figures)
    console.log(`  ${metric.padEnd(width)}  ${String(value).padStart(12)} ${unit}${n === undefined ? "" : `  (n = ${n})`}`);
}
