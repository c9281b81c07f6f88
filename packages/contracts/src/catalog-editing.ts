import { z } from "zod";
import { Category, ProductPicture } from "./catalog.ts";
import { Locale, LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

/** A text that must say something, in English at least. */
const Named = LocalizedText.refine(({ en }) => en.trim() !== "", "needs words in English");

/** Lower case, digits and dashes: part of an address or a key of the retailer's own programs. */
const Code = z
  .string()
  .regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/)
  .max(60);

/** Of a product: also what codes of other systems become when they are imported. */
const Slug = z
  .string()
  .regex(/^[A-Za-z0-9%._~-]+$/)
  .max(120);

const VariantDraft = z
  .object({
    /** Made by whoever adds it. */
    id: Uuid,
    sku: z.string().trim().min(1).max(64),
    /** Empty when the product has one variant only. */
    name: LocalizedText,
    /** The maker's own number of it, or empty. */
    mpn: z.string().trim().max(70).default(""),
    /** As printed, check digit included. */
    barcodes: z.array(z.string().max(20)).max(20),
    /** Whether it can be bought. */
    active: z.boolean(),
  })
  .meta({ id: "VariantDraft" });

/** All that is said of a product in the catalog. A variant that is left out is no longer sold; documents go on naming it. */
export const ProductDraft = z
  .object({
    slug: Slug,
    name: Named,
    description: LocalizedText,
    /** Whose make it is, as its maker writes it; empty where it is nobody's. */
    brand: z.string().trim().max(70).default(""),
    categoryId: Uuid,
    pictures: z.array(ProductPicture).max(12),
    allergens: z.array(Code).max(30),
    taxClass: z.string().min(1).max(60),
    /** Work on one unit; 0 when it is only handed over. */
    prepSeconds: z.int().min(0).max(86_400),
    /** What every further piece of it in an order takes of that, in percent; 100: as much as the first. */
    batchPercent: z.int().min(0).max(100).default(100),
    unit: z.enum(["piece", "gram"]),
    /** Counted in stock; what is made to order is not. */
    tracked: z.boolean(),
    shippable: z.boolean(),
    /** When a card is charged for what is ordered before it is there: with the order, as it leaves, or as the place says that sells it. */
    chargedWhen: z.enum(["house", "order", "dispatch"]).default("house"),
    /** A service is given at a time that is booked: it is not counted, and does not travel. */
    kind: z.enum(["goods", "service"]).default("goods"),
    active: z.boolean(),
    /** Sold by every store that does not say otherwise. */
    soldEverywhere: z.boolean(),
    /** Channels that do not sell it. */
    notOnChannelIds: z.array(Uuid).max(200),
    variants: z.array(VariantDraft).min(1).max(200),
    /** In the order in which they are asked. */
    optionGroupIds: z.array(Uuid).max(20),
  })
  .meta({ id: "ProductDraft" });

export const CatalogEntry = z
  .object({
    id: Uuid,
    /** Say it in `If-Match` when saving. */
    version: z.int(),
    product: ProductDraft,
    /** Where a store differs from `soldEverywhere`. */
    places: z.array(z.object({ placeId: Uuid, included: z.boolean() })),
  })
  .meta({ id: "CatalogEntry" });

const CategoryDraft = z.object({
  parentId: Uuid.nullable(),
  code: Code,
  name: Named,
  position: z.int().min(0).max(100_000),
  icon: z.string().max(40).nullable(),
});

const OptionValueDraft = z.object({
  code: Code,
  name: Named,
  priceDifference: Money,
  /** What it is made of: where that is sold out, so is this. */
  variantId: Uuid.nullable(),
  /** Seconds of work that it adds to a piece of what somebody makes. */
  prepSeconds: z.int().min(0).max(3600).default(0),
});

const OptionGroupDraft = z.object({
  code: Code,
  name: Named,
  minimum: z.int().min(0).max(20),
  maximum: z.int().min(1).max(20),
  values: z.array(OptionValueDraft).min(1).max(60),
});

export const EditedOptionGroup = OptionGroupDraft.extend({
  id: Uuid,
  version: z.int(),
  /** How many products ask it. */
  products: z.int(),
}).meta({ id: "EditedOptionGroup" });

export const EditedCategory = Category.extend({ version: z.int(), products: z.int() }).meta({ id: "EditedCategory" });

/** What came of a file of products. */
export const ProductImportResult = z
  .object({
    /** Lines with something on them, the header not counted. */
    lines: z.int(),
    made: z.int(),
    changed: z.int(),
    same: z.int(),
    /** Lines that stand in quarantine, the first hundred of them named. */
    refused: z.int(),
    refusals: z.array(z.object({ line: z.int(), reason: z.string(), detail: z.string().nullable() })),
  })
  .meta({ id: "ProductImportResult" });

const IdOnly = z.object({ id: Uuid });
/** A feed is found under the code of its channel. */
const FeedParams = z.object({ channel: z.string().max(60) });
const FeedQuery = z.object({ language: Locale.default("en") });

export const VariantParts = z
  .object({ variantId: Uuid, parts: z.array(z.object({ sku: z.string(), name: LocalizedText, quantity: z.int() })) })
  .meta({ id: "VariantParts" });

export const catalogEditingEndpoints = {
  "catalog.editing": {
    summary: "What a product may refer to: categories, option groups, tax classes, allergens in use",
    tag: "catalog",
    response: z
      .object({
        categories: z.array(EditedCategory),
        optionGroups: z.array(EditedOptionGroup),
        taxClasses: z.array(z.string()),
        allergens: z.array(z.string()),
      })
      .meta({ id: "CatalogEditing" }),
    status: 200,
  },
  "catalog.readEntry": {
    summary: "All that is said of a product, with the version to change it",
    tag: "catalog",
    params: IdOnly,
    response: CatalogEntry,
    status: 200,
  },
  "catalog.saveEntry": {
    summary: "Make a product under an id of the caller's own, or change the version named in `If-Match`",
    tag: "catalog",
    params: IdOnly,
    body: ProductDraft,
    response: CatalogEntry,
    status: 200,
  },
  "catalog.saveCategory": {
    summary: "Make a category under an id of the caller's own, or change the version named in `If-Match`",
    tag: "catalog",
    params: IdOnly,
    body: CategoryDraft,
    response: EditedCategory,
    status: 200,
  },
  "catalog.saveOptionGroup": {
    summary: "Make a group of options under an id of the caller's own, or change the version named in `If-Match`",
    tag: "catalog",
    params: IdOnly,
    body: OptionGroupDraft,
    response: EditedOptionGroup,
    status: 200,
  },
  "catalog.parts": {
    summary: "What one of a variant is made of; nothing where it is counted by itself",
    tag: "catalog",
    params: IdOnly,
    response: VariantParts,
    status: 200,
  },
  "catalog.setParts": {
    summary:
      "Say what one of a variant is made of: a bundle, or a cup by its recipe. It is then counted by its parts, which are counted goods without parts",
    tag: "catalog",
    params: IdOnly,
    body: z.object({ parts: z.array(z.object({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(100_000) })).max(20) }),
    response: VariantParts,
    status: 200,
  },
  "catalog.addPicture": {
    summary:
      "Keep a picture: the bytes of a JPEG, PNG, WebP or AVIF up to 15 MB and 50 megapixels; answers its address, which never shows another. It is turned upright, made at most 2,000 pixels long, and loses whatever else the file says",
    tag: "catalog",
    response: z.object({ url: z.string() }).meta({ id: "KeptPicture" }),
    status: 201,
    raw: true,
  },
  "exports.products": {
    summary: "The catalog as CSV, one line per variant; read back by `products.import` it changes nothing",
    tag: "files",
    response: z.string(),
    status: 200,
    raw: true,
  },
  "products.import": {
    summary: "Make and change products by a CSV file in the form of `exports.products`; bad lines go to quarantine",
    tag: "files",
    response: ProductImportResult,
    status: 200,
    raw: true,
  },
  "feeds.products": {
    summary: "The products of a channel as an RSS 2.0 feed with Google's product attributes",
    tag: "feeds",
    params: FeedParams,
    query: FeedQuery,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "feeds.inventory": {
    summary: "What each store has of a channel's products, tab separated, with Google's local inventory attributes",
    tag: "feeds",
    params: FeedParams,
    query: FeedQuery,
    response: z.string(),
    status: 200,
    raw: true,
  },
} satisfies Record<string, Endpoint>;
