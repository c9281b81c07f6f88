import { newId, type CartId, type IntentId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { giftCardHub, soldCard } from "../../../test/gift-card-hub.ts";
import { jobContext } from "../../../test/job-context.ts";
import { BEANS, LYON, MUG, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { checkoutJobs, deskOn, takeProviderAnswer } from "../checkout/index.ts";
import { paymentsInvariants } from "../payments/index.ts";
import type { AnyCommand } from "./domain/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let till: TestTill;
let shiftId: Awaited<ReturnType<TestTill["open"]>>;
beforeAll(async () => {
  hub = await giftCardHub();
  const { staff } = tillActor();
  await hub.rows(
    "insert into access.staff (id, name, email, password_hash) values ($1, $2, 'till@example.com', 'x') on conflict do nothing",
    [staff?.id, staff?.name],
  );
}, 120_000);
afterAll(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations([...tillInvariants, ...paymentsInvariants])).toEqual([]);
  await hub.close();
});
beforeEach(async () => {
  // Of a race before, whoever lost it may still hold what is in the cart.
  await hub.rows("delete from stock.hold");
  await hub.rows("update stock.level set held = 0");
  await hub.stock(MUG, LYON, 100);
  await hub.stock(BEANS, LYON, 100);
  till = await testTill(hub);
  shiftId = await till.open();
  hub.provider.script = "capture";
  hub.provider.asked.splice(0);
});
afterEach(async () => {
  const registerId = till.actor.device?.registerId;
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

/** Two mugs, 28.00, sold at this till. */
async function sold(tender: Readonly<Record<string, unknown>> = { kind: "cash" }): Promise<string> {
  const { orderId } = await till.sale(await hub.cart([[MUG, 2]], { actor: till.actor }), shiftId, [tender]);
  if (orderId === null) throw new Error("not sold");
  return orderId;
}

const three = () => hub.cart([[MUG, 3]], { actor: till.actor });

type Wanted = {
  readonly orderId: string;
  readonly cart: TestCart;
  readonly quantity?: number;
  readonly token?: string;
  readonly of?: TestTill;
};

/** Two mugs come back and the cart goes out; its difference is paid by a card that the provider is asked about. */
async function exchange({ orderId, cart, quantity = 2, token = "outside", of = till }: Wanted) {
  const [line] = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1", [orderId]);
  const returnId = newId();
  const command = of.write(
    "exchange.take",
    {
      shiftId,
      returnId,
      orderId,
      lines: [{ orderLineId: line?.id, quantity, reason: "changed_mind", disposition: "restock" }],
      cartId: cart.id,
      completion: {
        fulfillment: { kind: "take_away", placeId: LYON },
        tenders: [{ kind: "card", token }],
        expectedTotal: cart.view.totals.total,
      },
    },
    { staffId: of.actor.staff?.id ?? null },
  );
  return { command, returnId };
}

/** One whose card is being asked. */
async function asked() {
  const orderId = await sold();
  const cart = await three();
  hub.provider.script = "pending";
  const wanted = await exchange({ orderId, cart });
  expect(await till.send(wanted.command)).toEqual([]);
  return { orderId, cart, wanted };
}

const charged = () => new Set(hub.provider.asked.filter((asked) => asked.startsWith("charge")));
const givenBack = () => hub.provider.asked.filter((asked) => asked.startsWith("cancel"));
const intentOf = async ({ id }: TestCart): Promise<IntentId> => {
  const [row] = await hub.rows<{ id: IntentId }>("select id from payments.intent where cart_id = $1 order by id desc limit 1", [id]);
  if (!row) throw new Error("no intent");
  return row.id;
};
const stateOf = async (id: CartId) => (await hub.rows<{ state: string }>("select state from carts.cart where id = $1", [id]))[0]?.state;
const resume = async () => {
  await hub.rows("update checkout.attempt set resume_after = now() - interval '1 second' where state = 'charging'");
  const clock = checkoutJobs(hub.deps).find(({ name }) => name === "checkout.resume");
  await clock?.handle(jobContext(hub, new Date()), undefined as never); // it takes no payload
};
/** Nothing came back, nothing went out, nobody has money back. */
async function expectUntouched(orderId: string, shelf: number): Promise<void> {
  expect(await hub.rows("select returned_amount::int, refunded::int from orders.orders where id = $1", [orderId])).toEqual([
    { returned_amount: 0, refunded: 0 },
  ]);
  expect(await hub.rows("select 1 from returns.return_order where order_id = $1", [orderId])).toEqual([]);
  expect(await hub.rows("select 1 from payments.refund where order_id = $1", [orderId])).toEqual([]);
  expect((await hub.level(MUG)).on_hand).toBe(shelf);
}
async function expectExchanged(orderId: string, { returnId }: { returnId: string }, newOrderId: string | null): Promise<void> {
  expect(await hub.rows("select returned_amount::int, refunded::int from orders.orders where id = $1", [orderId])).toEqual([
    { returned_amount: 2800, refunded: 2800 },
  ]);
  expect(await hub.rows("select exchange_order_id from returns.return_order where order_id = $1", [orderId])).toEqual([
    { exchange_order_id: newOrderId },
  ]);
  expect(await hub.rows("select kind, total::int, cash::int, card::int from till.sale where return_id = $1", [returnId])).toEqual([
    { kind: "exchange", total: 1400, cash: 0, card: 1400 },
  ]);
  expect(
    await hub.rows("select kind, amount::int from payments.tender where order_id = $1 and state = 'captured' order by kind", [newOrderId]),
  ).toEqual([
    { kind: "card", amount: 1400 },
    { kind: "cash", amount: 2800 },
  ]);
}

describe("[TIL-64] [CHK-29] the difference of an exchange is paid by a card that is asked outside", () => {
  it("is one ticket like any other exchange once the card has paid, with one charge of the difference", async () => {
    const orderId = await sold();
    const shelf = (await hub.level(MUG)).on_hand;
    const wanted = await exchange({ orderId, cart: await three() });
    const [answer] = await till.send(wanted.command);
    expect(answer).toMatchObject({ outcome: "done", problem: null, receiptNumber: expect.any(String) });
    await expectExchanged(orderId, wanted, answer?.orderId ?? null);
    expect((await hub.level(MUG)).on_hand).toBe(shelf - 1);
    expect(charged().size).toBe(1);
    expect(await till.send(wanted.command)).toEqual([answer]);
    const [entry] = await hub.rows<{ document: Record<string, unknown> }>(
      "select body -> 'document' as document from till.fiscal_entry where kind = 'exchange' and register_id = $1",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatchObject({
      total: 4200,
      difference: 1400,
      cameBack: { total: -2800, lines: [{ quantity: -2, total: -2800, reason: "changed_mind" }], taxes: [{ gross: -2800 }] },
      tenders: [{ kind: "card", amount: 1400 }],
    });
    expect((await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 12_800 }] } })).shift).toMatchObject({
      difference: { amount: 0 },
    });
  });

  it("nothing comes back, goes out or is paid back before the card says yes, and asking again charges nothing more", async () => {
    const orderId = await sold();
    const shelf = (await hub.level(MUG)).on_hand;
    const cart = await three();
    hub.provider.script = "pending";
    const wanted = await exchange({ orderId, cart });
    expect(await till.send(wanted.command)).toEqual([]);
    expect(await till.send(wanted.command)).toEqual([]);
    await expectUntouched(orderId, shelf);
    expect(await stateOf(cart.id)).toBe("completing");
    hub.provider.settle(await intentOf(cart), "captured");
    const [answer] = await till.send(wanted.command);
    await expectExchanged(orderId, wanted, answer?.orderId ?? null);
    expect(charged().size).toBe(1);
    expect(givenBack()).toEqual([]);
  });

  it("a declined card leaves everything as it was, and cash pays the same difference", async () => {
    const orderId = await sold();
    const shelf = (await hub.level(MUG)).on_hand;
    const cart = await three();
    const refused = await exchange({ orderId, cart, token: "tok_decline" });
    expect(await till.send(refused.command)).toMatchObject([{ outcome: "refused", problem: { code: "payment.declined" } }]);
    await expectUntouched(orderId, shelf);
    expect(await stateOf(cart.id)).toBe("checkout");
    const body = refused.command["body"] as { completion: object }; // as it was written above
    const inCash = { ...body, completion: { ...body.completion, tenders: [{ kind: "cash" }] } };
    expect(await till.act("exchange.take", inCash, { staffId: till.actor.staff?.id ?? null })).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select cash::int, card::int from till.sale where return_id = $1", [refused.returnId])).toEqual([
      { cash: 1400, card: 0 },
    ]);
  });

  it.each(["a webhook", "the clock"] as const)("%s ends it without the till, which finds it and writes its ticket", async (who) => {
    const { orderId, cart, wanted } = await asked();
    const intentId = await intentOf(cart);
    const captured = hub.provider.settle(intentId, "captured");
    if (who === "a webhook") await takeProviderAnswer(deskOn(hub.around), hub.deps, intentId, captured);
    else await resume();
    expect(await stateOf(cart.id)).toBe("completed");
    const [answer] = await till.send(wanted.command);
    await expectExchanged(orderId, wanted, answer?.orderId ?? null);
    await takeProviderAnswer(deskOn(hub.around), hub.deps, intentId, captured);
    expect(await till.send(wanted.command)).toEqual([answer]);
    expect(charged().size).toBe(1);
    expect(givenBack()).toEqual([]);
    expect(await hub.rows("select staff_name from returns.return_order where id = $1", [wanted.returnId])).toEqual([
      { staff_name: "Jordi Puig" },
    ]);
  });

  it("an answer that was lost after the charge is found: one exchange, one charge", async () => {
    const orderId = await sold();
    hub.provider.script = "lose";
    const wanted = await exchange({ orderId, cart: await three() });
    const [answer] = await till.send(wanted.command);
    await expectExchanged(orderId, wanted, answer?.orderId ?? null);
    expect(charged().size).toBe(1);
  });

  it("till, webhook and clock at once make one exchange with one charge and one ticket", async () => {
    const { orderId, cart, wanted } = await asked();
    const intentId = await intentOf(cart);
    const captured = hub.provider.settle(intentId, "captured");
    await Promise.all([
      till.send(wanted.command),
      takeProviderAnswer(deskOn(hub.around), hub.deps, intentId, captured),
      till.send(wanted.command),
      resume(),
    ]);
    const [answer] = await till.send(wanted.command);
    await expectExchanged(orderId, wanted, answer?.orderId ?? null);
    expect(charged().size).toBe(1);
    expect(givenBack()).toEqual([]);
  });

  it("goods that another till took back meanwhile are not exchanged: the card gets its money back, and nothing goes out", async () => {
    const { orderId, cart, wanted } = await asked();
    const other = await testTill(hub);
    const { lines } = wanted.command["body"] as { lines: unknown }; // as it was written above
    const theirs = { shiftId: await other.open(), returnId: newId(), orderId, lines };
    expect(await other.act("return.take", theirs, { staffId: other.actor.staff?.id ?? null })).toMatchObject({ outcome: "done" });
    const shelf = (await hub.level(MUG)).on_hand;
    hub.provider.settle(await intentOf(cart), "captured");
    expect(await till.send(wanted.command)).toMatchObject([
      { outcome: "refused", problem: { code: "checkout.not_taken_back", because: { code: "return.not_possible" } } },
    ]);
    expect(givenBack()).toHaveLength(1);
    expect(await hub.rows("select state from payments.intent where cart_id = $1", [cart.id])).toEqual([{ state: "voided" }]);
    expect(await stateOf(cart.id)).toBe("checkout");
    expect((await hub.level(MUG)).on_hand).toBe(shelf);
    expect(await hub.rows("select number from till.sale where return_id = $1", [wanted.returnId])).toEqual([]);
  });

  it("two tills exchange the same goods at once: one does, and the card of the other gets its money back", async () => {
    const orderId = await sold();
    const other = await testTill(hub);
    const theirShift = await other.open();
    const mine = await exchange({ orderId, cart: await three() });
    const theirs = await exchange({ orderId, cart: await hub.cart([[MUG, 3]], { actor: other.actor }), of: other });
    const theirCommand: AnyCommand = { ...theirs.command, body: { ...(theirs.command["body"] as object), shiftId: theirShift } }; // an object by its contract
    const answers = (await Promise.all([till.send(mine.command), other.send(theirCommand)])).flat();
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(["done", "refused"]);
    expect(await hub.rows("select 1 from returns.return_order where order_id = $1", [orderId])).toHaveLength(1);
    const captured = await hub.rows(
      `select 1 from payments.intent i join payments.tender t on t.intent_id = i.id and t.kind = 'card' where t.order_id in
         (select exchange_order_id from returns.return_order where order_id = $1)`,
      [orderId],
    );
    expect(captured).toHaveLength(1);
  });

  it("what a gift card paid goes back to it and pays anew, and a card pays the rest", async () => {
    const gift = await soldCard(hub);
    const orderId = await sold({ kind: "gift_card", code: gift.code });
    hub.provider.script = "pending";
    const cart = await three();
    const wanted = await exchange({ orderId, cart });
    const balance = () => hub.rows("select balance::int from ledger.read_value where card_id = $1", [gift.id]);
    const before = await balance();
    expect(await till.send(wanted.command)).toEqual([]);
    expect(await balance()).toEqual(before);
    hub.provider.settle(await intentOf(cart), "captured");
    const [answer] = await till.send(wanted.command);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    expect(await balance()).toEqual(before);
    expect(
      await hub.rows("select kind, amount::int from payments.tender where order_id = $1 and state = 'captured' order by kind", [
        answer?.orderId,
      ]),
    ).toEqual([
      { kind: "card", amount: 1400 },
      { kind: "gift_card", amount: 2800 },
    ]);
    expect(await hub.rows("select total::int, card::int, stored::int from till.sale where return_id = $1", [wanted.returnId])).toEqual([
      { total: 1400, card: 1400, stored: 0 },
    ]);
  });

  it("goods that go out again from the counter need not be on the shelf, others are held while the card is asked", async () => {
    const orderId = await sold();
    await hub.stock(MUG, LYON, 1);
    await hub.stock(BEANS, LYON, 1);
    hub.provider.script = "pending";
    const cart = await hub.cart(
      [
        [MUG, 3],
        [BEANS, 1],
      ],
      { actor: till.actor },
    );
    const wanted = await exchange({ orderId, cart });
    expect(await till.send(wanted.command)).toEqual([]);
    expect((await hub.level(BEANS)).held).toBe(1);
    hub.provider.settle(await intentOf(cart), "captured");
    expect(await till.send(wanted.command)).toMatchObject([{ outcome: "done" }]);
    expect([(await hub.level(MUG)).on_hand, (await hub.level(BEANS)).on_hand]).toEqual([0, 0]);
    expect(await hub.rows("select mode from orders.orders where cart_id = $1", [cart.id])).toEqual([{ mode: "live" }]);
  });

  it("a provider that never answers is given up after its time: everything is as it was, and whatever it takes later goes back", async () => {
    const orderId = await sold();
    const shelf = (await hub.level(MUG)).on_hand;
    const cart = await three();
    hub.provider.script = "pending";
    const wanted = await exchange({ orderId, cart });
    expect(await till.send(wanted.command)).toEqual([]);
    await hub.rows("update checkout.attempt set created_at = created_at - interval '20 minutes' where cart_id = $1", [cart.id]);
    await resume();
    expect(await till.send(wanted.command)).toMatchObject([{ outcome: "refused", problem: { code: "payment.timed_out" } }]);
    await expectUntouched(orderId, shelf);
    expect(await stateOf(cart.id)).toBe("checkout");
    const intentId = await intentOf(cart);
    await takeProviderAnswer(deskOn(hub.around), hub.deps, intentId, hub.provider.settle(intentId, "captured"));
    await expectUntouched(orderId, shelf);
    expect(
      await hub.rows("select 1 from payments.intent i join payments.tender t on t.intent_id = i.id where i.id = $1", [intentId]),
    ).toEqual([]);
  });
});
