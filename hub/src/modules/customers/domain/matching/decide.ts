import { cluster, type Links } from "./cluster.ts";
import { createScorer, type Scorer } from "./score.ts";
import type { Plan } from "./engine.ts";

/** What is asked of the links: the share of them that shall be right, and from which chance on a pair is worth a person's look. */
export type Thresholds = {
  readonly precision: number;
  readonly review: number;
  /** Nobody is joined below this chance, however sure the others are. */
  readonly leastChance?: number;
};

export const DEFAULT_THRESHOLDS: Thresholds = { precision: 0.97, review: 0.2 };

export type DecideOptions = {
  readonly thresholds?: Thresholds;
  /** Each person is at most once in each file. */
  readonly isOneToOne?: boolean;
  /** Rows of the input that were judged to be different people. */
  readonly apart?: readonly (readonly [number, number])[];
  /** Rows of the input that are one person, by what was proved or judged. */
  readonly together?: readonly (readonly [number, number])[];
  /** Ln odds above which records join, where they were found before; else they are found in these links. */
  readonly linkFrom?: number;
};

/** A pair of rows of the input that nobody joined, for a person to judge: `chance` that they are one. */
export type ReviewPair = { readonly rows: readonly [number, number]; readonly chance: number };

export type Decision = {
  /** For each row of the input the number of its cluster. Clusters are numbered in the order of what their records say. */
  readonly clusterOf: Int32Array;
  readonly clusters: number;
  /** Ln odds above which records were joined, and the share of the joined pairs that is expected to be right. */
  readonly linkFrom: number;
  readonly expectedPrecision: number;
  readonly review: readonly ReviewPair[];
};

export const chanceOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** Draws clusters from judged pairs, and says which pairs a person should see. */
export function decide(
  plan: Pick<Plan, "prepared" | "model">,
  judged: Links,
  options: DecideOptions = {},
  scorer: Scorer = createScorer(plan.prepared, plan.model),
): Decision {
  const { prepared } = plan;
  const { precision, review, leastChance = 0.5 } = options.thresholds ?? DEFAULT_THRESHOLDS;
  const links = inOrder(judged);
  const linkFrom = options.linkFrom ?? Math.max(oddsFor(links.odds, precision), Math.log(leastChance / (1 - leastChance)));
  const isApart = apartIn(plan, options);
  const at = new Map(Array.from(prepared.rows, (row, i) => [row, i]));
  const together = (options.together ?? []).map(([x, y]) => [at.get(x) ?? 0, at.get(y) ?? 0] as const);
  const of = cluster(prepared.size, links, { least: linkFrom, odds: scorer.odds, together, ...(isApart ? { isApart } : {}) });
  const numbers = new Map<number, number>();
  const clusterOf = new Int32Array(prepared.size);
  of.forEach((first, i) => {
    const number = numbers.get(first) ?? numbers.size;
    numbers.set(first, number);
    clusterOf[prepared.rows[i] ?? 0] = number;
  });
  const open: ReviewPair[] = [];
  let [sum, n] = [0, 0];
  links.odds.forEach((odds, i) => {
    const [a, b] = [links.a[i] ?? 0, links.b[i] ?? 0];
    const chance = chanceOf(odds);
    if (of[a] === of[b]) {
      sum += Math.max(chance, chanceOf(linkFrom));
      n++;
    } else if (chance >= review && !isApart?.(a, b)) open.push({ rows: [prepared.rows[a] ?? 0, prepared.rows[b] ?? 0], chance });
  });
  const expectedPrecision = n === 0 ? 1 : sum / n;
  return { clusterOf, clusters: numbers.size, linkFrom, expectedPrecision, review: open.toSorted((x, y) => y.chance - x.chance) };
}

/** The ln odds, not below even, above which pairs are right as often as asked, by their own chances. */
function oddsFor(odds: Float64Array, precision: number): number {
  let sum = 0;
  let taken = 0;
  for (const value of odds.toSorted().reverse()) {
    if (value <= 0) return 0;
    sum += chanceOf(value);
    taken++;
    if (sum / taken < precision) return value;
  }
  return 0;
}

/** By record, then partner; a pair that two keys judged is there once. */
function inOrder({ a, b, odds }: Links): Links {
  const keys = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) keys[i] = (a[i] ?? 0) * 2 ** 21 + (b[i] ?? 0);
  const order = Int32Array.from(keys.keys()).sort((i, j) => (keys[i] ?? 0) - (keys[j] ?? 0));
  const first = order.filter((i, at) => at === 0 || keys[i] !== keys[order[at - 1] ?? 0]);
  return {
    a: first.map((i) => a[i] ?? 0),
    b: first.map((i) => b[i] ?? 0),
    odds: Float64Array.from(first, (i) => odds[i] ?? 0),
  };
}

function apartIn(
  { prepared }: Pick<Plan, "prepared">,
  { isOneToOne, apart = [] }: DecideOptions,
): ((a: number, b: number) => boolean) | undefined {
  if (!isOneToOne && apart.length === 0) return undefined;
  const at = new Map(Array.from(prepared.rows, (row, i) => [row, i]));
  const pairs = new Set(
    apart.map(([x, y]) => {
      const [a, b] = [at.get(x) ?? -1, at.get(y) ?? -1];
      return `${Math.min(a, b)}.${Math.max(a, b)}`;
    }),
  );
  const { files } = prepared;
  return (a, b) => (isOneToOne === true && files[a] === files[b]) || (pairs.size > 0 && pairs.has(`${Math.min(a, b)}.${Math.max(a, b)}`));
}
