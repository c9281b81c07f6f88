import { createComparer } from "./compare.ts";
import { ratios, type Model } from "./em.ts";
import { EQUAL_COMMON, LEVELS } from "./levels.ts";
import type { Field, Prepared } from "./prepare.ts";

/** Judges pairs of records. `levels` holds how the last pair agreed that was judged to the end. */
export type Scorer = {
  /** The natural logarithm of the odds that two records are one person, or `HOPELESS` as soon as they are sure to be below `floor`. */
  readonly odds: (a: number, b: number, floor?: number) => number;
  readonly levels: Uint8Array;
  /** After `odds` without a floor: what field `f` says, ln(m/u) with the rarity of an equal value. */
  strengthOf(f: number): number;
};

export const HOPELESS = -99;
/** A value's own rarity moves a level at most so far: beyond, an odd way to write is as likely as a rare name. */
const MOST_RARE = 3;
const LEAST_RARE = -6;

/**
 * Makes a judge from a model. The odds of a pair are what its fields say for one person, against the odds of being strangers, two people of
 * one household, or strangers of one origin. Cheap fields are looked at first, names only where they could still decide.
 */
export function createScorer(prepared: Prepared, model: Model): Scorer {
  const { fields } = prepared;
  const comparer = createComparer(prepared);
  const ratio = ratios(model.m, model.u);
  const likeness = ratios(model.alike, model.u);
  const rarity = fields.map((field) => field.rarity ?? rarityOf(field, prepared.size));
  const levels = new Uint8Array(fields.length);
  const isHousehold = fields.map((field) => field.isHousehold);
  const isName = fields.map(({ kind }) => kind === "name" || kind === "cross");
  const mostByNames = fields.reduce((sum, { kind }, f) => sum + (isName[f] ? most(ratio, f) + (kind === "name" ? MOST_RARE : 0) : 0), 0);
  const [lnMatch, lnHousehold, lnSimilar] = [Math.log(model.prior), Math.log(model.household), Math.log(model.similar)];
  const strengthOf = (f: number): number => {
    const level = levels[f] ?? 0;
    const base = ratio[f * LEVELS + level] ?? 0;
    return level >= EQUAL_COMMON ? base + (rarity[f]?.[comparer.termOf(f)] ?? 0) : base;
  };
  return {
    levels,
    strengthOf,
    odds(a, b, floor = -Infinity) {
      comparer.compareOthers(a, b, levels);
      let shared = 0;
      let own = 0;
      for (let f = 0; f < fields.length; f++) {
        if (isName[f]) continue;
        if (isHousehold[f]) shared += strengthOf(f);
        else own += strengthOf(f);
      }
      if (lnMatch + own + shared + mostByNames < floor) return HOPELESS;
      comparer.compareNames(a, b, levels);
      let like = 0;
      for (let f = 0; f < fields.length; f++) {
        like += likeness[f * LEVELS + (levels[f] ?? 0)] ?? 0;
        if (!isName[f]) continue;
        if (isHousehold[f]) shared += strengthOf(f);
        else own += strengthOf(f);
      }
      return lnMatch + own + shared - Math.log(1 + Math.exp(lnHousehold + shared) + Math.exp(lnSimilar + like));
    },
  };
}

const most = (ratio: Float64Array, f: number): number => Math.max(...ratio.subarray(f * LEVELS, (f + 1) * LEVELS));

/** For each value ln(average share of its level / its own share): above 0 for a value rarer than the average of its level. */
function rarityOf(field: Field, size: number): Float64Array {
  const usual = usualCounts(field, size);
  return Float64Array.from(field.counts, (count, id) => rarityAt(count, usual[(field.ranks[id] ?? EQUAL_COMMON) - EQUAL_COMMON]));
}

/** How much rarer a value is than is usual at its level, within what one value may say. */
export const rarityAt = (count: number, usual = 1): number =>
  Math.max(LEAST_RARE, Math.min(MOST_RARE, Math.log(usual / Math.max(count, 1))));

/** On how many records a value of each level of equality is, as seen by a record that has one: of common, middle and rare values. */
export function usualCounts({ counts, ranks }: Pick<Field, "counts" | "ranks">, size: number): number[] {
  const sums = [0, 1, 2].map(() => ({ squares: 0, all: 0 }));
  counts.forEach((count, id) => {
    const sum = sums[(ranks[id] ?? EQUAL_COMMON) - EQUAL_COMMON];
    if (!sum || count < 2) return;
    sum.squares += count * count;
    sum.all += count;
  });
  return sums.map(({ squares, all }) => (all > 0 ? squares / all : size));
}
