import { newId, type Id } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownExchange, ownRegister, type OwnRegister } from "../../../test/own-register.ts";
import { ownReturn, someOf } from "../../../test/own-return.ts";
import { expectWhole, pricedHub, stockedTill } from "../../../test/own-till.ts";
import { CROISSANT, MUG, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { exchangeHere, refundHere } from "./domain/index.ts";

let hub: SaleHub;
let till: TestTill;
let register: OwnRegister;
beforeAll(async () => {
  hub = await pricedHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await stockedTill(hub);
  register = await ownRegister(hub, till);
});
afterEach(() => expectWhole(hub, till));

const who = () => ({ staffId: till.actor.staff?.id ?? null });

const tickets = () =>
  hub.rows<{ kind: string; total: number; cash: number; lost: number }>(
    "select kind, total::int, cash::int, lost::int from till.sale where register_id = $1 and kind = 'exchange' order by seq",
    [till.actor.device?.registerId],
  );

const moneyOf = (orderId: string) =>
  hub
    .rows<{ total: number; paid: number; refunded: number }>(
      "select total::int, paid::int, refunded::int from orders.orders where id = $1",
      [orderId],
    )
    .then(([order]) => order);

const expectedIn = async (shiftId: string, amount: number) => {
  const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: amount }] } });
  expect(closed.shift).toMatchObject({ difference: { amount: 0 } });
};

describe("[TIL-55] goods that are exchanged without the hub", () => {
  it.each([
    ["for as much: nothing is paid", [[MUG, 1]], 0],
    ["for more: the difference is paid in cash", [[MUG, 2]], 1400],
    ["for less: the rest is given in cash", [[CROISSANT, 1]], -1220],
  ] as const)("%s, on one ticket, once", async (_name, goods, difference) => {
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 1]]); // 14.00
    const body = ownExchange(register, shiftId, sale.body, { lines: someOf(sale.body, 0, 1), out: goods });
    const exchange = till.write("exchange.record", body, who());
    const answers = await till.send(sale, exchange);
    expect(answers.map(({ outcome, problem }) => ({ outcome, problem }))).toEqual(answers.map(() => ({ outcome: "done", problem: null })));
    expect(await till.send(exchange, exchange)).toEqual([answers[1], answers[1]]);
    expect(await tickets()).toEqual([{ kind: "exchange", total: difference, cash: difference, lost: 0 }]);
    expect(await moneyOf(sale.body.orderId)).toMatchObject({ refunded: 1400 });
    expect(await moneyOf(body.sale.orderId)).toEqual({ total: 1400 + difference, paid: 1400 + difference, refunded: 0 });
    expect(await hub.rows("select exchange_order_id, receipt_number from returns.return_order where id = $1", [body.returnId])).toEqual([
      { exchange_order_id: body.sale.orderId, receipt_number: answers[1]?.receiptNumber },
    ]);
    await expectedIn(shiftId, 10_000 + 1400 + difference);
  });

  it("of goods that had come back before at another counter count as sold: the loss is named, the ticket and the drawer stand", async () => {
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 2]]); // 28.00
    await till.send(sale);
    const body = ownExchange(register, shiftId, sale.body, { lines: someOf(sale.body, 0, 2), out: [[MUG, 3]] });
    const other = await testTill(hub);
    const theirs = {
      shiftId: await other.open(),
      returnId: crypto.randomUUID(),
      orderId: sale.body.orderId,
      lines: someOf(sale.body, 0, 1),
    };
    expect(await other.act("return.take", theirs, who())).toMatchObject({ outcome: "done" });
    expect(await till.send(till.write("exchange.record", body, who()))).toMatchObject([{ outcome: "done" }]);
    expect(await tickets()).toEqual([{ kind: "exchange", total: 1400, cash: 1400, lost: 1400 }]);
    expect(await moneyOf(body.sale.orderId)).toEqual({ total: 4200, paid: 4200, refunded: 0 });
    const again = ownExchange(register, shiftId, sale.body, { lines: someOf(sale.body, 0, 1), out: [[CROISSANT, 1]] });
    expect(await till.send(till.write("exchange.record", again, who()))).toMatchObject([{ outcome: "done" }]);
    expect((await tickets()).at(-1)).toEqual({ kind: "exchange", total: -1220, cash: -1220, lost: 1400 });
    expect(await moneyOf(again.sale.orderId)).toEqual({ total: 180, paid: 180, refunded: 0 });
    const lost = await hub.rows("select data ->> 'amount' as amount from platform.outbox where type = 'till.return_lost.v1'");
    expect(lost).toEqual([{ amount: "1400" }, { amount: "1400" }]);
    await expectedIn(shiftId, 10_000 + 2800 + 1400 - 1220);
  });

  it("paid by a card pay for as much or more, and the card stays behind what went out", async () => {
    const shiftId = await till.open();
    const token = `terminal:${newId<Id<"payment">>()}:1400`;
    const sale = register.sell(shiftId, [[MUG, 1]], { others: [{ kind: "card", amount: 1400, token }] });
    expect(exchangeHere(sale.body, { total: 1400 }, { total: 1000, cashStep: 0 })).toBe("cheaper_by_card");
    expect(exchangeHere({ tenders: [{ kind: "points", amount: 1400 }] }, { total: 1400 }, { total: 1400, cashStep: 0 })).toBe("by_values");
    const body = ownExchange(register, shiftId, sale.body, { lines: someOf(sale.body, 0, 1), out: [[MUG, 2]] });
    expect((await till.send(sale, till.write("exchange.record", body, who()))).map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    expect(await tickets()).toEqual([{ kind: "exchange", total: 1400, cash: 1400, lost: 0 }]);
    expect(await hub.rows("select kind, amount::int from payments.tender where order_id = $1 order by kind", [body.sale.orderId])).toEqual([
      { kind: "card", amount: 1400 },
      { kind: "cash", amount: 1400 },
    ]);
  });
});

describe("[TIL-51] what was paid partly in cash", () => {
  it("goes back in cash as far as cash paid, as the hub would have given it, and no further", async () => {
    const shiftId = await till.open();
    const token = `terminal:${newId<Id<"payment">>()}:1400`;
    const sale = register.sell(shiftId, [[MUG, 2]], { others: [{ kind: "card", amount: 1400, token }] });
    expect(refundHere(sale.body, { total: 1400 })).toBe("cash");
    expect(refundHere(sale.body, { total: 2800 })).toBe("not_cash");
    expect(refundHere(sale.body, { total: 1400, gone: 1400 })).toBe("not_cash");
    const back = till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 1) }), who());
    expect((await till.send(sale, back)).map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    expect(await hub.rows("select refunds from returns.return_order where order_id = $1", [sale.body.orderId])).toEqual([
      { refunds: [{ kind: "cash", amount: 1400 }] },
    ]);
  });
});
