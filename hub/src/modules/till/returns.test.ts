import { newId, ok, type RecordId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { giftCardHub, soldCard } from "../../../test/gift-card-hub.ts";
import { CAPPUCCINO, LYON, MUG, TILLS, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { creditOf, grantCredit, type CreditGrantId } from "../payments/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await giftCardHub();
}, 30_000);
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

/** A sale of two mugs and a cappuccino: 31.90, for cash unless it is said. */
async function sold(shiftId: string, tender: Readonly<Record<string, unknown>> = { kind: "cash" }): Promise<string> {
  const lines = [
    [MUG, 2],
    [CAPPUCCINO, 1],
  ] as const;
  const { orderId } = await till.sale(await hub.cart(lines, { actor: till.actor }), shiftId as never, [tender]); // of this till
  if (orderId === null) throw new Error("not sold");
  return orderId;
}

/** A customer with so much store credit, given by the owner. */
async function customerWith(amount: number): Promise<RecordId> {
  const { recordId } = (await hub.customer()).customer;
  const { staff } = tillActor();
  if (!staff) throw new Error("a till has its cashier");
  const wanted = { id: newId<CreditGrantId>(), recordId, amount: { amount, currency: "EUR" }, reason: "goodwill" as const, note: null };
  await hub.must((ctx) => grantCredit(ctx, { ...staff, roles: ["owner"] }, wanted), tillActor());
  // Known at the counter, where it is spent.
  await hub.rows("update customers.source_record set channel_id = $2 where id = $1", [recordId, TILLS]);
  return recordId;
}
const creditOfCustomer = (recordId: RecordId) => hub.must(async (ctx) => ok(await creditOf(ctx, recordId, "EUR")));
async function ticketOfCustomer(recordId: RecordId, lines: Parameters<SaleHub["cart"]>[0]) {
  const cart = await hub.cart(lines, { actor: till.actor });
  await hub.rows("update carts.cart set record_id = $2 where id = $1", [cart.id, recordId]);
  return cart;
}

const who = () => ({ staffId: till.actor.staff?.id ?? null });

async function body(shiftId: string, orderId: string, quantity: number) {
  const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 order by position limit 1", [
    orderId,
  ]);
  const lines = [{ orderLineId: line?.id, quantity, reason: "changed_mind", disposition: "restock" }];
  return { shiftId, returnId: newId(), orderId, lines };
}

describe("[TIL-12] goods come back at a register", () => {
  it("cash leaves the drawer with a ticket of its own, and the shift's count expects it", async () => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    const wanted = await body(shiftId, orderId, 1);
    const answer = await till.act("return.take", wanted, who());
    expect(answer).toMatchObject({ outcome: "done", orderId, receiptNumber: expect.stringMatching(/-000002$/) });
    expect(
      await hub.rows("select kind, total::int, cash::int, card::int, return_id from till.sale where order_id = $1 order by at, seq", [
        orderId,
      ]),
    ).toEqual([
      { kind: "sale", total: 3190, cash: 3190, card: 0, return_id: null },
      { kind: "return", total: -1400, cash: -1400, card: 0, return_id: wanted.returnId },
    ]);
    expect(await hub.rows("select receipt_number from returns.return_order where id = $1", [wanted.returnId])).toEqual([
      { receipt_number: answer.receiptNumber },
    ]);
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 10_000 + 1790 }] } });
    expect(closed.shift).toMatchObject({
      expectedCash: { amount: 11_790 },
      difference: { amount: 0 },
      sales: { count: 1, total: { amount: 3190 } },
      returns: { count: 1, total: { amount: 1400 }, cash: { amount: 1400 }, card: { amount: 0 } },
    });
  });

  it("sent three times it is one return; another command for the same one is refused", async () => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    const wanted = await body(shiftId, orderId, 1);
    const command = till.write("return.take", wanted, who());
    const [first] = await till.send(command);
    expect(await till.send(command, command)).toEqual([first, first]);
    expect(await till.act("return.take", wanted, who())).toMatchObject({ outcome: "refused", problem: { code: "return.already_taken" } });
    expect(await hub.rows("select 1 from payments.refund where order_id = $1", [orderId])).toHaveLength(1);
  });

  it("its entry names nobody and says what came back, why, and by which rate", async () => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    await till.act("return.take", await body(shiftId, orderId, 2), who());
    const [entry] = await hub.rows<{ document: unknown }>(
      "select body -> 'document' as document from till.fiscal_entry where kind = 'return' and register_id = $1",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatchObject({
      total: -2800,
      lines: [{ quantity: -2, total: -2800, rate: "1/5", reason: "changed_mind", disposition: "restock" }],
      taxes: [{ rate: "1/5", net: -2333, tax: -467, gross: -2800 }],
      tenders: [{ kind: "cash", state: "refunded", amount: -2800 }],
    });
  });

  it("nobody who is not signed in gives money back, and what is not left does not come back", async () => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    expect(await till.act("return.take", await body(shiftId, orderId, 1))).toMatchObject({ problem: { code: "return.needs_staff" } });
    expect(await till.act("return.take", await body(shiftId, orderId, 3), who())).toMatchObject({
      problem: { code: "return.units_gone", returnable: 2 },
    });
  });
});

describe("[TIL-13] [RET-13] goods are exchanged", () => {
  const exchange = async (shiftId: string, orderId: string, out: Awaited<ReturnType<SaleHub["cart"]>>, tenders: readonly unknown[]) =>
    till.act(
      "exchange.take",
      {
        ...(await body(shiftId, orderId, 2)),
        cartId: out.id,
        completion: { fulfillment: { kind: "take_away", placeId: LYON }, tenders, expectedTotal: out.view.totals.total },
      },
      who(),
    );
  const ticketOf = async (number: string | null) =>
    (await hub.rows("select kind, total::int, cash::int, card::int from till.sale where number = $1", [number]))[0];

  it.each([
    ["for the same price without a cent", [[MUG, 2]], [{ kind: "cash" }], { total: 0, cash: 0, card: 0 }],
    ["for more: the difference is paid", [[MUG, 3]], [{ kind: "cash" }], { total: 1400, cash: 1400, card: 0 }],
    ["for more: by a card", [[MUG, 3]], [{ kind: "card", token: "inline" }], { total: 1400, cash: 0, card: 1400 }],
    ["for less: the rest goes back", [[MUG, 1]], [{ kind: "cash" }], { total: -1400, cash: -1400, card: 0 }],
  ] as const)("%s", async (_name, lines, tenders, expected) => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    const before = await hub.level(MUG);
    const out = await hub.cart(lines, { actor: till.actor });
    const answer = await exchange(shiftId, orderId, out, tenders);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    expect(await ticketOf(answer.receiptNumber)).toEqual({ kind: "exchange", ...expected });
    expect((await hub.level(MUG)).on_hand).toBe(before.on_hand + 2 - lines[0][1]);
    const of = (id: string | null) => hub.rows("select payment_state, paid::int, refunded::int from orders.orders where id = $1", [id]);
    expect(await of(orderId)).toMatchObject([{ refunded: 2800 }]);
    expect(await of(answer.orderId)).toEqual([{ payment_state: "paid", paid: 1400 * lines[0][1], refunded: 0 }]);
  });

  it("what went out comes back to what was paid with at first, in cash from the drawer", async () => {
    const shiftId = await till.open();
    const first = await exchange(shiftId, await sold(shiftId), await hub.cart([[MUG, 2]], { actor: till.actor }), [{ kind: "cash" }]);
    const again = await till.act("return.take", await body(shiftId, first.orderId ?? "", 2), who());
    expect(await ticketOf(again.receiptNumber)).toEqual({ kind: "return", total: -2800, cash: -2800, card: 0 });
  });

  it.each([
    ["for the same price, and nothing moves", [[MUG, 2]], { total: 0, cash: 0, card: 0 }, 1810],
    ["for more: the difference is paid", [[MUG, 3]], { total: 1400, cash: 1400, card: 0 }, 1810],
    ["for less: the rest is on the card again", [[MUG, 1]], { total: -1400, cash: 0, card: 0 }, 3210],
  ] as const)("[PAY-45] what a gift card paid: %s", async (_name, lines, expected, left) => {
    const shiftId = await till.open();
    const card = await soldCard(hub);
    const orderId = await sold(shiftId, { kind: "gift_card", code: card.code });
    const answer = await exchange(shiftId, orderId, await hub.cart(lines, { actor: till.actor }), [{ kind: "cash" }]);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    expect(await ticketOf(answer.receiptNumber)).toEqual({ kind: "exchange", ...expected });
    expect(await hub.rows("select balance::int from ledger.read_value where card_id = $1", [card.id])).toEqual([{ balance: left }]);
    expect(await hub.rows("select payment_state, paid::int from orders.orders where id = $1", [answer.orderId])).toEqual([
      { payment_state: "paid", paid: 1400 * lines[0][1] },
    ]);
  });

  it("[PAY-45] what store credit paid pays for its own customer again in the same act, and for nobody else", async () => {
    const shiftId = await till.open();
    const recordId = await customerWith(5000);
    const cart = await ticketOfCustomer(recordId, [
      [MUG, 2],
      [CAPPUCCINO, 1],
    ]);
    const { orderId, problem } = await till.sale(cart, shiftId, [{ kind: "store_credit" }], who());
    if (orderId === null) throw new Error(`not sold: ${JSON.stringify(problem)}`);
    expect(await creditOfCustomer(recordId)).toBe(1810);
    const others = await hub.cart([[MUG, 3]], { actor: till.actor });
    expect(await exchange(shiftId, orderId, others, [{ kind: "cash" }])).toMatchObject({
      problem: { code: "return.exchange_needs_customer" },
    });
    expect(await hub.rows("select 1 from returns.return_order where order_id = $1", [orderId])).toEqual([]);
    const answer = await exchange(shiftId, orderId, await ticketOfCustomer(recordId, [[MUG, 3]]), [{ kind: "cash" }]);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    expect(await ticketOf(answer.receiptNumber)).toEqual({ kind: "exchange", total: 1400, cash: 1400, card: 0 });
    expect(await creditOfCustomer(recordId)).toBe(1810);
    expect(
      await hub.rows("select kind, amount::int from payments.tender where order_id = $1 and state = 'captured' order by kind", [
        answer.orderId,
      ]),
    ).toEqual([
      { kind: "cash", amount: 1400 },
      { kind: "store_credit", amount: 2800 },
    ]);
  });

  it("[PAY-45] not by a gift card that was blocked meanwhile: nothing of it happens", async () => {
    const shiftId = await till.open();
    const card = await soldCard(hub);
    const orderId = await sold(shiftId, { kind: "gift_card", code: card.code });
    await hub.rows("update payments.gift_card set blocked_at = now(), block_reason = 'lost' where id = $1", [card.id]);
    const out = await hub.cart([[MUG, 2]], { actor: till.actor });
    expect(await exchange(shiftId, orderId, out, [{ kind: "cash" }])).toMatchObject({ problem: { code: "gift_card.blocked" } });
    expect(await hub.rows("select 1 from returns.return_order where order_id = $1", [orderId])).toEqual([]);
  });

  it("nothing of it happens when the total is another than the customer was told, and sent again it is one", async () => {
    const shiftId = await till.open();
    const orderId = await sold(shiftId);
    const out = await hub.cart([[MUG, 1]], { actor: till.actor });
    const wrong = { ...out, view: { ...out.view, totals: { ...out.view.totals, total: { amount: 1, currency: "EUR" } } } };
    expect(await exchange(shiftId, orderId, wrong, [{ kind: "cash" }])).toMatchObject({ problem: { code: "cart.total_changed" } });
    expect(await hub.rows("select 1 from returns.return_order where order_id = $1", [orderId])).toEqual([]);
    const command = till.write(
      "exchange.take",
      {
        ...(await body(shiftId, orderId, 1)),
        cartId: out.id,
        completion: {
          fulfillment: { kind: "take_away", placeId: LYON },
          tenders: [{ kind: "cash" }],
          expectedTotal: out.view.totals.total,
        },
      },
      who(),
    );
    const [answer] = await till.send(command);
    expect(answer).toMatchObject({ outcome: "done" });
    expect(await till.send(command, command)).toEqual([answer, answer]);
  });
});
