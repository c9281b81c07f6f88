import type { ChannelId, PlaceId, UnitPrice } from "@weft/kernel";
import { fullName, picturesOf, type Product, type Variant } from "../catalog/index.ts";
import {
  priceChooser,
  promotedGoods,
  shopWindow,
  type ChosenPrice,
  type PriceChooser,
  type PriceScope,
  type PricingSnapshot,
  type PromotedGoods,
  type PromotionContext,
  type PromotionId,
  type ShopWindow,
} from "../pricing/index.ts";
import { saleState } from "../promises/index.ts";
import type { Book } from "./book.ts";
import { nameText, pathOf, priceText, titleText, unitsText, type Expected, type Reason, type Values } from "./domain/index.ts";
import { pointsText, promiseText, promotionText } from "./said.ts";
import type { OpenWindow } from "./windows.ts";

/** A channel that nobody has: only lists and promotions that name no channel hold for it. */
const HOUSE = "" as ChannelId; // no channel has this id
/** Longer ids are taken by no reader of feeds. */
const MOST_SKU = 50;
/** So many conditions are told of one product. */
const MOST_TOLD = 3;

/** What a window should say of one variant, and since when its sale holds that a late window may not have. */
export type Wanted = Expected & { readonly saleFrom: Date | null };

type Side = {
  readonly choose: PriceChooser;
  readonly promotions: ShopWindow;
  readonly promotionIds: ReadonlySet<PromotionId>;
  /** What promotions ask of a product, worked out once for its variants. */
  readonly goodsOf: (product: Product) => PromotedGoods;
};

/**
 * What a window should say, by the records [PAR-1]: for everybody, and for its own channel. Lists and promotions are ranked once for all
 * variants of a page.
 */
export function expectAt(window: OpenWindow, book: Book): (product: Product, variant: Variant) => Wanted {
  const house = sideOf(window, book, HOUSE);
  // Pricing is most of what a page costs: a channel without lists and promotions of its own is not priced a second time.
  const own = hasPricesOfItsOwn(book.pricing, window.channelId) ? sideOf(window, book, window.channelId) : house;
  return (product, variant) => {
    const everybody = priceOf(house, product, variant, window, book);
    const here = own === house ? everybody : priceOf(own, product, variant, window, book);
    const common = commonValues(product, variant, window, book);
    const reasons: { -readonly [A in keyof Expected["reasons"]]: Expected["reasons"][A] } = {};
    const listing = listedAt(product, variant, window, book, { everybody, here });
    if (listing.reason) reasons.listed = listing.reason;
    const because = ownPrice(here, everybody);
    if (because) Object.assign(reasons, { price: because, points: because });
    const promotion = ownPromotion(own, house, product, here);
    if (promotion) reasons.promotion = promotion;
    const goods = availabilityAt(product, variant, window, book);
    if (goods.reason) Object.assign(reasons, { availability: goods.reason, promise: goods.reason });
    return {
      house: { ...common.house, ...everybody.values, ...goods.house, listed: listing.house },
      own: { ...common.own, ...here.values, ...goods.own, listed: listing.own },
      reasons,
      saleFrom: here.saleFrom,
    };
  };
}

const isFeed = ({ kind }: OpenWindow): boolean => kind === "product_feed" || kind === "inventory_feed";
/** Only prices with tax inside are told to others. */
const isGrossOnly = (window: OpenWindow): boolean => isFeed(window) || window.kind === "page_data";

function sideOf({ channel, placeId }: OpenWindow, { at, pricing, places, catalog }: Book, channelId: ChannelId): Side {
  const place = placeId === null ? undefined : places.places.get(placeId);
  const entity = places.entities.get(place?.entityId ?? channel.entityId);
  const context: PromotionContext = {
    at,
    currency: entity?.currency ?? "",
    channelId,
    ...(place && { placeId: place.id }),
    groupIds: place?.groupIds ?? [],
    customerGroups: [],
    timeZone: place?.timeZone ?? entity?.timeZone ?? "UTC",
    isKnown: false,
  };
  const promotions = shopWindow(pricing.promotions, context);
  return {
    choose: priceChooser(pricing, context),
    promotions,
    promotionIds: new Set(promotions.all.map(({ promotion }) => promotion.id)),
    goodsOf: onceEach((product: Product) => promotedGoods(catalog, product)),
  };
}

/** Whether a list or a promotion names the channel: all others see it as everybody does. */
function hasPricesOfItsOwn({ lists, promotions }: PricingSnapshot, channelId: ChannelId): boolean {
  const names = ({ scope }: { readonly scope: PriceScope }): boolean => scope.channelIds?.includes(channelId) ?? false;
  return lists.some(names) || promotions.some(({ promotion }) => names(promotion));
}

/** Remembers the answer for what it was asked last: variants come product by product. */
function onceEach<Asked extends object, Answer>(answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  let last: { readonly asked: Asked; readonly answer: Answer } | undefined;
  return (asked) => {
    if (last?.asked !== asked) last = { asked, answer: answer(asked) };
    return last.answer;
  };
}

type Priced = { readonly chosen: ChosenPrice | undefined; readonly values: Values; readonly saleFrom: Date | null };

function priceOf({ choose, promotions, goodsOf }: Side, product: Product, variant: Variant, window: OpenWindow, book: Book): Priced {
  const found = choose(variant.id, 1);
  const chosen = found && (!isGrossOnly(window) || found.taxIncluded) ? found : undefined;
  const goods = goodsOf(product);
  const price = chosen?.unitPrice ?? null;
  const reduced = price === null ? undefined : promotions.reducedOf(goods, price);
  const isExact = !isGrossOnly(window);
  const told = isExact ? promotions.conditionalOn(goods).slice(0, MOST_TOLD) : [];
  return {
    chosen,
    saleFrom: reduced?.from ?? null,
    values: {
      price: price && saidPrice(price, window, isExact),
      promotion: promotionText(
        reduced ? saidPrice(reduced.price, window, isExact) : null,
        told.map(({ promotion }) => promotion.name.en),
      ),
      points: price && book.rule ? pointsText(book.rule, price) : null,
    },
  };
}

/** A price as a window has room for it: the data of a page and a feed of stock do not say for how much of weighed goods it is. */
function saidPrice(price: UnitPrice, { kind }: OpenWindow, isExact: boolean): string {
  const isBare = kind === "page_data" || kind === "inventory_feed";
  return priceText(isBare ? { ...price, per: { quantity: 1, unit: "piece" } } : price, isExact);
}

function ownPrice(here: Priced, everybody: Priced): Reason | undefined {
  if (here.values.price === everybody.values.price) return undefined;
  if (!here.chosen) return { because: { kind: "not_priced" }, fix: "product", fixId: null };
  return { because: { kind: "own_list", data: { name: here.chosen.because.name } }, fix: "price_list", fixId: here.chosen.listId };
}

function ownPromotion(own: Side, house: Side, product: Product, here: Priced): Reason | undefined {
  const price = here.chosen?.unitPrice;
  if (!price || own === house) return undefined;
  const goods = own.goodsOf(product);
  const all = [
    ...(own.promotions.reducedOf(goods, price)?.promotions ?? []),
    ...own.promotions.conditionalOn(goods).map(({ promotion }) => promotion),
  ];
  const mine = all.find(({ id }) => !house.promotionIds.has(id));
  return mine && { because: { kind: "own_promotion", data: { name: mine.name.en } }, fix: "promotion", fixId: mine.id };
}

type Listing = { readonly house: string | null; readonly own: string | null; readonly reason?: Reason };

/** Whether it is shown there at all. What a channel excludes, and what a window leaves out by a rule of its own, is left out on purpose. */
function listedAt(
  product: Product,
  variant: Variant,
  window: OpenWindow,
  book: Book,
  prices: { readonly everybody: Priced; readonly here: Priced },
): Listing {
  const { kind, channelId, placeId } = window;
  const isHere = kind === "page" || placeId === null || book.catalog.isSoldAt(product.id, placeId);
  if (!isHere || !product.isActive) return { house: null, own: null };
  const leftOut = (because: string, fix: Reason["fix"]): Listing => ({
    house: "yes",
    own: null,
    reason: { because: { kind: because }, fix, fixId: null },
  });
  if (!book.catalog.isSoldOn(product.id, channelId)) return leftOut("excluded", "product");
  if (isFeed(window) && variant.sku.length > MOST_SKU) return leftOut("long_sku", "product");
  if (isGrossOnly(window) && !prices.here.chosen) return leftOut("no_gross_price", "product");
  if (kind === "inventory_feed" && placeId !== null && !book.isOffered(channelId, placeId)) return leftOut("not_linked", "channel");
  return { house: "yes", own: "yes" };
}

type Sides = { readonly house: Values; readonly own: Values; readonly reason?: Reason };

function commonValues(product: Product, variant: Variant, window: OpenWindow, book: Book): Sides {
  const name = fullName(product.name, variant.name);
  const terms = window.placeId === null ? "" : book.returnTerms(product, window.placeId);
  // A feed has an item for each variant, with the picture of that one.
  const [shown] = window.kind === "product_feed" ? picturesOf(product, variant.id) : product.pictures;
  const house: Values = {
    name: nameAt(window, product, name),
    tax: product.taxClass,
    picture: pathOf(shown?.url),
    ...(window.kind === "page" && { return_terms: terms }),
  };
  return { house, own: house };
}

function nameAt({ kind, locale }: OpenWindow, product: Product, name: Product["name"]): string {
  if (kind === "board") return nameText(product.name);
  if (locale === null) return nameText(name);
  return kind === "page_data" ? nameText(product.name, [locale]) : titleText(name, locale);
}

/** How many there are, or whether there is any; and when, where windows say that. */
function availabilityAt(product: Product, variant: Variant, window: OpenWindow, book: Book): Sides {
  const { kind, placeId, channelId } = window;
  const { catalog, stateAt } = book;
  const tracked = book.isCounted(product, variant.id);
  if (placeId === null)
    return {
      house: { availability: anywhere(product, variant, book, () => true) },
      own: { availability: anywhere(product, variant, book, (id) => book.isOffered(channelId, id)) },
      reason: NOT_LINKED,
    };
  const { available, soldOut } = stateAt(variant.id, placeId);
  const isSold = catalog.isSoldAt(product.id, placeId);
  const availability = isSold ? unitsText({ tracked, available, soldOut: soldOut !== null }) : "not_sold";
  if (kind !== "page" && kind !== "till") return { house: { availability }, own: { availability } };
  const promise = promiseText(book.promiseAt(variant.id, placeId));
  const own = book.isOffered(channelId, placeId) ? promise : promiseText(null);
  return { house: { availability, promise }, own: { availability, promise: own }, ...(own !== promise && { reason: NOT_LINKED }) };
}

const NOT_LINKED: Reason = { because: { kind: "not_linked" }, fix: "channel", fixId: null };

/** How the goods can be had at those of these places that sell them: now, or ahead of a day. */
function anywhere(
  product: Product,
  variant: Variant,
  { catalog, stateAt, places, isCounted }: Book,
  isOffered: (id: PlaceId) => boolean,
): string {
  const tracked = isCounted(product, variant.id);
  const selling = [...places.places.values()].filter(
    ({ id, status }) => status === "active" && isOffered(id) && catalog.isSoldAt(product.id, id),
  );
  const state = saleState(selling.map(({ id }) => ({ tracked, ...stateAt(variant.id, id) })));
  return "on" in state ? `${state.kind} ${state.on}` : state.kind;
}
