import type { Links } from "./cluster.ts";
import { chanceOf, type Decision } from "./decide.ts";
import { explain, type Reason } from "./explain.ts";
import type { Model } from "./em.ts";
import type { Prepared } from "./prepare.ts";
import { createScorer, type Scorer } from "./score.ts";

/** Two rows of the input, the chance that they are one person, and what each field says about it. */
export type JoinedRows = { readonly rows: readonly [number, number]; readonly chance: number; readonly reasons: readonly Reason[] };

type Known = { readonly prepared: Prepared; readonly model: Model };

/**
 * The links that make the clusters of a decision out of what hangs together already: as few as connect them, each between the two records
 * that agree best. `groupOf` says for each row of the input which of those groups it is in.
 */
export function joinsOf(
  { prepared, model }: Known,
  { clusterOf }: Pick<Decision, "clusterOf">,
  judged: Links,
  groupOf: readonly number[],
  scorer: Scorer = createScorer(prepared, model),
): JoinedRows[] {
  const at = new Map(Array.from(prepared.rows, (row, i) => [row, i]));
  const joined = new Map<number, number>();
  const root = (group: number): number => {
    const up = joined.get(group);
    return up === undefined ? group : root(up);
  };
  const joins: (readonly [number, number])[] = [];
  const join = (a: number, b: number): void => {
    const [x, y] = [root(groupOf[a] ?? -1), root(groupOf[b] ?? -1)];
    if (x === y) return;
    joined.set(Math.max(x, y), Math.min(x, y));
    joins.push([a, b]);
  };
  const row = (i: number): number => prepared.rows[i] ?? 0;
  const order = Array.from(judged.odds.keys()).toSorted((i, j) => (judged.odds[j] ?? 0) - (judged.odds[i] ?? 0) || i - j);
  for (const i of order) {
    const [a, b] = [row(judged.a[i] ?? 0), row(judged.b[i] ?? 0)];
    if (clusterOf[a] === clusterOf[b]) join(a, b);
  }
  // What came together by the support of others alone hangs on the first of its cluster.
  const first = new Map<number, number>();
  clusterOf.forEach((cluster, a) => {
    const b = first.get(cluster);
    if (b === undefined) first.set(cluster, a);
    else join(b, a);
  });
  return joins.map((rows) => judgedRows({ prepared, model }, at, rows, scorer));
}

function judgedRows(known: Known, at: ReadonlyMap<number, number>, rows: readonly [number, number], scorer: Scorer): JoinedRows {
  const [x, y] = [at.get(rows[0]) ?? 0, at.get(rows[1]) ?? 0];
  const [a, b] = [Math.min(x, y), Math.max(x, y)];
  return { rows, chance: chanceOf(scorer.odds(a, b)), reasons: explain(known, a, b, scorer) };
}

/** Pairs for a person to judge, with what each field says: of two groups the likeliest pair alone. */
export function questionsOf(
  known: Known,
  { review }: Pick<Decision, "review">,
  groupOf: readonly number[],
  scorer: Scorer = createScorer(known.prepared, known.model),
): JoinedRows[] {
  const at = new Map(Array.from(known.prepared.rows, (row, i) => [row, i]));
  const asked = new Set<string>();
  return review.flatMap(({ rows }) => {
    const [x, y] = [groupOf[rows[0]] ?? -1, groupOf[rows[1]] ?? -1];
    const pair = `${Math.min(x, y)}.${Math.max(x, y)}`;
    if (x === y || asked.has(pair)) return [];
    asked.add(pair);
    return [judgedRows(known, at, rows, scorer)];
  });
}
