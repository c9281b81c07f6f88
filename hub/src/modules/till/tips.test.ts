import { asId, newId, type OrderId, type ShiftId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { cancelOrder } from "../checkout/index.ts";
import { changePlace } from "../places/index.ts";
import { openRefunds, paymentsInvariants, type RefundId } from "../payments/index.ts";
import { suggestedTip, tipInCoins, tipPercentsOf } from "./domain/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";
import { readReceipt } from "./queries/receipt.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  await settings({ tipPercents: "5 10 15" });
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
});
afterEach(async () => {
  const registerId = till.actor.device?.registerId;
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations([...tillInvariants, ...paymentsInvariants])).toEqual([]);
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

const who = () => ({ staffId: till.actor.staff?.id ?? null });
const cup = () => hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });
const close = (shiftId: ShiftId, cents: number) =>
  till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: cents }] } });

async function settings(changes: Record<string, unknown>): Promise<void> {
  await hub.must((ctx) => changePlace(ctx, LYON, { settings: changes }));
  hub.around.snapshots.invalidate();
}

const tendersOf = (orderId: string | null) =>
  hub.rows("select kind, amount::int, tip::int from payments.tender where order_id = $1 order by kind", [orderId]);

describe("[TIL-16] [PAY-44] a tip is given to the staff and is no part of the order", () => {
  it("in cash it is in the drawer, on the ticket and in the count, and not in what was sold", async () => {
    const shiftId = await till.open();
    // 3.90 and 0.60 on top, of a note of 5.00.
    const { orderId } = await till.sale(await cup(), shiftId, [{ kind: "cash", amount: 390, received: 500, tip: 60 }], who());
    expect(await tendersOf(orderId)).toEqual([{ kind: "cash", amount: 390, tip: 60 }]);
    expect(await hub.rows("select total::int, paid::int from orders.orders where id = $1", [orderId])).toEqual([{ total: 390, paid: 390 }]);
    const read = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
    const receipt = await readReceipt(read, hub.vault, asId<OrderId>(orderId ?? ""), "fr");
    expect(receipt).toMatchObject({
      ok: true,
      value: {
        total: { amount: 390 },
        tenders: [{ amount: { amount: 390 }, received: { amount: 500 }, change: { amount: 50 }, tip: { amount: 60 }, rounding: null }],
      },
    });
    expect((await close(shiftId, 10_000 + 450)).shift).toMatchObject({
      difference: { amount: 0 },
      sales: { total: { amount: 390 }, cash: { amount: 390 } },
      tips: { total: { amount: 60 }, cash: { amount: 60 }, byStaff: [{ name: till.actor.staff?.name, total: { amount: 60 } }] },
    });
  });

  it("on a card it is charged with the sale at once, decided on the spot or later, and nothing of it is in the drawer", async () => {
    const shiftId = await till.open();
    const near = await till.sale(await cup(), shiftId, [{ kind: "card", token: "inline", tip: 40 }], who());
    hub.provider.script = "capture";
    const far = await till.sale(await cup(), shiftId, [{ kind: "card", token: "tok", tip: 20 }], who());
    expect([near.outcome, far.outcome]).toEqual(["done", "done"]);
    const charged = await hub.rows("select amount::int from payments.intent where order_id = any($1) order by amount", [
      [near.orderId, far.orderId],
    ]);
    expect(charged).toEqual([{ amount: 410 }, { amount: 430 }]);
    expect(await tendersOf(near.orderId)).toEqual([{ kind: "card", amount: 390, tip: 40 }]);
    expect((await close(shiftId, 10_000)).shift).toMatchObject({
      difference: { amount: 0 },
      sales: { card: { amount: 780 } },
      tips: { total: { amount: 60 }, cash: { amount: 0 } },
    });
  });

  it("is given where an order is fetched and paid, too", async () => {
    const shiftId = await till.open();
    const placed = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    if (placed.kind !== "placed") throw new Error("not placed");
    const { id, fulfillments, total } = placed.view;
    const [fulfillment] = fulfillments;
    const tenders = [{ kind: "card", token: "tok", tip: 100 }];
    hub.provider.script = "capture";
    const proved = { fulfillmentId: fulfillment?.id, code: fulfillment?.collectCode, proof: "code" };
    expect(await till.act("collection.hand_over", { shiftId, ...proved, tenders }, who())).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select amount::int, tip::int from payments.tender where order_id = $1 and kind = 'card'", [id])).toEqual([
      { amount: total.amount, tip: 100 },
    ]);
    expect((await close(shiftId, 10_000)).shift).toMatchObject({ tips: { total: { amount: 100 } }, difference: { amount: 0 } });
  });

  it("a return gives back what was paid for the goods, and never the tip", async () => {
    const shiftId = await till.open();
    const cart = await hub.cart([[MUG, 1]], { actor: till.actor });
    const price = cart.view.totals.total.amount;
    const { orderId } = await till.sale(cart, shiftId, [{ kind: "cash", received: price + 200, tip: 200 }], who());
    const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1", [orderId]);
    const lines = [{ orderLineId: line?.id, quantity: 1, reason: "changed_mind", disposition: "restock" }];
    expect(await till.act("return.take", { shiftId, returnId: newId(), orderId, lines }, who())).toMatchObject({ outcome: "done" });
    expect((await close(shiftId, 10_200)).shift).toMatchObject({
      difference: { amount: 0 },
      returns: { cash: { amount: price } },
      tips: { total: { amount: 200 } },
    });
  });

  it("is beside the rounding of cash, and change is what is left of both", async () => {
    await settings({ cashRounding: 5 });
    const shiftId = await till.open();
    const { orderId } = await till.sale(
      await cup(),
      shiftId,
      [
        { kind: "card", amount: 157, token: "inline" },
        { kind: "cash", amount: 233, received: 500, rounding: 2, tip: 30 },
      ],
      who(),
    );
    expect(await hub.rows("select change::int from payments.tender where order_id = $1 and kind = 'cash'", [orderId])).toEqual([
      { change: 500 - 235 - 30 },
    ]);
    expect((await close(shiftId, 10_000 + 265)).shift).toMatchObject({ difference: { amount: 0 }, rounding: { amount: 2 } });
    await settings({ cashRounding: 0 });
  });

  it("is refused where the place takes none, beside a part of nothing, and where cash does not cover it", async () => {
    const shiftId = await till.open();
    const short = await till.sale(await cup(), shiftId, [{ kind: "cash", received: 400, tip: 60 }]);
    const onNothing = await till.sale(await cup(), shiftId, [
      { kind: "card", amount: 390, token: "inline" },
      { kind: "cash", amount: 0, received: 60, tip: 60 },
    ]);
    await settings({ tipPercents: "" });
    const off = await till.sale(await cup(), shiftId, [{ kind: "cash", received: 500, tip: 60 }]);
    await settings({ tipPercents: "5 10 15" });
    expect([short, onNothing, off].map(({ problem }) => problem?.["code"])).toEqual([
      "payment.cash_short",
      "payment.no_tip",
      "payment.no_tip",
    ]);
    await close(shiftId, 10_000);
  });

  it("[PAY-46] is taken in the shop for what a store hands over, and goes back with an order that is canceled as a whole, once", async () => {
    const tipped = [{ kind: "card", token: "inline", tip: 150 }] as const;
    const done = await hub.complete(await hub.cart([[MUG, 1]]), tipped);
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    expect(done.view).toMatchObject({ total: { amount: 1400 }, tenders: [{ amount: { amount: 1400 }, tip: { amount: 150 } }] });
    const orderId = asId<OrderId>(done.view.id);
    await hub.must((ctx) => cancelOrder(ctx, orderId, "changed my mind"), till.actor);
    await hub.must((ctx) => cancelOrder(ctx, orderId, "pressed twice"), till.actor);
    const refunds = await hub.rows<{ id: RefundId; amount: number; tip: number }>(
      "select id, amount::int, tip::int from payments.refund where order_id = $1",
      [orderId],
    );
    expect(refunds).toMatchObject([{ amount: 1400, tip: 150 }]);
    expect(await openRefunds(hub, refunds[0]?.id ?? null)).toMatchObject([{ amount: 1550 }]);
    await settings({ tipPercents: "" });
    expect(await hub.complete(await hub.cart([[MUG, 1]]), tipped)).toMatchObject({ kind: "refused", error: { code: "payment.no_tip" } });
    await settings({ tipPercents: "5 10 15" });
  });
});

describe("[TIL-16] what is suggested", () => {
  it("is the percentages of the place in tenths of the unit, and in coins that are used", () => {
    expect(tipPercentsOf("")).toEqual([]);
    expect(tipPercentsOf("5 10 15").map((percent) => suggestedTip(390, percent, 0))).toEqual([20, 40, 60]);
    expect(suggestedTip(50, 5, 0)).toBe(10);
    expect(suggestedTip(390, 5, 50)).toBe(50);
    expect([tipInCoins(103, 0), tipInCoins(103, 5)]).toEqual([103, 105]);
  });
});

describe("[PLA-2] the setting", () => {
  it("is whole percentages, or empty", async () => {
    for (const tipPercents of ["0", "5,10", "100", "1 2 3 4 5"])
      expect(await hub.run((ctx) => changePlace(ctx, LYON, { settings: { tipPercents } }))).toMatchObject({ ok: false });
  });
});
