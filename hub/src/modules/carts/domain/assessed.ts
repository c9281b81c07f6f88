import type { LocalizedText } from "@weft/contracts";
import type { CategoryId, EntityId, GroupId, LineId, Money, PlaceId, ProductId, VariantId } from "@weft/kernel";
import type { NearEndRule, StandingRecall } from "../../batches/domain/index.ts";
import type { Part } from "../../catalog/domain/index.ts";
import type { Reward } from "../../loyalty/domain/index.ts";
import type { WeekWindows } from "../../places/domain/index.ts";
import type { CartContext, PricedCart, PricedLine, PricingSnapshot, RewardId } from "../../pricing/domain/index.ts";
import type { JointPromise, MadeGoods, PromisingPlace } from "../../promises/domain/index.ts";
import type { AssessedCollection, BringingPlace, CollectingPlace } from "./assess-collections.ts";
import type { AssessedDelivery, ShippingFacts } from "./assess-shipping.ts";
import type { AssessedWait } from "./assess-waits.ts";
import type { GoodsLookup, StoredLine } from "./cart.ts";
import type { AssessedSlot } from "./held-slots.ts";

/** What completion will check, with a stable code and the line it concerns. */
export type Requirement = { readonly code: string; readonly lineId: LineId | null; readonly data?: Record<string, unknown> };

/** Where a cart is priced and taxed: its place, or the legal entity its channel sells for while no place is chosen. */
export type SellingPlace = {
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly name: string | null;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly groupIds: readonly GroupId[];
  /** Whether goods can be handed over there at all: the place is active and a store. */
  readonly isServing: boolean;
};

export type AssessFacts = {
  readonly at: Date;
  readonly place: SellingPlace;
  readonly pricing: PricingSnapshot;
  readonly goods: GoodsLookup;
  /** Whether the place sells the product at all. */
  inAssortment(productId: ProductId, placeId: PlaceId): boolean;
  /** When the place sells it, where it does so at some times only [PRM-61]; left out, or null: all day. */
  served?(productId: ProductId, placeId: PlaceId): WeekWindows | null;
  /** How the place makes the product, where it makes it otherwise than is set, or at a station [PRM-14]; left out: as is set. */
  readonly making?: (productId: ProductId, placeId: PlaceId) => Pick<MadeGoods, "prepSeconds" | "batchPercent" | "station">;
  /** Whether a card is charged for it as it leaves, where it is ordered before it is there [CHK-54]; left out: with the order. */
  chargesAsItLeaves?(variantId: VariantId, placeId: PlaceId): boolean;
  readonly customerGroups: readonly string[];
  /** The category of a product with all above it, for promotions. */
  categoriesOf(productId: ProductId): readonly CategoryId[];
  /** What a promise of the place depends on; null where none is chosen. */
  readonly promising: PromisingPlace | null;
  /** Of a cart of which something is to be shipped; null for all others. */
  readonly shipping: ShippingFacts | null;
  /** The stores at which some of its lines are fetched instead [CRT-26]. */
  readonly collecting: ReadonlyMap<PlaceId, CollectingPlace>;
  /** The places from which some of its lines are brought to its own [CRT-32]; left out: none. */
  readonly bringing?: ReadonlyMap<PlaceId, BringingPlace>;
  /** At a till the goods are in somebody's hand: no hours keep them from leaving. */
  readonly handsOverNow: boolean;
  /** What is called back [BAT-2]; left out: nothing is. */
  readonly recalls?: readonly StandingRecall[];
  /** How the place marks down what is near its last day [BAT-8]; left out: it does not. */
  readonly nearEnd?: NearEndRule;
  /** What points buy; empty where there is no program. */
  readonly rewards: ReadonlyMap<RewardId, Reward>;
};

/** A reward that was asked for: what it takes off, in minor units, or why nothing. `reward` is null for one that nobody knows. */
export type AssessedReward = {
  readonly rewardId: RewardId;
  readonly reward: Reward | null;
  readonly amount: number;
  readonly refusal: { readonly kind: string; readonly data: Record<string, unknown> } | null;
};

export type AssessedOption = {
  readonly group: string;
  readonly value: string;
  readonly name: LocalizedText;
  readonly priceDifference: Money;
};

/** A line with what a document keeps of it. `priced` is missing where nothing prices it; a requirement says so. */
export type AssessedLine = StoredLine & {
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unit: "piece" | "gram";
  readonly named: readonly AssessedOption[];
  readonly taxClass: string;
  readonly tracked: boolean;
  readonly parts: readonly Part[];
  readonly isShippable: boolean;
  readonly kind: "goods" | "service";
  /** Work on one piece with its options, where it is made; with what a further piece takes of that, and the station. */
  readonly prepSeconds: number;
  readonly batchPercent: number;
  readonly station: string | null;
  readonly priced: PricedLine | undefined;
  /** Until when its price is promised. */
  readonly priceHeldUntil: Date | null;
};

export type AssessedCart = {
  readonly context: CartContext;
  readonly place: SellingPlace;
  readonly priced: PricedCart;
  readonly lines: readonly AssessedLine[];
  readonly rewards: readonly AssessedReward[];
  readonly requirements: readonly Requirement[];
  /** When all of it is ready at its place, or at the door; null for an empty cart and where no place is chosen. */
  readonly promise: JointPromise | null;
  readonly delivery: AssessedDelivery | null;
  /** What is fetched at other stores than the rest, each with its own promise. */
  readonly collections: readonly AssessedCollection[];
  /** The slots that its goods are wanted in [PRM-23]. */
  readonly slots: readonly AssessedSlot[];
  /** Units that are not there yet, each with the day on which they come [CRT-31]; the other promises are for what is there. */
  readonly waits: readonly AssessedWait[];
};
