import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variantId } from "../../../../test/goods-hub.ts";
import { route, type Route, type RouteCandidate, type RouteWish, type RoutingPolicy } from "./route.ts";

const [MUG, BEANS, BOX] = [variantId(1), variantId(2), variantId(3)];

type Place = RouteCandidate & { readonly name: string };

const place = (name: string, available: Readonly<Record<string, number>>, facts: Partial<RouteCandidate> = {}): Place => ({
  name,
  isWarehouse: false,
  nearness: 0,
  rank: 50,
  cost: 0,
  available: new Map(Object.entries(available)),
  refuses: new Set(),
  ...facts,
});

const of = (variant: string, quantity: number): RouteWish => ({ quantity, needs: [{ variantId: variant as typeof MUG, quantity: 1 }] });
const sent = ({ shares }: Route<Place>) => shares.map(({ from, quantities }) => [from.name, ...quantities.values()]);

describe("[PRM-21] routing over places", () => {
  it("13 units over places with 10 and 15 are 10 and 3, strictly in the order of the places", () => {
    const places = [place("far", { [MUG]: 15 }, { nearness: 11 }), place("near", { [MUG]: 10 }, { nearness: 14 })];
    const routed = route([of(MUG, 13)], places, { policy: "nearest", most: 2 });
    expect(routed.kind).toBe("routed");
    expect(sent(routed)).toEqual([
      ["near", 10],
      ["far", 3],
    ]);
  });

  it("looks at the whole order where the fewest parcels are wanted, and where it may not be spread", () => {
    const places = [place("near", { [MUG]: 10 }, { nearness: 14 }), place("far", { [MUG]: 15 }, { nearness: 11 })];
    expect(sent(route([of(MUG, 13)], places, { policy: "fewest_parcels", most: 2 }))).toEqual([["far", 13]]);
    expect(sent(route([of(MUG, 13)], places, { policy: "nearest", most: 1 }))).toEqual([["far", 13]]);
  });

  it.each<[RoutingPolicy, string[]]>([
    ["preferred", ["ranked", "cheap"]],
    ["nearest", ["near", "cheap"]],
    ["balance", ["full", "near"]],
    ["cheapest", ["cheap", "ranked"]],
  ])("asks places by the policy %s", (policy, names) => {
    const places = [
      place("cheap", { [MUG]: 5 }, { cost: 300, nearness: 12, rank: 20 }),
      place("full", { [MUG]: 9 }, { cost: 900, nearness: 10, rank: 90 }),
      place("ranked", { [MUG]: 5 }, { cost: 500, nearness: 10, rank: 10 }),
      place("near", { [MUG]: 6 }, { cost: 700, nearness: 20, rank: 60 }),
    ];
    expect(sent(route([of(MUG, 10)], places, { policy, most: 3 })).map(([name]) => name)).toEqual(names);
  });

  it("of places that are equal asks warehouses before stores, then the nearest", () => {
    const places = [
      place("store", { [MUG]: 1 }, { nearness: 15 }),
      place("depot", { [MUG]: 1 }, { isWarehouse: true, nearness: 10 }),
      place("nearer depot", { [MUG]: 1 }, { isWarehouse: true, nearness: 12 }),
    ];
    expect(sent(route([of(MUG, 1)], places, { policy: "fewest_parcels", most: 1 }))).toEqual([["nearer depot", 1]]);
    expect(sent(route([of(MUG, 1)], places, { policy: "nearest", most: 1 }))).toEqual([["store", 1]]);
  });

  it("asks no place for what it never serves, however much it has", () => {
    const places = [place("refuses", { [MUG]: 9 }, { refuses: new Set([0]) }), place("serves", { [MUG]: 2 })];
    expect(sent(route([of(MUG, 2)], places, { policy: "nearest", most: 2 }))).toEqual([["serves", 2]]);
  });

  it("says what nobody has, and what can be had all the same", () => {
    const places = [place("a", { [MUG]: 2 }), place("b", { [MUG]: 1, [BEANS]: 1 })];
    const routed = route([of(MUG, 5), of(BEANS, 1)], places, { policy: "nearest", most: 2 });
    expect(sent(routed)).toEqual([
      ["a", 2],
      ["b", 1, 1],
    ]);
    expect(routed).toMatchObject({ kind: "short", missing: new Map([[0, 2]]) });
    expect(route([of(MUG, 1)], [], { policy: "nearest", most: 2 })).toEqual({ kind: "short", shares: [], missing: new Map([[0, 1]]) });
  });

  it("gives a part that a bundle and the goods themselves need only once, and never sends half a bundle", () => {
    const box: RouteWish = {
      quantity: 1,
      needs: [
        { variantId: MUG, quantity: 1 },
        { variantId: BEANS, quantity: 2 },
      ],
    };
    const one = place("one", { [MUG]: 1, [BEANS]: 2, [BOX]: 0 });
    expect(route([box, of(MUG, 1)], [one], { policy: "nearest", most: 2 })).toMatchObject({ kind: "short", missing: new Map([[1, 1]]) });
    const halves = [place("mugs", { [MUG]: 5 }), place("beans", { [BEANS]: 9 })];
    expect(route([box], halves, { policy: "nearest", most: 2 })).toMatchObject({ kind: "short", shares: [] });
  });
});

const VARIANTS = [MUG, BEANS, BOX];
const stockOf = fc.tuple(...VARIANTS.map(() => fc.nat(4)));
const placesOf = fc.array(fc.record({ stock: stockOf, nearness: fc.nat(3), rank: fc.nat(3), cost: fc.nat(3), isWarehouse: fc.boolean() }), {
  maxLength: 5,
});
const wishesOf = fc.tuple(...VARIANTS.map(() => fc.nat(6)));
const policies = fc.constantFrom<RoutingPolicy>("fewest_parcels", "preferred", "nearest", "balance", "cheapest");

const made = (
  given: readonly { stock: readonly number[]; nearness: number; rank: number; cost: number; isWarehouse: boolean }[],
): Place[] =>
  given.map(({ stock, ...facts }, index) =>
    place(String(index), Object.fromEntries(VARIANTS.map((variant, nth) => [variant, stock[nth] ?? 0])), facts),
  );

/** The fewest places that have all of it, by trying every set of them; undefined when all of them have not. */
function fewestByForce(wanted: readonly number[], places: readonly Place[]): number | undefined {
  const has = (set: readonly Place[]) =>
    wanted.every((quantity, nth) => set.reduce((sum, { available }) => sum + (available.get(VARIANTS[nth] ?? "") ?? 0), 0) >= quantity);
  const sizes = Array.from({ length: 2 ** places.length }, (_, set) => places.filter((_one, nth) => Math.floor(set / 2 ** nth) % 2 === 1))
    .filter(has)
    .map((set) => set.length);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

describe("[PRM-21] against every set of places", () => {
  it("an order is routed exactly when so many places have it, by fewest parcels over the fewest, and never over more than it may", () => {
    fc.assert(
      fc.property(wishesOf, placesOf, policies, fc.integer({ min: 1, max: 3 }), (wanted, given, policy, most) => {
        const places = made(given);
        const wishes = VARIANTS.flatMap((variant, nth) => (wanted[nth] ? [of(variant, wanted[nth])] : []));
        const routed = route(wishes, places, { policy, most });
        const fewest = fewestByForce(wanted, places);
        expect(routed.kind === "routed").toBe(fewest !== undefined && fewest <= most);
        expect(routed.shares.length).toBeLessThanOrEqual(most);
        if (routed.kind === "routed" && policy === "fewest_parcels") expect(routed.shares.length).toBe(fewest);
      }),
    );
  });

  it("no place sends more than it has, and what is sent and what is missing are what was wanted", () => {
    fc.assert(
      fc.property(wishesOf, placesOf, policies, fc.integer({ min: 1, max: 3 }), (wanted, given, policy, most) => {
        const wishes = VARIANTS.map((variant, nth) => of(variant, wanted[nth] ?? 0)).filter(({ quantity }) => quantity > 0);
        const routed = route(wishes, made(given), { policy, most });
        for (const { from, quantities } of routed.shares) {
          expect(quantities.size).toBeGreaterThan(0);
          for (const [index, quantity] of quantities) {
            expect(quantity).toBeGreaterThan(0);
            expect(quantity).toBeLessThanOrEqual(from.available.get(wishes[index]?.needs[0]?.variantId ?? "") ?? 0);
          }
        }
        for (const [index, { quantity }] of wishes.entries()) {
          const all = routed.shares.reduce((sum, share) => sum + (share.quantities.get(index) ?? 0), 0);
          expect(all + (routed.kind === "short" ? (routed.missing.get(index) ?? 0) : 0)).toBe(quantity);
        }
      }),
    );
  });
});
