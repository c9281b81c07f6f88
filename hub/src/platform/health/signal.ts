/** A figure that says whether the installation is well, and from where on it is not. */
export type Signal = {
  /** Also its name for Prometheus, after `weft_signal_`. Ends with its unit where that is none of counting. */
  readonly name: string;
  /** What it says, and what to look at when it is bad. */
  readonly about: string;
  readonly unit: "seconds" | "count" | "ratio" | "days";
  /** On which side of the thresholds it is worse. */
  readonly worse: "above" | "below";
  /** Beyond this somebody should look today. */
  readonly watch: number;
  /** Beyond this somebody should look now. */
  readonly bad: number;
  /** One row with one column `value`, the same on every node. Absent: each node reads it of itself. */
  readonly sql?: string;
};

export type SignalState = "good" | "watch" | "bad" | "unknown";

/** A figure that could not be had is no good news: it is unknown. One that does not exist yet (null) is good. */
export function stateOf({ worse, watch, bad }: Pick<Signal, "worse" | "watch" | "bad">, value: number | null | undefined): SignalState {
  if (value === undefined) return "unknown";
  if (value === null) return "good";
  const isBeyond = (limit: number): boolean => (worse === "above" ? value > limit : value < limit);
  if (isBeyond(bad)) return "bad";
  return isBeyond(watch) ? "watch" : "good";
}
