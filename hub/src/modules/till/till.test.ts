import { newId, type CommandId, type IntentId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { ok } from "@weft/kernel";
import { deskOn, takeProviderAnswer } from "../checkout/index.ts";
import { eraseTill } from "./erase.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";
import { replayCommand } from "./commands/replay-command.ts";
import { readReceipt } from "./queries/receipt.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  hub.provider.script = "capture";
  hub.provider.asked.splice(0);
  till = await testTill(hub);
});

const ticket = (mugs = 1): Promise<TestCart> =>
  hub.cart(
    [
      [MUG, mugs],
      [CAPPUCCINO, 1],
    ],
    { actor: till.actor },
  );
const MUG_AND_CUP = 1400 + 390;
const byCard = (cart: TestCart) => ({
  fulfillment: { kind: "take_away", placeId: LYON },
  tenders: [{ kind: "card", token: "tok" }],
  expectedTotal: cart.view.totals.total,
});
const registerId = () => till.actor.device?.registerId ?? unreachable();

function unreachable(): never {
  throw new Error("a till has a register");
}

/** Everything that must hold after every test. */
async function broken(): Promise<string[]> {
  return [
    ...(await hub.broken()),
    ...(await hub.violations(tillInvariants)),
    ...(await verifyJournal(hub, registerId())).map(({ chain, seq, defect }) => `${chain}${seq}: ${defect}`),
  ];
}

describe("the outbox of a till", () => {
  it("[TIL-1] a sale that is sent three times is one sale, and gets its first answer each time", async () => {
    const shiftId = await till.open();
    const cart = await ticket();
    const completion = {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "cash", received: 2000 }],
      expectedTotal: cart.view.totals.total,
    };
    const command = till.write("sale.complete", { shiftId, cartId: cart.id, completion });
    const [first] = await till.send(command);
    const again = await till.send(command, command);
    expect(first).toMatchObject({ outcome: "done", receiptNumber: expect.stringMatching(/^LY\d+-000001$/) });
    expect(again).toEqual([first, first]);
    expect(await hub.rows("select 1 from till.sale where register_id = $1", [registerId()])).toHaveLength(1);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-1] the same command on two connections at once is done once", async () => {
    const shiftId = await till.open();
    const move = till.write("cash.move", { shiftId, direction: "in", amount: 500, reason: "change" });
    const answers = await Promise.all([till.send(move), till.send(move), till.send(move)]);
    expect(answers.flat().map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(await hub.rows("select amount from till.cash_event where shift_id = $1 and kind = 'in'", [shiftId])).toEqual([{ amount: 500 }]);
  });

  it("[TIL-2] another command under a known id is refused; a number that is taken and a gap name the number that is expected", async () => {
    const shiftId = await till.open();
    const move = till.write("cash.move", { shiftId, direction: "in", amount: 500, reason: "change" });
    await till.send(move);
    const [changed] = await till.send({ ...move, body: { shiftId, direction: "in", amount: 900, reason: "change" } });
    const [branch] = await till.send({ ...move, id: newId<CommandId>() });
    const [gap] = await till.send({ ...move, id: newId<CommandId>(), seq: 9 });
    expect([changed, branch, gap].map((answer) => answer?.problem?.["code"])).toEqual([
      "till.command_conflict",
      "till.out_of_order",
      "till.out_of_order",
    ]);
    expect(gap?.problem).toMatchObject({ expectedSeq: 3 });
    expect(await broken()).toEqual([]);
  });

  it("[TIL-7] what cannot be read is kept with its reason, takes its number, and stops nothing", async () => {
    const shiftId = await till.open();
    const answers = await till.send(
      till.write("cash.move", { shiftId, direction: "sideways", amount: 1, reason: "x" }),
      till.write("cash.move", { shiftId, direction: "in", amount: 100, reason: "x" }, { schema: 99 }),
      till.write("cash.move", { shiftId, direction: "in", amount: 200, reason: "x" }),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "quarantined", "done"]);
    expect(till.quarantined.map(({ reason }) => reason)).toEqual(["till.unreadable", "till.unreadable"]);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-7] a mended command is executed when it is replayed, and the till that asks again learns of it", async () => {
    const shiftId = await till.open();
    const bad = till.write("cash.move", { shiftId, direction: "in", amount: "20", reason: "x" });
    await till.send(bad);
    const [item] = till.quarantined;
    if (!item) throw new Error("nothing is in quarantine");
    const mended = JSON.stringify({ ...bad, body: { shiftId, direction: "in", amount: 20, reason: "x" } });
    await hub.must((ctx) => replayCommand(till.deps)(ctx, { raw: mended, context: item.context }));
    expect((await till.send(bad))[0]).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select amount from till.cash_event where shift_id = $1 and kind = 'in'", [shiftId])).toEqual([{ amount: 20 }]);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-2] a device speaks for its own register only", async () => {
    const other = await testTill(hub);
    const [answer] = await till.send(other.write("shift.open", { shiftId: newId<ShiftId>(), float: { lines: [] } }));
    expect(answer).toMatchObject({ outcome: "refused", problem: { code: "till.other_register" } });
  });
});

describe("a shift", () => {
  it("[TIL-3] is one per register: a second opening names the first", async () => {
    const shiftId = await till.open();
    expect(await till.act("shift.open", { shiftId: newId<ShiftId>(), float: { lines: [] } })).toMatchObject({
      outcome: "refused",
      problem: { code: "till.shift_open", shiftId },
    });
  });

  it("[TIL-5] expects float, cash of tickets and cash in, less cash out, and tells the difference after the count", async () => {
    const shiftId = await till.open();
    await till.sale(await ticket(), shiftId, [{ kind: "cash", received: 2000 }]);
    await till.act("cash.move", { shiftId, direction: "in", amount: 500, reason: "change" });
    await till.act("cash.move", { shiftId, direction: "out", amount: 2000, reason: "bank" });
    await till.act("drawer.open", { shiftId, reason: "stuck note" });
    const counted = 10_000 + MUG_AND_CUP + 500 - 2000 - 10;
    const { shift } = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: counted }] } });
    expect(shift).toMatchObject({
      expectedCash: { amount: counted + 10 },
      countedCash: { amount: counted },
      difference: { amount: -10 },
      sales: { count: 1, total: { amount: MUG_AND_CUP }, cash: { amount: MUG_AND_CUP }, card: { amount: 0 } },
    });
    expect(await broken()).toEqual([]);
  });

  it("[TIL-4] sells no more once it is closed", async () => {
    const shiftId = await till.open();
    await till.act("shift.close", { shiftId, count: { lines: [] } });
    expect(await till.sale(await ticket(), shiftId, [{ kind: "cash" }])).toMatchObject({
      outcome: "refused",
      problem: { code: "till.shift_closed" },
    });
  });
});

describe("a sale at the register", () => {
  it("[TIL-8] a declined card leaves no order, no ticket and no money, and the next command is taken", async () => {
    const shiftId = await till.open();
    hub.provider.script = "decline";
    const cart = await ticket();
    expect(await till.sale(cart, shiftId, [{ kind: "card", token: "tok" }])).toMatchObject({
      outcome: "refused",
      problem: { code: "payment.declined" },
    });
    hub.provider.script = "capture";
    expect(await till.sale(cart, shiftId, [{ kind: "card", token: "tok" }])).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select card from till.sale where register_id = $1", [registerId()])).toEqual([{ card: MUG_AND_CUP }]);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-1] a card that nobody has decided holds the row, is never charged twice, and becomes one ticket", async () => {
    const shiftId = await till.open();
    const cart = await ticket();
    hub.provider.script = "pending";
    const completion = {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "card", token: "tok" }],
      expectedTotal: cart.view.totals.total,
    };
    const sale = till.write("sale.complete", { shiftId, cartId: cart.id, completion });
    const move = till.write("cash.move", { shiftId, direction: "in", amount: 100, reason: "change" });
    const before = hub.provider.charges.size;
    expect(await till.send(sale, move)).toEqual([]);
    for (const [id, answer] of hub.provider.charges)
      if (answer.kind === "pending") hub.provider.charges.set(id, { kind: "captured", eventId: `late ${id}`, providerRef: "ref" });
    const answers = await till.send(sale, move);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    expect(hub.provider.charges.size - before).toBe(1);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-1] a late card at the hand-over holds the row too, and is one charge and one ticket, whoever hears the answer first", async () => {
    const shiftId = await till.open();
    const placed = await hub.complete(await hub.cart([[MUG, 2]]), [{ kind: "due_at_collection" }]);
    if (placed.kind !== "placed") throw new Error("not placed");
    const [fulfillment] = placed.view.fulfillments;
    hub.provider.script = "pending";
    const give = till.write("collection.hand_over", {
      shiftId,
      fulfillmentId: fulfillment?.id,
      code: fulfillment?.collectCode,
      proof: "code",
      tenders: [{ kind: "card", token: "tok" }],
    });
    const before = new Set(hub.provider.charges.keys());
    expect(await till.send(give)).toEqual([]);
    expect(await till.send(give)).toEqual([]);
    const [intentId, ...more] = [...hub.provider.charges.keys()].filter((id) => !before.has(id)) as IntentId[]; // the provider's keys are intents
    if (!intentId) throw new Error("nothing was charged");
    await takeProviderAnswer(deskOn(hub.around), hub.deps, intentId, hub.provider.settle(intentId, "captured"));
    const [answer] = await till.send(give);
    expect(answer).toMatchObject({ outcome: "done", orderId: placed.view.id, receiptNumber: expect.any(String) });
    expect(await till.send(give)).toEqual([answer]);
    expect(more).toEqual([]);
    expect(await hub.rows("select kind, total, card from till.sale where register_id = $1", [registerId()])).toEqual([
      { kind: "collection", total: 2800, card: 2800 },
    ]);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-9] goods in the customer's hand are sold although the stock says no, and the shortage is a conflict", async () => {
    const shiftId = await till.open();
    await hub.stock(MUG, LYON, 0);
    const cart = await ticket(1);
    const answer = await till.sale(cart, shiftId, [{ kind: "cash" }]);
    expect(answer).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select mode from orders.orders where id = $1", [answer.orderId])).toEqual([{ mode: "recorded" }]);
  });

  it("[TIL-9] a late card answer finds the stock gone: the goods left with their customer, so it is sold, paid, and a conflict", async () => {
    const shiftId = await till.open();
    await hub.stock(MUG, LYON, 1);
    const cart = await ticket(1);
    hub.provider.script = "pending";
    const before = new Set(hub.provider.charges.keys());
    const sale = till.write("sale.complete", { shiftId, cartId: cart.id, completion: byCard(cart) });
    expect(await till.send(sale)).toEqual([]);
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = 0 where variant_id = $1", [variantId(MUG)]);
    for (const id of hub.provider.charges.keys()) if (!before.has(id)) hub.provider.settle(id, "captured");
    const [answer] = await till.send(sale);
    expect(answer).toMatchObject({ outcome: "done", receiptNumber: expect.any(String) });
    expect(await hub.rows("select mode, payment_state from orders.orders where id = $1", [answer?.orderId])).toEqual([
      { mode: "recorded", payment_state: "paid" },
    ]);
    expect(hub.provider.asked.filter((asked) => asked.startsWith("cancel"))).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it("[TIL-9] a card that is asked outside pays for goods that the stock does not know, once", async () => {
    const shiftId = await till.open();
    await hub.stock(MUG, LYON, 0);
    hub.provider.script = "pending";
    const cart = await ticket(1);
    const before = new Set(hub.provider.charges.keys());
    const sale = till.write("sale.complete", { shiftId, cartId: cart.id, completion: byCard(cart) });
    expect(await till.send(sale)).toEqual([]);
    const charged = [...hub.provider.charges.keys()].filter((id) => !before.has(id));
    for (const id of charged) hub.provider.settle(id, "captured");
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    expect(charged).toHaveLength(1);
    expect(await broken()).toEqual([]);
  });

  it("[JRN-4] on a training register goes to chain X and carries it in its number", async () => {
    const training = await testTill(hub, undefined, true);
    const shiftId = await training.open();
    const cart = await hub.cart([[CAPPUCCINO, 1]], { actor: training.actor });
    const { receiptNumber } = await training.sale(cart, shiftId, [{ kind: "cash" }]);
    expect(receiptNumber).toMatch(/-X\d{6}$/);
    const chains = await hub.rows("select distinct chain from till.fiscal_entry where register_id = $1", [
      training.actor.device?.registerId,
    ]);
    expect(chains).toEqual([{ chain: "X" }]);
  });

  it("[JRN-6] its receipt shows lines, tax and change in the language of the place, with the hash of its entry", async () => {
    const shiftId = await till.open();
    const { orderId, receiptNumber } = await till.sale(await ticket(), shiftId, [{ kind: "cash", received: 2000 }]);
    const receipt = await readReceipt(
      { ...hub.around, db: hub.db, now: new Date(), actor: till.actor },
      hub.vault,
      orderId as never,
      undefined,
    ); // an id just answered
    expect(receipt).toMatchObject({
      ok: true,
      value: {
        number: receiptNumber,
        total: { amount: MUG_AND_CUP },
        taxes: [{ rate: "20", gross: { amount: MUG_AND_CUP } }],
        tenders: [{ kind: "cash", received: { amount: 2000 }, change: { amount: 2000 - MUG_AND_CUP } }],
        journalHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });
});

describe("the journal", () => {
  it("[JRN-2] refuses every change and every deletion", async () => {
    await till.open();
    await expect(hub.rows("update till.fiscal_entry set kind = 'x'")).rejects.toThrow("JRN-2");
    await expect(hub.rows("delete from till.fiscal_entry")).rejects.toThrow("JRN-2");
    await expect(hub.rows("truncate till.fiscal_entry")).rejects.toThrow("JRN-2");
  });

  it("[JRN-5] names the entry whose content was changed by force, and the link that broke", async () => {
    const shiftId = await till.open();
    await till.act("drawer.open", { shiftId, reason: "one" });
    await till.act("drawer.open", { shiftId, reason: "two" });
    await hub.rows("alter table till.fiscal_entry disable trigger append_only");
    await hub.rows(
      "update till.fiscal_entry set body = jsonb_set(body, '{document,reason}', '\"another\"') where register_id = $1 and seq = 2",
      [registerId()],
    );
    expect(await verifyJournal(hub, registerId())).toEqual([{ chain: "L", seq: 2, defect: "hash" }]);
    await hub.rows("update till.fiscal_entry set body_hash = sha256('x') where register_id = $1 and seq = 2", [registerId()]);
    expect(await verifyJournal(hub, registerId())).toEqual([
      { chain: "L", seq: 2, defect: "hash" },
      { chain: "L", seq: 3, defect: "chain" },
    ]);
    await hub.rows("alter table till.fiscal_entry enable trigger append_only");
  });

  it("[JRN-3] stays valid and names nobody when the customer is erased", async () => {
    const shiftId = await till.open();
    const { orderId } = await till.sale(await ticket(), shiftId, [{ kind: "cash" }]);
    const [order] = await hub.rows<{ record_id: never }>("select record_id from orders.orders where id = $1", [orderId]);
    await hub.must(async (ctx) => ok(await eraseTill(ctx, order ? [order.record_id] : [])));
    expect(await hub.rows("select 1 from till.document_customer where record_id = $1", [order?.record_id])).toEqual([]);
    const bodies = await hub.rows<{ text: string }>("select body::text as text from till.fiscal_entry where register_id = $1", [
      registerId(),
    ]);
    expect(bodies.some(({ text }) => text.includes(String(order?.record_id)))).toBe(false);
    expect(await verifyJournal(hub, registerId())).toEqual([]);
  });
});
