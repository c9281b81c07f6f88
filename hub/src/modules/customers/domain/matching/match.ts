import { decide, type DecideOptions, type Decision } from "./decide.ts";
import { createJudge, makePlan, unitsOf, type Judged, type Plan } from "./engine.ts";
import type { Links } from "./cluster.ts";
import type { Table } from "./prepare.ts";

/** Puts what units found together, in the order of the units, so that it does not matter who was done first. */
export function together(parts: readonly Links[]): Links {
  const size = parts.reduce((sum, { a }) => sum + a.length, 0);
  const all = { a: new Int32Array(size), b: new Int32Array(size), odds: new Float64Array(size) };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a, at);
    all.b.set(part.b, at);
    all.odds.set(part.odds, at);
    at += part.a.length;
  }
  return all;
}

/**
 * Matches the records of a table, whole, where it stands: learns, compares, decides. Equal records in any order give equal clusters.
 * `matching/run-match.ts` does the same in threads for files.
 */
export function matchTable(
  table: Table,
  options: DecideOptions & { isAcrossFiles?: boolean } = {},
): Decision & { plan: Plan; judged: Links } {
  const plan = makePlan(table, options.isAcrossFiles ?? options.isOneToOne ?? false);
  const { judge, scorer } = createJudge(plan);
  const parts: Judged[] = unitsOf(plan).map(judge);
  const judged = together(parts);
  return { ...decide(plan, judged, options, scorer), plan, judged };
}
