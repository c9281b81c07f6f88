import type { Disposition, Locale, ReturnReason } from "@weft/contracts";
import type {
  BusinessDate,
  CartId,
  ChannelId,
  CustomerId,
  EntityId,
  Id,
  IntentId,
  LineId,
  Money,
  OrderId,
  PlaceId,
  RecordId,
  StaffId,
} from "@weft/kernel";
import type { AssessedCart, EarnFacts, FulfillmentKind, LoadedCart } from "../../carts/domain/index.ts";
import type { EarnRule, ExpiryPolicy, WaitingReferral } from "../../loyalty/domain/index.ts";
import type { MovedMoney, PlannedTender, WantedTender } from "../../payments/domain.ts";
import type { PromisingPlace } from "../../promises/domain/index.ts";
import type { SoldHere } from "./as-sold.ts";

/** `live`: every requirement holds. `recorded`: the sale happened, so nothing refuses it. */
export type SaleMode = "live" | "recorded";

export type WantedFulfillment = {
  readonly kind: FulfillmentKind;
  readonly placeId: PlaceId;
  readonly dining: "eat_in" | "take_away";
  readonly dueAt: Date | null;
  /** It is to be collected in the slot that begins at `dueAt`. */
  readonly inSlot?: boolean;
};

export type Contact = {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** In which they order; left out by who keeps an older request. */
  readonly language?: Locale | null;
};

/** Goods of another order that come back over the counter in the same act, and pay first [CHK-29]. */
export type BroughtGoods = {
  readonly returnId: Id<"return">;
  readonly orderId: OrderId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  /** They were announced. */
  readonly requestId: Id<"return request"> | null;
  readonly units: readonly {
    readonly orderLineId: LineId;
    readonly quantity: number;
    readonly reason: ReturnReason;
    readonly disposition: Disposition;
  }[];
};

/** What somebody asks of a cart: to become an order like this. */
export type SaleRequest = {
  readonly cartId: CartId;
  readonly fulfillment: Omit<WantedFulfillment, "placeId"> & { readonly placeId: PlaceId | null };
  readonly tenders: readonly WantedTender[];
  /** What the customer was shown. */
  readonly expectedTotal: Money;
  readonly contact: Contact | null;
  /** Where the payer comes back to after a step at their bank, as a path of the house; left out where nobody can be sent anywhere. */
  readonly returnPath?: string | null;
  /** Money of goods that came back in the same act: it pays first, the tenders pay the rest. */
  readonly moved?: readonly MovedMoney[];
  /** What comes back for it, while a card is asked about the difference. */
  readonly brought?: BroughtGoods;
  /** A register sold it by itself: what it took stands [CHK-60]. */
  readonly sold?: SoldHere;
};

/** Who completes it, on which channel and where; kept with an attempt, so that a late answer writes the same order. */
export type SaleActor = {
  readonly kind: string;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly staffId: StaffId | null;
  readonly staffName: string | null;
  /** At a till the goods are in the customer's hand. */
  readonly isAtTill: boolean;
};

/** A card payment that its provider has taken. `approval` is new when it was decided on the spot, null when its intent was kept before. */
export type CapturedCard = {
  readonly intentId: IntentId;
  /** What it was charged: the tender's amount and its tip. */
  readonly amount: number;
  readonly approval: { readonly provider: string; readonly eventId: string; readonly providerRef: string } | null;
  /** It has only agreed: the money is taken when the goods are handed over or leave [PAY-33]. */
  readonly isAuthorized?: boolean;
};

/** Everything that an order is made of, known before anything is written. */
export type SaleFacts = {
  readonly request: SaleRequest;
  readonly fulfillment: WantedFulfillment;
  readonly mode: SaleMode;
  readonly at: Date;
  readonly actor: SaleActor;
  readonly cart: LoadedCart;
  readonly assessed: AssessedCart;
  /** What the hub would have asked for what a register sold by itself, in minor units. */
  readonly computedTotal?: number;
  /** What the place needs to be ready: its hours, and how long a collection takes there. */
  readonly promising: PromisingPlace;
  readonly document: { readonly entityId: EntityId; readonly businessDate: BusinessDate; readonly timeZone: string };
  readonly tenders: readonly PlannedTender[];
  readonly cards: readonly CapturedCard[];
  /** When gift cards that are sold here expire; null: never. */
  readonly giftCardsUntil: Date | null;
  /** The most that a gift card may hold that is topped up here, in minor units; 0: as much as somebody likes. */
  readonly giftCardMost: number;
  /** The program where the customer is known, so that the sale earns. */
  readonly program:
    | (EarnFacts & { readonly rule: EarnRule; readonly expiry: ExpiryPolicy; readonly referral: WaitingReferral | null })
    | null;
};

/** Whose the order is: the cart's record, and the customer it resolves to now. */
export const buyerOfCart = (cart: LoadedCart): { recordId: RecordId; customerId: CustomerId | null } => ({
  recordId: cart.recordId,
  customerId: cart.customer?.known ? cart.customer.id : null,
});

/** Goods leave with the customer at a till; everywhere else they are prepared first. */
export function handsOverNow(actor: SaleActor, fulfillment: { readonly kind: FulfillmentKind }): boolean {
  return actor.isAtTill && fulfillment.kind === "take_away";
}
