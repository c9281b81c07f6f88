import fc from "fast-check";
import { expect, it } from "vitest";
import { createQueue } from "./queue.ts";

it("gives the greatest first, of equal ones the smallest numbers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(9), fc.nat(9))), (items) => {
      const queue = createQueue();
      for (const [value, a, b] of items) queue.push(value, a, b);
      const out: number[][] = [];
      for (let item = queue.pop(); item; item = queue.pop()) out.push([item.value, item.a, item.b]);
      const wanted = items
        .map(([value, a, b]) => [value, Math.min(a, b), Math.max(a, b)])
        .toSorted(([v1 = 0, a1 = 0, b1 = 0], [v2 = 0, a2 = 0, b2 = 0]) => v2 - v1 || a1 - a2 || b1 - b2);
      expect(out).toEqual(wanted);
    }),
  );
});
