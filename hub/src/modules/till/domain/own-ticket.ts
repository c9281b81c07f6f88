import type { AnswerOf, CartOperation, CartView, ProductView, VariantView } from "@weft/contracts/client";
import {
  asId,
  wallClock,
  type CartId,
  type CategoryId,
  type ChannelId,
  type CustomerId,
  type EntityId,
  type GroupId,
  type LineId,
  type PlaceId,
  type ProductId,
  type RecordId,
  type StaffId,
  type VariantId,
} from "@weft/kernel";
import {
  applyOperations,
  assess,
  labelOffer,
  presentCart,
  whyNotSold,
  withOverridesHeld,
  type AssessedCart,
  type Goods,
  type LoadedCart,
  type OperationFacts,
  type PriceHold,
  type StoredLine,
} from "../../carts/domain/index.ts";
import type { StandingRecall } from "../../batches/domain/index.ts";
import { overrideHere } from "./own-override.ts";
import { fullName } from "../../catalog/domain/index.ts";
import {
  percentText,
  priceChooser,
  unpackPricing,
  type PriceChooser,
  type PortablePricing,
  type PriceListId,
  type PricingSnapshot,
} from "../../pricing/domain/index.ts";

type Catalog = Pick<AnswerOf<"catalog.snapshot">, "categories" | "products">;
type Prices = AnswerOf<"till.prices">;

/** A register's own copy of what goods cost there and who sells them. */
export type OwnPrices = { readonly [Key in keyof Prices]: NonNullable<Prices[Key]> };

/** A ticket as a till knows it: the cart that the hub answered last, and what was tapped since. */
export type OpenTicket = {
  readonly cartId: string;
  readonly base: CartView | null;
  readonly operations: readonly CartOperation[];
  readonly dining: "eat_in" | "take_away";
  readonly customer: { readonly id: string; readonly givenName: string | null } | null;
  readonly staffId: string | null;
  readonly at: Date;
  /** How often counted codes were used here since the copy was made, by their text. */
  readonly usedHere?: ReadonlyMap<string, number>;
  /** For a line that was tapped without an id. */
  readonly newLineId: () => LineId;
};

/** The ticket with its prices. `refused`: the codes of what could not be done. */
export type PricedTicket = { readonly view: CartView; readonly assessed: AssessedCart; readonly refused: readonly string[] };

export type Pricer = (ticket: OpenTicket) => PricedTicket;

/**
 * Prices tickets at a register with the rules and the engine of the hub [TIL-22], from its copies of catalog and prices. Stock is what the
 * catalog said last; what goods a store promises elsewhere, what points buy and what a company may owe is the hub's to say.
 */
export function pricerFor(catalog: Catalog, { seller, facts }: OwnPrices): Pricer {
  const pricing = unpackPricing(facts as unknown as PortablePricing); // as `packPricing` of the hub wrote it
  const goods = goodsOf(catalog);
  const shop = {
    seller,
    pricing,
    usesLeft: (facts as unknown as PortablePricing).usesLeft ?? {}, // as above
    ...goods,
    categoriesOf: categoriesOf(catalog),
  };
  return (ticket) => priceTicket(ticket, shop);
}

type Shop = ReturnType<typeof goodsOf> & {
  readonly seller: OwnPrices["seller"];
  readonly pricing: PricingSnapshot;
  readonly usesLeft: Readonly<Record<string, number>>;
  readonly categoriesOf: (productId: ProductId) => readonly CategoryId[];
};

function priceTicket(ticket: OpenTicket, shop: Shop): PricedTicket {
  const { place, channelId } = shop.seller;
  const cart = cartOf(ticket, shop);
  const draft = applyOperations(cart, ticket.operations, operationFacts(ticket, cart, shop));
  const lines = draft.lines.map((line): StoredLine => ({ ...line, ...shop.stateOf(line.variantId) }));
  const { note: _, ...silent } = cart;
  const said = draft.note === undefined ? {} : { note: draft.note };
  const changed = withOverridesHeld({ ...silent, ...said, lines, codes: draft.codes, rewards: [], wanted: draft.wanted });
  const assessed = assessHere(changed, ticket.at, shop);
  const view = presentCart(changed, { assessed, points: 0, placeName: place.name, notes: "all", rateLabel: percentText });
  const refused = draft.outcomes.flatMap(({ refusal }) => refusal?.code ?? []);
  return { view: { ...view, channelId }, assessed, refused };
}

/** A cart as it is priced at this counter. */
function assessHere(cart: LoadedCart, at: Date, shop: Shop): AssessedCart {
  const { place, entity } = shop.seller;
  return assess(cart, cart.wanted, {
    at,
    place: {
      entityId: asId<EntityId>(entity.id), // ids of the hub, here and below
      placeId: asId<PlaceId>(place.id),
      name: place.name,
      country: entity.country,
      currency: place.currency,
      timeZone: place.timeZone,
      groupIds: place.groupIds.map((id) => asId<GroupId>(id)),
      isServing: true,
    },
    pricing: shop.pricing,
    goods: shop.goods,
    inAssortment: () => true,
    customerGroups: [],
    categoriesOf: shop.categoriesOf,
    promising: null,
    shipping: null,
    collecting: new Map(),
    handsOverNow: true,
    recalls: recallsOf(shop.seller),
    ...(place.nearEnd && { nearEnd: place.nearEnd }),
    rewards: new Map(),
  });
}

/** The cart of the ticket before what was tapped since. */
function cartOf(ticket: OpenTicket, shop: Shop): LoadedCart {
  const { cartId, base, dining, customer, at } = ticket;
  const { seller } = shop;
  // Lists are ranked only where a label asks for them.
  const choose: PriceChooser = (variantId, quantity) => chooserAt(ticket, shop)(variantId, quantity);
  const channelId = asId<ChannelId>(seller.channelId);
  const recordId = asId<RecordId>(customer?.id ?? cartId);
  const placeId = asId<PlaceId>(seller.place.id);
  const lines = (base?.lines ?? []).map((line, index): StoredLine =>
    lineOf(line, index + 1, base?.totals.taxIncluded ?? true, { channelId, placeId, choose }),
  );
  const heldUntil = (base?.lines ?? [])
    .flatMap((line) => line.heldUntil ?? [])
    .toSorted()
    .at(-1);
  return {
    id: asId<CartId>(cartId),
    version: base?.version ?? 0,
    state: "open",
    current: false,
    recordId,
    customer: customer && { id: asId<CustomerId>(customer.id), givenName: customer.givenName, known: true },
    isMine: false,
    customerGroups: [],
    company: null,
    channelId,
    channelKind: "store",
    sellingChannelId: channelId,
    placeId,
    wanted: { kind: "take_away", dining, dueAt: null },
    address: null,
    codes: (base?.codes ?? []).map(({ code }) => code),
    usedUpCodes: Object.entries(shop.usesLeft).flatMap(([code, left]) => ((ticket.usedHere?.get(code) ?? 0) >= left ? [code] : [])),
    rewards: [],
    purse: null,
    pricesUntil: heldUntil === undefined ? null : new Date(heldUntil),
    offer: null,
    ...(base?.note !== undefined && { note: base.note }),
    channelsSeen: ["store"],
    lines,
    holds: [],
    holders: [],
    earlier: null,
    orderId: null,
    openedAt: at,
    updatedAt: at,
  };
}

type CartLine = CartView["lines"][number];

/** A line of the hub's. The price that it was shown with holds here as long as it would there [CRT-10]. */
function lineOf(
  line: CartLine,
  position: number,
  taxIncluded: boolean,
  { channelId, placeId, choose }: { channelId: ChannelId; placeId: PlaceId; choose: PriceChooser },
): StoredLine {
  return {
    id: asId<LineId>(line.id),
    position,
    variantId: asId<VariantId>(line.variantId),
    productId: asId<ProductId>(line.productId),
    sku: line.sku,
    options: line.options.map(({ group, value }) => ({ group, value })),
    quantity: line.quantity,
    addedBy: { channelId, channelKind: line.addedBy.channelKind, placeId, staffId: null, at: new Date(line.addedBy.at) },
    available: line.available,
    soldOut: false,
    priceHold: line.override ? givenHoldOf(line, choose, channelId) : holdOf(line, taxIncluded, channelId),
    ...(line.topUp && { topUp: { ...line.topUp, amount: line.total.amount } }),
    ...(line.note !== undefined && { note: line.note }),
    ...(line.isTyped && { isTyped: line.isTyped }),
    ...(line.trace && { trace: line.trace }),
  };
}

/** What its label says, or staff gave it, stands here as it does at the hub [CRT-33, CRT-23]. */
function givenHoldOf(
  { unitPrice, heldUntil, override, variantId, quantity }: CartLine,
  choose: PriceChooser,
  channelId: ChannelId,
): PriceHold | null {
  const listed = choose(asId<VariantId>(variantId), quantity);
  if (!unitPrice || heldUntil === null || !override || !listed) return null;
  const { listId, taxIncluded } = listed;
  return { unitPrice, listId, taxIncluded, minQuantity: 1, channelId, cap: new Date(heldUntil), override };
}

function holdOf({ unitPrice, heldUntil, because }: CartLine, taxIncluded: boolean, channelId: ChannelId): PriceHold | null {
  const listId = because.find(({ kind }) => kind === "price.list")?.data?.["listId"];
  if (!unitPrice || heldUntil === null || typeof listId !== "string") return null;
  return { unitPrice, listId: asId<PriceListId>(listId), taxIncluded, minQuantity: 1, channelId, cap: new Date(heldUntil) };
}

/** What the lists of this counter ask now. */
function chooserAt({ at }: OpenTicket, { seller, pricing }: Shop): PriceChooser {
  const { place, channelId } = seller;
  return priceChooser(pricing, {
    at,
    currency: place.currency,
    channelId: asId<ChannelId>(channelId),
    placeId: asId<PlaceId>(place.id),
    groupIds: place.groupIds.map((id) => asId<GroupId>(id)),
    customerGroups: [],
  });
}

function operationFacts(ticket: OpenTicket, cart: LoadedCart, shop: Shop): OperationFacts {
  const { staffId, at, cartId, newLineId } = ticket;
  const { seller, goods } = shop;
  const channelId = asId<ChannelId>(seller.channelId);
  return {
    overrideFor: overrideHere(cart, at, (line) => {
      const alone = { ...line, ...shop.stateOf(line.variantId), priceHold: null };
      return assessHere({ ...cart, lines: [alone] }, at, shop).priced.lines[0];
    }),
    labelFor: ({ variantId }, grams, labelPrice) =>
      labelOffer(chooserAt(ticket, shop)(variantId, grams), { grams, labelPrice }, { channelId, at }),
    whyNotSold: (thing, trace) =>
      whyNotSold(thing, trace, { recalls: recallsOf(seller), today: wallClock(at, seller.place.timeZone).date }),
    goods,
    adder: {
      channelId: asId<ChannelId>(seller.channelId),
      channelKind: "store",
      placeId: asId<PlaceId>(seller.place.id),
      staffId: staffId === null ? null : asId<StaffId>(staffId),
      at,
    },
    newLineId,
    recordFor: (customerId) => asId<RecordId>(customerId ?? cartId),
    companyFor: () => undefined,
    isStore: (placeId) => placeId === seller.place.id,
    mayCollectAt: () => false,
    whyNoReward: () => ({ kind: "not_here" }),
  };
}

/** What is called back, by this copy [BAT-2]. */
export const recallsOf = ({ recalls = [] }: Pick<OwnPrices["seller"], "recalls">): readonly StandingRecall[] =>
  recalls as unknown as readonly StandingRecall[]; // ids of the hub, which wrote it

/** What can be sold, by SKU and variant, and how much of it was there. */
function goodsOf({ products }: Catalog) {
  const bySku = new Map<string, Goods>();
  const byVariant = new Map<string, Goods>();
  const states = new Map<string, Pick<StoredLine, "available" | "soldOut">>();
  for (const product of products)
    for (const variant of product.variants) {
      const goods = goodsFrom(product, variant);
      bySku.set(variant.sku, goods);
      byVariant.set(variant.id, goods);
      states.set(variant.id, { available: variant.availability.available, soldOut: variant.availability.soldOut });
    }
  return {
    goods: { bySku: (sku: string) => bySku.get(sku), byVariant: (id: VariantId) => byVariant.get(id) },
    stateOf: (id: VariantId) => states.get(id) ?? { available: null, soldOut: false },
  };
}

function goodsFrom(product: ProductView, variant: VariantView): Goods {
  return {
    variantId: asId<VariantId>(variant.id),
    productId: asId<ProductId>(product.id),
    sku: variant.sku,
    name: fullName(product.name, variant.name),
    pictureUrl: product.pictureUrl,
    unit: product.unit,
    taxClass: product.taxClass,
    tracked: variant.availability.tracked,
    isShippable: product.shippable,
    ...(product.isService && { kind: "service" as const }),
    prepSeconds: product.prepSeconds,
    optionGroups: product.optionGroups,
    parts: [],
  };
}

/** The category of a product with all above it. */
function categoriesOf({ products, categories }: Catalog): Shop["categoriesOf"] {
  const parents = new Map(categories.map(({ id, parentId }) => [id, parentId]));
  const paths = new Map<string, CategoryId[]>();
  const pathOf = (id: string): CategoryId[] => {
    const parent = parents.get(id);
    return [asId<CategoryId>(id), ...(parent ? pathOf(parent) : [])];
  };
  for (const { id, categoryId } of products) paths.set(id, pathOf(categoryId));
  return (productId) => paths.get(productId) ?? [];
}
