import type { ChannelId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Snapshots } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { programSnapshot, type Reward } from "../../loyalty/index.ts";
import { goodsCategories, pricingSnapshot, type PricingSnapshot, type RewardId } from "../../pricing/index.ts";
import { methodsOf, placesOffered, placesShippingFor, promisingNow, shippingPlace, type PromisingPlace } from "../../promises/index.ts";
import {
  assess,
  atOnePlace,
  groupsOf,
  type AssessedCart,
  type LoadedCart,
  type PriceHolding,
  type SellingPlace,
  type ShippingFacts,
  type Wanted,
} from "../domain/index.ts";

export type AssessOptions = {
  readonly at: Date;
  /** The fulfillment to judge by, where it is not the cart's own: completion names its own. */
  readonly wanted?: Wanted | null;
  readonly placeId?: PlaceId | null;
  /** Whether the goods leave with this very act. Shown to a till that holds the cart it is so. */
  readonly handsOverNow?: boolean;
  /** Prices and promotions that are tried, where they are not those in force. */
  readonly pricing?: PricingSnapshot;
};

/** Prices and requirements of a cart, from the snapshots alone: not one SQL statement. */
export async function assessCart(snapshots: Snapshots, cart: LoadedCart, options: AssessOptions): Promise<AssessedCart> {
  const [catalog, pricing, program] = await Promise.all([
    snapshots.current(catalogSnapshot),
    options.pricing ?? snapshots.current(pricingSnapshot),
    cart.rewards.length > 0 ? snapshots.current(programSnapshot) : null,
  ]);
  const wanted = options.wanted === undefined ? cart.wanted : options.wanted;
  const placeId = options.placeId === undefined ? cart.placeId : options.placeId;
  const place = await sellingPlace(snapshots, cart.sellingChannelId, placeId);
  const judged = wanted?.kind === "ship" ? cart : { ...cart, lines: atOnePlace(cart.lines, placeId) };
  return assess(judged, wanted, {
    at: options.at,
    place,
    shipping: wanted?.kind === "ship" ? await shippingFacts(snapshots, cart, wanted, place) : null,
    pricing,
    goods: catalog,
    inAssortment: (productId, at) => catalog.isSoldAt(productId, at) && catalog.isSoldOn(productId, cart.sellingChannelId),
    customerGroups: groupsOf(cart),
    categoriesOf: (productId) => goodsCategories(catalog)(productId),
    promising: await promisingAt(snapshots, placeId, options.at),
    handsOverNow: options.handsOverNow ?? cart.holders.some(({ kind }) => kind === "register"),
    rewards: program?.rewards ?? NO_REWARDS,
  });
}

const NO_REWARDS: ReadonlyMap<RewardId, Reward> = new Map();

/** What a cart that is shipped depends on, from the snapshots alone. */
async function shippingFacts(snapshots: Snapshots, cart: LoadedCart, wanted: Wanted, from: SellingPlace): Promise<ShippingFacts> {
  const country = cart.address?.country ?? from.country;
  const shipping = await placesShippingFor({ snapshots }, cart.sellingChannelId);
  const lead = shipping.find(({ id }) => id === from.placeId);
  const sends = (placeId: PlaceId | null) => {
    const place = shipping.find(({ id }) => id === placeId);
    return { placeId, name: place?.name ?? null, place: place ? shippingPlace(place) : null };
  };
  return {
    from: (cart.wanted?.parcels?.map(({ placeId }) => placeId) ?? [from.placeId]).map(sends),
    country,
    methods: lead ? await methodsOf({ snapshots }, lead.entityId, country) : [],
    methodId: wanted.methodId ?? null,
  };
}

async function promisingAt(snapshots: Snapshots, placeId: PlaceId | null, at: Date): Promise<PromisingPlace | null> {
  const { places } = await snapshots.current(placesSnapshot);
  const place = placeId === null ? undefined : places.get(placeId);
  return place ? promisingNow(snapshots, place, at) : null;
}

/** The place of a cart, or its channel's legal entity while none is chosen. */
export async function sellingPlace(snapshots: Snapshots, channelId: ChannelId, placeId: PlaceId | null): Promise<SellingPlace> {
  const [places, channels] = await Promise.all([snapshots.current(placesSnapshot), snapshots.current(channelsSnapshot)]);
  const place = placeId === null ? undefined : places.places.get(placeId);
  const entityId = place?.entityId ?? channels.channels.get(channelId)?.entityId;
  const entity = entityId && places.entities.get(entityId);
  if (!entity) throw new Error(`channel ${channelId} sells for no legal entity`);
  const isOffered = place !== undefined && (await placesOffered({ snapshots }, { channelId }, [place]))(place.id);
  return {
    entityId: entity.id,
    placeId: place?.id ?? null,
    name: place?.name ?? null,
    country: entity.country,
    currency: entity.currency,
    timeZone: place?.timeZone ?? entity.timeZone,
    groupIds: place?.groupIds ?? [],
    isServing: isOffered && place.status === "active" && place.kind !== "warehouse",
  };
}

/** However often a holder acts, a promise of price or stock ends an hour after it was first made, unless its channel promises longer. */
export const HOLD_HARD_CAP_MINUTES = 60;

/**
 * How long the prices of a cart are promised: as the channel that sells it says, else as long as its place holds goods for a cart. In
 * memory: no statement.
 */
export async function priceHolding(snapshots: Snapshots, cart: Pick<LoadedCart, "placeId" | "sellingChannelId">): Promise<PriceHolding> {
  const { channels } = await snapshots.current(channelsSnapshot);
  const { places } = await snapshots.current(placesSnapshot);
  const settings = cart.placeId === null ? undefined : places.get(cart.placeId)?.settings;
  const minutes = channels.get(cart.sellingChannelId)?.priceHoldMinutes ?? settings?.holdMinutes ?? HOLD_MINUTES;
  return { minutes, hardCapMinutes: Math.max(HOLD_HARD_CAP_MINUTES, minutes) };
}

/** Where no place is chosen. */
export const HOLD_MINUTES = 15;

/** Which of these codes may not be used again, in all or by the customer of a record. A code whose uses nobody counts costs no statement. */
export async function usedUpFor(ctx: Pick<Ctx, "db" | "snapshots">, codes: readonly string[], recordId: RecordId): Promise<string[]> {
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  if (codes.every((code) => pricing.codes.get(code)?.isUnlimited)) return [];
  const { rows } = await sql<{ codes: string[] }>`
    select pricing.used_up_codes(${codes}::text[], array(select customers.records_of(${recordId}))) as codes`.execute(ctx.db);
  return rows[0]?.codes ?? [];
}
