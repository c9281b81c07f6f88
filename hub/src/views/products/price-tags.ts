import type { ShownDepositView } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId, UnitPrice, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { placesSnapshot, type LegalEntity } from "../../modules/places/index.ts";
import {
  depositIn,
  lowestPrices,
  priceChooser,
  pricingSnapshot,
  shopWindow,
  type LowestPrices,
  type PricingSnapshot,
  type PublicContext,
  type ShopWindow,
} from "../../modules/pricing/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** What one unit of a variant costs this caller there before promotions; null where it is not sold. */
export type PriceTags = (variantId: VariantId) => UnitPrice | null;

/** What goods cost where they are shown, and what promotions mean for them there. */
export type PriceWindow = {
  readonly priceOf: PriceTags;
  /** The deposit on its packaging there, which no price of it contains [PRC-22]. */
  readonly depositOf: (variantId: VariantId) => ShownDepositView | null;
  readonly promotions: ShopWindow;
  readonly lowestBefore: LowestPrices;
};

/** Nobody's channel: only lists that name no channel hold for it. */
const NO_CHANNEL = "" as ChannelId; // no channel has this id
const NOWHERE: PriceWindow = {
  priceOf: () => null,
  depositOf: () => null,
  promotions: { reducedOf: () => undefined, conditionalOn: () => [], all: [] },
  lowestBefore: () => undefined,
};

/**
 * Prices and promotions for the caller at a store, or for their channel while no store is chosen. From snapshots alone, but
 * for a customer's groups. `only` leaves out what another kind of list prices.
 */
export async function priceWindow(
  ctx: ReadCtx,
  placeId: PlaceId | null,
  only: { readonly taxIncluded?: boolean } = {},
): Promise<PriceWindow> {
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const place = placeId === null ? undefined : places.get(placeId);
  const channelId = ctx.actor.channelId ?? NO_CHANNEL;
  const entityId = place?.entityId ?? channels.get(channelId)?.entityId;
  const entity = entityId === undefined ? [...entities.values()][0] : entities.get(entityId);
  if (!entity) return NOWHERE;
  const context = {
    at: ctx.now,
    currency: entity.currency,
    channelId,
    ...(place && { placeId: place.id }),
    groupIds: place?.groupIds ?? [],
    customerGroups: ctx.actor.customer ? await groupsOf(ctx, ctx.actor.customer.recordId) : [],
    timeZone: place?.timeZone ?? entity.timeZone,
    isKnown: ctx.actor.customer !== null,
  };
  const choose = priceChooser(pricing, context);
  return {
    priceOf(variantId) {
      const chosen = choose(variantId, 1);
      return chosen && (only.taxIncluded === undefined || only.taxIncluded === chosen.taxIncluded) ? chosen.unitPrice : null;
    },
    depositOf: depositsShown(pricing, entity),
    promotions: shopWindow(pricing.promotions, context),
    lowestBefore: keptLowest(pricing, context),
  };
}

function depositsShown({ deposits }: PricingSnapshot, { country, currency }: Pick<LegalEntity, "country" | "currency">) {
  return (variantId: VariantId): ShownDepositView | null => {
    const deposit = deposits.get(variantId);
    const set = deposit && depositIn(deposit, country, currency);
    return set ? { name: deposit.name, amount: { amount: set.amount, currency } } : null;
  };
}

/** So many contexts are remembered per snapshot: places by channels. More are forgotten together. */
const MOST_CONTEXTS = 200;
const kept = new WeakMap<PricingSnapshot, Map<string, LowestPrices>>();

/** The past does not change: what was looked up for one visitor is known for the next. */
function keptLowest(pricing: PricingSnapshot, context: PublicContext): LowestPrices {
  const contexts = kept.get(pricing) ?? new Map<string, LowestPrices>();
  kept.set(pricing, contexts);
  const key = [context.channelId, context.placeId, context.currency].join(" ");
  const found = contexts.get(key) ?? lowestPrices(pricing, context);
  if (contexts.size >= MOST_CONTEXTS) contexts.clear();
  contexts.set(key, found);
  return found;
}

/** The groups with prices of their own that a signed-in customer is in, by all linked records. */
async function groupsOf(ctx: ReadCtx, recordId: RecordId): Promise<string[]> {
  const { rows } = await sql<{ customerGroup: string }>`
    select distinct customer_group as "customerGroup" from pricing.read_customer_group
     where record_id in (select customers.records_of(${recordId})) order by 1`.execute(ctx.db);
  return rows.map(({ customerGroup }) => customerGroup);
}
