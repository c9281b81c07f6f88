import type { Country, DemoAssortment, DemoCategory, DemoPlace, DemoProduct } from "./types.ts";

/** What a country does without, because another one is fond of it. */
const NOT_IN: Readonly<Record<Country, readonly string[]>> = {
  FR: ["PAS-ENS", "PAS-FRA", "SAV-FUE", "SAV-OBA", "CLD-ORX"],
  DE: ["PAS-ENS", "PAS-XUI", "PAS-PRA", "SAV-FUE", "CLD-ORX", "CHO-SUI"],
  ES: ["PAS-FRA", "PAS-PRE", "PAS-PRA", "SAV-OBA", "SAV-LEE"],
};
/** Too slow or too large for a counter in a station hall. */
const NOT_WHERE_PEOPLE_HURRY = ["COF-V60", "COF-BOL", "CHO-SUI", "BRD-LOF"];
/** The first page of a till: what most people ask for. */
// oxfmt-ignore
export const TILL_FAVORITES: readonly string[] = [
  "COF-ESP", "COF-AME", "COF-CAP", "COF-FLW", "COF-LAT", "COF-TRA", "TEA-BRK", "CHO-HOT",
  "ICE-LAT", "CLD-LEM", "CLD-WAT", "PAS-CRO", "PAS-CHO", "PAS-ALM", "CAK-COO", "SAV-JAM",
];

/** A street store sells all of its country, a station what is quick, the warehouse what fits into a parcel. */
export function demoAssortment(
  places: readonly DemoPlace[],
  products: readonly DemoProduct[],
  categories: readonly DemoCategory[],
): readonly DemoAssortment[] {
  const brewId = categories.find((category) => category.code === "brew")?.id;
  return places.map((place) => ({
    placeId: place.id,
    productIds: products.filter((product) => isSold(product, place, product.categoryId === brewId)).map((product) => product.id),
  }));
}

function isSold(product: DemoProduct, place: DemoPlace, isBrewingGear: boolean): boolean {
  if (!product.isActive) return place.site !== "depot";
  if (place.site === "depot") return product.isShippable;
  const is = (list: readonly string[]): boolean => product.variants.some((variant) => list.includes(variant.sku));
  if (is(NOT_IN[place.address.country])) return false;
  return place.site === "street" || !(isBrewingGear || product.station === "kitchen" || is(NOT_WHERE_PEOPLE_HURRY));
}
