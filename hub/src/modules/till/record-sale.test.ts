import { newId, type Id } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { ownRegister } from "../../../test/own-register.ts";
import { expectWhole, pricedHub, stockedTill } from "../../../test/own-till.ts";
import { randomFrom } from "../../../../scripts/random.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, PRICES, type SaleHub } from "../../../test/sale-hub.ts";
import type { TestTill } from "../../../test/till-hub.ts";
import { updateProduct } from "../catalog/commands/index.ts";
import { setPrices, type PriceListId } from "../pricing/index.ts";
import { readPrices } from "./queries/prices.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await pricedHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await stockedTill(hub);
});
afterEach(() => expectWhole(hub, till));

const orderOf = (orderId: string | null) =>
  hub
    .rows<Record<string, unknown>>("select mode, total::int, tax::int, paid::int, record_id, because from orders.orders where id = $1", [
      orderId,
    ])
    .then(([order]) => order);

async function costs(goods: number, amount: number): Promise<void> {
  const unitPrice = { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await hub.must((ctx) =>
    setPrices(ctx, [{ listId: testId<PriceListId>("price list", 1), variantId: variantId(goods), minQuantity: 1, unitPrice }]),
  );
  hub.around.snapshots.invalidate();
}

describe("[TIL-22] a register prices by itself", () => {
  it("[PRC-25] to the cent as the hub does, whatever is on the ticket", async () => {
    const register = await ownRegister(hub, till);
    const chance = randomFrom(20260302);
    for (let ticket = 0; ticket < 12; ticket++) {
      const lines = [MUG, BEANS, CROISSANT, CAPPUCCINO].flatMap((goods) => {
        const quantity = Math.floor(chance() * 5);
        return quantity > 0 ? [[goods, quantity] as const] : [];
      });
      if (lines.length === 0) continue;
      const { view } = await hub.cart(lines, { actor: till.actor });
      const own = register.price(lines).view;
      expect(own.totals.total).toEqual(view.totals.total);
      expect(own.totals.taxes).toEqual(view.totals.taxes);
      expect(own.lines.map(({ sku, total, discount }) => [sku, total, discount])).toEqual(
        view.lines.map(({ sku, total, discount }) => [sku, total, discount]),
      );
    }
  });

  it("[TIL-21] from a copy whose version is its content: sent again only where something changed", async () => {
    const ctx = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
    const first = await readPrices(ctx, undefined);
    if (!first.ok) throw new Error("the till got no prices");
    expect(await readPrices(ctx, first.value.version)).toMatchObject({ ok: true, value: { version: first.value.version, facts: null } });
    await costs(MUG, PRICES[MUG]! + 100); // a price that the test knows
    const changed = await readPrices(ctx, first.value.version);
    expect(changed).toMatchObject({ ok: true, value: { facts: { lists: [expect.anything()] } } });
    await costs(MUG, PRICES[MUG]!); // as above
    // Prices as before are the version of before, but for the revision that they say.
    expect(changed.ok && changed.value.version).not.toBe(first.value.version);
  });
});

describe("[TIL-20] a sale that happened at the register", () => {
  it("is one order, one ticket and one movement of the drawer, at its own figures and under its own order id, however often it comes", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const sale = register.sell(
      shiftId,
      [
        [CROISSANT, 3],
        [MUG, 1],
      ],
      { received: 2000 },
    ); // 3.60 and 14.00
    const [first] = await till.send(sale);
    expect(first).toMatchObject({ outcome: "done", orderId: sale.body.orderId, receiptNumber: expect.stringMatching(/-000001$/) });
    const answers = (await Promise.all([till.send(sale), till.send(sale, sale), till.send(sale)])).flat();
    expect(answers).toEqual(answers.map(() => first));
    expect(await orderOf(sale.body.orderId)).toMatchObject({ mode: "recorded", total: 1760, paid: 1760 });
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 11_760 }] } });
    expect(closed.shift).toMatchObject({ difference: { amount: 0 }, sales: { count: 1, total: { amount: 1760 }, cash: { amount: 1760 } } });
  });

  it("[CHK-60] keeps its prices where the hub has others by now, and its order says both", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 2]], { codes: ["TENTH"] });
    await costs(MUG, 1999);
    const [answer] = await till.send(sale);
    await costs(MUG, 1400);
    expect(answer).toMatchObject({ outcome: "done" });
    const order = await orderOf(sale.body.orderId);
    expect(order).toMatchObject({ total: 2520, tax: 420 });
    expect(order?.["because"]).toContainEqual({ kind: "recorded_total", data: { computed: 3598, recorded: 2520 } });
    const lines = await hub.rows("select unit_price ->> 'amount' as price, discount::int from orders.order_line where order_id = $1", [
      sale.body.orderId,
    ]);
    expect(lines).toEqual([{ price: "1400", discount: 280 }]);
  });

  it("leaves with its goods: what the stock does not have is a conflict, and what has left the range is sold all the same", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [
      [MUG, 2],
      [BEANS, 1],
    ]);
    // What the tickets of other tests hold is nothing of this one's.
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0");
    await hub.stock(MUG, LYON, 1);
    await hub.must((ctx) => updateProduct(ctx, productId(BEANS), { isActive: false }));
    hub.around.snapshots.invalidate();
    const [answer] = await till.send(sale);
    await hub.must((ctx) => updateProduct(ctx, productId(BEANS), { isActive: true }));
    hub.around.snapshots.invalidate();
    expect(answer).toMatchObject({ outcome: "done" });
    expect(await orderOf(sale.body.orderId)).toMatchObject({ total: 2 * 1400 + 850 });
    const conflicts = await hub.rows("select missing from stock.conflict where cause_id = $1", [sale.body.orderId]);
    expect(conflicts).toEqual([{ missing: 1 }]);
  });

  it("takes the ticket that the hub has, with what was tapped after the cut; one that was closed meanwhile leaves it a new one", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const cut = await hub.cart([[MUG, 1]], { actor: till.actor });
    const sale = register.sell(
      shiftId,
      [
        [MUG, 1],
        [CAPPUCCINO, 1],
      ],
      { base: cut.view },
    );
    expect((await till.send(sale))[0]).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select state, order_id from carts.cart where id = $1", [cut.id])).toEqual([
      { state: "completed", order_id: sale.body.orderId },
    ]);
    expect(await hub.rows("select sku, ordered from orders.order_line where order_id = $1 order by position", [sale.body.orderId])).toEqual(
      [
        { sku: `SKU-${MUG}`, ordered: 2 },
        { sku: `SKU-${CAPPUCCINO}`, ordered: 1 },
      ],
    );
    const again = register.sell(shiftId, [[CAPPUCCINO, 2]], { base: { ...cut.view, lines: [] } });
    expect((await till.send(again))[0]).toMatchObject({ outcome: "done", orderId: again.body.orderId });
    expect(await orderOf(again.body.orderId)).toMatchObject({ total: 780 });
  });

  it("is its customer's, by the rules of identity: the same person told twice is one, and earns points for both", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const customer = { kind: "created", key: newId<Id<"key">>(), givenName: "Ana", email: "ana@example.com", locale: "fr" } as const;
    const sales = [register.sell(shiftId, [[MUG, 1]], { customer }), register.sell(shiftId, [[BEANS, 1]], { customer })];
    expect((await till.send(...sales)).map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    const [first, second] = await Promise.all(sales.map(({ body }) => orderOf(body.orderId)));
    expect(first?.["record_id"]).toBe(second?.["record_id"]);
    const points = await hub.rows("select points_earned::int as points from orders.orders where record_id = $1 order by points", [
      first?.["record_id"],
    ]);
    expect(points).toEqual([{ points: 8 }, { points: 14 }]);
  });

  it("is kept for staff where the hub cannot book it yet, and stops nothing that comes behind it", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 1]]);
    const [line] = sale.body.lines;
    const strange = { ...sale, body: { ...sale.body, lines: [{ ...line, variantId: variantId(77) }] } };
    const answers = await till.send(strange, till.write("cash.move", { shiftId, direction: "in", amount: 100, reason: "x" }));
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "done"]);
    expect(till.quarantined).toMatchObject([{ reason: "cart.goods_unknown" }]);
  });
});
