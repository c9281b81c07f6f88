import type { Links } from "./cluster.ts";
import { customerTable, type MatchedRecord } from "./customer-table.ts";
import { decide, type Thresholds } from "./decide.ts";
import { KEPT_FROM } from "./engine.ts";
import { joinsOf, questionsOf, type JoinedRows } from "./joins.ts";
import { keysOfRows, modelOf, prepareLater, type Learned } from "./learned.ts";
import type { Prepared } from "./prepare.ts";
import { createScorer, type Scorer } from "./score.ts";

/** A few records with what is known of them: which hang together already, and who was judged to be different. */
export type FewRecords = {
  readonly records: readonly MatchedRecord[];
  /** For each record the group that it is in. */
  readonly groupOf: readonly number[];
  readonly apart: readonly (readonly [number, number])[];
};

export type FewDecided = {
  readonly joins: readonly JoinedRows[];
  readonly questions: readonly JoinedRows[];
  /** Two records are one person now: by their places in `records`. */
  readonly areOne: (a: number, b: number) => boolean;
  /** The chance that two records are one person, by themselves. */
  readonly chanceOf: (a: number, b: number) => number;
};

/** Judges every pair of a few records by what was learned before, and decides as for a whole file. */
export function judgeFew(few: FewRecords, learned: Learned, linkFrom: number, thresholds: Thresholds): FewDecided {
  const known = { prepared: prepareLater(customerTable(few.records), learned), model: modelOf(learned) };
  const scorer = createScorer(known.prepared, known.model);
  const judged = judgeAll(known.prepared, scorer);
  const decision = decide(known, judged, { thresholds, linkFrom, apart: few.apart, together: pairsWithin(few.groupOf) }, scorer);
  const at = new Map(Array.from(known.prepared.rows, (row, i) => [row, i]));
  const place = (row: number): number => at.get(row) ?? 0;
  return {
    joins: joinsOf(known, decision, judged, few.groupOf, scorer),
    questions: questionsOf(known, decision, few.groupOf, scorer),
    areOne: (a, b) => decision.clusterOf[a] === decision.clusterOf[b],
    chanceOf: (a, b) => 1 / (1 + Math.exp(-scorer.odds(Math.min(place(a), place(b)), Math.max(place(a), place(b))))),
  };
}

function judgeAll({ size }: Prepared, scorer: Scorer): Links {
  const found: { a: number; b: number; odds: number }[] = [];
  for (let a = 0; a < size; a++)
    for (let b = a + 1; b < size; b++) {
      const odds = scorer.odds(a, b, KEPT_FROM);
      if (odds >= KEPT_FROM) found.push({ a, b, odds });
    }
  return {
    a: Int32Array.from(found, ({ a }) => a),
    b: Int32Array.from(found, ({ b }) => b),
    odds: Float64Array.from(found, ({ odds }) => odds),
  };
}

/** The rows of each group in pairs: each with the first of its group. */
export function pairsWithin(groupOf: readonly number[]): (readonly [number, number])[] {
  const first = new Map<number, number>();
  return groupOf.flatMap((group, row) => {
    const other = first.get(group);
    if (other !== undefined) return [[other, row] as const];
    first.set(group, row);
    return [];
  });
}

/** By what each of a few records is brought together with others. */
export const keysOf = (records: readonly MatchedRecord[], learned: Learned): number[][] =>
  keysOfRows(prepareLater(customerTable(records), learned), learned);
