/** Seconds of work by the name of the station that does it. */
export type StationSeconds = Readonly<Record<string, number>>;

/** Work on goods: all of it, and what each station has of it. */
export type Work = { readonly seconds: number; readonly at: StationSeconds };

export const NO_WORK: Work = { seconds: 0, at: {} };

/** Goods, as far as making them is concerned. */
export type MadeGoods = {
  /** Work on one piece, or on one weighing however much it weighs. */
  readonly prepSeconds: number;
  readonly unit: string;
  /** What every further piece of the same product takes of that, in percent: two of the same drink are made together; left out: all of it. */
  readonly batchPercent?: number;
  /** Which station makes it; null, or left out: the place has none. */
  readonly station?: string | null;
};

export type MadeLine = MadeGoods & {
  readonly quantity: number;
  /** Lines of one product are made together; left out: a line stands alone. */
  readonly productId?: string;
};

/** Seconds of work on a piece with what was chosen of it [CAT-25]; what nobody makes is not made by its options either. */
export function withOptions(
  prepSeconds: number,
  groups: readonly { readonly code: string; readonly values: readonly { readonly code: string; readonly prepSeconds?: number }[] }[],
  chosen: readonly { readonly group: string; readonly value: string }[],
): number {
  if (prepSeconds === 0) return 0;
  const secondsOf = ({ group, value }: { readonly group: string; readonly value: string }): number =>
    groups.find(({ code }) => code === group)?.values.find(({ code }) => code === value)?.prepSeconds ?? 0;
  return chosen.reduce((sum, option) => sum + secondsOf(option), prepSeconds);
}

/** Seconds of work on so many pieces of one product: the first one whole, each further one by its share [PRM-15]. */
export function secondsFor({ prepSeconds, unit, batchPercent = 100 }: MadeGoods, quantity: number): number {
  return unit === "gram" ? prepSeconds : Math.round((prepSeconds * (100 + batchPercent * (quantity - 1))) / 100);
}

/**
 * Work on the goods of an order [PRM-15]: of each product its slowest piece counts whole, and every further one by the share that is said of it. So the
 * order of the lines changes nothing. A weighing counts once however much it weighs.
 */
export function workOn(lines: readonly MadeLine[]): Work {
  const at: Record<string, number> = {};
  let seconds = 0;
  for (const own of Map.groupBy(lines, (line) => line.productId ?? line).values()) {
    const [first] = own;
    const each = together(own);
    seconds += each;
    if (first?.station && each > 0) at[first.station] = (at[first.station] ?? 0) + each;
  }
  return { seconds, at };
}

function together(lines: readonly MadeLine[]): number {
  const all = lines.reduce((sum, line) => sum + line.prepSeconds * (line.unit === "gram" ? 1 : line.quantity), 0);
  const slowest = Math.max(0, ...lines.map(({ prepSeconds }) => prepSeconds));
  const percent = lines[0]?.batchPercent ?? 100;
  return Math.round(slowest + ((all - slowest) * percent) / 100);
}
