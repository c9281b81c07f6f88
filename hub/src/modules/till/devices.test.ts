import { newId, type ChannelId, type Id, type OrderId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { changePlace } from "../places/index.ts";
import { tillInvariants } from "./invariants.ts";
import { listRegisters, presentRegisters } from "./queries/registers.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  hub.provider.asked.splice(0);
  till = await testTill(hub);
});

async function sold(shiftId: ShiftId): Promise<string> {
  const cart = await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });
  const { orderId } = await till.sale(cart, shiftId, [{ kind: "cash" }]);
  if (orderId === null) throw new Error("a sale that is done has an order");
  return orderId;
}

it("[TIL-19] a copy of a receipt is an entry of the chain of copies with its number and reason, also when no shift is open; sent again it is one", async () => {
  const shiftId = await till.open();
  const orderId = await sold(shiftId);
  await till.act("shift.close", { shiftId, count: { lines: [] } });
  const duplicate = till.write("receipt.duplicate", { orderId, copy: 1, reason: "lost" });
  const [first] = await till.send(duplicate);
  const [again] = await till.send(duplicate);
  expect(first).toMatchObject({ outcome: "done", orderId });
  expect(again).toEqual(first);
  await till.act("receipt.duplicate", { orderId, copy: 2, reason: "customer" });
  const entries = await hub.rows(
    "select chain, body -> 'document' as document from till.fiscal_entry where kind = 'receipt.duplicate' order by seq",
  );
  expect(entries).toMatchObject([
    { chain: "C", document: { orderId, copy: 1, reason: "lost", of: { chain: "T", seq: 1, type: "sale" } } },
    { chain: "C", document: { orderId, copy: 2, reason: "customer" } },
  ]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
});

it("[TIL-19] of an order that this place did not sell there is no receipt to copy", async () => {
  expect(await till.act("receipt.duplicate", { orderId: newId<OrderId>(), copy: 1, reason: "lost" })).toMatchObject({
    outcome: "refused",
    problem: { code: "till.no_receipt" },
  });
});

it("[DEV-10] receipts are printed when somebody asks, unless the place says after every sale", async () => {
  const paper = () =>
    hub.run(async (ctx) => {
      const [register] = await presentRegisters(ctx, await listRegisters(ctx, [LYON]), async () => newId<ChannelId>());
      return { ok: true as const, value: register?.receiptPaper };
    });
  expect(await paper()).toMatchObject({ ok: true, value: "asked" });
  await hub.must((ctx) => changePlace(ctx, LYON, { settings: { receiptPaper: "always" } }));
  hub.around.snapshots.invalidate();
  expect(await paper()).toMatchObject({ ok: true, value: "always" });
});

describe("a card that a terminal beside the till has taken", () => {
  const approval = (amount: number, id = newId<Id<"terminal approval">>()) => [{ kind: "card", token: `terminal:${id}:${amount}` }];
  const cup = () => hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });

  it("[PAY-48] pays the sale there, once: the same approval pays no second one", async () => {
    const shiftId = await till.open();
    const tenders = approval(390);
    expect(await till.sale(await cup(), shiftId, tenders)).toMatchObject({ outcome: "done" });
    expect(await till.sale(await cup(), shiftId, tenders)).toMatchObject({
      outcome: "refused",
      problem: { code: "payment.declined", reason: "paid_before" },
    });
    expect(hub.provider.asked).toEqual([]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-48] of another amount pays nothing", async () => {
    const shiftId = await till.open();
    expect(await till.sale(await cup(), shiftId, approval(100))).toMatchObject({
      outcome: "refused",
      problem: { code: "payment.declined", reason: "amount_differs" },
    });
  });

  it("[PAY-48] two sales that claim one approval at the same time: one is paid", async () => {
    const tenders = approval(390);
    const other = await testTill(hub);
    const [mine, theirs] = [await till.open(), await other.open()];
    const carts = [await cup(), await hub.cart([[CAPPUCCINO, 1]], { actor: other.actor })];
    const [first, second] = carts;
    if (!first || !second) throw new Error("two carts were opened");
    const ended = await Promise.allSettled([till.sale(first, mine, tenders), other.sale(second, theirs, tenders)]);
    const done = ended.filter((end) => end.status === "fulfilled" && end.value.outcome === "done");
    expect(done).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});
