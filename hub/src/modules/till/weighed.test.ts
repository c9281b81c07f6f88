import { newId, type CommandId, type Id, type LineId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newProduct } from "../../../test/cafe-catalog.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import { LYON, MUG, saleHub, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { ownRegister } from "../../../test/own-register.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { operate } from "../carts/index.ts";
import { upsertProducts } from "../catalog/commands/index.ts";
import { setPrices, type PriceListId } from "../pricing/index.ts";
import { tillInvariants } from "./invariants.ts";
import { readReceipt } from "./queries/receipt.ts";

/** Cheese by weight, at 24.90 a kilogram. */
const CHEESE = 8;

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  await hub.must((ctx) => upsertProducts(ctx, [newProduct(CHEESE, { unit: "gram", isTracked: true })]));
  await hub.must((ctx) =>
    setPrices(ctx, [
      {
        listId: testId<PriceListId>("price list", 1),
        variantId: variantId(CHEESE),
        minQuantity: 1,
        unitPrice: { amount: 2490, scale: 0, currency: "EUR", per: { quantity: 1000, unit: "gram" } },
      },
    ]),
  );
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(CHEESE, LYON, 10_000);
  till = await testTill(hub);
});
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
});

const weighing = (quantity: number, labelPrice?: number) => ({
  id: newId<Id<"operation">>(),
  kind: "add" as const,
  sku: `SKU-${CHEESE}`,
  quantity,
  options: [],
  ...(labelPrice !== undefined && { labelPrice }),
});
type Operations = Parameters<typeof operate>[1]["operations"];
const change = (cart: TestCart, ...operations: Operations) => hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), cart.actor);
const emptyTicket = () => hub.cart([[MUG, 1]], { actor: till.actor });

async function soldGrams(cart: TestCart, view: TestCart["view"]) {
  const shiftId = await till.open();
  const answer = await till.sale({ ...cart, view }, shiftId, [{ kind: "cash" }]);
  expect(answer).toMatchObject({ outcome: "done", problem: null });
  const receipt = await readReceipt(
    { ...hub.around, db: hub.db, now: new Date(), actor: till.actor },
    hub.vault,
    answer.orderId as never,
    "en",
  ); // an id just answered
  if (!receipt.ok) throw new Error("no receipt");
  const [entry] = await hub.rows<{ lines: { sku: string; quantity: number; unit: string; total: number }[] }>(
    "select body -> 'document' -> 'lines' as lines from till.fiscal_entry where kind = 'sale' and register_id = $1",
    [till.actor.device?.registerId],
  );
  return { receipt: receipt.value.lines, journal: (entry?.lines ?? []).filter(({ sku }) => sku === `SKU-${CHEESE}`) };
}

describe("[TIL-32] goods by weight", () => {
  it("are a line for each weighing, cost weight times price, and leave the stock by the gram", async () => {
    const { cart, results } = await change(await emptyTicket(), weighing(312), weighing(1000));
    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
    expect(cart.lines.slice(1).map(({ quantity, unit, total }) => [quantity, unit, total.amount])).toEqual([
      [312, "gram", 777],
      [1000, "gram", 2490],
    ]);
  });

  it("stand on receipt and journal with their weight and the price of a kilogram", async () => {
    const open = await emptyTicket();
    const { cart } = await change(open, weighing(312));
    const before = await hub.level(CHEESE);
    const { receipt, journal } = await soldGrams(open, cart);
    expect(receipt[1]).toMatchObject({
      quantity: 312,
      weighed: expect.stringMatching(/^0\.312\skg × €24\.90\/kg$/),
      total: { amount: 777 },
    });
    expect(journal).toMatchObject([{ quantity: 312, unit: "gram", total: 777 }]);
    expect((await hub.level(CHEESE)).on_hand).toBe(before.on_hand - 312);
  });
});

describe("[TIL-45] [CRT-35] a weight that was typed in", () => {
  it("is marked on the line, the order, the receipt and in the journal; another is not, and nobody far away weighs", async () => {
    const open = await emptyTicket();
    const { cart } = await change(open, { ...weighing(312), isTyped: true }, weighing(200));
    expect(cart.lines.slice(1).map(({ isTyped }) => isTyped)).toEqual([true, undefined]);
    const { receipt, journal } = await soldGrams(open, cart);
    expect(receipt.slice(1).map(({ isTyped }) => isTyped)).toEqual([true, undefined]);
    expect(journal.map((line) => "isTyped" in line)).toEqual([true, false]);
    const web = await hub.cart([[MUG, 1]], { actor: visitor() });
    const { cart: shown, results } = await change(web, { ...weighing(5), isTyped: true });
    expect(results).toMatchObject([{ outcome: "applied" }]);
    expect(shown.lines.at(-1)).toMatchObject({ unit: "gram", quantity: 5 });
    expect(shown.lines.at(-1)).not.toHaveProperty("isTyped");
  });

  it("is marked as well, with its note, where the register sold it by itself", async () => {
    const register = await ownRegister(hub, till);
    const note = "sliced thin";
    const priced = register.priceOf([
      { ...weighing(312), isTyped: true, note },
      { id: newId<CommandId>(), kind: "setNote", lineId: null, note: "for noon" },
    ]);
    expect([priced.view.note, priced.view.lines[0]]).toMatchObject(["for noon", { isTyped: true, note }]);
    const sale = register.sellAs(await till.open(), priced);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    const kept = await hub.rows(
      "select o.note as said, l.note, l.is_typed from orders.orders o join orders.order_line l on l.order_id = o.id where o.id = $1",
      [sale.body.orderId],
    );
    expect(kept).toEqual([{ said: "for noon", note, is_typed: true }]);
    const [entry] = await hub.rows<{ document: string }>(
      "select (body -> 'document')::text as document from till.fiscal_entry where kind = 'sale' and register_id = $1",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatch(/"isTyped": ?true/);
    expect(entry?.document).not.toMatch(/sliced|noon/);
  });
});

describe("[CRT-33] the label of a scale", () => {
  it("is charged to the cent, on the order, the receipt and in the journal", async () => {
    const open = await emptyTicket();
    // 2.46 at 24.90: 99 grams, which the list would ask 2.47 for.
    const { cart } = await change(open, weighing(99, 246));
    expect(cart.lines[1]).toMatchObject({ quantity: 99, total: { amount: 246 }, override: { reason: "label" } });
    const { receipt, journal } = await soldGrams(open, cart);
    expect(receipt[1]).toMatchObject({ weighed: expect.stringMatching(/× €24\.90\/kg$/), total: { amount: 246 } });
    expect(journal).toMatchObject([{ quantity: 99, total: 246 }]);
  });

  it("is for its weight alone: another quantity, another price and another channel are refused", async () => {
    const open = await emptyTicket();
    const { results, cart } = await change(open, weighing(500, 100), weighing(99, 246));
    expect(results.map(({ code }) => code)).toEqual(["price.label_differs", null]);
    const line = cart.lines[1]?.id ?? "";
    const again = await change(open, { id: newId<CommandId>(), kind: "setQuantity", lineId: line, quantity: 500 });
    expect(again.results[0]).toMatchObject({ outcome: "refused", code: "cart.weighed" });
    const web = await hub.cart([[MUG, 1]], { actor: visitor() });
    expect((await change(web, weighing(99, 246))).results[0]).toMatchObject({ code: "price.not_yours" });
  });
});

describe("[CRT-36] a price by hand", () => {
  const manager = () => {
    const { staff } = till.actor;
    return { ...till.actor, staff: staff && { ...staff, roles: ["manager" as const] } };
  };
  const give = async (cart: TestCart, line: number, unitAmount: number) => {
    const lineId = (await change(cart)).cart.lines[line]?.id ?? "";
    const operation = { id: newId<Id<"operation">>(), kind: "setPrice" as const, lineId, unitAmount, reason: "a torn bag" };
    return hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [operation] }), manager());
  };

  it("of what is weighed is that of a kilogram: the weight stays, and paper and journal say what was asked for it", async () => {
    const open = await emptyTicket();
    await change(open, weighing(312));
    expect((await give(open, 1, 1000)).results).toMatchObject([{ outcome: "refused", code: "price.below_limit" }]);
    const { cart } = await give(open, 1, 2000);
    expect(cart.lines[1]).toMatchObject({
      quantity: 312,
      total: { amount: 624 },
      override: { reason: "a torn bag", insteadOf: { amount: 2490, per: { quantity: 1000, unit: "gram" } } },
    });
    const { receipt, journal } = await soldGrams(open, cart);
    expect(receipt[1]).toMatchObject({ weighed: expect.stringMatching(/^0\.312\skg × €20\.00\/kg$/), total: { amount: 624 } });
    expect(journal).toMatchObject([{ quantity: 312, unit: "gram", total: 624 }]);
  });

  it("of a label is the amount that it says: given again it stands instead of that, and the weight cannot be another", async () => {
    const open = await emptyTicket();
    await change(open, weighing(99, 246));
    expect((await give(open, 1, 171)).results).toMatchObject([{ code: "price.below_limit" }]);
    await give(open, 1, 230);
    const { cart } = await give(open, 1, 200);
    const line = { quantity: 99, total: { amount: 200 }, override: { insteadOf: { amount: 246, per: { quantity: 99, unit: "gram" } } } };
    expect(cart.lines[1]).toMatchObject(line);
    const lineId = cart.lines[1]?.id ?? "";
    const heavier = await change(open, { id: newId<CommandId>(), kind: "setQuantity", lineId, quantity: 500 });
    expect(heavier.results[0]).toMatchObject({ outcome: "refused", code: "cart.weighed" });
    const { receipt, journal } = await soldGrams(open, cart);
    expect(receipt[1]).toMatchObject({ weighed: expect.stringMatching(/^0\.099\skg × €20\.20\/kg$/), total: { amount: 200 } });
    expect(journal).toMatchObject([{ quantity: 99, total: 200 }]);
  });

  it("is the same where the register sold by itself", async () => {
    const register = await ownRegister(hub, till);
    const [kilo, label] = [newId<LineId>(), newId<LineId>()];
    const given = (lineId: LineId, unitAmount: number) =>
      ({ id: newId<CommandId>(), kind: "setPrice", lineId, unitAmount, reason: "a torn bag" }) as const;
    const priced = register.priceOf([
      { ...weighing(312), lineId: kilo },
      { ...weighing(99, 246), lineId: label },
      given(kilo, 2000),
      given(label, 200),
    ]);
    expect(priced.view.lines.map(({ quantity, total }) => [quantity, total.amount])).toEqual([
      [312, 624],
      [99, 200],
    ]);
    const sale = register.sellAs(await till.open(), priced);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    const kept = await hub.rows("select ordered, total::int from orders.order_line where order_id = $1 order by position", [
      sale.body.orderId,
    ]);
    expect(kept).toEqual([
      { ordered: 312, total: 624 },
      { ordered: 99, total: 200 },
    ]);
  });
});
