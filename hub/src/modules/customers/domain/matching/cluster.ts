import { createQueue, type Queue } from "./queue.ts";

/** Pairs of records that are likely one person, with ln of the odds: parallel arrays. */
export type Links = { readonly a: Int32Array; readonly b: Int32Array; readonly odds: Float64Array };

export type ClusterOptions = {
  /** Clusters are joined while the mean ln odds of their pairs is above this. */
  readonly least: number;
  /** Judges a pair that no block brought together. */
  readonly odds: (a: number, b: number) => number;
  /** Pairs that must never be in one cluster: judged different by a person, or of one file where each person is there once. */
  readonly isApart?: (a: number, b: number) => boolean;
  /** Pairs that are one person already, by what was proved or judged: they are together whatever their odds. */
  readonly together?: readonly (readonly [number, number])[];
};

/** Odds beyond this say no more: one field may be wrong in a way that the model has not seen. */
const CLIP = 12;
/** Of two big clusters so many pairs are judged, evenly chosen: enough to know how well they agree on average. */
const JUDGED = 25;

/** What is known between two clusters: the sum of the odds of so many of their pairs. */
type Side = { readonly sum: number; readonly n: number };
type State = {
  readonly members: Map<number, number[]>;
  readonly sides: Map<number, Map<number, Side>>;
  readonly queue: Queue;
  readonly options: ClusterOptions;
};

/**
 * Joins records into clusters: again and again the two clusters whose records agree best on average, as long as that average is above
 * `least`. Pairs that no block brought together are judged when their clusters would be joined, so one bridge joins nobody, and a weak link
 * counts when others support it. Gives for each record the smallest number in its cluster; the order of the links says nothing.
 */
export function cluster(size: number, links: Links, options: ClusterOptions): Int32Array {
  const state: State = { members: new Map(), sides: new Map(), queue: createQueue(), options };
  for (let i = 0; i < links.a.length; i++) seed(state, links.a[i] ?? 0, links.b[i] ?? 0, links.odds[i] ?? 0);
  uniteGiven(state, options.together ?? []);
  for (let next = state.queue.pop(); next; next = state.queue.pop()) consider(state, next.a, next.b, next.value);
  const of = Int32Array.from({ length: size }, (_, i) => i);
  for (const list of state.members.values()) {
    const first = list.reduce((least, i) => Math.min(least, i), list[0] ?? 0);
    for (const i of list) of[i] = first;
  }
  return of;
}

function seed({ members, sides, queue, options }: State, a: number, b: number, odds: number): void {
  const value = options.isApart?.(a, b) ? -Infinity : clip(odds);
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const mine = sides.get(x);
    if (mine) mine.set(y, { sum: value, n: 1 });
    else {
      sides.set(x, new Map([[y, { sum: value, n: 1 }]]));
      members.set(x, [x]);
    }
  }
  if (value > options.least) queue.push(value, a, b);
}

function uniteGiven(state: State, together: readonly (readonly [number, number])[]): void {
  const at = new Map<number, number>();
  const root = (record: number): number => {
    const up = at.get(record);
    return up === undefined ? record : root(up);
  };
  for (const pair of together) {
    const [a, b] = [root(pair[0]), root(pair[1])];
    if (a === b) continue;
    for (const record of [a, b]) if (!state.members.has(record)) state.members.set(record, [record]);
    join(state, a, b);
    if (state.members.has(a)) at.set(b, a);
    else at.set(a, b);
  }
}

const clip = (value: number): number => Math.max(-CLIP, Math.min(CLIP, value));

/** Joins two clusters when what is known of them still is what the queue promised and nothing is left to be judged. */
function consider(state: State, a: number, b: number, value: number): void {
  const { members, sides, queue, options } = state;
  const [x, y, side] = [members.get(a), members.get(b), sides.get(a)?.get(b)];
  if (!x || !y || !side || side.sum / side.n !== value) return;
  if (side.n === x.length * y.length) return join(state, a, b);
  const judged = judgeAll(x, y, options);
  sides.get(a)?.set(b, judged);
  sides.get(b)?.set(a, judged);
  if (judged.sum / judged.n > options.least) queue.push(judged.sum / judged.n, a, b);
}

function judgeAll(x: readonly number[], y: readonly number[], { odds, isApart }: ClusterOptions): Side {
  const pairs = x.length * y.length;
  if (isApart && x.some((a) => y.some((b) => isApart(a, b)))) return { sum: -Infinity, n: pairs };
  const step = pairs <= JUDGED ? 1 : pairs / JUDGED;
  let sum = 0;
  let judged = 0;
  for (let at = 0; at < pairs; at += step) {
    const pair = Math.floor(at);
    sum += clip(odds(x[pair % x.length] ?? 0, y[Math.floor(pair / x.length)] ?? 0));
    judged++;
  }
  return { sum: (sum / judged) * pairs, n: pairs };
}

/** The smaller goes into the bigger; what was known of both to a third is known of the new one. */
function join({ members, sides, queue, options }: State, a: number, b: number): void {
  const [x, y] = [members.get(a) ?? [], members.get(b) ?? []];
  const [into, from] = x.length > y.length || (x.length === y.length && a < b) ? [a, b] : [b, a];
  members.set(
    into,
    [...(members.get(into) ?? []), ...(members.get(from) ?? [])].toSorted((i, j) => i - j),
  );
  members.delete(from);
  const mine = sides.get(into) ?? new Map<number, Side>();
  mine.delete(from);
  for (const [other, side] of sides.get(from) ?? []) {
    if (other === into) continue;
    const known = mine.get(other);
    const both = known ? { sum: known.sum + side.sum, n: known.n + side.n } : side;
    mine.set(other, both);
    const theirs = sides.get(other);
    theirs?.delete(from);
    theirs?.set(into, both);
  }
  sides.delete(from);
  for (const [other, side] of mine) {
    const value = side.sum / side.n;
    if (value > options.least) queue.push(value, into, other);
  }
}
