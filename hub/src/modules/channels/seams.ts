import type { Facet } from "@weft/contracts";
import type { ChannelId, PlaceId } from "@weft/kernel";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { carries, NO_CHANNEL, seamEnd, type Carriage, type Proof, type SeamEnd } from "./domain/index.ts";
import { channelsSnapshot } from "./snapshot.ts";

type Reader = Pick<ReadCtx, "snapshots">;

/** Where somebody is: on a channel, and at a place when it is about one. Without a channel it is the hub itself, for whom all is linked. */
export type Standpoint = { readonly channelId: ChannelId | null; readonly placeId?: PlaceId | null };

/** A standpoint as one side of a seam. In memory: no statement. */
export async function seamEndAt(ctx: Reader, { channelId, placeId }: Standpoint): Promise<SeamEnd> {
  const channel = channelId === null ? undefined : (await ctx.snapshots.current(channelsSnapshot)).channels.get(channelId);
  if (!channel) return NO_CHANNEL;
  if (!placeId || channel.placeLevels.length === 0) return seamEnd(channel, []);
  return seamEnd(channel, (await ctx.snapshots.current(placesSnapshot)).places.get(placeId)?.groupIds ?? []);
}

/** Whether a facet is carried between two standpoints, and on which terms [CHA-5]. In memory: no statement. */
export async function carriesBetween<F extends Facet>(
  ctx: Reader,
  from: Standpoint,
  to: Standpoint,
  facet: F,
  proof: Proof = "none",
): Promise<Carriage<F>> {
  return carries(await seamEndAt(ctx, from), await seamEndAt(ctx, to), facet, proof);
}

/** The channels from which a facet is carried to here; null when that is all there are, as it is while none is set apart. In memory. */
export async function channelsCarrying(
  ctx: Reader,
  here: Standpoint,
  facet: Facet,
  proof: Proof = "none",
): Promise<readonly ChannelId[] | null> {
  const { channels, areAllLinked } = await ctx.snapshots.current(channelsSnapshot);
  if (areAllLinked) return null;
  const to = await seamEndAt(ctx, here);
  const all = [...channels.values()];
  const carried = all.filter((channel) => carries(seamEnd(channel, []), to, facet, proof).carried);
  return carried.length === all.length ? null : carried.map(({ id }) => id);
}

/** Where the caller acts: its channel, and its device's or a member of staff's place. */
export function standpointOf({ actor }: Pick<Ctx, "actor">): Standpoint {
  return { channelId: actor.channelId, placeId: actor.placeId };
}
