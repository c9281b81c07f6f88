import type { Plan } from "./engine.ts";
import { EQUAL_COMMON, MISSING } from "./levels.ts";
import type { FieldKind } from "./prepare.ts";
import { createScorer, type Scorer } from "./score.ts";

/**
 * What one field says about a pair. `bits` above 0 speak for one person, below 0 for two: each bit doubles the odds. `code` says the level to
 * a program that has its own words for it.
 */
export type Reason = { readonly field: string; readonly level: string; readonly code: ReasonCode; readonly bits: number };

const CODES = ["missing", "different", "hardly", "little", "alike", "very", "slip", "equal_common", "equal", "equal_rare"] as const;
const CODES_OF = {
  name: { 4: "sounds", 5: "part" },
  date: { 2: "year", 3: "near", 4: "two_parts", 5: "swapped" },
  code: { 2: "different", 3: "ending", 4: "beginning", 5: "slips" },
  email: { 2: "host", 5: "local" },
  mailbox: { 5: "local" },
  cross: { 1: "straight", 2: "crossed", 3: "neither_name" },
} as const;
type ByKind = (typeof CODES_OF)[keyof typeof CODES_OF];
export type ReasonCode =
  | (typeof CODES)[number]
  | { [Kind in keyof typeof CODES_OF]: ValueOf<(typeof CODES_OF)[Kind]> }[keyof typeof CODES_OF];
type ValueOf<T> = T[keyof T];

function codeOf(kind: FieldKind, level: number): ReasonCode {
  const own: Readonly<Record<string, ByKind>> = CODES_OF;
  const named: Readonly<Record<number, ReasonCode>> = own[kind] ?? {};
  return named[level] ?? CODES[level] ?? "missing";
}

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
export function explain(
  { prepared, model }: Pick<Plan, "prepared" | "model">,
  a: number,
  b: number,
  scorer: Scorer = createScorer(prepared, model),
): Reason[] {
  scorer.odds(a, b);
  const reasons = prepared.fields.flatMap(({ name, kind }, f): Reason[] => {
    const level = scorer.levels[f] ?? MISSING;
    if (level === MISSING || (kind === "cross" && level === 1)) return [];
    const words = level >= EQUAL_COMMON ? EQUAL[level - EQUAL_COMMON] : (NAMES[kind] ?? ALIKE)[level];
    return [{ field: name, level: words ?? "", code: codeOf(kind, level), bits: scorer.strengthOf(f) / Math.LN2 }];
  });
  return reasons.toSorted((x, y) => Math.abs(y.bits) - Math.abs(x.bits));
}
