import type { BusinessDate, ChannelId, GroupId, Id, Money, PlaceId, UnitPrice, VariantId } from "@weft/kernel";
import type { StoredDeposit } from "./deposits.ts";
import type { Promotion, PromotionId } from "./promotions/facts.ts";

export type PriceListId = Id<"price list">;
export type TaxRateId = Id<"tax rate">;
export type CodeId = Id<"discount code">;

/** A group of customers with prices or codes of their own, by its code: `member`, `staff`. */
export type CustomerGroup = string;

/** A kind of goods as tax law sees it, by its code: `hot_drink`, `packaged_food`. Which rate it bears depends on the place. */
export type TaxClass = string;

/** The tax class of gift cards: worth what is paid for them, so nothing is taken off them [PRC-21]. */
export const VOUCHERS: TaxClass = "voucher";

/** Where goods are eaten, for the countries where that changes the rate of the same product. */
export type TaxContext = "eat_in" | "take_away";

/** ISO 3166-1 alpha-2, upper case. */
export type Country = string;

/** A ratio of two integers: 5.5 % is `{ numerator: 55, denominator: 1000 }`. Never a float. */
export type Ratio = { readonly numerator: number; readonly denominator: number };

/**
 * Where a price list or a code holds. Every key that is present must match, any one of its values will do;
 * a scope without keys holds everywhere.
 */
export type PriceScope = {
  readonly placeIds?: readonly PlaceId[];
  readonly groupIds?: readonly GroupId[];
  readonly channelIds?: readonly ChannelId[];
  readonly customerGroups?: readonly CustomerGroup[];
};

/** Holds from `validFrom` on and ends before `validTo`; an end that is absent is open. */
export type Validity = { readonly validFrom?: Date; readonly validTo?: Date };

export type PriceList = Validity & {
  readonly id: PriceListId;
  readonly name: string;
  readonly currency: string;
  /** Whether its prices contain the tax, as shops show them, or come before it, as between businesses. */
  readonly taxIncluded: boolean;
  /** Between lists of equally specific scope the higher one wins. */
  readonly priority: number;
  readonly scope: PriceScope;
};

/** What a variant costs on a list from `minQuantity` units on (pieces, or grams when weighed). */
export type Price = {
  readonly listId: PriceListId;
  readonly variantId: VariantId;
  readonly unitPrice: UnitPrice;
  readonly minQuantity: number;
};

/** A rate holds for a whole country, or for one place that differs from its country. */
export type TaxZone = { readonly kind: "country"; readonly country: Country } | { readonly kind: "place"; readonly placeId: PlaceId };

/** The rate of a tax class in a zone from a calendar date on, until a later one of the same zone, class and context follows. */
export type TaxRate = Ratio & {
  readonly id: TaxRateId;
  readonly zone: TaxZone;
  readonly taxClass: TaxClass;
  /** Absent: wherever it is eaten. */
  readonly context?: TaxContext;
  readonly validFrom?: BusinessDate;
};

/** Half of a unit goes away from zero, to the even neighbor, or is dropped with every other fraction. */
export type RoundingMode = "half_up" | "half_even" | "down";

/** Where tax is rounded: on every line, once per rate, or once on the whole ticket. National law decides. */
export type RoundingPolicy = { readonly level: "line" | "rate" | "ticket"; readonly mode: RoundingMode };

/** A code takes off the cart by itself, or lets a promotion serve that needs a code. */
export type CodeBenefit =
  | { readonly kind: "percentage"; readonly rate: Ratio }
  | { readonly kind: "amount"; readonly money: Money }
  | { readonly kind: "promotion"; readonly promotionId: PromotionId };

export type DiscountCode = Validity & {
  readonly id: CodeId;
  /** As `normalizeCode` writes it. */
  readonly code: string;
  readonly benefit: CodeBenefit;
  /** The subtotal it needs, before any discount. A percentage code with a minimum holds in the minimum's currency only. */
  readonly minimum?: Money;
  readonly scope: PriceScope;
  /** Whether it may stand beside other codes on one cart. */
  readonly combinable: boolean;
  /** Nobody counts its uses, so it is never used up. */
  readonly isUnlimited?: true;
  /** How often it may be used in all, where no customer has a limit of their own beside it. */
  readonly maximumUses?: number;
};

/** What one unit cost on a list until a time. */
export type PastPrice = {
  readonly listId: PriceListId;
  readonly variantId: VariantId;
  readonly unitPrice: UnitPrice;
  readonly until: Date;
};

/** Everything that prices are made of, as stored. `revision` rises with every change. */
export type PricingFacts = {
  readonly revision: number;
  readonly lists: readonly PriceList[];
  readonly prices: readonly Price[];
  readonly taxRates: readonly TaxRate[];
  readonly codes: readonly DiscountCode[];
  /** Those that are in force or will be. */
  readonly promotions: readonly Promotion[];
  /** By country, and by `roundingKey` where a legal entity has its own. */
  readonly roundingPolicies: ReadonlyMap<string, RoundingPolicy>;
  readonly deposits?: readonly StoredDeposit[];
  /** As far back as reductions that are shown ask for it [PRC-20]. */
  readonly pastPrices?: readonly PastPrice[];
  /** Promotions that have ended, and versions that were replaced, each with the time in which it held. */
  readonly pastPromotions?: readonly Promotion[];
  /** Versions that are no longer in force, as they were told, as long as a cart may have been promised one [PRC-23]. */
  readonly earlierPromotions?: readonly Promotion[];
};

/** The one way to write a code, so that what a customer types finds it: no blanks or dashes, upper case, full-width letters folded. */
export function normalizeCode(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{Pd}]/gu, "")
    .toUpperCase();
}
