import type { ReadCtx } from "../../platform/index.ts";
import { carriesBetween, standpointOf } from "../channels/index.ts";
import type { StoredFulfillment } from "./domain.ts";

type Placed = Pick<StoredFulfillment, "channel_id" | "place_id">;

/**
 * Whether the caller may take units off an order because its customer does not want them [FUL-16]: where it was placed, or where the link
 * levels let an order be changed. A channel that only hands over gives what the code opens, and no less.
 */
export async function mayChange(ctx: Pick<ReadCtx, "snapshots" | "actor">, { channel_id, place_id }: Placed): Promise<boolean> {
  if (ctx.actor.kind === "system") return true;
  const carriage = await carriesBetween(ctx, { channelId: channel_id, placeId: place_id }, standpointOf(ctx), "order", "code");
  return carriage.carried && carriage.terms.may.includes("change");
}
