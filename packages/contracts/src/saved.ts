import { z } from "zod";
import { Because, ChannelKind, CustomerParams, IdParams, Instant, LocalizedText, UnitPrice, Uuid, type Endpoint } from "./shared.ts";

const OperationId = Uuid.describe("made by the client; the same operation may be sent again");
const Option = z.object({ group: z.string().max(40), value: z.string().max(40) });
const Options = z.array(Option).max(20).default([]);
const Quantity = z.int().min(1).max(9999);
const Name = z.string().trim().min(1).max(80);
const Sku = z.string().min(1).max(64);

/** Goods as they are shown in a list or with a wish: named, priced and judged for the caller and the store asked for. */
const GoodsShown = {
  sku: z.string(),
  variantId: Uuid,
  slug: z.string(),
  name: LocalizedText,
  pictureUrl: z.string().nullable(),
  /** Null where it is not sold. */
  unitPrice: UnitPrice.nullable(),
  /** Whether it is sold there, and there now. Without a store: whether it is sold at all. */
  canBuy: z.boolean(),
};

export const SavedItem = z
  .object({
    id: Uuid,
    ...GoodsShown,
    options: z.array(Option),
    quantity: z.int(),
    addedAt: Instant,
    /** What it cost then, where it was saved; null where it was not for sale there. */
    priceThen: UnitPrice.nullable(),
    /** The kind of channel that it was saved on. */
    addedOn: ChannelKind.nullable(),
  })
  .meta({ id: "SavedItem" });

/** Goods that somebody keeps for later: the same on every channel, and nothing is held for it. */
export const SavedList = z
  .object({
    id: Uuid,
    /** Null: the list that the heart saves to. */
    name: z.string().nullable(),
    version: z.int(),
    /** The link that opens it for others, for whoever may change the list; null while it is not shared. */
    shareUrl: z.string().nullable(),
    /** The kind of channel that it was begun on. */
    begunOn: ChannelKind.nullable(),
    items: z.array(SavedItem),
    updatedAt: Instant,
  })
  .meta({ id: "SavedList" });

export const SharedList = SavedList.pick({ id: true, name: true, items: true }).meta({ id: "SharedList" });

export const ListOperation = z
  .discriminatedUnion("kind", [
    z.object({
      id: OperationId,
      kind: z.literal("add"),
      sku: Sku,
      quantity: Quantity.default(1),
      options: Options,
      placeId: Uuid.optional(),
    }),
    z.object({ id: OperationId, kind: z.literal("setQuantity"), itemId: Uuid, quantity: Quantity }),
    z.object({ id: OperationId, kind: z.literal("remove"), itemId: Uuid }),
    z.object({ id: OperationId, kind: z.literal("rename"), name: Name }),
  ])
  .meta({ id: "ListOperation" });
export type ListOperation = z.output<typeof ListOperation>;

export const ListOperationResult = z
  .object({ id: Uuid, outcome: z.enum(["applied", "repeated", "refused"]), code: z.string().nullable() })
  .meta({ id: "ListOperationResult" });

const ListAnswer = z.object({ list: SavedList, results: z.array(ListOperationResult) }).meta({ id: "SavedListAnswer" });
const Moved = z
  .object({
    list: SavedList,
    /** What of it is in the cart now. */
    moved: z.array(Uuid),
    /** What stays in the list, and why. */
    refused: z.array(z.object({ itemId: Uuid, code: z.string() })),
  })
  .meta({ id: "SavedListMoved" });

const StoreQuery = z.object({ storeId: Uuid.optional() });

export const WISH_KINDS = ["back_in_stock", "cheaper", "in_my_store", "new_on_menu"] as const;

/** What somebody wants to be told of, once. */
export const Wish = z
  .object({
    id: Uuid,
    kind: z.enum(WISH_KINDS),
    /** `told`: it came true, and this is the note of it. */
    state: z.enum(["waiting", "told"]),
    /** Of what is new on a menu, only once there is something. */
    goods: z.object(GoodsShown).nullable(),
    /** Null: anywhere. */
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** What it cost when the wish was made. */
    priceThen: UnitPrice.nullable(),
    madeAt: Instant,
    madeOn: ChannelKind.nullable(),
    toldAt: Instant.nullable(),
    seenAt: Instant.nullable(),
    because: Because.nullable(),
    /** Until then one unit at that place is held for them alone, to be put into their cart; null while none is. */
    heldUntil: Instant.nullable(),
  })
  .meta({ id: "Wish" });

export const WishOffer = z
  .object({
    wishId: Uuid,
    customerId: Uuid,
    /** Null while nobody gave it. */
    customerName: z.string().nullable(),
    goods: z.object(GoodsShown),
    placeId: Uuid,
    placeName: z.string(),
    until: Instant,
    /** Customers who wait for the same there, and are asked next. */
    waiting: z.int(),
  })
  .meta({ id: "WishOffer" });

export const WishedGoods = z
  .object({
    ...GoodsShown,
    /** Customers who wait to be told of it. */
    waiting: z.int(),
    /** Customers who have it in a list. */
    saved: z.int(),
    /** Either of it. */
    wanted: z.int(),
  })
  .meta({ id: "WishedGoods" });

export const savedEndpoints = {
  "lists.ofCustomer": {
    summary: "What somebody saved, on whatever channel, with prices and stock of a store",
    tag: "saved",
    params: CustomerParams,
    query: StoreQuery,
    response: z.object({ items: z.array(SavedList) }).meta({ id: "SavedLists" }),
    status: 200,
  },
  "lists.open": {
    summary:
      "Begin a list, with its first items if there are any. Without a name it is the one that the heart saves to, which there is once",
    tag: "saved",
    params: CustomerParams,
    body: z.object({
      name: Name.nullable().default(null),
      operations: z.array(ListOperation).max(50).default([]),
    }),
    response: ListAnswer,
    status: 201,
  },
  "lists.operate": {
    summary: "Apply operations in order; each is answered by itself and may be sent again",
    tag: "saved",
    params: IdParams,
    body: z.object({ operations: z.array(ListOperation).min(1).max(50) }),
    response: ListAnswer,
    status: 200,
  },
  "lists.remove": { summary: "Give a list up", tag: "saved", params: IdParams, response: null, status: 204 },
  "lists.share": {
    summary: "Share a list: whoever has the link may read it and copy it into their own cart. Shared again it has the same link",
    tag: "saved",
    params: IdParams,
    response: SavedList,
    status: 200,
  },
  "lists.unshare": {
    summary: "Share a list no more: its link opens nothing",
    tag: "saved",
    params: IdParams,
    response: SavedList,
    status: 200,
  },
  "lists.shared": {
    summary: "Read a list by its link",
    tag: "saved",
    params: z.object({ token: z.string().min(16).max(64) }),
    query: StoreQuery,
    response: SharedList,
    status: 200,
  },
  "lists.toCart": {
    summary: "Move items into a cart: what the cart takes leaves the list, the rest stays, with the reason",
    tag: "saved",
    params: IdParams,
    body: z.object({ cartId: Uuid, itemIds: z.array(Uuid).min(1).max(50) }),
    response: Moved,
    status: 200,
  },
  "lists.fromCart": {
    summary: "Move a line of a cart back into a list",
    tag: "saved",
    params: IdParams,
    body: z.object({ id: OperationId, cartId: Uuid, lineId: Uuid }),
    response: SavedList,
    status: 200,
  },
  "wishes.ofCustomer": {
    summary: "What somebody waits to be told of, and what they were told lately",
    tag: "saved",
    params: CustomerParams,
    query: StoreQuery,
    response: z.object({ items: z.array(Wish), unseen: z.int() }).meta({ id: "Wishes" }),
    status: 200,
  },
  "wishes.make": {
    summary: "Ask to be told once: when it is back, cheaper, sold at a store, or when a menu has something new",
    tag: "saved",
    params: CustomerParams,
    body: z.object({
      kind: z.enum(WISH_KINDS),
      sku: Sku.optional(),
      placeId: Uuid.nullable().default(null).describe("null: anywhere"),
      storeId: Uuid.optional().describe("the store that is in view"),
    }),
    response: Wish,
    status: 201,
  },
  "wishes.withdraw": {
    summary: "Wait for it no more, or clear the note away",
    tag: "saved",
    params: IdParams,
    response: null,
    status: 204,
  },
  "wishes.take": {
    summary: "Put the unit that is held for a wish into a cart, which holds it from then on",
    tag: "saved",
    params: IdParams,
    body: z.object({ cartId: Uuid }),
    response: z.object({ cartId: Uuid, lineId: Uuid }).meta({ id: "WishTaken" }),
    status: 200,
  },
  "wishes.offers": {
    summary: "For whom goods that are back are held now, and until when",
    tag: "saved",
    query: StoreQuery,
    response: z.object({ items: z.array(WishOffer) }).meta({ id: "WishOffers" }),
    status: 200,
  },
  "wishes.see": { summary: "The notes were seen", tag: "saved", params: CustomerParams, response: null, status: 204 },
  "wishes.demand": {
    summary: "What is wanted most: of a store and those near it, of one SKU, or everywhere. Counts only, nobody is named",
    tag: "saved",
    query: z.object({ storeId: Uuid.optional(), sku: Sku.optional(), limit: z.coerce.number().int().min(1).max(200).default(20) }),
    response: z.object({ items: z.array(WishedGoods) }).meta({ id: "WishDemand" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
