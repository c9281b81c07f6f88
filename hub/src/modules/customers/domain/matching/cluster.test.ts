import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cluster, type ClusterOptions, type Links } from "./cluster.ts";

const linksOf = (pairs: readonly (readonly [number, number, number])[]): Links => ({
  a: Int32Array.from(pairs, ([a]) => a),
  b: Int32Array.from(pairs, ([, b]) => b),
  odds: Float64Array.from(pairs, ([, , odds]) => odds),
});
const options: ClusterOptions = { least: 0, odds: () => -8 };
const clusters = (size: number, pairs: readonly (readonly [number, number, number])[], more: Partial<ClusterOptions> = {}): number[] => [
  ...cluster(size, linksOf(pairs), { ...options, ...more }),
];

describe("clusters", () => {
  it("one bridge between two groups who do not know each other joins nobody", () => {
    expect(clusters(6, [[0, 1, 9], [0, 2, 9], [1, 2, 9], [3, 4, 9], [3, 5, 9], [4, 5, 9], [2, 3, 3]])).toEqual([0, 0, 0, 3, 3, 3]); // prettier-ignore
  });

  it("a weak link counts when two records support it", () => {
    expect(clusters(3, [[0, 1, 9], [0, 2, -1], [1, 2, 4]])).toEqual([0, 0, 0]); // prettier-ignore
    expect(clusters(2, [[0, 1, -1]])).toEqual([0, 1]);
  });

  it("who was judged to be different is never in one cluster, also not through a third", () => {
    const isApart = (a: number, b: number): boolean => Math.min(a, b) === 0 && Math.max(a, b) === 2;
    const of = clusters(3, [[0, 1, 9], [1, 2, 9], [0, 2, 9]], { isApart }); // prettier-ignore
    expect(of[0]).not.toBe(of[2]);
  });

  it("the order in which links come says nothing", () => {
    const pair = fc.tuple(fc.nat(14), fc.nat(14), fc.integer({ min: -60, max: 90 })).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(
        fc.uniqueArray(pair, { selector: ([a, b]) => `${a}.${b}`, maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        (pairs, order) => {
          const all = pairs.map(([a, b, odds]) => [a, b, odds / 10] as const);
          const shuffled = all.map((link) => ({ link, at: order.next().value })).toSorted((x, y) => x.at - y.at);
          expect(clusters(15, shuffled.map(({ link }) => link))).toEqual(clusters(15, all)); // prettier-ignore
        },
      ),
    );
  });
});
