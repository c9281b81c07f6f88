import { atomsOf, type Atom } from "./atoms.ts";
import { agreement, bigBlocks, eachPair, gridOf, hashOf, type Grid } from "./blocking.ts";
import { ALL_PAIRS, chooseKeys, costKeys, patternsOf, samplePairs, type CostedKey, type Sample } from "./choose-keys.ts";
import type { Links } from "./cluster.ts";
import { learn, ratios, type Model } from "./em.ts";
import { LEVELS } from "./levels.ts";
import { prepare, type Prepared, type Table } from "./prepare.ts";
import { createScorer, type Scorer } from "./score.ts";

/** All that is needed to judge pairs: the records, how they are brought together, and what was learned. Plain data, so a thread can have it. */
export type Plan = {
  readonly prepared: Prepared;
  readonly atoms: readonly Atom[];
  /** The keys that bring records together; none where every pair is compared. */
  readonly keys: readonly (CostedKey & { readonly big: readonly number[] })[];
  readonly model: Model;
  /** Pairs that both come from one file are not compared. */
  readonly isAcrossFiles: boolean;
  /** Pairs of different files are not compared. */
  readonly isWithinFiles?: boolean;
};

/** By record: pairs that a key may bring together to be learned from, to be used at all, and pairs that all keys may bring together. */
const LEARN_FROM = 15;
const MOST_PER_KEY = 30;
const BUDGET = 60;
/** Of more records than these a third of the pairs must do: a million records then take minutes. */
const MANY_RECORDS = 200_000;
const BUDGET_OF_MANY = 20;

/** Learns from the records themselves how to bring them together and what their fields say. Told nothing else. */
export function makePlan(table: Table, isAcrossFiles = false): Plan {
  const prepared = prepare(table);
  const { size } = prepared;
  const atoms = atomsOf(prepared);
  const grid = gridOf(atoms, size);
  const costed = costKeys(atoms, size, size * MOST_PER_KEY).toSorted((a, b) => a.pairs - b.pairs);
  const cheap = costed.filter(({ pairs }) => pairs <= size * LEARN_FROM);
  const sample = samplePairs(prepared, atoms, grid, cheap);
  const patterns = patternsOf(sample);
  const model = learn(patterns, prepared.fields, size);
  const chosen =
    size <= ALL_PAIRS
      ? []
      : chooseKeys(costed, likelyMatches(prepared, model, sample, patterns), size * (size > MANY_RECORDS ? BUDGET_OF_MANY : BUDGET));
  const keys = chosen.map((key) => ({ ...key, big: bigBlocks(atoms, key, size) }));
  return { prepared, atoms, keys, model, isAcrossFiles };
}

/** By the atoms in which they agree, how many of the sample's pairs are likely one person. */
function likelyMatches({ fields }: Prepared, model: Model, sample: Sample, patterns: ReturnType<typeof patternsOf>): Map<number, number> {
  const ratio = ratios(model.m, model.u);
  const likeness = ratios(model.alike, model.u);
  const chance = patterns.weights.map((_, i) => {
    let [shared, own, like] = [0, 0, 0];
    fields.forEach(({ isHousehold }, f) => {
      const at = f * LEVELS + (patterns.levels[i * fields.length + f] ?? 0);
      if (isHousehold) shared += ratio[at] ?? 0;
      else own += ratio[at] ?? 0;
      like += likeness[at] ?? 0;
    });
    const match = model.prior * Math.exp(shared + own);
    return match / (match + model.household * Math.exp(shared) + model.similar * Math.exp(like) + 1);
  });
  const matches = new Map<number, number>();
  sample.bits.forEach((bits, i) => {
    const p = chance[patterns.of[i] ?? 0] ?? 0;
    if (p > 0.5) matches.set(bits, (matches.get(bits) ?? 0) + p * (sample.weights[i] ?? 0));
  });
  return matches;
}

/** A part of the work: a share of the blocks of one key, or of the records where every pair is compared (`key` -1). */
export type Unit = { readonly key: number; readonly part: number; readonly parts: number };

/** About so many pairs are one unit of work: a second or two. */
const UNIT_PAIRS = 1_000_000;

/** The whole work in units, each of which can be done anywhere and in any order. */
export function unitsOf({ keys, prepared: { size } }: Plan): Unit[] {
  if (keys.length === 0) {
    const parts = Math.ceil((size * size) / 2 / UNIT_PAIRS);
    return Array.from({ length: parts }, (_, part) => ({ key: -1, part, parts }));
  }
  return keys.flatMap(({ pairs }, key) => {
    const parts = Math.max(1, Math.ceil(pairs / UNIT_PAIRS));
    return Array.from({ length: parts }, (_, part) => ({ key, part, parts }));
  });
}

/** Pairs below these odds (ln) are not kept: the chance is under 2 in 100. */
export const KEPT_FROM = -4;

/** What came of a unit. */
export type Judged = Links & { readonly compared: number; readonly bigBlocks: number; readonly recordsInBigBlocks: number };

/** Judges units of a plan; what it remembers of one it has for the next. */
export function createJudge(plan: Plan): { readonly judge: (unit: Unit) => Judged; readonly scorer: Scorer } {
  const scorer = createScorer(plan.prepared, plan.model);
  const grid = gridOf(plan.atoms, plan.prepared.size);
  return { scorer, judge: (unit) => judgeUnit(plan, grid, scorer, unit) };
}

function judgeUnit(plan: Plan, grid: Grid, scorer: Scorer, unit: Unit): Judged {
  const { size, files } = plan.prepared;
  const kept: Record<"a" | "b" | "odds", number[]> = { a: [], b: [], odds: [] };
  let compared = 0;
  const judge = (a: number, b: number): void => {
    if (plan.isAcrossFiles && files[a] === files[b]) return;
    if (plan.isWithinFiles && files[a] !== files[b]) return;
    compared++;
    const odds = scorer.odds(a, b, KEPT_FROM);
    if (odds < KEPT_FROM) return;
    kept.a.push(a);
    kept.b.push(b);
    kept.odds.push(odds);
  };
  const done = (big: { bigBlocks: number; recordsInBigBlocks: number }): Judged => ({
    a: Int32Array.from(kept.a),
    b: Int32Array.from(kept.b),
    odds: Float64Array.from(kept.odds),
    compared,
    bigBlocks: big.bigBlocks,
    recordsInBigBlocks: big.recordsInBigBlocks,
  });
  const key = plan.keys[unit.key];
  if (!key) {
    for (let a = unit.part; a < size; a += unit.parts) for (let b = a + 1; b < size; b++) judge(a, b);
    return done({ bigBlocks: 0, recordsInBigBlocks: 0 });
  }
  const earlier = plan.keys.slice(0, unit.key).map(({ bits, atoms, big }) => ({ bits, atoms, big: new Set(big) }));
  return done(
    eachPair(plan.atoms, key, size, unit, (a, b) => {
      if (earlier.length > 0) {
        const bits = agreement(grid, a, b);
        for (const other of earlier) {
          if ((bits & other.bits) !== other.bits) continue;
          // Of a big block not every pair was compared.
          if (other.big.size === 0 || !other.big.has(hashOf(plan.atoms, other, a))) return;
        }
      }
      judge(a, b);
    }),
  );
}
