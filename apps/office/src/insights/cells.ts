import type { ChannelKind, ContinuityPairView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";

/** A share as people read it, to a tenth where it matters. */
export function formatPercent(share: number): string {
  return formatNumber(share, { style: "percent", maximumFractionDigits: share > 0.9 && share < 1 ? 1 : 0 });
}

/** How the address names a pair: `web-store`. */
export const pairKey = ({ from, to }: Pick<ContinuityPairView, "from" | "to">): string => `${from.channelKind}-${to.channelKind}`;

export const isPair = (pair: ContinuityPairView, key: string | undefined): boolean => pairKey(pair) === key;

/** The kinds of channels that a seam begins or ends at, the busiest first: the lines and columns of the map. */
export function kindsOf(pairs: readonly ContinuityPairView[]): ChannelKind[] {
  const seams = new Map<ChannelKind, number>();
  for (const { from, to, seams: count } of pairs)
    for (const kind of new Set([from.channelKind, to.channelKind])) seams.set(kind, (seams.get(kind) ?? 0) + count);
  return [...seams].toSorted(([, a], [, b]) => b - a).map(([kind]) => kind);
}

/** The pair of a line and a column; null where nobody went. */
export function pairOf(pairs: readonly ContinuityPairView[], from: ChannelKind, to: ChannelKind): ContinuityPairView | null {
  return pairs.find((pair) => pair.from.channelKind === from && pair.to.channelKind === to) ?? null;
}

/** How a cell looks: by its level, or as one that has too few seams for a verdict. */
export const toneOf = ({ level }: Pick<ContinuityPairView, "level">): "omni" | "cross" | "multi" | "few" => level ?? "few";
