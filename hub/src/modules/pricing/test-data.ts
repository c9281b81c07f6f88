import type { ChannelId, GroupId, Id, LineId, PlaceId, UnitPrice, VariantId } from "@weft/kernel";
import {
  type CartContext,
  type CartLine,
  type CodeId,
  type DiscountCode,
  type Price,
  type PriceList,
  type PriceListId,
  type PricingFacts,
  type Promotion,
  type PromotionId,
  type TaxRate,
  type TaxRateId,
  compileSnapshot,
} from "./domain/index.ts";

/** An id that is readable in a failing test: `testId("line", 3)`. Ordered by its number within a noun. */
export function testId<T extends Id<string>>(noun: string, number: number): T {
  const kind = [...noun].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  // Branded here because tests make their own ids.
  return `01900000-${kind.toString(16).padStart(4, "0")}-7000-8000-${number.toString(16).padStart(12, "0")}` as T;
}

export const LYON = testId<PlaceId>("place", 1);
export const BERLIN = testId<PlaceId>("place", 2);
export const LYON_CITY = testId<GroupId>("group", 1);
export const FRANCE = testId<GroupId>("group", 2);
export const CHAIN = testId<GroupId>("group", 3);
export const WEB = testId<ChannelId>("channel", 1);
export const STORES = testId<ChannelId>("channel", 2);
export const CAPPUCCINO = testId<VariantId>("variant", 1);
export const BEANS = testId<VariantId>("variant", 2);
export const MUG = testId<VariantId>("variant", 3);
export const CROISSANT = testId<VariantId>("variant", 4);

export const lineId = (number: number): LineId => testId("line", number);
export const listId = (number: number): PriceListId => testId("price list", number);

export function pieces(amount: number, currency = "EUR"): UnitPrice {
  return { amount, scale: 0, currency, per: { quantity: 1, unit: "piece" } };
}

export function priceList(number: number, given: Partial<PriceList> = {}): PriceList {
  return { id: listId(number), name: `List ${number}`, currency: "EUR", taxIncluded: true, priority: 0, scope: {}, ...given };
}

export function price(list: number, variantId: VariantId, unitPrice: UnitPrice, minQuantity = 1): Price {
  return { listId: listId(list), variantId, unitPrice, minQuantity };
}

let rates = 0;
export function taxRate(country: string, taxClass: string, numerator: number, given: Partial<TaxRate> = {}): TaxRate {
  return {
    id: testId<TaxRateId>("tax rate", ++rates),
    zone: { kind: "country", country },
    taxClass,
    numerator,
    denominator: 1000,
    ...given,
  };
}

export function discountCode(code: string, given: Partial<DiscountCode> = {}): DiscountCode {
  const benefit = { kind: "percentage", rate: { numerator: 10, denominator: 100 } } as const;
  return { id: testId<CodeId>(`code ${code}`, 1), code, benefit, scope: {}, combinable: true, ...given };
}

const NO_GOODS = { categoryIds: [], productIds: [] };

/** A promotion of 10 % on everything, where a test says nothing else. */
export function promotion(number: number, given: Partial<Promotion> = {}): Promotion {
  return {
    id: testId<PromotionId>("promotion", number),
    version: 1,
    name: { en: `Promotion ${number}` },
    benefit: { kind: "percentage", rate: { numerator: 10, denominator: 100 } },
    currency: null,
    goods: NO_GOODS,
    scope: {},
    minimum: null,
    minimumPieces: null,
    hours: null,
    firstOrder: false,
    needsCode: false,
    priority: 0,
    exclusive: false,
    isUsedUp: false,
    ...given,
  };
}

export function facts(given: Partial<PricingFacts>): PricingFacts {
  return { revision: 1, lists: [], prices: [], taxRates: [], codes: [], promotions: [], roundingPolicies: new Map(), ...given };
}

/** At Lyon, in the store, eaten in, on a morning of March 2026, by somebody whom nobody knows. */
export function cartContext(given: Partial<CartContext> = {}): CartContext {
  return {
    at: new Date("2026-03-02T09:00:00Z"),
    currency: "EUR",
    channelId: STORES,
    placeId: LYON,
    groupIds: [LYON_CITY, FRANCE, CHAIN],
    customerGroups: [],
    country: "FR",
    timeZone: "Europe/Paris",
    taxContext: "eat_in",
    ...given,
  };
}

export function cartLine(
  number: number,
  variantId: VariantId,
  quantity: number,
  taxClass: string,
  given: Partial<CartLine> = {},
): CartLine {
  return { lineId: lineId(number), variantId, quantity, taxClass, ...given };
}

/** A small French price list with the three rates a cafe meets there. */
export const FRENCH_SHOP = compileSnapshot(
  facts({
    lists: [priceList(1, { name: "France" })],
    prices: [
      price(1, CAPPUCCINO, pieces(390)),
      price(1, BEANS, pieces(850)),
      price(1, MUG, pieces(1400)),
      price(1, CROISSANT, pieces(180)),
    ],
    taxRates: [
      taxRate("FR", "hot_drink", 100),
      taxRate("FR", "packaged_food", 55),
      taxRate("FR", "goods", 200),
      taxRate("FR", "food", 100),
    ],
    codes: [discountCode("WELCOME10"), discountCode("COFFEE2", { benefit: { kind: "amount", money: { amount: 200, currency: "EUR" } } })],
  }),
);
