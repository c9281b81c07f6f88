import { z } from "zod";
import { SoldAhead } from "./promises.ts";
import { ShownPromotion } from "./shown-promotions.ts";
import { BooleanQuery, Instant, LocalizedText, Money, PageQuery, UnitPrice, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const OptionValue = z
  .object({ code: z.string(), name: LocalizedText, priceDifference: Money, soldOut: z.boolean() })
  .meta({ id: "OptionValue" });

/** A choice made when ordering (milk, size, syrup). `minimum` 1 makes it required; the first value is the default then. */
export const OptionGroup = z
  .object({ code: z.string(), name: LocalizedText, minimum: z.int(), maximum: z.int(), values: z.array(OptionValue) })
  .meta({ id: "OptionGroup" });

/**
 * A picture, and what it shows in words for whoever does not see it; without words it is decoration. With `variantId` it shows that variant
 * only, else the whole product. In a size it is at `/pictures/<hash>/small.webp`, `medium.webp`, `large.webp` or `feed.jpg`.
 */
export const ProductPicture = z
  .object({ url: z.string().max(300), alt: LocalizedText, variantId: Uuid.optional() })
  .meta({ id: "ProductPicture" });

/** How many units a place can give now. `untracked` goods are made to order. `few` counts are exact. */
export const Availability = z
  .object({
    placeId: Uuid.nullable(),
    tracked: z.boolean(),
    available: z.int().nullable(),
    soldOut: z.boolean(),
    inAssortment: z.boolean(),
    /** Where it is sold before it is there, and nothing keeps it from that; else left out. */
    ahead: SoldAhead.optional(),
    /** Where the place sells it at some times of the day only: whether it does now, and when that changes; else left out. */
    served: z.object({ now: z.boolean(), changesAt: Instant.nullable() }).optional(),
  })
  .meta({ id: "Availability" });

/** What promotions make of a price for one unit bought alone, by whoever asks: it holds until `until`, without an end where that is null. */
export const ReducedPrice = z
  .object({
    price: UnitPrice,
    /** The promotions that make it, by their names. */
    names: z.array(LocalizedText),
    /** What they do one after the other, for a price with options: a part of it, a price instead, an amount. */
    steps: z.array(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("percentage"), rate: z.object({ numerator: z.int(), denominator: z.int() }) }),
        z.object({ kind: z.literal("fixed_price"), money: Money }),
        z.object({ kind: z.literal("amount"), money: Money }),
      ]),
    ),
    until: Instant.nullable(),
    /** The lowest that one unit cost anybody here in the 30 days before it was reduced; null where it had no price then. */
    lowest: UnitPrice.nullable(),
  })
  .meta({ id: "ReducedPrice" });

/** What is paid beside the price for the packaging of one piece, and given back with it; no price contains it. */
export const ShownDeposit = z.object({ name: LocalizedText, amount: Money }).meta({ id: "ShownDeposit" });

export const Variant = z
  .object({
    id: Uuid,
    sku: z.string(),
    name: LocalizedText,
    barcodes: z.array(z.string()),
    /** Before promotions. */
    price: UnitPrice.nullable(),
    deposit: ShownDeposit.nullable(),
    reduced: ReducedPrice.nullable(),
    availability: Availability,
  })
  .meta({ id: "Variant" });

export const ProductSummary = z
  .object({
    id: Uuid,
    slug: z.string(),
    name: LocalizedText,
    categoryId: Uuid,
    pictureUrl: z.string().nullable(),
    /** The price of the first variant before promotions, for the list. Null where it is not sold. */
    price: UnitPrice.nullable(),
    deposit: ShownDeposit.nullable(),
    reduced: ReducedPrice.nullable(),
    /** Promotions about it that ask for something more. */
    promotions: z.array(ShownPromotion),
    priceVaries: z.boolean(),
    defaultSku: z.string(),
    hasOptions: z.boolean(),
    /** A service: its customer chooses a time for it; goods are left out. */
    isService: z.literal(true).optional(),
    availability: Availability,
  })
  .meta({ id: "ProductSummary" });

export const Product = z
  .object({
    id: Uuid,
    slug: z.string(),
    name: LocalizedText,
    description: LocalizedText,
    /** Whose make it is. */
    brand: z.string().nullable(),
    categoryId: Uuid,
    pictureUrl: z.string().nullable(),
    /** All of them, that of `pictureUrl` first. */
    pictures: z.array(ProductPicture),
    allergens: z.array(z.string()),
    taxClass: z.string(),
    prepSeconds: z.int(),
    unit: z.enum(["piece", "gram"]),
    /** Whether it is sold at all; only the office sees one that is not. */
    active: z.boolean(),
    /** Whether it may be sent in a parcel; only what is counted in stock then is. */
    shippable: z.boolean(),
    /** A service: it is given at a time that its customer books; goods are left out. */
    isService: z.literal(true).optional(),
    variants: z.array(Variant).min(1),
    optionGroups: z.array(OptionGroup),
    /** Promotions about it that ask for something more. */
    promotions: z.array(ShownPromotion),
  })
  .meta({ id: "Product" });

export const Category = z
  .object({ id: Uuid, parentId: Uuid.nullable(), code: z.string(), name: LocalizedText, position: z.int(), icon: z.string().nullable() })
  .meta({ id: "Category" });

const Count = z.object({ count: z.int() });

/** What the products found could be narrowed down to, each figure as if it were the only narrowing that changed. */
export const ProductFacets = z
  .object({
    /** Products found. */
    found: z.int(),
    /** There are more than were counted. */
    isPartial: z.boolean(),
    /** Of them, there now at the store; null without a store. */
    inStock: z.int().nullable(),
    categories: z.array(Count.extend({ id: Uuid })),
    /** Bands of prices in minor units, `to` not within; the last one has no end. */
    prices: z.array(Count.extend({ from: z.int(), to: z.int().nullable(), currency: z.string() })),
    /** Allergens, with the products that are without. */
    without: z.array(Count.extend({ allergen: z.string() })),
    options: z.array(Count.extend({ group: z.string(), value: z.string(), groupName: LocalizedText, valueName: LocalizedText })),
  })
  .meta({ id: "ProductFacets" });

/** `milk.oat`: the code of a group of options and of one of its values. */
const OptionQuery = z.string().regex(/^[\w-]{1,60}\.[\w-]{1,60}$/);

export const catalogEndpoints = {
  "products.list": {
    summary: "Products of a store or of the chain with price and availability; search forgives typing errors and accents",
    tag: "catalog",
    query: z.object({
      ...PageQuery,
      query: z.string().max(100).optional(),
      storeId: Uuid.optional(),
      categoryId: Uuid.optional(),
      barcode: z.string().max(48).optional(),
      sku: z.string().max(64).optional(),
      /** Only what is there now at the store. */
      inStock: BooleanQuery.optional(),
      /** Prices in minor units: from this one, and below that one. */
      priceFrom: z.coerce.number().int().min(0).max(1e12).optional(),
      priceTo: z.coerce.number().int().min(0).max(1e12).optional(),
      /** Allergens that it must not have, separated by commas. */
      without: z.string().max(400).optional(),
      option: OptionQuery.optional(),
      /** Answers on the first page what the products found could be narrowed down to. */
      facets: BooleanQuery.optional(),
    }),
    response: pageOf(ProductSummary).extend({ facets: ProductFacets.optional() }),
    status: 200,
  },
  "products.read": {
    summary: "One product, by id or slug, as sold at a store",
    tag: "catalog",
    params: z.object({ id: z.string().max(120) }),
    query: z.object({ storeId: Uuid.optional() }),
    response: Product,
    status: 200,
  },
  "categories.list": { summary: "The category tree", tag: "catalog", response: z.object({ items: z.array(Category) }), status: 200 },
  "catalog.snapshot": {
    summary:
      "Everything a till sells at a place, with prices; `version` changes with names and prices. Whoever sends the `digest` of a copy gets only what changed since",
    tag: "catalog",
    query: z.object({ placeId: Uuid, digest: z.string().max(4000).optional() }),
    response: z
      .object({
        version: z.string(),
        categories: z.array(Category),
        products: z.array(Product),
        /** What all of it is, by its content. */
        digest: z.string(),
        /** The parts of the copy that `products` replace, a product's part being FNV-1a of its id modulo 512; null: they are everything. */
        parts: z.array(z.int()).nullable(),
        /** All products in their order, where it is another than that of the copy. */
        order: z.array(Uuid).nullable(),
      })
      .meta({ id: "CatalogSnapshot" }),
    status: 200,
  },
  "catalog.setSoldOut": {
    summary: "Mark a variant sold out at a place, or available again; every channel shows it at once",
    tag: "catalog",
    params: z.object({ placeId: Uuid, variantId: Uuid }),
    body: z.object({ soldOut: z.boolean(), until: Instant.nullable().default(null), reason: z.string().max(200).optional() }),
    response: Availability,
    status: 200,
  },
  "catalog.setAssortment": {
    summary: "Put products into the assortment of a place, or take them out",
    tag: "catalog",
    params: z.object({ placeId: Uuid }),
    body: z.object({ add: z.array(Uuid).max(1000).default([]), remove: z.array(Uuid).max(1000).default([]) }),
    response: z.object({ added: z.int(), removed: z.int() }),
    status: 200,
  },
  "catalog.updateProduct": {
    summary: "Change names, descriptions, category or state of a product, and whether it is shipped",
    tag: "catalog",
    params: z.object({ id: Uuid }),
    body: z.object({
      name: LocalizedText.optional(),
      description: LocalizedText.optional(),
      categoryId: Uuid.optional(),
      active: z.boolean().optional(),
      shippable: z.boolean().optional(),
    }),
    response: Product,
    status: 200,
  },
  "catalog.listForOffice": {
    summary: "Products with variants, sold-out state and stock per place for the back office",
    tag: "catalog",
    query: z.object({ ...PageQuery, query: z.string().max(100).optional(), placeId: Uuid.optional(), soldOut: BooleanQuery.optional() }),
    response: pageOf(Product),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
