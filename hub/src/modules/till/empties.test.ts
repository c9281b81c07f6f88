import { asId, newId, ok, type OrderId, type ShiftId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { OrderChanged } from "../orders/events.ts";
import { issueDocuments } from "../orders/index.ts";
import { payTips } from "../ledger/index.ts";
import { saveDeposit } from "../pricing/index.ts";
import { changePlace } from "../places/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";
import { readReceipt } from "./queries/receipt.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  await hub.must((ctx) =>
    saveDeposit(ctx, {
      code: "bottle",
      name: { en: "Deposit", fr: "Consigne" },
      amounts: [{ country: "FR", currency: "EUR", amount: 25, followsGoods: true, taxClass: "goods" }],
      variantIds: [variantId(MUG)],
    }),
  );
  hub.around.snapshots.invalidate();
}, 120_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  till = await testTill(hub);
});
afterEach(async () => {
  const registerId = till.actor.device?.registerId;
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

const who = () => ({ staffId: till.actor.staff?.id ?? null });
const close = (shiftId: ShiftId, cents: number) =>
  till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: cents }] } });

/** Two mugs with their deposits and a cup: 28.00 + 0.50 + 3.90. */
const ticket = () =>
  hub.cart(
    [
      [MUG, 2],
      [CAPPUCCINO, 1],
    ],
    { actor: till.actor },
  );

/** The receipt in French, as the till shows it. */
async function receiptOf(orderId: string | null) {
  if (orderId === null) throw new Error("not sold");
  const read = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
  const receipt = await readReceipt(read, hub.vault, asId<OrderId>(orderId), "fr");
  if (!receipt.ok) throw new Error(receipt.error.code);
  return receipt.value;
}

async function soldWithDeposit(shiftId: ShiftId): Promise<string> {
  const cart = await ticket();
  expect(cart.view).toMatchObject({ totals: { subtotal: { amount: 3190 }, deposit: { amount: 50 }, total: { amount: 3240 } } });
  expect(cart.view.lines[0]).toMatchObject({ subtotal: { amount: 2800 }, total: { amount: 2850 }, deposit: { each: { amount: 25 } } });
  const { orderId } = await till.sale(cart, shiftId, [{ kind: "cash" }], who());
  if (orderId === null) throw new Error("not sold");
  return orderId;
}

describe("[PRC-22] a deposit goes where its goods go", () => {
  it("stands on the order and its receipt as a line of its own, earns nothing, and comes back with the goods to the cent", async () => {
    const shiftId = await till.open();
    const orderId = await soldWithDeposit(shiftId);
    const receipt = await receiptOf(orderId);
    expect(receipt.lines.map(({ name, quantity, total }) => [name, quantity, total.amount])).toEqual([
      [expect.any(String), 2, 2800],
      ["Consigne", 2, 50],
      [expect.any(String), 1, 390],
    ]);
    const lines = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 order by position limit 1", [
      orderId,
    ]);
    const one = async () =>
      till.act(
        "return.take",
        {
          shiftId,
          returnId: newId(),
          orderId,
          lines: [{ orderLineId: lines[0]?.id, quantity: 1, reason: "changed_mind", disposition: "restock" }],
        },
        who(),
      );
    expect([await one(), await one()]).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(await hub.rows("select total::int from till.sale where order_id = $1 order by at, seq", [orderId])).toEqual([
      { total: 3240 },
      { total: -1425 },
      { total: -1425 },
    ]);
    expect((await close(shiftId, 10_390)).shift).toMatchObject({ difference: { amount: 0 } });
  });

  it("an invoice and a credit note state it apart, with its own share of the tax", async () => {
    const ordered = await hub.complete(await hub.cart([[MUG, 2]]), [{ kind: "card", token: "inline" }]);
    if (ordered.kind !== "placed") throw new Error(`not placed: ${ordered.kind}`);
    const { id: orderId } = ordered.view;
    const event = {
      id: orderId,
      type: OrderChanged.type,
      source: "test",
      subject: `order/${orderId}`,
      time: "2026-01-01T00:00:00Z",
      position: 1,
    };
    await hub.must(async (ctx) => ok(await issueDocuments(ctx, [{ ...event, data: { orderId, recordId: null, placeId: null } }])));
    const [invoice] = await hub.rows<{ data: { lines: { kind: string; total: number; tax: number }[]; total: number } }>(
      "select data from orders.document where order_id = $1",
      [orderId],
    );
    expect(invoice?.data.lines.map(({ kind, total }) => [kind, total])).toEqual([
      ["goods", 2800],
      ["deposit", 50],
    ]);
    expect(invoice?.data.total).toBe(2850);
  });
});

describe("[TIL-14] empties come back alone", () => {
  const give = (shiftId: ShiftId, lines: unknown) => till.act("deposit.give_back", { shiftId, lines }, who());

  it("their deposits leave the drawer once, on a ticket of their own, and the count expects it", async () => {
    const shiftId = await till.open();
    const command = till.write("deposit.give_back", { shiftId, lines: [{ code: "bottle", quantity: 6, each: 25 }] }, who());
    const [first] = await till.send(command);
    expect(first).toMatchObject({ outcome: "done", orderId: null, receiptNumber: expect.stringMatching(/-000001$/) });
    expect(await till.send(command)).toEqual([first]);
    const [entry] = await hub.rows<{ document: unknown }>(
      "select body -> 'document' as document from till.fiscal_entry where register_id = $1 and chain = 'T'",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatchObject({
      total: -150,
      lines: [{ code: "bottle", quantity: -6, each: 25, total: -150 }],
      taxes: [{ net: -125, tax: -25, gross: -150 }],
    });
    expect((await close(shiftId, 9850)).shift).toMatchObject({
      expectedCash: { amount: 9850 },
      difference: { amount: 0 },
      empties: { count: 1, total: { amount: 150 } },
    });
  });

  it("a deposit that nobody knows here, or that has another amount now, is refused; what was given already is booked as it was", async () => {
    const shiftId = await till.open();
    const refused = [
      await give(shiftId, [{ code: "keg", quantity: 1, each: 3000 }]),
      await give(shiftId, [{ code: "bottle", quantity: 1, each: 15 }]),
    ];
    expect(refused.map(({ problem }) => problem?.["code"])).toEqual(["till.deposit_unknown", "till.deposit_changed"]);
    expect(refused[1]?.problem).toMatchObject({ each: 25 });
    expect(await hub.rows("select 1 from till.empties where shift_id = $1", [shiftId])).toEqual([]);
  });
});

describe("[TIL-18] cash is rounded where small coins are not used", () => {
  beforeAll(() => roundTo(5));
  afterAll(() => roundTo(0));

  it("by cash only, as a line of its own: on the tender, in the drawer, on the receipt and in the count", async () => {
    const shiftId = await till.open();
    const cart = await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });
    // 3.90 needs none.
    expect(await till.sale(cart, shiftId, [{ kind: "cash", amount: 390, received: 400 }], who())).toMatchObject({ outcome: "done" });
    const odd = await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });
    const split = [
      { kind: "card", amount: 157, token: "inline" },
      { kind: "cash", amount: 233, received: 250, rounding: 2 },
    ];
    const { orderId } = await till.sale(odd, shiftId, split, who());
    const receipt = await receiptOf(orderId);
    expect(receipt.tenders.find(({ kind }) => kind === "cash")).toMatchObject({
      amount: { amount: 233 },
      received: { amount: 250 },
      change: { amount: 15 },
      rounding: { amount: 2 },
    });
    expect(await hub.rows("select total::int, cash::int, rounding::int from till.sale where order_id = $1", [orderId])).toEqual([
      { total: 390, cash: 233, rounding: 2 },
    ]);
    expect((await close(shiftId, 10_000 + 390 + 235)).shift).toMatchObject({ difference: { amount: 0 }, rounding: { amount: 2 } });
  });

  it("another rounding than that of the place is refused, and a till that has not heard of it is not", async () => {
    const shiftId = await till.open();
    const wrong = await till.sale(await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor }), shiftId, [
      { kind: "card", amount: 157, token: "inline" },
      { kind: "cash", amount: 233, received: 250, rounding: -3 },
    ]);
    expect(wrong.problem).toMatchObject({ code: "payment.cash_rounding", expected: { amount: 2 } });
    const unaware = await till.sale(await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor }), shiftId, [
      { kind: "card", amount: 157, token: "inline" },
      { kind: "cash", amount: 233, received: 250 },
    ]);
    expect(unaware).toMatchObject({ outcome: "done" });
    await close(shiftId, 10_233);
  });

  it("what goes back in cash is rounded too, so that the drawer holds what was counted", async () => {
    const shiftId = await till.open();
    await till.act("deposit.give_back", { shiftId, lines: [{ code: "bottle", quantity: 1, each: 25 }] }, who());
    const cart = await hub.cart([[MUG, 1]], { actor: till.actor });
    const { orderId } = await till.sale(
      cart,
      shiftId,
      [
        { kind: "card", amount: 1402, token: "inline" },
        { kind: "cash", amount: 23, received: 25, rounding: 2 },
      ],
      who(),
    );
    const lines = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1", [orderId]);
    const back = { orderLineId: lines[0]?.id, quantity: 1, reason: "changed_mind", disposition: "restock" };
    expect(await till.act("return.take", { shiftId, returnId: newId(), orderId, lines: [back] }, who())).toMatchObject({ outcome: "done" });
    // 0.23 goes back in cash, as 0.25.
    expect((await close(shiftId, 10_000 - 25)).shift).toMatchObject({ difference: { amount: 0 }, rounding: { amount: 0 } });
  });
});

async function roundTo(step: number): Promise<void> {
  await hub.must(async (ctx) => changePlace(ctx, LYON, { settings: { cashRounding: step } }));
  hub.around.snapshots.invalidate();
}

describe("[LED-13] [LED-14] what the house owes", () => {
  const owed = async (what: "deposits" | "tips") => {
    const rows = await hub.rows<{ owed: number }>(
      "select coalesce(sum(taken - given), 0)::int as owed from ledger.read_owed where what = $1 and place_id = $2",
      [what, LYON],
    );
    return rows[0]?.owed ?? 0;
  };

  it("deposits are owed from the sale on, and less with every unit that comes back, with its goods or alone; a sale without books nothing", async () => {
    const shiftId = await till.open();
    const before = await owed("deposits");
    const orderId = await soldWithDeposit(shiftId);
    expect((await owed("deposits")) - before).toBe(50);
    const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 and deposit is not null", [
      orderId,
    ]);
    const lines = [{ orderLineId: line?.id, quantity: 1, reason: "changed_mind", disposition: "restock" }];
    await till.act("return.take", { shiftId, returnId: newId(), orderId, lines }, who());
    expect((await owed("deposits")) - before).toBe(25);
    await till.act("deposit.give_back", { shiftId, lines: [{ code: "bottle", quantity: 3, each: 25 }] });
    expect((await owed("deposits")) - before).toBe(-50);
    const movements = async () => (await hub.rows("select from ledger.txn where kind = 'deposit'")).length;
    const booked = await movements();
    await till.sale(await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor }), shiftId, [{ kind: "cash" }], who());
    expect(await movements()).toBe(booked);
  });

  it("tips are owed until they are paid out: of two payouts at once that are too much together one is told what is left, and sent again it is one", async () => {
    await hub.must((ctx) => changePlace(ctx, LYON, { settings: { tipPercents: "10" } }));
    hub.around.snapshots.invalidate();
    const shiftId = await till.open();
    const cup = await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });
    await till.sale(cup, shiftId, [{ kind: "cash", received: 490, tip: 100 }], who());
    expect(await owed("tips")).toBe(100);
    const payout = (id: string, amount: number) => ({ id, placeId: LYON, amount: { amount, currency: "EUR" }, note: null });
    const ids = [newId(), newId()];
    const both = await Promise.all(ids.map((id) => hub.run((ctx) => payTips(ctx, payout(id, 60)), till.actor)));
    expect(both.filter(({ ok: isPaid }) => isPaid)).toHaveLength(1);
    expect(both.filter(({ ok: isPaid }) => !isPaid)).toMatchObject([{ error: { code: "tips.more_than_owed", owed: { amount: 40 } } }]);
    const again = await hub.run((ctx) => payTips(ctx, payout(ids[both[0]?.ok ? 0 : 1] ?? "", 60)), till.actor);
    expect([again, await owed("tips")]).toEqual([ok({ amount: 40, currency: "EUR" }), 40]);
  });
});
