import type { ProductId } from "@weft/kernel";

/** A line that a station has made. */
export type MadeLine = {
  readonly orderId: string;
  readonly productId: ProductId;
  readonly station: string;
  /** Pieces; those that are made together count by what they take. */
  readonly quantity: number;
  /** What is set for one piece with its options. */
  readonly setSeconds: number;
  readonly placedAt: Date;
  readonly madeAt: Date;
  /** Wanted for a time that was named, and not as soon as possible. */
  readonly isAhead: boolean;
};

/** How long a station took for one piece of a product. */
export type Sample = {
  readonly productId: ProductId;
  readonly station: string;
  readonly seconds: number;
  /** What was set for that piece, with its options. */
  readonly setSeconds: number;
};

/** Shorter is a tap that came late for what stood there already; longer is a pause, and no making. */
const SHORTEST_SECONDS = 3;
const LONGEST_SECONDS = 30 * 60;

/**
 * How long each line took [QUE-1]. Somebody at a station begins with a line when it is ordered or when the one before is made, whichever is later
 * (Lindley's recursion for one server); what is ordered ahead begins only with the one before, because nobody starts an hour early. Lines that are said
 * in one tap share their time by what is set for them.
 */
export function samplesOf(lines: readonly MadeLine[]): Sample[] {
  return [...Map.groupBy(lines, ({ station }) => station).values()].flatMap((made) => {
    const taps = [...Map.groupBy(made, ({ orderId, madeAt }) => `${orderId} ${madeAt.getTime()}`).values()].sort(
      ([a], [b]) => timeOf(a) - timeOf(b),
    );
    return taps.flatMap((tap, index) => ofTap(tap, taps[index - 1]?.[0]));
  });
}

const timeOf = (line: MadeLine | undefined): number => line?.madeAt.getTime() ?? 0;

function ofTap(tap: readonly MadeLine[], before: MadeLine | undefined): Sample[] {
  const [first] = tap;
  if (!first || (first.isAhead && !before)) return [];
  const begun = first.isAhead ? timeOf(before) : Math.max(first.placedAt.getTime(), timeOf(before));
  const seconds = (first.madeAt.getTime() - begun) / 1000;
  if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) return [];
  const workOf = ({ setSeconds, quantity }: MadeLine): number => Math.max(1, setSeconds) * quantity;
  const work = tap.reduce((sum, line) => sum + workOf(line), 0);
  return tap.map((line) => ({
    productId: line.productId,
    station: line.station,
    setSeconds: line.setSeconds,
    seconds: (seconds * workOf(line)) / work / line.quantity,
  }));
}

/** Fewer say nothing about a product. */
export const LEAST_SAMPLES = 10;

/** What was learned of a product: the median of what it took, within half and double of what is set, and from how many [QUE-2]; null: from too few. */
export function learnedSeconds(samples: readonly number[], setSeconds: number): number | null {
  if (samples.length < LEAST_SAMPLES) return null;
  return Math.round(Math.min(2 * setSeconds, Math.max(setSeconds / 2, quantile(samples, 0.5) ?? setSeconds)));
}

/** The value below which a part of them lie, the nearest rank; null for none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}
