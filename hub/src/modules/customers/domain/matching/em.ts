import { DIFFERENT, LEVELS } from "./levels.ts";
import type { Field } from "./prepare.ts";

/** Pairs that agree in the same way: their levels, one after the other, and how many pairs they stand for. */
export type Patterns = { readonly levels: Uint8Array; readonly weights: Float64Array; readonly fields: number };

/**
 * What tells matches from others (Fellegi and Sunter 1969): per field and level the chance among matches (`m`), among strangers (`u`), and
 * among strangers of one origin or place (`alike`). Flat: field f, level l is at f * LEVELS + l.
 * The shares of all pairs: that match, that are two people of one household, that are alike.
 */
export type Model = {
  readonly m: Float64Array;
  readonly u: Float64Array;
  readonly alike: Float64Array;
  readonly prior: number;
  readonly household: number;
  readonly similar: number;
};

/** Where learning begins, and what a level falls back to that was hardly seen: most matches are equal, few differ. */
const START_M = [0, 0.06, 0.02, 0.03, 0.05, 0.05, 0.08, 0.24, 0.24, 0.23];
const START_CROSS = [0, 0.965, 0.03, 0.005];
const FLOOR = 1e-12;
const ROUNDS = 150;
/**
 * Matches differ in a field at most so often. Without a limit a big group of strangers who share a country and a way to write names is
 * learned as if they were matches, because there are more of them.
 */
const MOST_DIFFERENT = { telling: 0.3, other: 0.6 };

/** So many matches at most have neither name alike: a person is known by a name, else by what is proved. */
const MOST_NAMELESS = 0.005;

/** Fields that people of one origin or place share no more than others do. */
const isTelling = ({ kind, role }: Field): boolean =>
  kind === "date" || kind === "email" || kind === "mailbox" || role === "number" || role === "phone";

/**
 * Learns a model from patterns by expectation and maximization, without labels and without chance. Four kinds of pairs at once: matches,
 * strangers, households, who agree like matches in what a household shares and like strangers in the rest, and strangers alike, who share an
 * origin or a place. The patterns stand for all pairs, so the keys that brought the pairs together do not bend the model.
 */
export function learn(patterns: Patterns, fields: readonly Field[], records: number): Model {
  const pairs = (records * (records - 1)) / 2;
  let model = start(patterns, fields, (0.3 * records) / pairs);
  for (let round = 0; round < ROUNDS; round++) {
    const next = step(model, patterns, fields, records);
    const moved = Math.abs(Math.log(next.prior / model.prior));
    model = next;
    if (round > 10 && moved < 1e-4) break;
  }
  return model;
}

function start(patterns: Patterns, fields: readonly Field[], prior: number): Model {
  const m = new Float64Array(fields.length * LEVELS);
  fields.forEach(({ kind }, f) => m.set(kind === "cross" ? START_CROSS : START_M, f * LEVELS));
  const total = new Float64Array(fields.length * LEVELS);
  for (let i = 0; i < patterns.weights.length; i++)
    for (let f = 0; f < fields.length; f++) bump(total, f * LEVELS + levelAt(patterns, i, f), patterns.weights[i] ?? 0);
  const u = straight(
    shares(total, fields, () => 1 / LEVELS, 1e-6),
    fields,
  );
  // Strangers alike agree somewhat more often than strangers do in everything that does not tell people apart.
  const alike = u.map((value, at) => {
    const field = fields[Math.floor(at / LEVELS)];
    return !field || isTelling(field) || field.kind === "cross" ? value : 0.7 * value + 0.3 * (START_M[at % LEVELS] ?? 0);
  });
  return { m, u, alike, prior, household: prior, similar: prior * 10 };
}

const levelAt = ({ levels, fields }: Patterns, i: number, f: number): number => levels[i * fields + f] ?? 0;

function bump(counts: Float64Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}

/** Log ratios to strangers, ln(m/u), 0 for a missing value. */
export function ratios(of: Float64Array, u: Float64Array): Float64Array {
  return of.map((value, at) => (at % LEVELS === 0 ? 0 : Math.log(Math.max(value, FLOOR) / Math.max(u[at] ?? 0, FLOOR))));
}

/** One round: who is what under this model, and the model that this makes likeliest. */
function step(model: Model, patterns: Patterns, fields: readonly Field[], records: number): Model {
  const ratio = ratios(model.m, model.u);
  const likeness = ratios(model.alike, model.u);
  const size = fields.length * LEVELS;
  const matched = new Float64Array(size);
  const similar = new Float64Array(size);
  const stranger = new Float64Array(size);
  const sums = { match: 0, household: 0, similar: 0, all: 0 };
  for (let i = 0; i < patterns.weights.length; i++) {
    const weight = patterns.weights[i] ?? 0;
    let shared = 0;
    let own = 0;
    let like = 0;
    for (let f = 0; f < fields.length; f++) {
      const at = f * LEVELS + levelAt(patterns, i, f);
      if (fields[f]?.isHousehold) shared += ratio[at] ?? 0;
      else own += ratio[at] ?? 0;
      like += likeness[at] ?? 0;
    }
    const match = model.prior * Math.exp(shared + own);
    const household = model.household * Math.exp(shared);
    const alike = model.similar * Math.exp(like);
    const all = match + household + alike + 1;
    const [p, h, s] = [(weight * match) / all, (weight * household) / all, (weight * alike) / all];
    sums.match += p;
    sums.household += h;
    sums.similar += s;
    sums.all += weight;
    for (let f = 0; f < fields.length; f++) {
      const at = f * LEVELS + levelAt(patterns, i, f);
      const field = fields[f];
      const ofMatch = field?.isHousehold ? p + h : p;
      const ofSimilar = field && isTelling(field) ? 0 : s;
      bump(matched, at, ofMatch);
      bump(similar, at, s);
      bump(stranger, at, weight - ofMatch - ofSimilar);
    }
  }
  const u = straight(
    shares(stranger, fields, () => 1 / LEVELS, 1 / records),
    fields,
  );
  const alike = straight(
    shares(similar, fields, () => 1 / LEVELS, 1 / records),
    fields,
  );
  fields.forEach((field, f) => {
    if (isTelling(field)) alike.set(u.subarray(f * LEVELS, (f + 1) * LEVELS), f * LEVELS);
  });
  return {
    m: limited(
      shares(matched, fields, (at) => START_M[at % LEVELS] ?? 0, 10 / Math.max(sums.match, 10)),
      fields,
    ),
    u,
    alike,
    prior: Math.max(sums.match, 1) / sums.all,
    household: Math.max(sums.household, 1e-3) / sums.all,
    similar: Math.max(sums.similar, 1e-3) / sums.all,
  };
}

/** Counts of levels as shares of the pairs that have the field, with `by` parts of a first guess mixed in. */
function shares(counts: Float64Array, fields: readonly Field[], guess: (at: number) => number, by: number): Float64Array {
  const result = new Float64Array(counts.length);
  fields.forEach(({ kind }, f) => {
    const last = kind === "cross" ? 3 : LEVELS - 1;
    let sum = 0;
    for (let level = DIFFERENT; level <= last; level++) sum += counts[f * LEVELS + level] ?? 0;
    for (let level = DIFFERENT; level <= last; level++) {
      const at = f * LEVELS + level;
      const first = kind === "cross" ? (START_CROSS[level] ?? 0) : guess(at);
      result[at] = sum === 0 ? first : ((counts[at] ?? 0) + by * sum * first) / (sum * (1 + by));
    }
  });
  return result;
}

/** Matches that differ more often than they may differ as often as they may; the other levels share the rest as before. */
function limited(m: Float64Array, fields: readonly Field[]): Float64Array {
  fields.forEach((field, f) => {
    if (field.kind === "cross") m[f * LEVELS + 3] = Math.min(m[f * LEVELS + 3] ?? 0, MOST_NAMELESS);
    const most = field.kind === "name" || field.kind === "date" ? MOST_DIFFERENT.telling : MOST_DIFFERENT.other;
    const at = f * LEVELS + DIFFERENT;
    const different = m[at] ?? 0;
    if (field.kind === "cross" || different <= most) return;
    for (let i = at + 1; i < (f + 1) * LEVELS; i++) m[i] = ((m[i] ?? 0) * (1 - most)) / (1 - different);
    m[at] = most;
  });
  return m;
}

/**
 * Strangers have no name order: of two ways to lay their names side by side the better one was taken, whatever it was. So crossed names
 * only cost what crossing them costs among matches.
 */
function straight(u: Float64Array, fields: readonly Field[]): Float64Array {
  fields.forEach(({ kind }, f) => {
    if (kind === "cross") u.fill(1, f * LEVELS, f * LEVELS + LEVELS);
  });
  return u;
}
