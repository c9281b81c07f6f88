import type { Facet, LinkLevel, PlaceFacet } from "@weft/contracts";
import type { ChannelId, GroupId } from "@weft/kernel";
import type { SeamEnd } from "./carries.ts";

/** A level of its own for one facet at the places of a group. */
export type PlaceLevel = { readonly groupId: GroupId; readonly facet: PlaceFacet; readonly level: LinkLevel };

/** What is set of a channel. */
export type ChannelLevels = {
  readonly id: ChannelId;
  readonly linkLevel: LinkLevel;
  readonly placeLevels: readonly PlaceLevel[];
  readonly circle?: string | null;
};

/** Works for all channels and meets no seam: a job, an import, the hub itself. */
export const NO_CHANNEL: SeamEnd = { channelId: null, levels: everyFacet("linked") };

/**
 * A channel as one side of a seam, at a place whose groups are given, nearest first. A facet about a place has the level of the nearest
 * group that sets one, else the channel's; all others have the channel's [CHA-7].
 */
export function seamEnd({ id, linkLevel, placeLevels, circle = null }: ChannelLevels, groupIds: readonly GroupId[]): SeamEnd {
  const levels = everyFacet(linkLevel);
  if (placeLevels.length === 0) return { channelId: id, levels, circle };
  for (const groupId of groupIds.toReversed()) for (const own of placeLevels) if (own.groupId === groupId) levels[own.facet] = own.level;
  return { channelId: id, levels, circle };
}

function everyFacet(level: LinkLevel): Record<Facet, LinkLevel> {
  return {
    identity: level,
    cart: level,
    price: level,
    promise: level,
    order: level,
    loyalty: level,
    conversation: level,
    preferences: level,
  };
}
