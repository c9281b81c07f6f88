import type { EntityId, VariantId } from "@weft/kernel";
import type { Deposit, StoredDeposit } from "./deposits.ts";
import type {
  Country,
  DiscountCode,
  PastPrice,
  Price,
  PriceList,
  PriceListId,
  PricingFacts,
  RoundingPolicy,
  TaxClass,
  TaxContext,
  TaxRate,
  TaxZone,
} from "./facts.ts";
import { type CompiledPromotion, compilePromotions } from "./promotions/compile.ts";

/** The prices of one list: per variant its quantity breaks, the largest first. */
export type PriceTable = ReadonlyMap<VariantId, readonly Price[]>;

export type CompiledList = PriceList & { readonly prices: PriceTable };

/** The facts in the form that answers by look-up. Never changed: a change of prices makes another snapshot. */
export type PricingSnapshot = {
  readonly revision: number;
  /** By priority, the highest first, then by id: the order of ties [PRC-1]. */
  readonly lists: readonly CompiledList[];
  readonly codes: ReadonlyMap<string, DiscountCode>;
  /** In the order of ties [PRC-16]. */
  readonly promotions: readonly CompiledPromotion[];
  /** Versions that are no longer in force, for lines that were promised one [PRC-23]. */
  readonly earlierPromotions: readonly CompiledPromotion[];
  /** By `taxKey`, the newest first. */
  readonly taxRates: ReadonlyMap<string, readonly TaxRate[]>;
  /** By country, and by `roundingKey` where a legal entity has its own. */
  readonly roundingPolicies: ReadonlyMap<string, RoundingPolicy>;
  /** By the goods that carry them. */
  readonly deposits: ReadonlyMap<VariantId, Deposit>;
  readonly depositCodes: ReadonlyMap<string, Deposit>;
  readonly history: PriceHistory;
};

/** What was in force before: of each list and variant the prices in the order of their ends, and promotions with the time in which they held. */
export type PriceHistory = {
  readonly prices: ReadonlyMap<PriceListId, ReadonlyMap<VariantId, readonly PastPrice[]>>;
  readonly promotions: readonly CompiledPromotion[];
};

export function compileSnapshot(facts: PricingFacts): PricingSnapshot {
  return assembleSnapshot(facts, compilePriceTables(facts.prices));
}

/** Groups prices by list, for callers that keep the tables of lists which did not change. */
export function compilePriceTables(prices: readonly Price[]): Map<PriceListId, PriceTable> {
  const tables = new Map<PriceListId, Map<VariantId, Price[]>>();
  for (const price of prices) {
    const table = getOrMake(tables, price.listId, () => new Map<VariantId, Price[]>());
    getOrMake(table, price.variantId, (): Price[] => []).push(price);
  }
  for (const table of tables.values()) for (const breaks of table.values()) breaks.sort((a, b) => b.minQuantity - a.minQuantity);
  return tables;
}

/** A snapshot from facts whose price tables are compiled already; a list without a table has no prices. */
export function assembleSnapshot(facts: Omit<PricingFacts, "prices">, tables: ReadonlyMap<PriceListId, PriceTable>): PricingSnapshot {
  return Object.freeze({
    revision: facts.revision,
    lists: facts.lists
      .map((list) => Object.freeze({ ...list, prices: tables.get(list.id) ?? NO_PRICES }))
      .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1)),
    codes: new Map(facts.codes.map((code) => [code.code, code])),
    promotions: compilePromotions(facts.promotions),
    earlierPromotions: compilePromotions(facts.earlierPromotions ?? []),
    taxRates: compileTaxRates(facts.taxRates),
    roundingPolicies: facts.roundingPolicies,
    deposits: depositsByGoods(facts.deposits ?? []),
    depositCodes: new Map(facts.deposits?.map((deposit) => [deposit.code, deposit])),
    history: { prices: compilePastPrices(facts.pastPrices ?? []), promotions: compilePromotions(facts.pastPromotions ?? []) },
  });
}

function depositsByGoods(deposits: readonly StoredDeposit[]): Map<VariantId, Deposit> {
  return new Map(deposits.flatMap((deposit) => deposit.variantIds.map((variantId) => [variantId, deposit] as const)));
}

/** Where the policy of a legal entity stands beside that of its country. */
export const roundingKey = (country: Country, entityId: EntityId | null): string =>
  entityId === null ? country : `${country} ${entityId}`;

export function compilePastPrices(prices: readonly PastPrice[]): Map<PriceListId, Map<VariantId, PastPrice[]>> {
  const lists = new Map<PriceListId, Map<VariantId, PastPrice[]>>();
  for (const price of prices) {
    const ofList = getOrMake(lists, price.listId, () => new Map<VariantId, PastPrice[]>());
    getOrMake(ofList, price.variantId, (): PastPrice[] => []).push(price);
  }
  for (const ofList of lists.values())
    for (const ofVariant of ofList.values()) ofVariant.sort((a, b) => a.until.getTime() - b.until.getTime());
  return lists;
}

const NO_PRICES: PriceTable = new Map();

export function taxKey(zone: TaxZone, taxClass: TaxClass, context: TaxContext | undefined): string {
  return `${zone.kind === "place" ? zone.placeId : zone.country}|${taxClass}|${context ?? ""}`;
}

/** Whether any place or country has a rate for a kind of goods. */
export function hasTaxClass({ taxRates }: PricingSnapshot, taxClass: TaxClass): boolean {
  return [...taxRates.values()].some((versions) => versions.some((rate) => rate.taxClass === taxClass));
}

function compileTaxRates(rates: readonly TaxRate[]): Map<string, TaxRate[]> {
  const byKey = new Map<string, TaxRate[]>();
  for (const rate of rates) getOrMake(byKey, taxKey(rate.zone, rate.taxClass, rate.context), (): TaxRate[] => []).push(rate);
  for (const versions of byKey.values()) versions.sort((a, b) => ((a.validFrom ?? "") < (b.validFrom ?? "") ? 1 : -1));
  return byKey;
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
