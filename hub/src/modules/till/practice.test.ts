import { newId, type IntentId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { giftCardHub, soldCard, VOUCHER } from "../../../test/gift-card-hub.ts";
import { CAPPUCCINO, LYON, MUG, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { mayCall } from "../access/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let real: TestTill;
let till: TestTill;
beforeAll(async () => {
  hub = await giftCardHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  real = await testTill(hub);
  till = await testTill(hub, undefined, true);
});
afterEach(async () => {
  const registerId = till.actor.device?.registerId;
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

const ticket = (of: TestTill, mugs = 1): Promise<TestCart> =>
  hub.cart(
    [
      [MUG, mugs],
      [CAPPUCCINO, 1],
    ],
    { actor: of.actor },
  );
const who = () => ({ staffId: till.actor.staff?.id ?? null });

/** Everything that is not the till's own and not a cart: what a day of training must leave as it was, row by row. */
async function realBooks(): Promise<unknown> {
  const tables = await hub.rows<{ name: string }>(`
    select schemaname || '.' || tablename as name from pg_tables
     where schemaname in ('stock', 'orders', 'ledger', 'loyalty', 'payments', 'fulfillment', 'returns', 'pricing', 'checkout', 'promises', 'customers',
                          'messages', 'touchpoints', 'tasks') order by 1`);
  // A cart of nobody has a record of nobody.
  const rowsOf = (name: string) => (name === "customers.source_record" ? `(select * from ${name} where state = 'known')` : name);
  const sums = await hub.rows<{ sum: string }>(
    tables
      .map(({ name }) => `select '${name} ' || coalesce(md5(string_agg(r::text, '|' order by r::text)), '') as sum from ${rowsOf(name)} r`)
      .join(" union all "),
  );
  return sums.map(({ sum }) => sum);
}
const factsOfOthers = () =>
  hub.rows("select type, count(*)::int from platform.outbox where type !~ '^(till|cart)\\.' group by 1 order by 1");

async function linesOf(orderId: string | null, quantity: number) {
  const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 order by position limit 1", [
    orderId,
  ]);
  return [{ orderLineId: line?.id, quantity, reason: "changed_mind", disposition: "restock" }];
}

describe("[TIL-30] a training register shows everything and moves nothing of the real books", () => {
  it("a day of sales, a return, an exchange, a hand-over and a count", async () => {
    const shop = await real.open();
    const sold = await real.sale(await ticket(real, 2), shop, [{ kind: "cash" }]);
    const card = await soldCard(hub);
    const placed = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    if (placed.kind !== "placed") throw new Error("not placed");
    const [books, facts] = [await realBooks(), await factsOfOthers()];

    const shiftId = await till.open();
    const answers = [
      await till.sale(await ticket(till), shiftId, [{ kind: "cash", received: 2000 }], who()),
      await till.sale(await hub.cart([[VOUCHER, 1]], { actor: till.actor }), shiftId, [{ kind: "card", token: "tok" }], who()),
      await till.sale(await hub.cart([[MUG, 1]], { actor: till.actor }), shiftId, [{ kind: "gift_card", code: card.code }], who()),
      await till.act(
        "return.take",
        { shiftId, returnId: newId(), orderId: sold.orderId, refundTo: "tender", lines: await linesOf(sold.orderId, 1) },
        who(),
      ),
      await till.act("exchange.take", await exchanged(shiftId, sold.orderId), who()),
      await till.act(
        "collection.hand_over",
        {
          shiftId,
          fulfillmentId: placed.view.fulfillments[0]?.id,
          code: placed.view.fulfillments[0]?.collectCode,
          proof: "code",
          tenders: [{ kind: "cash" }],
        },
        who(),
      ),
    ];
    expect(answers.map(({ outcome, problem }) => ({ outcome, problem }))).toEqual(answers.map(() => ({ outcome: "done", problem: null })));
    expect(answers.map(({ receiptNumber }) => receiptNumber)).toEqual(answers.map(() => expect.stringMatching(/-X\d{6}$/)));
    expect(await realBooks()).toEqual(books);
    expect(await factsOfOthers()).toEqual(facts);
    expect(hub.provider.charges.size).toBe(0);

    const cash = 1790 - 1400 + 0 + 1400;
    const { shift } = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 10_000 + cash }] } });
    expect(shift).toMatchObject({ difference: { amount: 0 } });
  });

  async function exchanged(shiftId: string, orderId: string | null) {
    const out = await hub.cart([[MUG, 1]], { actor: till.actor });
    const completion = {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "cash" }],
      expectedTotal: out.view.totals.total,
    };
    return { shiftId, returnId: newId(), orderId, lines: await linesOf(orderId, 1), cartId: out.id, completion };
  }

  it("its answer carries the receipt and the return that the screens show, marked as training", async () => {
    const shop = await real.open();
    const { orderId } = await real.sale(await ticket(real), shop, [{ kind: "cash" }]);
    const shiftId = await till.open();
    const sale = await till.sale(await ticket(till), shiftId, [{ kind: "cash", received: 2000 }], who());
    for (const receipt of Object.values(sale.practiced?.receipts ?? { none: null }))
      expect(receipt).toMatchObject({ number: sale.receiptNumber, training: true, total: { amount: 1790 } });
    const wanted = { shiftId, returnId: newId(), orderId, refundTo: "tender", lines: await linesOf(orderId, 1) };
    const command = till.write("return.take", wanted, who());
    const [back] = await till.send(command);
    expect(back?.practiced?.return).toMatchObject({ id: wanted.returnId, total: { amount: 1400 } });
    // Sent again it is the same answer; and the real goods can still come back.
    expect(await till.send(command)).toEqual([back]);
    expect(await real.act("return.take", { ...wanted, shiftId: shop, returnId: newId() }, who())).toMatchObject({ outcome: "done" });
  });

  it("its tickets keep nothing from anybody, and are over when they are paid", async () => {
    await hub.stock(MUG, LYON, 1);
    const shiftId = await till.open();
    const before = await hub.level(MUG);
    const cart = await ticket(till);
    expect(await hub.level(MUG)).toEqual(before);
    expect(await till.sale(cart, shiftId, [{ kind: "cash" }], who())).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select state from carts.cart where id = $1", [cart.id])).toEqual([{ state: "abandoned" }]);
    expect(await hub.level(MUG)).toEqual(before);
  });

  it("a card is never asked for, whatever its provider would say", async () => {
    const shiftId = await till.open();
    hub.provider.script = "pending";
    const charged = new Set<IntentId>(hub.provider.charges.keys() as Iterable<IntentId>); // the provider's keys are intents
    expect(await till.sale(await ticket(till), shiftId, [{ kind: "card", token: "tok" }], who())).toMatchObject({ outcome: "done" });
    hub.provider.script = "capture";
    expect(hub.provider.charges.size).toBe(charged.size);
  });
});

describe("[ACC-18] a device of a training register", () => {
  const device = { kind: "till", placeId: LYON, isTraining: true } as const;
  const asked = (operation: Parameters<typeof mayCall>[0]) => mayCall(operation, { ...till.actor, device });

  it("looks at everything and writes to nothing but its carts and its outbox", () => {
    expect(asked("till.commands").allowed).toBe(true);
    expect(asked("carts.operate").allowed).toBe(true);
    expect(asked("fulfillments.list").allowed).toBe(true);
    for (const operation of [
      "customers.createAtTill",
      "customers.findAtTill",
      "stock.wasteGoods",
      "fulfillments.ready",
      "carts.takeOver",
    ] as const)
      expect(asked(operation)).toMatchObject({ allowed: false, status: 403, code: "access.training" });
    expect(mayCall("customers.findAtTill", { ...till.actor, device: { kind: "till", placeId: LYON } }).allowed).toBe(true);
    expect(visitor().device).toBeNull();
  });
});
