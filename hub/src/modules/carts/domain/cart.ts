import type { ChannelKind, LocalizedText } from "@weft/contracts";
import type { Part } from "../../catalog/domain/index.ts";
import type {
  CartId,
  ChannelId,
  CustomerId,
  DeviceId,
  LineId,
  Money,
  OrderId,
  PlaceId,
  ProductId,
  RecordId,
  StaffId,
  UnitOfMeasure,
  VariantId,
} from "@weft/kernel";
import type { Trace } from "../../batches/domain/index.ts";
import type { BuyingCompany } from "../../companies/domain/index.ts";
import type { EarnStanding, Purse } from "../../loyalty/domain/index.ts";
import type { RewardId } from "../../pricing/domain/index.ts";
import type { DeliveryAddress, DeliveryMethodId, SoldAhead } from "../../promises/domain/index.ts";
import type { BookedTime } from "./booked.ts";
import type { ElsewhereLine } from "./elsewhere.ts";
import type { CartSlots } from "./held-slots.ts";
import type { StandingOffer } from "./offer.ts";
import type { PriceHold } from "./price-hold.ts";
import type { TopUp } from "./top-up.ts";

export type CartState = "open" | "checkout" | "completing" | "completed" | "merged" | "abandoned";
export type FulfillmentKind = "take_away" | "collect" | "ship";

/**
 * How the goods reach the customer: `LoadedCart.placeId` hands them over, or ships them to `LoadedCart.address`; `dueAt` null is as soon
 * as possible.
 */
export type Wanted = {
  readonly kind: FulfillmentKind;
  readonly dining: "eat_in" | "take_away";
  readonly dueAt: Date | null;
  /** It is to be collected in the slot that begins at `dueAt`. */
  readonly inSlot?: boolean;
  /** Of what is shipped: the way that was chosen. */
  readonly methodId?: DeliveryMethodId | null;
  /** Of what several places ship [CRT-25]: what each of them sends, the cart's own place first; of a cart that sends some lines, all that send them. */
  readonly parcels?: readonly PlannedParcel[];
  /** Lines that go their own way [CRT-26]; none where the whole cart is shipped. */
  readonly elsewhere?: readonly ElsewhereLine[];
};

/** What one of several places sends. */
export type PlannedParcel = {
  readonly placeId: PlaceId;
  readonly units: readonly { readonly lineId: LineId; readonly quantity: number }[];
};

/** Units of a line at one of several places, or at another than the cart's own, and what is free there besides the cart's own hold. */
export type LineShare = {
  readonly placeId: PlaceId;
  readonly quantity: number;
  readonly available: number | null;
  readonly ahead?: LineAhead;
};

/** How many more of it are sold before they are there, and when those come; `notBefore`: it is not on the market before that. */
export type LineAhead = SoldAhead & { readonly notBefore: Date | null };

export type LineOption = { readonly group: string; readonly value: string };

export type StoredLine = {
  readonly id: LineId;
  readonly position: number;
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly sku: string;
  readonly options: readonly LineOption[];
  /** Pieces, or grams when weighed. */
  readonly quantity: number;
  readonly addedBy: {
    readonly channelId: ChannelId;
    readonly channelKind: ChannelKind;
    readonly placeId: PlaceId | null;
    readonly staffId: StaffId | null;
    readonly at: Date;
  };
  /** Units free at the cart's place now, besides this cart's own hold; null where the place keeps no level of it. */
  readonly available: number | null;
  /** Where it is sold before it is there [CRT-31]; else left out. */
  readonly ahead?: LineAhead;
  readonly soldOut: boolean;
  /** Where it does not all come from the place of the cart: which units of it each place gives, and `available` is the sum of theirs; else left out. */
  readonly shares?: readonly LineShare[];
  /** The price it was shown with, promised for a time [CRT-10]. */
  readonly priceHold: PriceHold | null;
  /** Of a service: the time that is held for it [CRT-40]. */
  readonly booked?: BookedTime;
  /** The gift card that it tops up, where no new one is sold [CRT-60]. */
  readonly topUp?: TopUp;
  /** What whoever makes or packs it has to know; left out where nothing was said [CRT-34]. */
  readonly note?: string;
  /** Its weight was typed in, no scale said it [CRT-35]. */
  readonly isTyped?: true;
  /** What its code says of this very one [BAT-1]. */
  readonly trace?: Trace;
};

export type StoredHold = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly quantity: number;
  readonly expiresAt: Date;
};

export type StoredHolder = {
  readonly id: string;
  readonly kind: "customer" | "visitor" | "register" | "staff" | "screen" | "link";
  readonly mode: "owner" | "joined";
  /** SHA-256 of the holder's token in hex; null for a holder known by session or device. */
  readonly tokenHash: string | null;
  readonly recordId: RecordId | null;
  readonly deviceId: DeviceId | null;
  readonly staffId: StaffId | null;
  readonly channelId: ChannelId;
  readonly channelKind: ChannelKind;
  readonly name: string | null;
  readonly since: Date;
};

export type EarlierLine = {
  readonly id: LineId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly options: readonly LineOption[];
  readonly quantity: number;
  readonly note?: string;
};

/** A cart as stored, with all that its rules look at. */
export type LoadedCart = {
  readonly id: CartId;
  readonly version: number;
  readonly state: CartState;
  readonly current: boolean;
  readonly recordId: RecordId;
  readonly customer: { readonly id: CustomerId; readonly givenName: string | null; readonly known: boolean } | null;
  /** Whether the signed-in customer who asked is the customer of this cart. */
  readonly isMine: boolean;
  /** The groups with prices of their own that the customer is in. */
  readonly customerGroups: readonly string[];
  /** The company that it is bought for, while its customer may order for it; null for all others [CRT-16]. */
  readonly company: BuyingCompany | null;
  readonly channelId: ChannelId;
  readonly channelKind: ChannelKind;
  /** Whose prices count: the channel it was opened on, until a hand-over moves it to another. */
  readonly sellingChannelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly wanted: Wanted | null;
  /** Where it is shipped to; kept while something else is wanted. */
  readonly address: DeliveryAddress | null;
  readonly codes: readonly string[];
  /** Those of the codes that may not be used again, in all or by this customer. */
  readonly usedUpCodes: readonly string[];
  /** Rewards that were asked for, in their order; the same one may come several times. */
  readonly rewards: readonly RewardId[];
  /** What its customer may burn, where a reward was asked for; null: nobody with a card. */
  readonly purse: Purse | null;
  /** What bonuses of the program ask of its customer; left out where none asks anything [LOY-14]. */
  readonly standing?: EarnStanding;
  /** The end of the price promises, before the cap of each line [CRT-10]; null while none was made. */
  readonly pricesUntil: Date | null;
  /** That staff handed it to its customer by a link, and as what; null of all others [CRT-20]. */
  readonly offer: StandingOffer | null;
  /** What is to be known of the whole; left out where nothing was said [CRT-34]. */
  readonly note?: string;
  readonly channelsSeen: readonly ChannelKind[];
  readonly lines: readonly StoredLine[];
  readonly holds: readonly StoredHold[];
  /** Of a cart that wants something in a slot; left out of all others. */
  readonly slots?: CartSlots;
  readonly holders: readonly StoredHolder[];
  readonly earlier: { readonly cartId: CartId; readonly undoUntil: Date | null; readonly lines: readonly EarlierLine[] } | null;
  readonly orderId: OrderId | null;
  readonly openedAt: Date;
  readonly updatedAt: Date;
};

/** What a cart must know of a thing it holds: from the catalog's snapshot. */
export type Goods = {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unit: UnitOfMeasure;
  readonly taxClass: string;
  /** Counted in stock; goods made to order are not. */
  readonly tracked: boolean;
  /** May travel in a parcel. */
  readonly isShippable: boolean;
  /** Left out: goods. */
  readonly kind?: "goods" | "service";
  readonly prepSeconds: number;
  readonly optionGroups: readonly GoodsOptionGroup[];
  /** What one of it is made of, where it is counted by its parts [CAT-11]. */
  readonly parts: readonly Part[];
};

export type GoodsOptionGroup = {
  readonly code: string;
  readonly name: LocalizedText;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: readonly {
    readonly code: string;
    readonly name: LocalizedText;
    readonly priceDifference: Money;
    /** Work that it adds to a piece; left out: none, or nobody here asks. */
    readonly prepSeconds?: number;
  }[];
};

/** Looks goods up by SKU or variant; undefined when nobody sells such a thing. */
export type GoodsLookup = { bySku(sku: string): Goods | undefined; byVariant(id: VariantId): Goods | undefined };
