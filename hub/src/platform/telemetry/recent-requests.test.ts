import { expect, it } from "vitest";
import { createRecentRequests } from "./recent-requests.ts";

it("tells rate, refusals, failures, quantiles and statements of the last five minutes, the busiest operation first", () => {
  let now = 0;
  const recent = createRecentRequests(() => now);
  for (let n = 1; n <= 100; n++) recent.note("carts.read", 200, n / 1000, 2);
  for (let n = 0; n < 10; n++) recent.note("checkout.complete", n < 3 ? 409 : n < 4 ? 500 : 201, 2, 5);
  const [busiest, other] = recent.report();
  expect(busiest).toMatchObject({ operation: "carts.read", perMinute: 100, refused: 0, failed: 0, statements: 2 });
  expect(busiest?.p50Ms).toBeGreaterThanOrEqual(50);
  expect(busiest?.p50Ms).toBeLessThan(60);
  expect(busiest?.p99Ms).toBeGreaterThanOrEqual(99);
  expect(busiest?.p99Ms).toBeLessThan(119);
  expect(other).toMatchObject({ operation: "checkout.complete", perMinute: 10, refused: 3, failed: 1, statements: 5 });
  expect([recent.errorRatio(), recent.slowRatio()]).toEqual([1 / 110, 10 / 110]);
  now = 5 * 60_000;
  expect([recent.report(), recent.errorRatio()]).toEqual([[], null]);
});
