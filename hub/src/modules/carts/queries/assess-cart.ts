import type { ChannelId, PlaceId } from "@weft/kernel";
import type { Snapshots } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { pricingSnapshot } from "../../pricing/index.ts";
import { assess, type AssessedCart, type LoadedCart, type SellingPlace, type Wanted } from "../domain/index.ts";

export type AssessOptions = {
  readonly at: Date;
  /** The fulfillment to judge by, where it is not the cart's own: completion names its own. */
  readonly wanted?: Wanted | null;
  readonly placeId?: PlaceId | null;
};

/** Prices and requirements of a cart, from the snapshots alone: not one SQL statement. */
export async function assessCart(snapshots: Snapshots, cart: LoadedCart, options: AssessOptions): Promise<AssessedCart> {
  const [catalog, pricing] = await Promise.all([snapshots.current(catalogSnapshot), snapshots.current(pricingSnapshot)]);
  const wanted = options.wanted === undefined ? cart.wanted : options.wanted;
  const placeId = options.placeId === undefined ? cart.placeId : options.placeId;
  return assess(cart, wanted, {
    at: options.at,
    channelId: cart.channelId,
    place: await sellingPlace(snapshots, cart.channelId, placeId),
    pricing,
    goods: catalog,
    inAssortment: (productId, at) => catalog.isSoldAt(productId, at),
    customerGroups: cart.customerGroups,
  });
}

/** The place of a cart, or its channel's legal entity while none is chosen. */
export async function sellingPlace(snapshots: Snapshots, channelId: ChannelId, placeId: PlaceId | null): Promise<SellingPlace> {
  const [places, channels] = await Promise.all([snapshots.current(placesSnapshot), snapshots.current(channelsSnapshot)]);
  const place = placeId === null ? undefined : places.places.get(placeId);
  const entityId = place?.entityId ?? channels.channels.get(channelId)?.entityId;
  const entity = entityId && places.entities.get(entityId);
  if (!entity) throw new Error(`channel ${channelId} sells for no legal entity`);
  return {
    entityId: entity.id,
    placeId: place?.id ?? null,
    name: place?.name ?? null,
    country: entity.country,
    currency: entity.currency,
    timeZone: place?.timeZone ?? entity.timeZone,
    groupIds: place?.groupIds ?? [],
    isServing: place !== undefined && place.status === "active" && place.kind !== "warehouse",
  };
}
