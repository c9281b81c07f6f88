import { addDays, wallClock, type ChannelId, type PlaceId, type ProductId, type RecordId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Snapshots } from "../../../platform/index.ts";
import { recallsSnapshot } from "../../batches/index.ts";
import { catalogSnapshot, servedAt, type Catalog } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot, type Place, type WeekWindows } from "../../places/index.ts";
import { programSnapshot, type Reward } from "../../loyalty/index.ts";
import { goodsCategories, pricingSnapshot, type PricingSnapshot, type RewardId } from "../../pricing/index.ts";
import {
  makingsNow,
  methodsOf,
  placesOffered,
  placesShippingFor,
  promisingNow,
  shippingPlace,
  type PromisingPlace,
} from "../../promises/index.ts";
import {
  assess,
  atOnePlace,
  groupsOf,
  sendsSome,
  type AssessedCart,
  type AssessFacts,
  type BringingPlace,
  type CollectingPlace,
  type GoodsLookup,
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
  /** Where goods are looked up, when they need not be for sale any more. */
  readonly goods?: GoodsLookup;
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
  const judged = wanted?.kind === "ship" || wanted?.elsewhere ? cart : { ...cart, lines: atOnePlace(cart.lines, placeId) };
  return assess(judged, wanted, {
    at: options.at,
    place,
    shipping: wanted && sendsSome(wanted) ? await shippingFacts(snapshots, cart, wanted, place) : null,
    ...(await placesOfWays(snapshots, cart, wanted, { at: options.at, place })),
    pricing,
    goods: options.goods ?? catalog,
    inAssortment: (productId, at) => catalog.isSoldAt(productId, at) && catalog.isSoldOn(productId, cart.sellingChannelId),
    served: servedBy(catalog, (await snapshots.current(placesSnapshot)).places),
    making: makingBy(await makingsNow(snapshots), (await snapshots.current(placesSnapshot)).places),
    chargesAsItLeaves: chargedLaterBy(catalog, (await snapshots.current(placesSnapshot)).places),
    customerGroups: groupsOf(cart),
    categoriesOf: (productId) => goodsCategories(catalog)(productId),
    promising: await promisingAt(snapshots, placeId, options.at, cart),
    handsOverNow: options.handsOverNow ?? cart.holders.some(({ kind }) => kind === "register"),
    recalls: await snapshots.current(recallsSnapshot),
    ...(await nearEndAt(snapshots, placeId)),
    rewards: program?.rewards ?? NO_REWARDS,
  });
}

/** How a place marks down what is near its last day. */
async function nearEndAt(snapshots: Snapshots, placeId: PlaceId | null): Promise<Pick<AssessFacts, "nearEnd">> {
  const settings = placeId === null ? undefined : (await snapshots.current(placesSnapshot)).places.get(placeId)?.settings;
  return settings && settings.nearEndPercent > 0 ? { nearEnd: { days: settings.nearEndDays, percent: settings.nearEndPercent } } : {};
}

const servedBy =
  (catalog: Catalog, places: ReadonlyMap<PlaceId, Place>) =>
  (productId: ProductId, placeId: PlaceId): WeekWindows | null => {
    const place = places.get(placeId);
    return place ? servedAt(catalog, place, productId) : null;
  };

const makingBy =
  (makingAt: Awaited<ReturnType<typeof makingsNow>>, places: ReadonlyMap<PlaceId, Place>): NonNullable<AssessFacts["making"]> =>
  (productId, placeId) => {
    const place = places.get(placeId);
    return place ? makingAt(place, productId) : NOT_MADE;
  };

const NOT_MADE = { prepSeconds: 0 };

/** Goods say it themselves, or leave it to the place that sells them [CHK-54]. */
const chargedLaterBy =
  (catalog: Catalog, places: ReadonlyMap<PlaceId, Place>) =>
  (variantId: VariantId, placeId: PlaceId): boolean => {
    const said = catalog.variantOf(variantId)?.product.chargedWhen ?? "house";
    return (said === "house" ? places.get(placeId)?.settings.aheadCharged : said) === "dispatch";
  };

const NO_REWARDS: ReadonlyMap<RewardId, Reward> = new Map();

/**
 * What a cart that is shipped depends on, from the snapshots alone. Lines that are sent by themselves stay within the country of the place that
 * sells, and leave from its legal entity [CRT-26].
 */
async function shippingFacts(snapshots: Snapshots, cart: LoadedCart, wanted: Wanted, from: SellingPlace): Promise<ShippingFacts> {
  const country = cart.address?.country ?? from.country;
  const shipping = await placesShippingFor({ snapshots }, cart.sellingChannelId);
  const isWhole = wanted.kind === "ship";
  const planned = cart.wanted?.parcels?.map(({ placeId }) => placeId);
  const lead = shipping.find(({ id }) => id === (isWhole ? from.placeId : planned?.[0]));
  const sends = (placeId: PlaceId | null) => {
    const place = shipping.find(({ id }) => id === placeId);
    return { placeId, name: place?.name ?? null, place: place ? shippingPlace(place) : null };
  };
  return {
    from: (planned ?? [isWhole ? from.placeId : null]).map(sends),
    country,
    methods:
      lead && (isWhole || (lead.entityId === from.entityId && country === from.country))
        ? await methodsOf({ snapshots }, lead.entityId, country)
        : [],
    methodId: wanted.methodId ?? null,
  };
}

const NOWHERE: Pick<AssessFacts, "collecting" | "bringing"> = { collecting: new Map() };

/** The stores at which some lines are fetched, and the places that some are brought from, from the snapshots alone. */
async function placesOfWays(
  snapshots: Snapshots,
  cart: LoadedCart,
  wanted: Wanted | null,
  { at, place: here }: { readonly at: Date; readonly place: SellingPlace },
): Promise<Pick<AssessFacts, "collecting" | "bringing">> {
  if (!wanted?.elsewhere) return NOWHERE;
  const { places } = await snapshots.current(placesSnapshot);
  const home = here.placeId === null ? undefined : places.get(here.placeId);
  const collecting = new Map<PlaceId, CollectingPlace>();
  const bringing = new Map<PlaceId, BringingPlace>();
  for (const way of wanted.elsewhere) {
    const fetchedAt = way.kind === "ship" ? null : way.kind === "bring" ? here.placeId : way.placeId;
    const promising = fetchedAt === null || collecting.has(fetchedAt) ? null : await promisingAt(snapshots, fetchedAt, at, cart);
    if (fetchedAt !== null && promising) {
      const place = await sellingPlace(snapshots, cart.sellingChannelId, fetchedAt);
      collecting.set(fetchedAt, { name: place.name ?? "", isServing: place.isServing && place.entityId === here.entityId, promising });
    }
    const from = way.kind === "bring" && home ? places.get(way.placeId) : undefined;
    if (from && home) {
      const on = addDays(wallClock(at, home.timeZone).date, home.settings.bringDays);
      const isOpen = from.status === "active" && from.entityId === home.entityId && home.settings.bringDays > 0;
      bringing.set(from.id, { name: from.name, isOpen, on });
    }
  }
  return { collecting, bringing };
}

/** What the cart itself holds of slots there is free for it. */
async function promisingAt(snapshots: Snapshots, placeId: PlaceId | null, at: Date, { id }: LoadedCart): Promise<PromisingPlace | null> {
  const { places } = await snapshots.current(placesSnapshot);
  const place = placeId === null ? undefined : places.get(placeId);
  return place ? promisingNow(snapshots, place, at, id) : null;
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
