import { afterAll, beforeAll, expect, it } from "vitest";
import { stockInvariants } from "./invariants.ts";
import { MUG, OAT_MILK, freshId, line, stockBench, type StockBench } from "../../../test/stock-bench.ts";

let stock: StockBench;
beforeAll(async () => {
  stock = await stockBench();
});
afterAll(async () => {
  expect(await stock.violations(stockInvariants)).toEqual([]);
  await stock.close();
});

it("[STK-1] twenty carts on twenty connections want the last unit: one has it", async () => {
  await stock.stocked(OAT_MILK, 1);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => stock.hold(freshId(n), [{ line: line(n), variant: OAT_MILK, quantity: 1 }])),
  );
  expect(answers.flat().filter(({ granted }) => granted).length).toBe(1);
  expect(answers.flat().filter(({ granted, available }) => !granted && available === 0).length).toBe(19);
});

it("[STK-1] forty orders at once want ten units without a hold: ten have one, thirty are told that nothing is left", async () => {
  await stock.stocked(MUG, 10);
  const orders = await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) =>
      stock.take(n % 2 ? "allocate" : "sell_now", freshId(100 + n), null, [{ line: freshId(200 + n), variant: MUG, quantity: 1 }]),
    ),
  );
  const refused = orders.flatMap((order) => (order.status === "rejected" ? [order.reason] : []));
  expect(refused.length).toBe(30);
  for (const error of refused) expect(error).toMatchObject({ code: "WF001", detail: expect.stringContaining('"available": 0') });
  expect(await stock.level(MUG)).toMatchObject({ available: 0 });
});

/** `npm run prove -- commerce` plays as many as were once enough for another shop to lock up. */
const ROUNDS = process.env["WEFT_PROVE"] === "commerce" ? 1000 : 200;

it(`[STK-5] carts with the same goods in opposite order never deadlock: ${ROUNDS} rounds of holds, orders, releases and sweeps at once`, async () => {
  const [a, b] = [freshId(901), freshId(902)] as [typeof OAT_MILK, typeof OAT_MILK]; // ids that tests make
  await stock.stocked(a, 5000);
  await stock.stocked(b, 5000);
  const lines = (n: number, [first, second]: readonly [typeof a, typeof a]) => [
    { line: freshId(10_000 + 2 * n), variant: first, quantity: 1 },
    { line: freshId(10_001 + 2 * n), variant: second, quantity: 1 },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const cart = (n: number) => freshId(50_000 + 4 * round + n);
    await Promise.all([
      stock.hold(cart(0), lines(4 * round, [a, b])).then(() => stock.take("allocate", cart(0), cart(0), lines(4 * round, [b, a]))),
      stock.hold(cart(1), lines(4 * round + 1, [b, a])).then(() => stock.take("sell_now", cart(1), cart(1), lines(4 * round + 1, [a, b]))),
      stock
        .hold(cart(2), lines(4 * round + 2, [b, a]))
        .then(() => stock.expire(cart(2)))
        .then(() => stock.rows("select stock.sweep(100)")),
      stock.hold(cart(3), lines(4 * round + 3, [a, b])).then(() => stock.rows("select stock.release_cart($1)", [cart(3)])),
    ]);
  }
  expect([await stock.level(a), await stock.level(b)]).toMatchObject([
    { on_hand: 5000 - ROUNDS, allocated: ROUNDS },
    { on_hand: 5000 - ROUNDS, allocated: ROUNDS },
  ]);
}, 60_000);
