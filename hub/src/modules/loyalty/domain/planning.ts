import { instantOf, type BusinessDate } from "@weft/kernel";
import type { EarnRule } from "./earning.ts";

/** A version with when it was written, and, where a day was named for it, that day. */
export type DatedRule = EarnRule & { readonly validFrom: Date; readonly beginsOn: BusinessDate | null };

/** From when on a version holds [LOY-44]: as it was written, or from the midnight that begins its day where the clocks show a time zone. */
export function startOf({ validFrom, beginsOn }: Pick<DatedRule, "validFrom" | "beginsOn">, timeZone: string): Date {
  return beginsOn === null ? validFrom : instantOf(beginsOn, 0, timeZone);
}

/**
 * The version in force at a moment where the clocks show a time zone [LOY-44]: of those whose day has come, the one that began last. What was written
 * without a day holds at once, whatever the clock of the process that asks. Example: a version for 1 December holds in Lyon an hour before it holds in London.
 */
export function ruleAt(versions: readonly DatedRule[], at: Date, timeZone: string): DatedRule | undefined {
  const begun = versions.filter(({ beginsOn }) => beginsOn === null || instantOf(beginsOn, 0, timeZone) <= at);
  const start = (rule: DatedRule) => startOf(rule, timeZone).getTime();
  return begun.toSorted((a, b) => start(b) - start(a) || b.version - a.version)[0] ?? versions[0];
}
