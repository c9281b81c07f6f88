import { newId, type RecordId, type ShiftId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { BEANS, CAPPUCCINO, LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { changePlace } from "../places/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let till: TestTill;
let customerId: RecordId;
beforeAll(async () => {
  hub = await saleHub();
}, 120_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 10);
  await allow({ unprovenMost: 3000, unprovenMostOfCustomer: 4000 });
  till = await testTill(hub);
  customerId = (await hub.customer()).customer.recordId;
  await opened(till);
});
afterEach(async () => {
  const registerId = till.actor.device?.registerId;
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

async function allow(settings: Record<string, number>): Promise<void> {
  await hub.must(async (ctx) => changePlace(ctx, LYON, { settings }));
  hub.around.snapshots.invalidate();
}

/** The customer is opened at a till, as whoever brings something without a receipt has to be. */
const opened = ({ actor }: TestTill) =>
  hub.rows("insert into customers.opening (id, record_id, device_id, staff_id, at) values ($1, $2, $3, $4, now())", [
    newId(),
    customerId,
    actor.device?.id,
    actor.staff?.id,
  ]);

const who = () => ({ staffId: till.actor.staff?.id ?? null });

const units = (goods: number, quantity: number, disposition = "restock") => ({
  sku: `SKU-${goods}`,
  quantity,
  reason: "changed_mind",
  disposition,
});

const bodyOf = (shiftId: ShiftId, lines: readonly unknown[], expectedTotal: number, over: object = {}) => ({
  shiftId,
  returnId: newId(),
  customerId,
  lines,
  expectedTotal,
  ...over,
});

const credit = async () => {
  const [row] = await hub.rows<{ credit: number }>(
    "select coalesce(sum(balance), 0)::int as credit from ledger.read_value where kind = 'store_credit' and record_id = $1",
    [customerId],
  );
  return row?.credit;
};

describe("[RET-14] [TIL-17] goods come back without any proof", () => {
  it("as store credit of whoever is known, on a ticket of their own; the shelf has them, the drawer, orders and points nothing", async () => {
    const shiftId = await till.open();
    const wanted = bodyOf(shiftId, [units(MUG, 1), units(BEANS, 1, "quarantine")], 2250);
    const answer = await till.act("return.take_unproven", wanted, who());
    expect(answer).toMatchObject({ outcome: "done", orderId: null, receiptNumber: expect.stringMatching(/-000001$/) });
    expect(await credit()).toBe(2250);
    expect((await hub.level(MUG)).on_hand).toBe(11);
    expect(
      await hub.rows("select order_id, proof, total::int, tax::int, receipt_number, approved_by from returns.return_order where id = $1", [
        wanted.returnId,
      ]),
    ).toEqual([{ order_id: null, proof: "unproven", total: 2250, tax: 375, receipt_number: answer.receiptNumber, approved_by: null }]);
    const [entry] = await hub.rows<{ document: unknown }>(
      "select body -> 'document' as document from till.fiscal_entry where register_id = $1 and chain = 'T'",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatchObject({
      total: -2250,
      lines: [
        { sku: "SKU-1", quantity: -1, total: -1400, rate: "1/5", disposition: "restock" },
        { sku: "SKU-2", total: -850, disposition: "quarantine" },
      ],
      taxes: [{ net: -1875, tax: -375, gross: -2250 }],
      tenders: [{ kind: "store_credit", amount: -2250 }],
    });
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 10_000 }] } });
    expect(closed.shift).toMatchObject({
      difference: { amount: 0 },
      returns: { count: 1, total: { amount: 2250 }, cash: { amount: 0 }, card: { amount: 0 } },
    });
  });

  it("sent again it is the same one, and under another command it is refused", async () => {
    const shiftId = await till.open();
    const wanted = bodyOf(shiftId, [units(MUG, 1)], 1400);
    const command = till.write("return.take_unproven", wanted, who());
    const [first] = await till.send(command);
    expect(await till.send(command)).toEqual([first]);
    expect(await till.act("return.take_unproven", wanted, who())).toMatchObject({ problem: { code: "return.already_taken" } });
    expect(await credit()).toBe(1400);
  });

  it("at the lowest price of the last 30 days, wherever it was asked", async () => {
    const shiftId = await till.open();
    await hub.rows(
      `insert into pricing.past_price (list_id, variant_id, until, amount, scale, per_quantity, per_unit)
       select list_id, variant_id, now() - make_interval(days => d), a, 0, 1, 'piece'
         from pricing.price cross join (values (10, 900), (40, 100)) v (d, a) where variant_id = $1`,
      [variantId(MUG)],
    );
    const told = bodyOf(shiftId, [units(MUG, 1)], 1400);
    expect(await till.act("return.take_unproven", told, who())).toMatchObject({
      problem: { code: "return.total_changed", total: { amount: 900, currency: "EUR" } },
    });
    expect(await till.act("return.take_unproven", { ...told, expectedTotal: 900 }, who())).toMatchObject({ outcome: "done" });
    await hub.rows("delete from pricing.past_price where variant_id = $1", [variantId(MUG)]);
  });

  it.each([
    ["nobody known", () => ({ customerId: newId() }), "return.customer_needed"],
    ["goods made to order", () => ({ lines: [units(CAPPUCCINO, 1)] }), "return.goods_not_there"],
    ["goods that nobody knows", () => ({ lines: [{ ...units(MUG, 1), sku: "NONE" }] }), "return.goods_not_there"],
  ])("is refused for %s", async (_what, over, code) => {
    const shiftId = await till.open();
    const answer = await till.act("return.take_unproven", bodyOf(shiftId, [units(MUG, 1)], 1400, over()), who());
    expect(answer).toMatchObject({ outcome: "refused", problem: { code } });
  });

  it("is refused where the place takes nothing without proof, and for nobody who is signed in", async () => {
    const shiftId = await till.open();
    expect(await till.act("return.take_unproven", bodyOf(shiftId, [units(MUG, 1)], 1400))).toMatchObject({
      problem: { code: "return.needs_staff" },
    });
    await allow({ unprovenMost: 0 });
    expect(await till.act("return.take_unproven", bodyOf(shiftId, [units(MUG, 1)], 1400), who())).toMatchObject({
      problem: { code: "return.unproven_closed" },
    });
  });

  it("beyond a limit a manager stands behind it, for that return and no other", async () => {
    const shiftId = await till.open();
    const wanted = bodyOf(shiftId, [units(MUG, 3)], 4200);
    expect(await till.act("return.take_unproven", wanted, who())).toMatchObject({
      problem: { code: "return.approval_needed", most: { amount: 3000 }, left: { amount: 4000 } },
    });
    const staffId = till.actor.staff?.id;
    if (!staffId) throw new Error("a till has staff");
    const approval = (over: object) =>
      hub.vault.seal(`unproven return ${JSON.stringify({ returnId: wanted.returnId, customerId, amount: 4200, staffId, ...over })}`);
    for (const wrong of [approval({ amount: 4199 }), approval({ returnId: newId() }), approval({ customerId: newId() }), "made up"])
      expect(await till.act("return.take_unproven", { ...wanted, approval: wrong }, who())).toMatchObject({
        problem: { code: "return.approval_needed" },
      });
    expect(await till.act("return.take_unproven", { ...wanted, approval: approval({}) }, who())).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select approved_by from returns.return_order where id = $1", [wanted.returnId])).toEqual([
      { approved_by: staffId },
    ]);
  });

  it("at two tills at once one customer does not pass the limit", async () => {
    const other = await testTill(hub);
    const [here, there] = [await till.open(), await other.open()];
    const answers = await Promise.all([
      till.act("return.take_unproven", bodyOf(here, [units(MUG, 2)], 2800), who()),
      other.act("return.take_unproven", bodyOf(there, [units(MUG, 2)], 2800), who()),
    ]);
    expect(new Set(answers.map(({ outcome, problem }) => problem?.["code"] ?? outcome))).toEqual(
      new Set(["done", "return.approval_needed"]),
    );
    expect(await credit()).toBe(2800);
  });
});
