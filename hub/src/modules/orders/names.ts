import type { Snapshots } from "../../platform/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { Names } from "./domain.ts";

/** Kinds of channels and names of places, for whoever presents an order. A channel that is gone shows as the office. */
export async function namesOf(snapshots: Snapshots): Promise<Names> {
  const [{ channels }, { places }] = await Promise.all([snapshots.current(channelsSnapshot), snapshots.current(placesSnapshot)]);
  return {
    channelKind: (id) => channels.get(id)?.kind ?? "office",
    placeName: (id) => places.get(id)?.name ?? null,
  };
}
