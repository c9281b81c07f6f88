import { randomBytes } from "node:crypto";
import { asId, newId, ok, type CartId, type LineId, type OrderId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ownRegister } from "../../../../test/own-register.ts";
import { CROISSANT, LYON, MUG, saleHub, type SaleHub } from "../../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../../test/till-hub.ts";
import { operate } from "../../carts/index.ts";
import { ANONYMOUS, type Actor, type ReadCtx } from "../../../platform/index.ts";
import { readEReceipt } from "../e-receipt/read.ts";
import { receiptPage } from "../e-receipt/page.ts";
import { billsOf } from "../commands/bills.ts";
import { eraseTill } from "../erase.ts";
import { readReceipt } from "../queries/receipt.ts";
import { moveTabLines } from "./move-lines.ts";
import { setTab } from "./tabs.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  await hub.rows("update places.place set settings = $2 where id = $1", [LYON, JSON.stringify({ tables: "Inside: 5/2, <b>/2" })]);
  hub.around.snapshots.invalidate();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, CROISSANT]) await hub.stock(goods, LYON, 100);
  till = await testTill(hub);
});

const readCtx = (actor: Actor = ANONYMOUS): ReadCtx => ({ ...hub.around, db: hub.db, now: new Date(), actor });
const newToken = () => randomBytes(16).toString("base64url");
const seat = (cartId: CartId, table: string, name: string | null) => hub.must((ctx) => setTab(ctx, cartId, { table, name }), till.actor);
const receiptAt = async (orderId: string) => {
  const receipt = await readReceipt(readCtx({ ...till.actor, kind: "system" }), hub.vault, asId<OrderId>(orderId), "fr");
  if (!receipt.ok) throw new Error(receipt.error.code);
  return receipt.value;
};

/** A croissant at a table, paid by the hub. */
async function paidAt(table: string, name: string | null): Promise<{ orderId: string; token: string; cartId: CartId }> {
  const shiftId = await till.open();
  const cart = await hub.cart([[CROISSANT, 1]], { actor: till.actor });
  await seat(cart.id, table, name);
  const token = newToken();
  const fulfillment = { kind: "take_away", placeId: LYON, dining: "eat_in" };
  const completion = { fulfillment, tenders: [{ kind: "cash" }], expectedTotal: cart.view.totals.total };
  const { orderId } = await till.act("sale.complete", { shiftId, cartId: cart.id, completion, receiptToken: token });
  if (!orderId) throw new Error("a sale that is done has an order");
  return { orderId, token, cartId: cart.id };
}

it("[TBL-10] the bills of a ticket whose lines have all moved are those of the other ticket, which names them when it is paid", async () => {
  const shiftId = await till.open();
  const [her, his] = [await hub.cart([[CROISSANT, 1]], { actor: till.actor }), await hub.cart([[MUG, 1]], { actor: till.actor })];
  for (const { id } of [her, his]) await seat(id, "5", null);
  const lines = [{ sku: "SKU-3", name: { en: "Croissant" }, options: [], quantity: 1, unit: "piece", total: 180 }];
  const { receiptNumber } = await till.act("bill.print", {
    shiftId,
    cartId: her.id,
    print: 1,
    lines,
    total: { amount: 180, currency: "EUR" },
  });
  const moving = her.view.lines.map(({ id, quantity }) => ({ lineId: asId<LineId>(id), quantity, partId: newId<LineId>() }));
  await hub.must((ctx) => moveTabLines(ctx, her.id, { toCartId: his.id, opens: null, lines: moving, paid: 0 }), till.actor);
  expect([await billsOf(readCtx(), his.id), await billsOf(readCtx(), her.id)]).toEqual([[receiptNumber], []]);
});

it("[TBL-14] a receipt names the table and what its guests were called; the e-receipt and the journal name the table and nobody", async () => {
  const { orderId, token } = await paidAt("5", "Marie");
  expect((await receiptAt(orderId)).tab).toEqual({ table: "5", name: "Marie" });
  const shown = await readEReceipt(readCtx(), hub.vault, token, "fr");
  expect(shown).toMatchObject({ ok: true, value: { table: "5" } });
  expect(JSON.stringify(shown)).not.toContain("Marie");
  const entries = await hub.rows("select body::text from till.fiscal_entry where body::text like '%Marie%'");
  expect(entries).toEqual([]);
});

it("[TBL-14] the page of an e-receipt says the table in its language, whatever it is called", async () => {
  const { token } = await paidAt("<b>", null);
  const pages = await Promise.all(
    (["en", "fr", "de", "ca"] as const).map(async (locale) => {
      const shown = await readEReceipt(readCtx(), hub.vault, token, locale);
      if (!shown.ok) throw new Error(shown.error.code);
      return receiptPage(shown.value, { locale, brand: "Trama", address: `https://shop.example/r/${token}`, token, path: "/r" });
    }),
  );
  const words = ["Table", "Table", "Tisch", "Taula"];
  for (const [at, page] of pages.entries()) expect(page).toContain(`<p>${words[at]} &lt;b&gt;</p>`);
});

it("[TBL-14] what a register sold by itself at a table has it too, and what was sold at the counter has none", async () => {
  const register = await ownRegister(hub, till);
  const shiftId = await till.open();
  const cart = await hub.cart([[MUG, 1]], { actor: till.actor });
  await seat(cart.id, "5", null);
  const made = register.sell(shiftId, [[MUG, 1]]);
  const atTable = { ...made, body: { ...made.body, cartId: cart.id } };
  const counter = register.sell(shiftId, [[MUG, 1]]);
  await till.send(atTable, counter);
  expect((await receiptAt(atTable.body.orderId)).tab).toEqual({ table: "5", name: null });
  expect(await receiptAt(counter.body.orderId)).not.toHaveProperty("tab");
});

it("[TBL-14] forgets with its customer what they were called, and keeps the table", async () => {
  const { orderId } = await paidAt("5", "Marie");
  const [order] = await hub.rows<{ id: RecordId }>("select record_id as id from orders.orders where id = $1", [orderId]);
  await hub.must(async (ctx) => {
    await eraseTill(ctx, order ? [order.id] : []);
    return ok(null);
  });
  expect((await receiptAt(orderId)).tab).toEqual({ table: "5", name: null });
});

it("[TBL-10] what a till has sold without the hub as it had it is booked, and the ticket to which another till had moved some of it is still paid", async () => {
  const register = await ownRegister(hub, till);
  const shiftId = await till.open();
  const [hers, his] = [await hub.cart([[MUG, 2]], { actor: till.actor }), await hub.cart([[CROISSANT, 1]], { actor: till.actor })];
  for (const { id } of [hers, his]) await seat(id, "5", null);
  const priced = register.price([], { base: hers.view });
  const made = register.sellAs(shiftId, priced, { base: hers.view });
  const cut = { ...made, body: { ...made.body, cartId: hers.id } };
  const lines = hers.view.lines.map(({ id }) => ({ lineId: asId<LineId>(id), quantity: 2, partId: newId<LineId>() }));
  await hub.must((ctx) => moveTabLines(ctx, hers.id, { toCartId: his.id, opens: null, lines, paid: 0 }), till.actor);
  expect(await till.send(cut)).toMatchObject([{ outcome: "done" }]);
  const { total } = (await hub.must((ctx) => operate(ctx, { cartId: his.id, operations: [] }), his.actor)).cart.totals;
  expect(total.amount).toBe(2 * 1400 + 180);
  const fulfillment = { kind: "take_away", placeId: LYON, dining: "eat_in" };
  const completion = { fulfillment, tenders: [{ kind: "cash" }], expectedTotal: total };
  expect(await till.act("sale.complete", { shiftId, cartId: his.id, completion })).toMatchObject({ outcome: "done" });
});
