import { asId, newId, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownRegister } from "../../../test/own-register.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { changePlace } from "../places/index.ts";
import { paymentsInvariants } from "../payments/index.ts";
import { inOrder } from "./domain/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";
import { readReceipt } from "./queries/receipt.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  await settings({ tipPercents: "5 10", cashRounding: 5 });
  const { staff } = tillActor();
  await hub.rows(
    "insert into access.staff (id, name, email, password_hash) values ($1, $2, 'till@example.com', 'x') on conflict do nothing",
    [staff?.id, staff?.name],
  );
}, 120_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  till = await testTill(hub);
  hub.provider.asked.splice(0);
  hub.provider.script = "capture";
});
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations([...tillInvariants, ...paymentsInvariants])).toEqual([]);
  const registerId = till.actor.device?.registerId;
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

const who = () => ({ staffId: till.actor.staff?.id ?? null });
const mugs = (count: number) => hub.cart([[MUG, count]], { actor: till.actor });
const approved = (amount: number) => `terminal:${newId()}:${amount}`;
const close = (shiftId: string, cents: number) =>
  till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: cents }] } });

async function settings(changes: Record<string, unknown>): Promise<void> {
  await hub.must((ctx) => changePlace(ctx, LYON, { settings: changes }));
  hub.around.snapshots.invalidate();
}

async function receiptOf(orderId: string | null) {
  const read = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
  const receipt = await readReceipt(read, hub.vault, asId<OrderId>(orderId ?? ""), "en");
  if (!receipt.ok) throw new Error("no receipt");
  return receipt.value;
}

const money = (amount: number) => expect.objectContaining({ amount });

describe("[TIL-58] a ticket is paid in parts", () => {
  it("two cards at the terminal and cash twice, rounded and tipped each: receipt, journal and shift say every part and add up", async () => {
    const shiftId = await till.open();
    // 28.00: 10.00 and 0.50 for the staff by card, 7.00 by another, 5.02 and 5.98 in cash.
    const { orderId, outcome } = await till.sale(
      await mugs(2),
      shiftId,
      inOrder([
        { kind: "cash", amount: 502, received: 1000, rounding: -2 },
        { kind: "card", amount: 1000, token: approved(1050), tip: 50 },
        { kind: "card", amount: 700, token: approved(700) },
        { kind: "cash", amount: 598, received: 650, rounding: 2, tip: 30 },
      ]),
    );
    expect(outcome).toBe("done");
    expect(hub.provider.asked).toEqual([]);
    const none = { received: null, change: null, rounding: null };
    expect((await receiptOf(orderId)).tenders).toEqual([
      { kind: "card", amount: money(1000), ...none, tip: money(50) },
      { kind: "card", amount: money(700), ...none, tip: null },
      { kind: "cash", amount: money(502), received: money(1000), change: money(500), rounding: money(-2), tip: null },
      { kind: "cash", amount: money(598), received: money(650), change: money(20), rounding: money(2), tip: money(30) },
    ]);
    expect((await close(shiftId, 10_000 + 500 + 630)).shift).toMatchObject({
      difference: { amount: 0 },
      sales: { count: 1, total: { amount: 2800 }, cash: { amount: 1100 }, card: { amount: 1700 } },
      tips: { total: { amount: 80 }, cash: { amount: 30 } },
      rounding: { amount: 0 },
    });
  });

  it("[PAY-10] what comes back is given in cash first, whenever that was taken, then by the card that paid last", async () => {
    const shiftId = await till.open();
    const { orderId } = await till.sale(
      await mugs(2),
      shiftId,
      inOrder([
        { kind: "cash", amount: 1000, received: 1000 },
        { kind: "card", amount: 1200, token: approved(1200) },
        { kind: "card", amount: 600, token: approved(600) },
      ]),
    );
    const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1", [orderId]);
    const lines = [{ orderLineId: line?.id, quantity: 1, reason: "changed_mind", disposition: "restock" }];
    expect(await till.act("return.take", { shiftId, returnId: newId(), orderId, lines }, who())).toMatchObject({ outcome: "done" });
    expect(
      await hub.rows(
        `select t.kind, t.amount::int as paid, r.amount::int as back from payments.refund r join payments.tender t on t.id = r.tender_id
         where r.order_id = $1 order by r.amount desc`,
        [orderId],
      ),
    ).toEqual([
      { kind: "cash", paid: 1000, back: 1000 },
      { kind: "card", paid: 600, back: 400 },
    ]);
    expect((await close(shiftId, 10_000)).shift).toMatchObject({ difference: { amount: 0 } });
  });

  it("cards that the hub charges are asked one after the other; one that is declined sells nothing and is named, and another way pays its part", async () => {
    const shiftId = await till.open();
    const cart = await mugs(2);
    const cash = { kind: "cash", amount: 800, received: 1000 };
    const refused = await till.sale(cart, shiftId, [
      { kind: "card", amount: 1000, token: "outside" },
      { kind: "card", amount: 1000, token: "tok_decline", tip: 100 },
      cash,
    ]);
    expect(refused).toMatchObject({ outcome: "refused", problem: { code: "payment.declined", amount: { amount: 1100 } } });
    const sold = await till.sale(cart, shiftId, [
      { kind: "card", amount: 1000, token: "outside" },
      { kind: "card", amount: 1000, token: "inline", tip: 100 },
      cash,
    ]);
    expect(sold).toMatchObject({ outcome: "done" });
    expect((await receiptOf(sold.orderId)).tenders.map(({ kind, amount }) => `${kind} ${amount.amount}`)).toEqual([
      "card 1000",
      "card 1000",
      "cash 800",
    ]);
    const states = await hub.rows("select state from payments.intent where cart_id = $1 order by id", [cart.id]);
    expect(states).toEqual([{ state: "voided" }, { state: "failed" }, { state: "captured" }, { state: "captured" }]);
    expect((await close(shiftId, 10_800)).shift).toMatchObject({ difference: { amount: 0 }, sales: { card: { amount: 2000 } } });
  });

  it("ten payments pay one ticket, and no eleventh", async () => {
    const shiftId = await till.open();
    const parts = (count: number) => Array.from({ length: count }, () => ({ kind: "cash", amount: 2800 / count, received: 2800 / count }));
    expect(await till.sale(await mugs(2), shiftId, parts(10))).toMatchObject({ outcome: "done" });
    const eleven = [...parts(10), { kind: "cash", amount: 0, received: 0 }];
    expect(await till.sale(await mugs(2), shiftId, eleven)).toMatchObject({ outcome: "quarantined" });
    await close(shiftId, 10_000 + 2800);
  });

  it("an order that is fetched is paid in parts, too, with one ticket of them all", async () => {
    const shiftId = await till.open();
    const placed = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    if (placed.kind !== "placed") throw new Error("not placed");
    const [fulfillment] = placed.view.fulfillments;
    const tenders = [
      { kind: "card", amount: 500, token: "outside" },
      { kind: "card", amount: 400, token: "inline" },
      { kind: "cash", amount: 500, received: 500 },
    ];
    const proved = { fulfillmentId: fulfillment?.id, code: fulfillment?.collectCode, proof: "code" };
    const handed = await till.act("collection.hand_over", { shiftId, ...proved, tenders });
    expect(handed).toMatchObject({ outcome: "done" });
    expect((await close(shiftId, 10_500)).shift).toMatchObject({
      difference: { amount: 0 },
      sales: { total: { amount: 1400 }, cash: { amount: 500 }, card: { amount: 900 } },
    });
  });
});

describe("[TIL-59] without the hub", () => {
  it("a register takes cash in parts and cards of the terminal for one ticket; the hub books every one of them, once", async () => {
    const shiftId = await till.open();
    const register = await ownRegister(hub, till);
    const [one, other] = [approved(330), approved(200)];
    const sale = register.sell(shiftId, [
      [CAPPUCCINO, 2],
      [MUG, 1],
    ]);
    // 21.80, in ten parts at most.
    const tenders = inOrder([
      { kind: "cash", amount: 650, received: 1000 },
      { kind: "card", amount: 300, token: one, tip: 30 },
      { kind: "cash", amount: 1030, received: 1030 },
      { kind: "card", amount: 200, token: other },
    ]);
    const command = { ...sale, body: { ...sale.body, tenders } };
    const [first] = await till.send(command);
    const [again] = await till.send(command);
    expect(first).toMatchObject({ outcome: "done" });
    expect(again).toEqual(first);
    expect((await receiptOf(first?.orderId ?? null)).tenders.map(({ kind, amount }) => `${kind} ${amount.amount}`)).toEqual([
      "card 300",
      "card 200",
      "cash 650",
      "cash 1030",
    ]);
    expect((await close(shiftId, 10_000 + 1680)).shift).toMatchObject({
      difference: { amount: 0 },
      sales: { total: { amount: 2180 }, cash: { amount: 1680 }, card: { amount: 500 } },
      tips: { total: { amount: 30 } },
    });
  });
});
