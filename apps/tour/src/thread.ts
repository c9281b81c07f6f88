import type { Facet, SeamView, TourSceneName } from "@weft/contracts/client";
import type { Level, Stop } from "./scenes.ts";

/** In the order in which the thread shows them. */
export const FACETS: readonly Facet[] = ["identity", "cart", "price", "promise", "order", "loyalty", "conversation", "preferences"];

/** What the thread shows of a facet: carried, lost with the reason, or not touched yet. */
export type Strand = { readonly facet: Facet; readonly state: "carried" | "lost" | "idle"; readonly because: string | null };

/** Untouched. */
const IDLE = { state: "idle", because: null } as const;

/**
 * The eight strands of the thread in this scene: a facet is carried when a passage into the store carried it, and lost when each lost it.
 * While both devices are used at once there are several. Those that arrived before `since` (ISO 8601) are of scenes before.
 */
export function strandsOf(seams: readonly SeamView[], since: string): Strand[] {
  const isOwn = ({ to }: SeamView): boolean => to.channelKind === "store" && Date.parse(to.at) >= Date.parse(since);
  const judged = seams.filter(isOwn).flatMap(({ facets }) => facets);
  return FACETS.map((facet) => {
    const own = judged.filter((one) => one.facet === facet);
    return { facet, ...(own.find(({ state }) => state === "carried") ?? own[0] ?? IDLE) };
  });
}

/** What became of each scene on each level, as the thread showed it last. */
export type Played = Readonly<Partial<Record<Level, Readonly<Partial<Record<TourSceneName, readonly Strand[]>>>>>>;

/** With what a scene showed on a level. What has shown nothing changes nothing. */
export function withStrands(played: Played, { scene, level }: Stop, strands: readonly Strand[]): Played {
  if (scene === "seams" || strands.every(({ state }) => state === "idle")) return played;
  return { ...played, [level]: { ...played[level], [scene]: strands } };
}

/** How many facets were carried and lost on a level, over its scenes. */
export function sumOf(scenes: Played[Level]): { readonly carried: number; readonly lost: number } {
  const all = Object.values(scenes ?? {}).flat();
  const count = (state: Strand["state"]): number => all.filter((strand) => strand.state === state).length;
  return { carried: count("carried"), lost: count("lost") };
}
