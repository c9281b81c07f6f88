import type { Part } from "../../catalog/domain/index.ts";
import type { Settings } from "../../places/domain/index.ts";

/**
 * In which order places are asked for goods [PRM-21]. `fewest_parcels`: whatever needs the fewest places, warehouses before stores, the nearest
 * first. The others take what there is strictly in their order: `preferred` by the rank that places were given, `nearest`, `balance` where most
 * of the goods are, `cheapest` by what a parcel costs there.
 */
export type RoutingPolicy = Settings["shipRouting"];

/** How an order is spread over places. */
export type RoutingRule = {
  readonly policy: RoutingPolicy;
  /** Over how many places at most; 1: never spread. */
  readonly most: number;
};

/** Units of a line, or of one product; `needs` is what stock gives for one of them: the goods themselves, or their parts. */
export type RouteWish = { readonly quantity: number; readonly needs: readonly Part[] };

/** A place that could send goods. */
export type RouteCandidate = {
  readonly isWarehouse: boolean;
  /** How near to the address it is, higher is nearer; 0 in another country. */
  readonly nearness: number;
  /** Rank given by the retailer, lower goes first. */
  readonly rank: number;
  /** What a parcel costs from there, in minor units. */
  readonly cost: number;
  /** Units that stock can promise there, by variant. */
  readonly available: ReadonlyMap<string, number>;
  /** Wishes, by their index, that it never serves: not sold there, sold out, or not fit to travel. */
  readonly refuses: ReadonlySet<number>;
};

/** What one place sends: quantities by the index of their wish, none of them 0. */
export type RouteShare<T> = { readonly from: T; readonly quantities: ReadonlyMap<number, number> };

export type Route<T> =
  | { readonly kind: "routed"; readonly shares: readonly RouteShare<T>[] }
  /** Not all can be sent. `shares` is as much as the places of one order can; `missing` what no one has, by wish. */
  | { readonly kind: "short"; readonly shares: readonly RouteShare<T>[]; readonly missing: ReadonlyMap<number, number> };

/** Combinations are tried of so many places, the first by their order: three of them make 2,000. */
const MOST_COMBINED = 24;

/**
 * Which places send what [PRM-21]: `min(still missing, available there)` strictly in the order of the policy, so that 13 units over places with
 * 10 and 15 are 10 and 3. Where that needs more places than an order may be spread over, and by `fewest_parcels`, the whole order is looked at:
 * the fewest places that have all of it, of several combinations the one that comes first.
 */
export function route<T extends RouteCandidate>(wishes: readonly RouteWish[], candidates: readonly T[], rule: RoutingRule): Route<T> {
  const ordered = routingOrder(wishes, candidates, rule.policy);
  if (rule.policy !== "fewest_parcels") {
    const strict = takeInOrder(wishes, ordered);
    if (strict.kind === "routed" && strict.shares.length <= rule.most) return strict;
  }
  return fewest(wishes, ordered, rule.most) ?? takeInOrder(wishes, ordered, rule.most);
}

/** Takes what there is from one place after the other, from `most` of them at most. */
export function takeInOrder<T extends RouteCandidate>(
  wishes: readonly RouteWish[],
  ordered: readonly T[],
  most = Number.POSITIVE_INFINITY,
): Route<T> {
  const missing = new Map(wishes.map(({ quantity }, index) => [index, quantity]));
  const shares: RouteShare<T>[] = [];
  for (const from of ordered) {
    if (missing.size === 0 || shares.length >= most) break;
    const quantities = takeAt(wishes, from, missing);
    if (quantities.size > 0) shares.push({ from, quantities });
  }
  return missing.size === 0 ? { kind: "routed", shares } : { kind: "short", shares, missing };
}

/** What one place gives of what is still missing, which is taken off it. Wishes that need the same parts share what there is of them. */
function takeAt(wishes: readonly RouteWish[], { available, refuses }: RouteCandidate, missing: Map<number, number>): Map<number, number> {
  const left = new Map(available);
  const taken = new Map<number, number>();
  for (const [index, wanted] of missing) {
    const needs = wishes[index]?.needs ?? [];
    if (refuses.has(index)) continue;
    const most = Math.min(wanted, ...needs.map(({ variantId, quantity }) => Math.floor(Math.max(0, left.get(variantId) ?? 0) / quantity)));
    if (most <= 0) continue;
    for (const { variantId, quantity } of needs) left.set(variantId, (left.get(variantId) ?? 0) - most * quantity);
    taken.set(index, most);
    if (most === wanted) missing.delete(index);
    else missing.set(index, wanted - most);
  }
  return taken;
}

/** The fewest places that have all of it together; undefined when `most` of them do not. */
function fewest<T extends RouteCandidate>(wishes: readonly RouteWish[], ordered: readonly T[], most: number): Route<T> | undefined {
  for (const one of ordered) {
    const alone = takeInOrder(wishes, [one]);
    if (alone.kind === "routed") return alone;
  }
  // What all of them together do not have, no few of them have.
  if (most < 2 || takeInOrder(wishes, ordered).kind === "short") return undefined;
  const useful = ordered.filter((one) => takeInOrder(wishes, [one]).shares.length > 0).slice(0, MOST_COMBINED);
  for (let size = 2; size <= Math.min(most, useful.length); size++) {
    for (const places of combinations(useful, size)) {
      const found = takeInOrder(wishes, places);
      if (found.kind === "routed") return found;
    }
  }
  return undefined;
}

/** All ways to choose so many of a list, each in the order of the list, the first ones first. */
function* combinations<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) yield [];
  for (const [index, first] of size === 0 ? [] : list.entries())
    for (const rest of combinations(list.slice(index + 1), size - 1)) yield [first, ...rest];
}

/**
 * In which order a policy asks places. Of those that it holds equal, warehouses go before stores, then the nearest, then as they came; for
 * `fewest_parcels` all are equal.
 */
export function routingOrder<T extends RouteCandidate>(wishes: readonly RouteWish[], candidates: readonly T[], policy: RoutingPolicy): T[] {
  const before = (a: T, b: T) => Number(b.isWarehouse) - Number(a.isWarehouse) || b.nearness - a.nearness;
  const asked = new Set(wishes.flatMap(({ needs }) => needs.map(({ variantId }) => variantId)));
  const units = (one: T) => [...asked].reduce((sum, variantId) => sum + Math.max(0, one.available.get(variantId) ?? 0), 0);
  const by: Record<RoutingPolicy, (a: T, b: T) => number> = {
    fewest_parcels: before,
    preferred: (a, b) => a.rank - b.rank || before(a, b),
    nearest: (a, b) => b.nearness - a.nearness || before(a, b),
    balance: (a, b) => units(b) - units(a) || before(a, b),
    cheapest: (a, b) => a.cost - b.cost || before(a, b),
  };
  return [...candidates].sort(by[policy]);
}
