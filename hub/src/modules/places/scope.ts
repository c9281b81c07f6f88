import { err, ok, type Result } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import type { PlacesError } from "./errors.ts";
import { placesSnapshot, type Place } from "./snapshot.ts";

/** A part of the chain as somebody asks for it: a place, a group with all below it, or all that they reach. */
export type WantedScope = { readonly placeId?: string | undefined; readonly groupId?: string | undefined };

export type Scope = {
  /** Closed places too: they may have something left to do. */
  readonly places: readonly Place[];
  /** Nothing is left out: what stands at no place belongs to it as well. */
  readonly isWhole: boolean;
};

/**
 * The places that are asked for, as far as the caller's roles hold there [PLA-7].
 * Errors: `places.unknown`, `places.group_unknown`, `places.out_of_reach` for a place that is asked for by its id.
 */
export async function placesInScope(
  ctx: Pick<ReadCtx, "snapshots" | "actor">,
  { placeId, groupId }: WantedScope,
): Promise<Result<Scope, PlacesError>> {
  const { places, groups } = await ctx.snapshots.current(placesSnapshot);
  const own: readonly string[] = ctx.actor.staff?.placeIds ?? [];
  const isReached = (id: string): boolean => own.length === 0 || own.includes(id);
  const all = [...places.values()];
  if (placeId !== undefined) {
    const place = all.find(({ id }) => id === placeId);
    if (!place) return err({ code: "places.unknown", placeId });
    return isReached(placeId) ? ok({ places: [place], isWhole: false }) : err({ code: "places.out_of_reach", placeId });
  }
  const reached = all.filter(({ id }) => isReached(id));
  if (groupId === undefined) return ok({ places: reached, isWhole: own.length === 0 });
  if (![...groups.keys()].some((id) => id === groupId)) return err({ code: "places.group_unknown", groupId });
  return ok({ places: reached.filter(({ groupIds }) => groupIds.some((id) => id === groupId)), isWhole: false });
}
