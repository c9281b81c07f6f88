import type { ChannelId, PlaceId, ProductId, VariantId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { compileCatalog, loadCatalogFacts, type Catalog, type Product } from "../catalog/index.ts";
import { currentRule, type EarnRule } from "../loyalty/index.ts";
import { loadPlaces, type Place, type Places } from "../places/index.ts";
import { openPriceBook, type PriceBook, type PricingSnapshot } from "../pricing/index.ts";
import { goodsStates, placesOffered, promisesFor, type GoodsPromise, type GoodsStates } from "../promises/index.ts";
import { isFaultyOnly, returnPolicyOf } from "../returns/index.ts";
import type { OpenWindow } from "./windows.ts";

/**
 * What the records say of a page of products, read from the tables and not from what a node keeps in memory: so that what apps show is held
 * against something else than itself.
 */
export type Book = {
  readonly at: Date;
  /** These products only. */
  readonly catalog: Catalog;
  /** Whether there is a figure of it: it is counted itself, or by its parts, which may be on another page. */
  readonly isCounted: (product: Product, variantId: VariantId) => boolean;
  readonly pricing: PricingSnapshot;
  readonly places: Places;
  readonly rule: EarnRule | null;
  readonly stateAt: GoodsStates;
  readonly promiseAt: (variantId: VariantId, placeId: PlaceId) => GoodsPromise | undefined;
  /** Whether a channel may promise what a place has [PRM-6]. */
  readonly isOffered: (channelId: ChannelId, placeId: PlaceId) => boolean;
  readonly returnTerms: (product: Product, placeId: PlaceId) => string;
};

/** Reads books page after page: what does not depend on the page is read once. */
export type Books = {
  readonly places: Places;
  readonly read: (ctx: ReadCtx, ids: readonly ProductId[]) => Promise<Book>;
};

/** Opens the records for some windows. */
export async function openBooks(ctx: ReadCtx, windows: readonly OpenWindow[]): Promise<Books> {
  const places = await loadPlaces(ctx.db);
  const rule = await currentRule(ctx);
  const prices = openPriceBook(ctx.db);
  const stores = storesOf(windows);
  const isOffered = await offers(ctx, windows, [...places.places.values()]);
  return { places, read: (own, ids) => readBook(own, ids, { places, rule, prices, stores, isOffered }) };
}

const storesOf = (windows: readonly OpenWindow[]): PlaceId[] => [...new Set(windows.flatMap(({ placeId }) => placeId ?? []))];

type Shelves = Pick<Book, "places" | "rule" | "isOffered"> & { readonly prices: PriceBook; readonly stores: readonly PlaceId[] };

async function readBook(ctx: ReadCtx, ids: readonly ProductId[], { prices, stores, ...rest }: Shelves): Promise<Book> {
  const facts = await loadCatalogFacts(ctx.db, ids);
  const catalog = compileCatalog(facts);
  const wholes = new Set(facts.parts.map(({ variantId }) => variantId));
  const variantIds = [...catalog.products.values()].flatMap(({ variants }) => variants.map(({ id }) => id));
  const active = [...rest.places.places.values()].filter(({ status }) => status === "active").map(({ id }) => id);
  const wishes = stores.flatMap((placeId) => variantIds.map((variantId) => ({ variantId, placeId, quantity: 1 })));
  const promises = await promisesFor(ctx, wishes, ctx.now);
  const byKey = new Map(wishes.map(({ variantId, placeId }, index) => [`${variantId}/${placeId}`, promises[index]]));
  return {
    ...rest,
    at: ctx.now,
    catalog,
    isCounted: ({ isTracked }, variantId) => isTracked || wholes.has(variantId),
    pricing: await prices.of(variantIds),
    stateAt: await goodsStates(ctx, variantIds, active),
    promiseAt: (variantId, placeId) => byKey.get(`${variantId}/${placeId}`),
    returnTerms: termsBy(catalog, (placeId) => rest.places.places.get(placeId)),
  };
}

/** The terms by which goods come back to a store, decided once per category. */
export function termsBy(catalog: Catalog, placeOf: (id: PlaceId) => Place | undefined): Book["returnTerms"] {
  const known = new Map<string, string>();
  return ({ categoryId }, placeId) => {
    const key = `${categoryId}/${placeId}`;
    let terms = known.get(key);
    if (terms === undefined) {
      const place = placeOf(placeId);
      const policy = place && returnPolicyOf(place.settings);
      terms = policy ? `${policy.days} / ${policy.daysFromAfar}${isFaultyOnly(catalog, categoryId, policy) ? " faulty_only" : ""}` : "";
      known.set(key, terms);
    }
    return terms;
  };
}

async function offers(ctx: ReadCtx, windows: readonly OpenWindow[], places: readonly Place[]): Promise<Book["isOffered"]> {
  const active = places.filter(({ status }) => status === "active");
  const byChannel = new Map<ChannelId, (placeId: PlaceId) => boolean>();
  for (const { channelId } of windows)
    if (!byChannel.has(channelId)) byChannel.set(channelId, await placesOffered(ctx, { channelId }, active));
  return (channelId, placeId) => byChannel.get(channelId)?.(placeId) ?? true;
}
