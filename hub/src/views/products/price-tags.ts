import type { ChannelId, PlaceId, RecordId, UnitPrice, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { priceChooser, pricingSnapshot } from "../../modules/pricing/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** What one unit of a variant costs this caller there; null where it is not sold. */
export type PriceTags = (variantId: VariantId) => UnitPrice | null;

/** Nobody's channel: only lists that name no channel hold for it. */
const NO_CHANNEL = "" as ChannelId; // no channel has this id

/**
 * Prices for the caller at a store, or for their channel while no store is chosen. From snapshots alone, but
 * for a customer's groups. `only` leaves out what another kind of list prices.
 */
export async function priceTags(ctx: ReadCtx, placeId: PlaceId | null, only: { readonly taxIncluded?: boolean } = {}): Promise<PriceTags> {
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const place = placeId === null ? undefined : places.get(placeId);
  const channelId = ctx.actor.channelId ?? NO_CHANNEL;
  const entityId = place?.entityId ?? channels.get(channelId)?.entityId;
  const entity = entityId === undefined ? [...entities.values()][0] : entities.get(entityId);
  if (!entity) return () => null;
  const choose = priceChooser(await ctx.snapshots.current(pricingSnapshot), {
    at: ctx.now,
    currency: entity.currency,
    channelId,
    ...(place && { placeId: place.id }),
    groupIds: place?.groupIds ?? [],
    customerGroups: ctx.actor.customer ? await groupsOf(ctx, ctx.actor.customer.recordId) : [],
  });
  return (variantId) => {
    const chosen = choose(variantId, 1);
    return chosen && (only.taxIncluded === undefined || only.taxIncluded === chosen.taxIncluded) ? chosen.unitPrice : null;
  };
}

/** The groups with prices of their own that a signed-in customer is in, by all linked records. */
async function groupsOf(ctx: ReadCtx, recordId: RecordId): Promise<string[]> {
  const { rows } = await sql<{ customerGroup: string }>`
    select distinct customer_group as "customerGroup" from pricing.read_customer_group
     where record_id in (select customers.records_of(${recordId})) order by 1`.execute(ctx.db);
  return rows.map(({ customerGroup }) => customerGroup);
}
