import type { PlaceTreeView } from "@weft/contracts/client";
import { currencyExponent } from "@weft/kernel";

/** The currencies of the places that stand below a group, in any depth, and of the whole chain where there are none or no group is meant. */
export function currenciesBelow(tree: PlaceTreeView, groupId: string | null): readonly string[] {
  const currencyOf = new Map(tree.entities.map(({ id, currency }) => [id, currency]));
  const parentOf = new Map(tree.groups.map(({ id, parentId }) => [id, parentId]));
  const isBelow = (start: string | null): boolean => {
    for (let at = start; at !== null; at = parentOf.get(at) ?? null) if (at === groupId) return true;
    return false;
  };
  const below = tree.places.filter((place) => groupId !== null && isBelow(place.groupId));
  const found = below.flatMap(({ entityId }) => currencyOf.get(entityId) ?? []);
  return [...new Set(found.length > 0 ? found : currencyOf.values())].sort();
}

/** How many decimals all of these currencies have; undefined where they differ: one figure then means another amount in each. */
export function commonDigits(currencies: readonly string[]): number | undefined {
  const [digits, ...others] = new Set(currencies.map(currencyExponent));
  return others.length === 0 ? digits : undefined;
}
