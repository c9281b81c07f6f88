import fc from "fast-check";
import { expect, it } from "vitest";
import { cafeDay, HANDS } from "../../bench/lib/cafe-day.ts";

it("[PRM-14] whatever day a cafe has, no station promises more for a slot than it has room for, and nobody is refused at the counter", () => {
  const days = fc.record({
    seed: fc.nat(),
    perHour: fc.integer({ min: 5, max: 60 }),
    counterPercent: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(days, (day) => {
      const { orders, refused, mostPromised } = cafeDay({ ...day, isShared: true });
      const counter = orders.filter(({ kind }) => kind === "counter");
      for (const station of Object.keys(HANDS)) expect(mostPromised(station)).toBe(0);
      expect(orders.every(({ doneAt }) => doneAt !== undefined)).toBe(true);
      expect(refused === 0 || counter.length < orders.length + refused).toBe(true);
    }),
    { numRuns: 8 },
  );
});

it("[PRM-17] a promise is only ever moved later, and whoever is begun with stays", () => {
  const { orders } = cafeDay({ seed: 7, perHour: 60, counterPercent: 70, isShared: true });
  const moved = orders.filter(({ moves }) => moves > 0);
  expect(moved.length).toBeGreaterThan(0);
  for (const { firstPromise, promise } of moved) expect((promise ?? 0) > (firstPromise ?? 0)).toBe(true);
});
