import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promiseFor, promiseForAll, whyNotSo, type PromisedGoods, type PromisingPlace } from "./promise.ts";

const MADE: PromisedGoods = { inAssortment: true, soldOut: null, tracked: false, available: null, prepSeconds: 50, unit: "piece" };
/** Open from 8 to 18 every day, ready in 5 minutes. */
const LYON: PromisingPlace = {
  isServing: true,
  hours: { weekly: Array.from({ length: 7 }, () => [{ from: 8 * 60, until: 18 * 60 }]), exceptions: [] },
  timeZone: "Europe/Paris",
  collectReadyMinutes: 5,
};
const MORNING = new Date("2026-03-02T09:00:00Z"); // 10:00 in Lyon
const NIGHT = new Date("2026-03-02T21:00:00Z");

const goods: fc.Arbitrary<PromisedGoods> = fc.record({
  inAssortment: fc.constantFrom(true, true, true, false),
  soldOut: fc.constantFrom(null, null, null, { until: null }),
  tracked: fc.boolean(),
  available: fc.option(fc.integer({ min: -3, max: 40 })),
  prepSeconds: fc.integer({ min: 0, max: 4000 }),
  unit: fc.constantFrom("piece", "gram"),
});
const interval = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 900 }))
  .map(([from, long]) => ({ from, until: from + long }));
const place: fc.Arbitrary<PromisingPlace> = fc.record({
  isServing: fc.boolean(),
  hours: fc.record({
    weekly: fc.array(fc.array(interval, { maxLength: 1 }), { minLength: 7, maxLength: 7 }),
    exceptions: fc.constant([]),
  }),
  timeZone: fc.constantFrom("Europe/Paris", "Europe/Madrid", "America/New_York"),
  collectReadyMinutes: fc.integer({ min: 0, max: 300 }),
});

describe("[PRM-4] goods together", () => {
  it("are promised for the latest of their promises, and for never when one has none", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ goods, quantity: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 6 }),
        place,
        fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => new Date(MORNING.getTime() + minutes * 60_000)),
        (wishes, at_, at) => {
          const each = wishes.map((wish) => promiseFor(wish.goods, at_, wish.quantity, at));
          const together = promiseForAll(wishes, at_, at);
          const times = each.map(({ promiseAt }) => promiseAt?.getTime() ?? Number.POSITIVE_INFINITY);
          expect(together.promiseAt?.getTime() ?? Number.POSITIVE_INFINITY).toBe(Math.max(...times));
          expect(each.some(({ method, because }) => method === together.method && because?.kind === together.because?.kind)).toBe(true);
        },
      ),
    );
  });

  it("that are weighed are worked on once, however much they weigh", () => {
    expect(promiseFor({ ...MADE, unit: "gram" }, LYON, 250, MORNING).promiseAt).toEqual(new Date("2026-03-02T09:05:50Z"));
  });
});

describe("[PRM-5] the way that is wanted", () => {
  const promised = (at: Date) => promiseForAll([{ goods: MADE, quantity: 1 }], LYON, at);
  const collect = (dueAt: string | null) => ({ kind: "collect" as const, dueAt: dueAt === null ? null : new Date(dueAt) });
  const takeAway = { kind: "take_away" as const, dueAt: null };
  it.each([
    ["taking away while it is open", promised(MORNING), takeAway, null],
    ["taking away at night", promised(NIGHT), takeAway, "opens_later"],
    ["taking away what is not ready before closing", promised(new Date("2026-03-02T16:58:00Z")), takeAway, "ready_after_closing"],
    ["collecting whatever is ready first", promised(NIGHT), collect(null), null],
    ["collecting tomorrow at noon", promised(NIGHT), collect("2026-03-03T11:00:00Z"), null],
    ["collecting as it closes", promised(MORNING), collect("2026-03-02T17:00:00Z"), null],
    ["collecting at midnight", promised(MORNING), collect("2026-03-02T23:00:00Z"), "closed_then"],
    ["collecting sooner than it can be: it is ready as promised", promised(MORNING), collect("2026-03-02T09:01:00Z"), null],
  ])("%s", (_, promise, wanted, kind) => {
    expect(whyNotSo(promise, wanted, LYON)?.kind ?? null).toBe(kind);
  });
});
