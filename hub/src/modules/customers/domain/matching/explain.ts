import type { Plan } from "./engine.ts";
import { EQUAL_COMMON, MISSING } from "./levels.ts";
import type { FieldKind } from "./prepare.ts";
import { createScorer, type Scorer } from "./score.ts";

/** What one field says about a pair. `bits` above 0 speak for one person, below 0 for two: each bit doubles the odds. */
export type Reason = { readonly field: string; readonly level: string; readonly bits: number };

const ALIKE = ["missing", "different", "hardly alike", "a little alike", "alike", "very alike", "one slip"];
const NAMES: Partial<Record<FieldKind, readonly string[]>> = {
  name: ["missing", "different", "hardly alike", "a little alike", "sounds alike", "short or familiar form, or a part", "one slip"],
  date: ["missing", "different", "same year", "near in time", "two of day, month, year", "swapped or transposed", "one digit differs"],
  code: ["missing", "different", "different", "same ending", "same beginning", "two slips", "one slip"],
  email: [
    "missing",
    "different",
    "same host or alike name",
    "a little alike",
    "alike at the same host",
    "same name or two slips",
    "one slip",
  ],
  cross: ["missing", "straight", "first and last name crossed", "neither name alike"],
};
const EQUAL = ["equal, common", "equal", "equal, rare"];

/** Why two records (numbers of the plan) are or are not one person: field by field, strongest first; fields that say nothing are left out. */
export function explain({ prepared, model }: Plan, a: number, b: number, scorer: Scorer = createScorer(prepared, model)): Reason[] {
  scorer.odds(a, b);
  const reasons = prepared.fields.flatMap(({ name, kind }, f): Reason[] => {
    const level = scorer.levels[f] ?? MISSING;
    if (level === MISSING || (kind === "cross" && level === 1)) return [];
    const words = level >= EQUAL_COMMON ? EQUAL[level - EQUAL_COMMON] : (NAMES[kind] ?? ALIKE)[level];
    return [{ field: name, level: words ?? "", bits: scorer.strengthOf(f) / Math.LN2 }];
  });
  return reasons.toSorted((x, y) => Math.abs(y.bits) - Math.abs(x.bits));
}
