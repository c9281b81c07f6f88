import { newId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
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

/** A sale for cash of two mugs and a cappuccino: 31.90. */
async function sold(shiftId: string): Promise<string> {
  const lines = [
    [MUG, 2],
    [CAPPUCCINO, 1],
  ] as const;
  const { orderId } = await till.sale(await hub.cart(lines, { actor: till.actor }), shiftId as never, [{ kind: "cash" }]); // of this till
  if (orderId === null) throw new Error("not sold");
  return orderId;
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
