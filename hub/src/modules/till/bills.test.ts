import { newId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, MUG, saleHub, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { actAt, SigningRegister } from "../../../test/signing-register.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { billsOf } from "./commands/bills.ts";
import { appendForHub } from "./fiscal/index.ts";
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

const ticket = () =>
  hub.cart(
    [
      [MUG, 1],
      [CAPPUCCINO, 2],
    ],
    { actor: till.actor },
  );

function billOf(cart: TestCart, shiftId: string, print = 1) {
  const lines = cart.view.lines.map(({ sku, name, quantity, unit, total }) => ({
    sku,
    name,
    options: [],
    quantity,
    unit,
    total: total.amount,
  }));
  return { shiftId, cartId: cart.id, print, lines, total: cart.view.totals.total };
}

const entries = (chain: string) =>
  hub.rows<{ kind: string; document: Record<string, unknown> }>(
    "select kind, body -> 'document' as document from till.fiscal_entry where register_id = $1 and chain = $2 order by seq",
    [till.actor.device?.registerId, chain],
  );

describe("[TIL-48] a bill before payment", () => {
  it("is an entry of the chain of bills with what was on the ticket, without taxes and payment, and counts its prints", async () => {
    const shiftId = await till.open();
    const cart = await ticket();
    const first = await till.act("bill.print", billOf(cart, shiftId));
    const second = await till.act("bill.print", billOf(cart, shiftId, 2));
    expect([first.receiptNumber, second.receiptNumber]).toEqual([expect.stringMatching(/-B000001$/), expect.stringMatching(/-B000002$/)]);
    const bills = await entries("B");
    expect(bills).toMatchObject([
      { document: { print: 1, total: 2180, taxes: [], tenders: [], cartId: cart.id } },
      {
        document: {
          print: 2,
          lines: [
            { quantity: 1, total: 1400 },
            { quantity: 2, total: 780 },
          ],
        },
      },
    ]);
    expect(await hub.rows("select count(*)::int as n from till.sale where shift_id = $1", [shiftId])).toEqual([{ n: 0 }]);
    const registerId = till.actor.device?.registerId;
    expect(registerId && (await verifyJournal(hub, registerId))).toEqual([]);
  });

  it("the ticket that is paid refers to it, also where another till goes on with it and was told of its bills", async () => {
    const shiftId = await till.open();
    const cart = await ticket();
    const { receiptNumber } = await till.act("bill.print", billOf(cart, shiftId));
    const bills = await billsOf(hub, cart.id);
    expect(bills).toEqual([receiptNumber]);
    const completion = {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "cash" }],
      expectedTotal: cart.view.totals.total,
    };
    await till.act("sale.complete", { shiftId, cartId: cart.id, completion, bills });
    expect((await entries("T")).map(({ document }) => document["bills"])).toEqual([bills]);
    const other = await hub.cart([[MUG, 1]], { actor: till.actor });
    await till.sale(other, shiftId, [{ kind: "cash" }]);
    expect((await entries("T"))[1]?.document).not.toHaveProperty("bills");
    expect(await hub.violations(tillInvariants)).toEqual([]);
    expect(await hub.broken()).toEqual([]);
  });

  it("needs an open shift, and in training it stands on the chain of training", async () => {
    const cart = await ticket();
    expect(await till.act("bill.print", billOf(cart, newId()))).toMatchObject({ outcome: "refused" });
    till = await testTill(hub, undefined, true);
    const shiftId = await till.open();
    const answer = await till.act("bill.print", billOf(await ticket(), shiftId));
    expect(answer.receiptNumber).toMatch(/-X\d{6}$/);
    expect(await entries("B")).toEqual([]);
  });

  it("[FIS-3] signed at the register it has the bill's own string and raises no totals", async () => {
    const at = new Date("2026-03-02T09:15:00Z");
    const register = await SigningRegister.open(at);
    const document = { currency: "EUR", total: 2180, taxes: [], tenders: [], print: 1 };
    const before = register.book.perpetual;
    const act = { commandId: newId(), kind: "bill.print", document };
    const [bill] = await register.write((book, signer) => appendForHub(book, act, actAt(at), signer));
    expect(bill).toMatchObject({ chain: "B", type: "bill", payload: expect.stringMatching(/^0:0,2180,/) });
    expect(register.book.perpetual).toEqual(before);
  });
});
