import type { IdentifierLimitView } from "@weft/contracts/client";

/** A value of a household never joins by itself. */
export const mayJoin = ({ scope }: Pick<IdentifierLimitView, "scope">): boolean => scope !== "household";

/** The limits that differ from those that hold. */
export function changedLimits(held: readonly IdentifierLimitView[], draft: readonly IdentifierLimitView[]): IdentifierLimitView[] {
  return draft.filter((each) => {
    const before = held.find(({ kind }) => kind === each.kind);
    return JSON.stringify(before) !== JSON.stringify(each);
  });
}

/** Shorter than this a value is nobody's name for anything. */
const SHORTEST = 2;

/** One value in each line, each once. */
export const blockedLines = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(({ length }) => length >= SHORTEST),
  ),
];
