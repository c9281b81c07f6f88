import type { RecordId } from "@weft/kernel";
import { components, contradicted, type LinkPair } from "./components.ts";
import { byStrength, type LimitedLink } from "./limits.ts";

/**
 * Of the links that hold persons together, those that go because a person judged two of their records different [IDN-3]: the weakest that would
 * bring the two together, so that everybody else stays with whom they are tied to more. The answer does not depend on the order in which links
 * are given. Persons in whom nobody was judged cost one look.
 */
export function linksTorn(records: readonly RecordId[], links: readonly LimitedLink[], apart: readonly LinkPair[]): LimitedLink[] {
  if (apart.length === 0) return [];
  return components(records, links).flatMap((group) => {
    const members = new Set(group);
    const judged = apart.filter(({ a, b }) => members.has(a) && members.has(b));
    if (judged.length === 0) return [];
    return contradicted(group, links.filter(({ a }) => members.has(a)).toSorted(byStrength), judged); // prettier-ignore
  });
}

/** Whether people's own decisions, a merge or a claim, make two records one, whatever else joins them. */
export function areOneByDecision(records: readonly RecordId[], links: readonly LimitedLink[], { a, b }: LinkPair): boolean {
  const decided = links.filter(({ kind }) => kind === "agent" || kind === "customer");
  return components(records, decided).some((group) => group.includes(a) && group.includes(b));
}
