import type { PlaceId } from "@weft/kernel";
import { COUNTRIES } from "../places/entities.ts";
import type { Country, DemoGroup, DemoPlace, DemoPriceList, DemoProduct, DemoVariant } from "../types.ts";

/** Price level of a country against the base prices; goods for home cost the same everywhere. */
const LEVEL: Readonly<Record<Country, { code: string; name: string; percent: number }>> = {
  FR: { code: "france", name: "France", percent: 100 },
  DE: { code: "deutschland", name: "Deutschland", percent: 105 },
  ES: { code: "catalunya", name: "Catalunya", percent: 86 },
};
/** Stations and airports, against the prices of their country. */
const TRAVEL_PERCENT = 112;
const MEMBER_PERCENT = 90;
// oxfmt-ignore
const MEMBER_SKUS: ReadonlySet<string> = new Set(["COF-FIL", "COF-TRA", "ICE-CBR", "TEA-BRK", "PAS-CRO", "CAK-BAN", "BEA-ORD-250", "BEA-TRA-250", "MUG-WEA-TER", "MUG-WEA-MOS", "MUG-WEA-DUS", "MUG-WEA-OAT"]);
export const MEMBER_GROUP = "member";
/** What is bought for a firm: beans and what else goes home, and the breakfast. */
const OFFICE_PERCENT = 85;
const OFFICE_SKUS: ReadonlySet<string> = new Set(["COF-FIL", "PAS-CRO"]);
export const OFFICE_GROUP = "offices";

/**
 * From wide to narrow: the chain's own prices, one list per country, one per country for stations and airports, and the members' prices,
 * which are lower than those of every country. All amounts include tax.
 */
export function demoPriceLists(
  products: readonly DemoProduct[],
  groups: readonly DemoGroup[],
  places: readonly DemoPlace[],
): readonly DemoPriceList[] {
  const list = (
    code: string,
    name: string,
    priority: number,
    scope: DemoPriceList["scope"],
    amountOf: (variant: DemoVariant, product: DemoProduct) => number | undefined,
  ): DemoPriceList => ({
    code,
    name,
    currency: "EUR",
    isTaxIncluded: true,
    priority,
    scope,
    prices: pricesOf(products, amountOf),
  });
  const country = COUNTRIES.flatMap((of) => {
    const group = groups.find(({ code }) => code === LEVEL[of].code);
    return group
      ? [
          list(LEVEL[of].code, LEVEL[of].name, 10, { kind: "group", groupId: group.id }, (variant, product) =>
            countryPrice(variant, product, of),
          ),
        ]
      : [];
  });
  const travel = COUNTRIES.flatMap((of) => {
    const placeIds = places.filter((place) => place.address.country === of && isTravel(place)).map((place) => place.id);
    if (placeIds.length === 0) return [];
    return [
      list(`${LEVEL[of].code}-travel`, `${LEVEL[of].name}, stations and airports`, 20, { kind: "places", placeIds }, (variant, product) =>
        travelPrice(variant, product, of),
      ),
    ];
  });
  return [
    list("trama", "Trama", 0, { kind: "everywhere" }, (variant) => variant.basePrice),
    ...country,
    ...travel,
    list("members", "Members", 30, { kind: "customer_group", customerGroup: MEMBER_GROUP }, memberPrice),
    list("offices", "Offices", 40, { kind: "customer_group", customerGroup: OFFICE_GROUP }, officePrice),
  ];
}

function pricesOf(
  products: readonly DemoProduct[],
  amountOf: (variant: DemoVariant, product: DemoProduct) => number | undefined,
): DemoPriceList["prices"] {
  return products.flatMap((product) =>
    product.variants.flatMap((variant) => {
      const amount = amountOf(variant, product);
      return amount === undefined ? [] : [{ variantId: variant.id, sku: variant.sku, amount }];
    }),
  );
}

function countryPrice(variant: DemoVariant, product: DemoProduct, country: Country): number {
  return isTheSameEverywhere(product) ? variant.basePrice : roundPrice((variant.basePrice * LEVEL[country].percent) / 100);
}

function travelPrice(variant: DemoVariant, product: DemoProduct, country: Country): number {
  const usual = countryPrice(variant, product, country);
  return isTheSameEverywhere(product) ? usual : Math.max(usual + 10, roundPrice((usual * TRAVEL_PERCENT) / 100));
}

function memberPrice(variant: DemoVariant, product: DemoProduct): number | undefined {
  if (!MEMBER_SKUS.has(variant.sku)) return undefined;
  const lowest = Math.min(...COUNTRIES.map((country) => countryPrice(variant, product, country)));
  return Math.min(roundPrice((lowest * MEMBER_PERCENT) / 100), lowest - 10);
}

function officePrice(variant: DemoVariant, product: DemoProduct): number | undefined {
  if (!product.isShippable && !OFFICE_SKUS.has(variant.sku)) return undefined;
  return roundPrice((Math.min(...COUNTRIES.map((country) => countryPrice(variant, product, country))) * OFFICE_PERCENT) / 100);
}

/** What travels in parcels could be ordered from anywhere, and a gift card is worth its price. */
const isTheSameEverywhere = ({ isShippable, taxClass }: DemoProduct): boolean => isShippable || taxClass === "voucher";

/** To ten cents, as a menu board shows it. */
const roundPrice = (amount: number): number => Math.round(amount / 10) * 10;

const isTravel = (place: DemoPlace): boolean => place.site === "station" || place.site === "airport";

/** What a variant costs at a place, in minor units: the list of the highest priority that is valid there and has it. */
export type PriceBook = (place: DemoPlace, sku: string, isMember: boolean) => number;

export function priceBook(lists: readonly DemoPriceList[], groups: readonly DemoGroup[]): PriceBook {
  const narrowFirst = lists
    .toSorted((a, b) => b.priority - a.priority)
    .map((list) => ({ list, amounts: new Map(list.prices.map((price) => [price.sku, price.amount])) }));
  const parents = new Map(groups.map((group) => [group.id, group.parentId]));
  const atPlace = new Map<PlaceId, typeof narrowFirst>();
  const validAt = (place: DemoPlace): typeof narrowFirst => {
    const known = atPlace.get(place.id);
    if (known) return known;
    const above = new Set([place.groupId, parents.get(place.groupId)]);
    const valid = narrowFirst.filter(({ list: { scope } }) =>
      scope.kind === "group"
        ? above.has(scope.groupId)
        : scope.kind === "customer_group"
          ? scope.customerGroup === MEMBER_GROUP
          : scope.kind !== "places" || scope.placeIds.includes(place.id),
    );
    atPlace.set(place.id, valid);
    return valid;
  };
  return (place, sku, isMember) => {
    for (const { list, amounts } of validAt(place)) {
      const amount = list.scope.kind === "customer_group" && !isMember ? undefined : amounts.get(sku);
      if (amount !== undefined) return amount;
    }
    throw new Error(`no price for ${sku} at ${place.code}`);
  };
}
