import type { Atom } from "./atoms.ts";
import { agreement, allKeys, BLOCK_LIMIT, eachPair, expectedPairs, type Grid, type Key } from "./blocking.ts";
import { createComparer } from "./compare.ts";
import { LEVELS } from "./levels.ts";
import type { Prepared } from "./prepare.ts";

/** Pairs that stand for all pairs: how they agree, in which atoms, and for how many pairs each stands. */
export type Sample = { readonly levels: Uint8Array; readonly bits: Int32Array; readonly weights: Float64Array; readonly size: number };

/**
 * Pairs to learn from: of the blocks, and strangers, fewer of fewer records. Twice as many took twice the time and moved F1 on one of the
 * labelled sets, from 0.81 to 0.83 (foreigners), on the others by less than 0.001.
 */
const TARGET = 200_000;
/** Of bigger blocks only neighbors are taken, so that no single one fills the sample. */
const LEARNING_LIMIT = 500;
const STRANGERS = 100_000;
const STRANGERS_BY_RECORD = 20;
/** Up to so many records every pair is compared. */
export const ALL_PAIRS = 2_000;

/** A key and how many pairs it is expected to compare. */
export type CostedKey = Key & { readonly pairs: number };

/** What each key would cost, by a share of the records; keys that would compare more than `most` pairs are left out. */
export function costKeys(atoms: readonly Atom[], size: number, most: number): CostedKey[] {
  return allKeys(atoms).flatMap((key) => {
    const pairs = expectedPairs(atoms, key, size);
    return pairs <= most ? [{ ...key, pairs }] : [];
  });
}

/**
 * A sample that stands for all pairs: a share of the pairs of the keys' blocks, and strangers drawn evenly from the rest. A pair that
 * several keys bring together is taken by the first of them only.
 */
export function samplePairs(prepared: Prepared, atoms: readonly Atom[], grid: Grid, keys: readonly CostedKey[]): Sample {
  const { size } = prepared;
  const pairs = (size * (size - 1)) / 2;
  const gather = createGatherer(prepared);
  if (size <= ALL_PAIRS) {
    for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) gather.add(a, b, agreement(grid, a, b), 1);
    return gather.done();
  }
  const parts = Math.max(1, Math.round(keys.reduce((sum, key) => sum + key.pairs, 0) / TARGET));
  let covered = 0;
  keys.forEach((key, index) => {
    const take = (a: number, b: number): void => {
      const bits = agreement(grid, a, b);
      for (let i = 0; i < index; i++) {
        const other = keys[i]?.bits ?? 0;
        if ((bits & other) === other) return;
      }
      covered += parts;
      gather.add(a, b, bits, parts);
    };
    eachPair(atoms, key, size, { part: index % parts, parts }, take, LEARNING_LIMIT);
  });
  const drawn = drawStrangers(size, grid, keys);
  for (const [a, b, bits] of drawn) gather.add(a, b, bits, Math.max(pairs - covered, 0) / drawn.length);
  return gather.done();
}

/** Compares pairs as they come, up to what the sample has room for. */
function createGatherer(prepared: Prepared) {
  const width = prepared.fields.length;
  const comparer = createComparer(prepared);
  const current = new Uint8Array(width);
  let levels = new Uint8Array(1 << 20);
  const bits: number[] = [];
  const weights: number[] = [];
  return {
    add(a: number, b: number, agreed: number, weight: number): void {
      comparer.compareNames(a, b, current);
      comparer.compareOthers(a, b, current);
      const at = bits.length * width;
      if (at + width > levels.length) {
        const more = new Uint8Array(levels.length * 2);
        more.set(levels);
        levels = more;
      }
      levels.set(current, at);
      bits.push(agreed);
      weights.push(weight);
    },
    done: (): Sample => ({
      levels: levels.subarray(0, bits.length * width),
      bits: Int32Array.from(bits),
      weights: Float64Array.from(weights),
      size: bits.length,
    }),
  };
}

/** Pairs that no key brings together, from a fixed sequence of numbers (xorshift32), so that every run draws the same. */
function drawStrangers(size: number, grid: Grid, keys: readonly Key[]): [number, number, number][] {
  let state = 0x2545f491;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % size;
  };
  const drawn: [number, number, number][] = [];
  for (let i = 0; i < Math.min(STRANGERS, STRANGERS_BY_RECORD * size); i++) {
    const [a, b] = [next(), next()];
    if (a === b) continue;
    const bits = agreement(grid, a, b);
    if (keys.every((key) => (bits & key.bits) !== key.bits)) drawn.push([Math.min(a, b), Math.max(a, b), bits]);
  }
  return drawn;
}

/** Pairs of a sample that agree in the same way, as one. */
export function patternsOf({ levels, weights, size }: Sample): {
  levels: Uint8Array;
  weights: Float64Array;
  fields: number;
  of: Int32Array;
} {
  const fields = size === 0 ? 0 : levels.length / size;
  const numbers = new Map<number, number>();
  const of = new Int32Array(size);
  const sums: number[] = [];
  const firsts: number[] = [];
  for (let i = 0; i < size; i++) {
    let key = 0;
    for (let f = 0; f < fields; f++) key = key * LEVELS + (levels[i * fields + f] ?? 0);
    const known = numbers.get(key) ?? numbers.size;
    if (known === numbers.size) {
      numbers.set(key, known);
      firsts.push(i);
    }
    of[i] = known;
    sums[known] = (sums[known] ?? 0) + (weights[i] ?? 0);
  }
  const flat = new Uint8Array(firsts.length * fields);
  firsts.forEach((i, at) => flat.set(levels.subarray(i * fields, (i + 1) * fields), at * fields));
  return { levels: flat, weights: Float64Array.from(sums), fields, of };
}

/** What it is worth to bring a match together once more: the likely matches at hand are not all, and others lack what these have. */
const AGAIN = 0.1;

/**
 * Chooses keys one by one: each time the one that brings together most of the likely matches, less of those covered already, for the pairs that it costs,
 * until `budget` pairs are spent or hardly anything is gained. `matches` holds likely matches by the atoms in which they agree.
 */
export function chooseKeys(keys: readonly CostedKey[], matches: ReadonlyMap<number, number>, budget: number): CostedKey[] {
  const left = new Map(matches);
  const total = [...matches.values()].reduce((sum, n) => sum + n, 0);
  const chosen: CostedKey[] = [];
  let spent = 0;
  for (;;) {
    let best: { key: CostedKey; gain: number; value: number } | undefined;
    for (const key of keys) {
      if (chosen.includes(key) || spent + key.pairs > budget) continue;
      let gain = 0;
      for (const [bits, n] of left) if ((bits & key.bits) === key.bits) gain += n;
      const value = gain / (key.pairs + BLOCK_LIMIT);
      if (gain > total * 1e-6 && (!best || value > best.value)) best = { key, gain, value };
    }
    if (!best) return chosen;
    chosen.push(best.key);
    spent += best.key.pairs;
    for (const [bits, n] of left) if ((bits & best.key.bits) === best.key.bits) left.set(bits, n * AGAIN);
  }
}
