import type { Facet, SeamView } from "@weft/contracts/client";

/** In the order in which the thread shows them. */
export const FACETS: readonly Facet[] = ["identity", "cart", "price", "promise", "order", "loyalty", "conversation", "preferences"];

/** What the thread shows of a facet: carried, lost with the reason, or not touched yet. */
export type Strand = { readonly facet: Facet; readonly state: "carried" | "lost" | "idle"; readonly because: string | null };

/** Untouched. */
const IDLE = { state: "idle", because: null } as const;

/**
 * The eight strands of the thread in this scene: a facet is carried when a passage into the store carried it, and lost when each lost it.
 * While both devices are used at once there are several. `known` are seams of scenes before.
 */
export function strandsOf(seams: readonly SeamView[], known: ReadonlySet<string>): Strand[] {
  const judged = seams.filter(({ id, to }) => !known.has(id) && to.channelKind === "store").flatMap(({ facets }) => facets);
  return FACETS.map((facet) => {
    const own = judged.filter((one) => one.facet === facet);
    return { facet, ...(own.find(({ state }) => state === "carried") ?? own[0] ?? IDLE) };
  });
}

export type Passage = { readonly from: string; readonly to: string; readonly facets: Readonly<Record<string, Count>> };
type Count = { readonly carried: number; readonly lost: number };

/** Seams by their two kinds of channels: how often each facet was carried and lost. */
export function passagesOf(seams: readonly SeamView[]): Passage[] {
  const passages = new Map<string, { from: string; to: string; facets: Record<string, { carried: number; lost: number }> }>();
  for (const { from, to, facets } of seams) {
    const key = `${from.channelKind} ${to.channelKind}`;
    const passage = passages.get(key) ?? { from: from.channelKind, to: to.channelKind, facets: {} };
    for (const { facet, state } of facets) {
      const count = (passage.facets[facet] ??= { carried: 0, lost: 0 });
      count[state] += 1;
    }
    passages.set(key, passage);
  }
  return [...passages.values()];
}
