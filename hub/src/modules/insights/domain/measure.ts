import type { Facet } from "@weft/contracts";
import type { Verdicts } from "./continuity.ts";
import { FACETS } from "./facets.ts";

/** How much each facet counts in the weighted score. Facets without a weight are measured all the same. */
export type Weights = Readonly<Partial<Record<Facet, number>>>;

export const DEFAULT_WEIGHTS: Weights = { identity: 0.3, cart: 0.25, price: 0.15, loyalty: 0.15, conversation: 0.15 };

/** Fewer seams than this say nothing about a pair of channels. */
export const LEAST_SEAMS = 30;

/** Carried and lost of one facet, or of all of them together. */
export type Tally = { readonly carried: number; readonly lost: number };

/** A share between 0 and 1 with the bounds between which it lies with 95 % confidence; null when there is nothing to share. */
export type Share = { readonly share: number; readonly low: number; readonly high: number };

/** Normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/** Wilson's score interval, which holds for few trials and for shares near 0 and 1 (Wilson 1927). 10 of 10 are 0.722 to 1. */
export function shareOf({ carried, lost }: Tally): Share | null {
  const n = carried + lost;
  if (n === 0) return null;
  const share = carried / n;
  const z2 = Z * Z;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { share, low: Math.max(0, center - reach), high: Math.min(1, center + reach) };
}

/** The weights of what was carried over the weights of what applied [INS-2]; null when nothing with a weight applied. */
export function scoreOf(verdicts: Verdicts, weights: Weights = DEFAULT_WEIGHTS): number | null {
  let carried = 0;
  let applicable = 0;
  for (const facet of FACETS) {
    const weight = weights[facet] ?? 0;
    const { kind } = verdicts[facet];
    if (kind === "not_applicable") continue;
    applicable += weight;
    if (kind === "carried") carried += weight;
  }
  return applicable === 0 ? null : carried / applicable;
}

/** What is known of one ordered pair of channels. */
export type PairTally = {
  readonly seams: number;
  readonly facets: Readonly<Record<Facet, Tally>>;
};

export type Level = "omni" | "cross" | "multi";

const OMNI_LOW = 0.95;
const CROSS_IDENTITY_LOW = 0.8;
const CROSS_OBJECT_LOW = 0.5;

/**
 * The level of a pair, by the lower bounds of its facets [INS-3]: omni when every facet that applied is at least .95; cross when identity is
 * at least .80 and cart or order at least .50; else multi. Null: fewer than thirty seams, no verdict.
 */
export function levelOf({ seams, facets }: PairTally): Level | null {
  if (seams < LEAST_SEAMS) return null;
  const low = (facet: Facet): number | null => shareOf(facets[facet])?.low ?? null;
  const lows = FACETS.map(low).filter((bound): bound is number => bound !== null);
  if (lows.every((bound) => bound >= OMNI_LOW)) return "omni";
  const isKnown = (low("identity") ?? 0) >= CROSS_IDENTITY_LOW;
  const isMoved = Math.max(low("cart") ?? 0, low("order") ?? 0) >= CROSS_OBJECT_LOW;
  return isKnown && isMoved ? "cross" : "multi";
}

/** The share of all seams that lie on omni pairs, and half of those on cross pairs [INS-3]; null without seams. */
export function indexOf(pairs: readonly PairTally[]): number | null {
  let all = 0;
  let counted = 0;
  for (const pair of pairs) {
    const level = levelOf(pair);
    all += pair.seams;
    counted += pair.seams * (level === "omni" ? 1 : level === "cross" ? 0.5 : 0);
  }
  return all === 0 ? null : counted / all;
}

/** All facets of a pair together: the continuity measure is `carried / (carried + lost)`. */
export function pooled(facets: PairTally["facets"]): Tally {
  let carried = 0;
  let lost = 0;
  for (const facet of FACETS) {
    carried += facets[facet].carried;
    lost += facets[facet].lost;
  }
  return { carried, lost };
}
