import { beforeEach, describe, expect, it } from "vitest";
import { stockInvariants } from "./invariants.ts";
import { BERLIN, KIOSK_CART, LYON, MUG, OAT_MILK, WEB_CART, line, stockBench, type StockBench } from "../../../test/stock-bench.ts";

let stock: StockBench;
beforeEach(async () => {
  stock = await stockBench();
  return async () => {
    expect(await stock.violations(stockInvariants)).toEqual([]);
    await stock.close();
  };
});

const minutesFromNow = (date: Date | null): number => Math.round(((date?.getTime() ?? 0) - Date.now()) / 60_000);

describe("holds of carts", () => {
  it("[STK-1] the last unit goes to one cart only, and the other is told how many are left", async () => {
    await stock.stocked(OAT_MILK, 1);
    const [first] = await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }]);
    const [second] = await stock.hold(KIOSK_CART, [{ line: line(2), variant: OAT_MILK, quantity: 1 }]);
    expect(first).toMatchObject({ granted: true, available: 1, free: 0 });
    expect(minutesFromNow(first?.expires_at ?? null)).toBe(15);
    expect(second).toMatchObject({ granted: false, available: 0, free: 0, expires_at: null });
    expect(await stock.published()).toEqual([
      {
        type: "stock.changed.v1",
        subject: `level/${OAT_MILK}/${LYON}`,
        data: { variantId: OAT_MILK, placeId: LYON, onHand: 1, available: 0 },
      },
    ]);
  });

  it("[STK-8] raising a line takes only the difference: the cart's own hold never blocks it", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 3 }]);
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 5 }])).toMatchObject([
      { granted: true, available: 5, free: 0 },
    ]);
    expect(await stock.level(OAT_MILK)).toMatchObject({ held: 5, available: 0 });
  });

  it("[STK-1] a short line keeps what it had, is told the most it could have, and its neighbors are served", async () => {
    await stock.stocked(OAT_MILK, 4);
    await stock.stocked(MUG, 9);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 3 }]);
    const answers = await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 6 },
      { line: line(2), variant: MUG, quantity: 2 },
    ]);
    expect(answers).toMatchObject([
      { line_id: line(1), granted: false, available: 4, free: 1, expires_at: expect.any(Date) },
      { line_id: line(2), granted: true, available: 9, free: 7 },
    ]);
    expect((await stock.level(OAT_MILK))?.held).toBe(3);
  });

  it("[STK-1] two lines of one variant share what is there: the first is served, the second told the rest", async () => {
    await stock.stocked(OAT_MILK, 5);
    const answers = await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 3 },
      { line: line(2), variant: OAT_MILK, quantity: 3 },
    ]);
    expect(answers).toMatchObject([{ granted: true }, { granted: false, available: 2 }]);
  });

  it("what one line gives back in a call is there for another line of the same call", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.hold(WEB_CART, [{ line: line(2), variant: OAT_MILK, quantity: 5 }]);
    const answers = await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 4 },
      { line: line(2), variant: OAT_MILK, quantity: 1 },
    ]);
    expect(answers.every(({ granted }) => granted)).toBe(true);
    expect(await stock.level(OAT_MILK)).toMatchObject({ held: 5, available: 0 });
  });

  it("a quantity of 0 gives back, and everybody is told", async () => {
    await stock.stocked(OAT_MILK, 2);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 2 }]);
    await stock.published();
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 0 }])).toMatchObject([
      { granted: true, expires_at: null, free: 2 },
    ]);
    expect(await stock.published()).toMatchObject([{ data: { available: 2 } }]);
  });

  it("a variant that the place does not stock is refused with 0 available, and giving it back is no error", async () => {
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: MUG, quantity: 1 }])).toMatchObject([
      { granted: false, available: 0, free: 0 },
    ]);
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: MUG, quantity: 0 }])).toMatchObject([{ granted: true }]);
  });

  it("safety stock is kept back from carts", async () => {
    await stock.stocked(OAT_MILK, 3, LYON, 2);
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 2 }])).toMatchObject([
      { granted: false, available: 1 },
    ]);
  });
});

describe("a line that changes its place", () => {
  beforeEach(async () => {
    await stock.stocked(OAT_MILK, 2, LYON);
    await stock.stocked(OAT_MILK, 1, BERLIN);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, place: LYON, quantity: 1 }]);
  });

  it("gives back there what it holds here, named twice or once", async () => {
    const there = { line: line(1), variant: OAT_MILK, place: LYON, quantity: 0 };
    const here = { line: line(1), variant: OAT_MILK, place: BERLIN, quantity: 1 };
    expect(await stock.hold(WEB_CART, [there, here])).toMatchObject([
      { place_id: LYON, granted: true, expires_at: null },
      { place_id: BERLIN, granted: true, expires_at: expect.any(Date) },
    ]);
    expect([(await stock.level(OAT_MILK))?.held, (await stock.level(OAT_MILK, BERLIN))?.held]).toEqual([0, 1]);
    await stock.hold(WEB_CART, [{ ...there, quantity: 2 }]);
    expect([(await stock.level(OAT_MILK))?.held, (await stock.level(OAT_MILK, BERLIN))?.held]).toEqual([2, 0]);
  });

  it("stays as it was where the new place is short", async () => {
    await stock.hold(KIOSK_CART, [{ line: line(2), variant: OAT_MILK, place: BERLIN, quantity: 1 }]);
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, place: BERLIN, quantity: 1 }])).toMatchObject([
      { granted: false, available: 0 },
    ]);
    expect((await stock.level(OAT_MILK))?.held).toBe(1);
  });
});

describe("the life of a hold", () => {
  it("[STK-4] an expired hold never stands in the way, and readers do not count it either", async () => {
    await stock.stocked(OAT_MILK, 1);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }]);
    await stock.expire(WEB_CART);
    expect(await stock.rows("select stock.available_at($1, $2) as units, stock.holds_of($3) as holds", [OAT_MILK, LYON, WEB_CART])).toEqual(
      [{ units: 1, holds: [] }],
    );
    expect(await stock.level(OAT_MILK)).toMatchObject({ held: 1, available: 1 });
    expect(await stock.hold(KIOSK_CART, [{ line: line(2), variant: OAT_MILK, quantity: 1 }])).toMatchObject([{ granted: true }]);
    expect(await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }])).toMatchObject([{ granted: false }]);
  });

  it("[STK-4] the sweeper tidies up what has passed, a few at a time, and tells", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.stocked(MUG, 5);
    await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 1 },
      { line: line(2), variant: MUG, quantity: 1 },
    ]);
    await stock.hold(KIOSK_CART, [{ line: line(3), variant: MUG, quantity: 2 }]);
    await stock.expire(WEB_CART);
    await stock.published();
    const swept = async () => (await stock.rows<{ n: number }>("select stock.sweep(1) as n"))[0]?.n;
    expect([await swept(), await swept(), await swept()]).toEqual([1, 1, 0]);
    expect(await stock.level(MUG)).toMatchObject({ held: 2, available: 3 });
    expect((await stock.published()).map(({ subject }) => subject).sort()).toEqual(
      [`level/${OAT_MILK}/${LYON}`, `level/${MUG}/${LYON}`].sort(),
    );
  });

  it("[STK-4] acts of the holder extend every hold of the cart, never past the hard cap; an expired one stays expired", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.stocked(MUG, 5);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }], 5, 12);
    const expiries = async () =>
      (await stock.rows<{ expires_at: Date }>("select expires_at from stock.hold order by line_id")).map(({ expires_at }) =>
        minutesFromNow(expires_at),
      );
    expect(await expiries()).toEqual([5]);
    await stock.hold(WEB_CART, [{ line: line(2), variant: MUG, quantity: 1 }], 10, 60);
    expect(await expiries()).toEqual([10, 10]);
    await stock.rows("select stock.extend_holds($1, 30)", [WEB_CART]);
    expect(await expiries()).toEqual([12, 30]);
    await stock.rows("select stock.hold_for_payment($1, 40)", [WEB_CART]);
    expect(await expiries()).toEqual([40, 40]);
    await stock.expire(WEB_CART);
    await stock.rows("select stock.extend_holds($1, 30), stock.hold_for_payment($1, 30)", [WEB_CART]);
    expect(await expiries()).toEqual([0, 0].map(() => minutesFromNow(new Date(Date.now() - 1000))));
  });

  it("a cart gives back all that it holds at once, and only that", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.stocked(MUG, 5);
    await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 2 },
      { line: line(2), variant: MUG, quantity: 3 },
    ]);
    await stock.hold(KIOSK_CART, [{ line: line(3), variant: MUG, quantity: 1 }]);
    const [{ holds } = { holds: [] }] = await stock.rows<{ holds: unknown[] }>("select stock.holds_of($1) as holds", [WEB_CART]);
    expect(holds).toMatchObject([
      { lineId: line(1), variantId: OAT_MILK, placeId: LYON, quantity: 2, expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
      { lineId: line(2), variantId: MUG, quantity: 3 },
    ]);
    await stock.rows("select stock.release_cart($1)", [WEB_CART]);
    expect([(await stock.level(OAT_MILK))?.held, (await stock.level(MUG))?.held]).toEqual([0, 1]);
  });
});
