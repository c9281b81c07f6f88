import type { ChannelId, GroupId, PlaceId, UnitPrice, VariantId } from "@weft/kernel";
import type { StoredDeposit } from "./deposits.ts";
import type { Country, DiscountCode, PriceList, PriceScope, RoundingPolicy, TaxRate, Validity } from "./facts.ts";
import type { Promotion } from "./promotions/facts.ts";
import { assembleSnapshot, compilePriceTables, type PricingSnapshot } from "./snapshot.ts";

/** Where goods are sold that are priced by a copy. */
export type Counter = {
  readonly placeId: PlaceId;
  readonly groupIds: readonly GroupId[];
  readonly channelId: ChannelId;
  readonly currency: string;
  readonly country: Country;
};

/** Prices of one list: a variant, from how many units on, and what one costs. */
type PackedPrice = readonly [variantId: VariantId, minQuantity: number, amount: number, scale: number, per: UnitPrice["per"]];

/**
 * What prices goods at one counter, as plain JSON: a till keeps it, and prices by it with the same engine while it has no network. What was
 * before is not in it, nor a code whose uses somebody counts: nobody could count them there. But one that holds at this place alone is allocated to
 * it: its uses that are left go along, and each register counts its own.
 */
export type PortablePricing = {
  readonly revision: number;
  readonly lists: readonly (PriceList & { readonly prices: readonly PackedPrice[] })[];
  readonly codes: readonly DiscountCode[];
  readonly promotions: readonly Promotion[];
  readonly taxRates: readonly TaxRate[];
  readonly roundingPolicies: readonly (readonly [string, RoundingPolicy])[];
  readonly deposits: readonly StoredDeposit[];
  /** Of the counted codes, by their text; left out where there are none. */
  readonly usesLeft?: Readonly<Record<string, number>>;
};

/** The part of the price facts that can ever serve at a counter [PRC-25]. */
export function packPricing(snapshot: PricingSnapshot, at: Counter): PortablePricing {
  return {
    revision: snapshot.revision,
    lists: snapshot.lists
      .filter(({ currency, scope }) => currency === at.currency && mayHold(scope, at))
      .map(({ prices, ...list }) => ({
        ...list,
        prices: [...prices.values()].flatMap((breaks) =>
          breaks.map(({ variantId, minQuantity, unitPrice }): PackedPrice => [
            variantId,
            minQuantity,
            unitPrice.amount,
            unitPrice.scale,
            unitPrice.per,
          ]),
        ),
      })),
    codes: [...snapshot.codes.values()].filter((code) => (code.isUnlimited === true || isAllocated(code, at)) && mayHold(code.scope, at)),
    promotions: snapshot.promotions.map(({ promotion }) => promotion).filter(({ scope }) => mayHold(scope, at)),
    taxRates: [...snapshot.taxRates.values()]
      .flat()
      .filter(({ zone }) => (zone.kind === "place" ? zone.placeId === at.placeId : zone.country === at.country)),
    roundingPolicies: [...snapshot.roundingPolicies].filter(([key]) => key.split(" ")[0] === at.country),
    deposits: depositsOf(snapshot),
  };
}

/** The snapshot again, of a copy that may have been JSON on its way. What the copy does not hold is not in it. */
export function unpackPricing({ lists, codes, promotions, roundingPolicies, usesLeft: _, ...packed }: PortablePricing): PricingSnapshot {
  const prices = lists.flatMap(({ id: listId, currency, prices: rows }) =>
    rows.map(([variantId, minQuantity, amount, scale, per]) => ({
      listId,
      variantId,
      minQuantity,
      unitPrice: { amount, scale, currency, per },
    })),
  );
  return assembleSnapshot(
    {
      ...packed,
      lists: lists.map(({ prices: _, ...list }) => withDates(list)),
      codes: codes.map(withDates),
      promotions: promotions.map(withDates),
      roundingPolicies: new Map(roundingPolicies),
    },
    compilePriceTables(prices),
  );
}

/** Whether a code whose uses are counted holds at this place and nowhere else. */
const isAllocated = ({ maximumUses, scope }: DiscountCode, { placeId }: Counter): boolean =>
  maximumUses !== undefined && scope.placeIds?.length === 1 && scope.placeIds[0] === placeId;

/** Whether a scope can hold at this counter for some customer. */
function mayHold({ placeIds, groupIds, channelIds }: PriceScope, at: Counter): boolean {
  return (
    (!placeIds || placeIds.includes(at.placeId)) &&
    (!groupIds || groupIds.some((id) => at.groupIds.includes(id))) &&
    (!channelIds || channelIds.includes(at.channelId))
  );
}

function depositsOf({ depositCodes, deposits }: PricingSnapshot): StoredDeposit[] {
  const goods = new Map<string, VariantId[]>();
  for (const [variantId, { code }] of deposits) goods.set(code, [...(goods.get(code) ?? []), variantId]);
  return [...depositCodes.values()].map(({ code, name, amounts }) => ({ code, name, amounts, variantIds: goods.get(code) ?? [] }));
}

/** JSON has no dates: on the way they are texts. */
function withDates<Row extends Validity & { readonly since?: Date }>(row: Row): Row {
  const dates = Object.entries({ validFrom: row.validFrom, validTo: row.validTo, since: row.since }).flatMap(([key, at]) =>
    at ? [[key, new Date(at)] as const] : [],
  );
  return { ...row, ...Object.fromEntries(dates) };
}
