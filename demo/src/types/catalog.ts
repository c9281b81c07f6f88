import type { CategoryId, EntityId, GroupId, Id, PlaceId, ProductId, VariantId } from "@weft/kernel";
import type { Picture } from "../pictures/picture.ts";
import type { Country, Texts } from "./places.ts";

export type DemoCategory = {
  readonly id: CategoryId;
  readonly code: string;
  readonly parentId: CategoryId | undefined;
  readonly name: Texts;
  readonly position: number;
  /** Name of a Tabler icon, without its prefix. */
  readonly icon: string;
};

/** The fourteen of EU regulation 1169/2011, annex II, as far as a cafe has them. */
export type Allergen =
  | "gluten"
  | "crustaceans"
  | "egg"
  | "fish"
  | "peanut"
  | "soy"
  | "milk"
  | "nuts"
  | "celery"
  | "mustard"
  | "sesame"
  | "sulfites";
export type TaxClass =
  | "prepared_food"
  | "hot_drink"
  | "cold_drink"
  | "packaged_food"
  | "bottled_drink"
  | "confectionery"
  | "bread"
  | "goods"
  | "voucher";
export type Station = "bar" | "kitchen" | "counter";

export type DemoOptionValue = {
  readonly code: string;
  readonly name: Texts;
  /** Minor units of EUR, tax included, the same on every price list. */
  readonly priceDifference: number;
  readonly prepSeconds: number;
  readonly addsAllergens: readonly Allergen[];
  readonly removesAllergens: readonly Allergen[];
};
/** A choice made when ordering. `minimum` 1 makes it required; the first value is the default then. */
export type DemoOptionGroup = {
  readonly code: string;
  readonly name: Texts;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: readonly DemoOptionValue[];
};

export type DemoVariant = {
  readonly id: VariantId;
  readonly sku: string;
  /** Empty in all languages when the product has one variant only. */
  readonly name: Texts;
  /** EAN-13 of the in-store range 20–29, check digit included. */
  readonly barcode: string;
  /** Minor units of EUR, tax included: the price in France, from which the country lists are made. */
  readonly basePrice: number;
  readonly picture: Picture;
};
export type Diet = "vegan" | "vegetarian" | "other";
export type DemoProduct = {
  readonly id: ProductId;
  readonly slug: string;
  readonly categoryId: CategoryId;
  readonly name: Texts;
  readonly description: Texts;
  /** Whose make it is; empty where it is nobody's, as of what is made at the counter. */
  readonly brand: string;
  readonly allergens: readonly Allergen[];
  readonly diet: Diet;
  readonly taxClass: TaxClass;
  /** Baked, packed and bought goods are counted; what is made to order is not. */
  readonly isTracked: boolean;
  readonly unit: "piece";
  /** Work at the station for one unit with default options; 0 when it is only handed over. */
  readonly prepSeconds: number;
  readonly station: Station;
  /** May travel in a parcel, so the online shop sells it from the warehouse. */
  readonly isShippable: boolean;
  readonly optionGroups: readonly DemoOptionGroup[];
  readonly variants: readonly DemoVariant[];
  readonly picture: Picture;
  /** False: sold nowhere, and counted for what is made of it. */
  readonly isActive: boolean;
  /** What one of its (only) variant is made of. */
  readonly parts: readonly { readonly sku: string; readonly quantity: number }[];
};

/** What a place sells. The warehouse's assortment is what the online shop ships. */
export type DemoAssortment = { readonly placeId: PlaceId; readonly productIds: readonly ProductId[] };

export type PriceScope =
  | { readonly kind: "everywhere" }
  | { readonly kind: "group"; readonly groupId: GroupId }
  | { readonly kind: "places"; readonly placeIds: readonly PlaceId[] }
  | { readonly kind: "customer_group"; readonly customerGroup: string };
export type DemoPrice = { readonly variantId: VariantId; readonly sku: string; /** Minor units. */ readonly amount: number };
export type DemoPriceList = {
  readonly code: string;
  readonly name: string;
  readonly currency: "EUR";
  readonly isTaxIncluded: true;
  /** The higher wins among lists whose scope is equally narrow. */
  readonly priority: number;
  readonly scope: PriceScope;
  readonly prices: readonly DemoPrice[];
};

export type TaxContext = "eat_in" | "take_away";
/** A rate as an exact fraction: 5.5 % is 55 / 1000. Shipped goods take the rate of `take_away`. */
export type DemoTaxRate = {
  readonly country: Country;
  readonly taxClass: TaxClass;
  readonly context: TaxContext;
  readonly numerator: number;
  readonly denominator: number;
  readonly validFrom: string;
};

/** What is paid for a bottle beside what is in it, in minor units with its tax. */
export type DemoDeposit = {
  readonly code: string;
  readonly name: Texts;
  readonly amounts: readonly {
    readonly country: Country;
    readonly currency: string;
    readonly amount: number;
    readonly followsGoods: boolean;
    readonly taxClass: TaxClass;
  }[];
  readonly variantIds: readonly DemoVariant["id"][];
};

export type DemoCode = {
  readonly code: string;
  readonly name: Texts;
  readonly discount:
    | { readonly kind: "percent"; readonly percent: number }
    | { readonly kind: "amount"; readonly amount: number; readonly currency: "EUR" };
};

/** A way of shipping; amounts are minor units of EUR, tax included. */
export type DemoDeliveryMethod = {
  readonly id: Id<"delivery method">;
  readonly entityId: EntityId;
  readonly name: Texts;
  readonly price: number;
  readonly taxClass: TaxClass;
  /** Goods worth this much are shipped for nothing. */
  readonly freeFrom: number | null;
  readonly countries: readonly Country[];
  /** Working days. */
  readonly leadDays: number;
  readonly position: number;
};

export type DemoStockLevel = {
  readonly placeId: PlaceId;
  readonly variantId: VariantId;
  readonly sku: string;
  readonly onHand: number;
  readonly safety: number;
};

type DemoGoods = { readonly categoryIds: readonly CategoryId[]; readonly productIds: readonly ProductId[] };
type DemoMoney = { readonly amount: number; readonly currency: string };

/** What the chain takes off by itself, in the words of the API. */
export type DemoPromotion = {
  readonly name: Texts;
  readonly benefit:
    | { readonly kind: "percentage"; readonly rate: { readonly numerator: number; readonly denominator: number } }
    | { readonly kind: "amount"; readonly money: DemoMoney; readonly per: "piece" | "cart" }
    | { readonly kind: "fixed_price"; readonly money: DemoMoney }
    | {
        readonly kind: "buy_get";
        readonly buy: number;
        readonly get: number;
        readonly getGoods: DemoGoods | null;
        readonly rate: { readonly numerator: number; readonly denominator: number };
      }
    | { readonly kind: "cheapest_free"; readonly of: number }
    | {
        readonly kind: "bundle";
        readonly price: DemoMoney;
        readonly parts: readonly { readonly goods: DemoGoods; readonly pieces: number }[];
      };
  readonly goods?: DemoGoods;
  readonly hours?: { readonly weekdays: readonly number[]; readonly from: string; readonly to: string };
  readonly minimum?: DemoMoney;
  readonly minimumPieces?: number;
  readonly customerGroups?: readonly string[];
};
