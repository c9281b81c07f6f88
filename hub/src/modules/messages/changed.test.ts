import { newId, ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, SHOP_KEY, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { createLog, inTransaction, publish, SYSTEM } from "../../platform/index.ts";
import { PaymentNeeded } from "../payments/events.ts";

let hub: LevelHub;
let lyon: string;
let till: Headers;
beforeAll(async () => {
  hub = await openLevelHub();
  till = await hub.demo.enter("jordi");
  lyon = (await hub.ask(till, "GET", "/v1/session")).body.device.placeId;
}, 120_000);
afterAll(() => hub.demo.close());

type Sent = { readonly template: string; readonly subject: string; readonly text: string };

/** The messages about an order, or those of one kind, the oldest first, once there are so many. */
async function sent(number: string, count: number, only?: string): Promise<Sent[]> {
  const about = async (): Promise<Sent[]> => {
    const { body } = await hub.ask(hub.owner, "GET", "/v1/messages?limit=100&to=lea.fontaine@example.com");
    const isAsked = ({ subject, template }: Sent) => subject.includes(number) && (only === undefined || template === only);
    return body.items.filter(isAsked).toReversed();
  };
  await expect.poll(async () => (await about()).length, { interval: 10 }).toBe(count);
  return about();
}

type Placed = { readonly id: string; readonly number: string; readonly version: number; readonly lineId: string };

async function order(tender: object = { kind: "due_at_collection" }): Promise<Placed> {
  const fulfillment = { kind: "collect", placeId: lyon, dining: "take_away", dueAt: null };
  const { body } = await hub.ask(hub.lea, "POST", "/v1/carts", {
    operations: [
      { id: newId(), kind: "add", sku: "PAS-CRO", quantity: 3, options: [] },
      { id: newId(), kind: "setFulfillment", fulfillment },
    ],
  });
  const placed = await hub.ask(hub.lea, "POST", `/v1/carts/${body.cart.id}/completion`, {
    fulfillment,
    tenders: [tender],
    expectedTotal: body.cart.totals.total,
  });
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  const { id, number, version, lines } = placed.body;
  return { id, number, version, lineId: lines[0].id };
}

/** Takes units off, as whoever does it was shown that it would be. */
async function change(who: Headers, { id, version, lineId }: Placed, quantity: number) {
  const wish = { remove: [{ orderLineId: lineId, quantity }] };
  const { difference } = (await hub.ask(who, "POST", `/v1/orders/${id}/change-previews`, wish)).body;
  const body = { ...wish, expectedDifference: difference, reason: "asked on the phone" };
  return hub.ask({ ...who, "if-match": `"${version}"` }, "POST", `/v1/orders/${id}/changes`, body);
}

/** By language: what the mail of a change says of the money, and what the one of a cancellation has in its subject. */
const SAID = {
  en: [/Costs less/, /is canceled/],
  fr: [/En moins/, /est annulée/],
  de: [/Kostet weniger/, /ist storniert/],
  ca: [/Costa menys/, /està cancel·lada/],
} as const;

describe("[MSG-20] what staff change of an order is told to its buyer, in their language", () => {
  it.each(["en", "fr", "de", "ca"] as const)("%s: what went and what it costs now, then that it is canceled", async (language) => {
    const [less, canceled] = SAID[language];
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language });
    const placed = await order();
    const changed = await change(hub.owner, placed, 1);
    expect([changed.status, changed.body.code]).toEqual([200, undefined]);
    const [, told] = await sent(placed.number, 2);
    expect(told).toMatchObject({ template: "order_changed", text: expect.stringMatching(less) });
    expect(told?.text).toMatch(/1 × .*croissant/i);
    expect((await hub.ask(hub.owner, "POST", `/v1/orders/${placed.id}/cancellation`, { reason: "asked on the phone" })).status).toBe(200);
    expect((await sent(placed.number, 3))[2]).toMatchObject({ template: "order_canceled", subject: expect.stringMatching(canceled) });
  });

  it("what staff cancel of an order that was handed over in part is told with what it was worth, once", async () => {
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language: "en" });
    const placed = await order({ kind: "card", token: "sandbox_approve" });
    const [part] = (await hub.ask(hub.lea, "GET", `/v1/orders/${placed.id}`)).body.fulfillments;
    const given = await hub.ask(till, "POST", `/v1/fulfillments/${part.id}/collection`, {
      code: part.collectCode,
      lines: [{ orderLineId: placed.lineId, quantity: 1 }],
    });
    expect([given.status, given.body.code]).toEqual([200, undefined]);
    expect((await hub.ask(hub.owner, "POST", `/v1/orders/${placed.id}/cancellation`, { reason: "none left" })).status).toBe(200);
    const [told, ...more] = await sent(placed.number, 1, "order_changed");
    expect(more).toEqual([]);
    expect(told?.text).toMatch(/Taken off: 2 × .*croissant/i);
    expect(told?.text).toMatch(/Costs less/);
    expect(told?.text).toMatch(/goes back to where it came from/);
  });

  it("whoever takes something off their own order reads it on the page, and is written nothing", async () => {
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language: "en" });
    const placed = await order();
    const own = await change(hub.lea, placed, 1);
    expect(own.status).toBe(200);
    expect((await change(hub.owner, { ...placed, version: own.body.version }, 1)).status).toBe(200);
    expect((await sent(placed.number, 2)).map(({ template }) => template)).toEqual(["order_placed", "order_changed"]);
  });
});

it("[MSG-21] [CHK-27] the link by which a change is paid goes to its buyer, and whoever has it pays it once", async () => {
  const placed = await order();
  const wish = { add: [{ sku: "PAS-CRO", quantity: 1 }] };
  const { difference } = (await hub.ask(hub.owner, "POST", `/v1/orders/${placed.id}/change-previews`, wish)).body;
  const validUntil = new Date(Date.now() + 3_600_000).toISOString();
  const made = await hub.ask(hub.owner, "POST", `/v1/orders/${placed.id}/change-links`, {
    ...wish,
    expectedDifference: difference,
    validUntil,
  });
  expect([made.status, made.body.state]).toEqual([201, "open"]);
  const [, mail] = await sent(placed.number, 2);
  expect(mail).toMatchObject({ template: "change_offer" });
  const token = made.body.url.split("/").at(-1);
  expect(mail?.text).toContain(`/shop/changes/${token}`);
  const shop = { authorization: `Bearer ${SHOP_KEY}` };
  const opened = await hub.ask(shop, "GET", `/v1/order-change-links/${token}`);
  expect(opened.body).toMatchObject({ state: "open", difference, orderNumber: placed.number, change: { added: [{ quantity: 1 }] } });
  const paid = await hub.ask(shop, "POST", `/v1/order-change-links/${token}/payment`, { cardToken: "sandbox_approve" });
  expect([paid.status, paid.body.state]).toEqual([200, "paid"]);
  expect((await hub.ask(hub.owner, "GET", `/v1/orders/${placed.id}/change-links`)).body.items).toMatchObject([
    { state: "paid", url: null },
  ]);
  expect((await hub.ask(shop, "GET", "/v1/order-change-links/AAAAAAAAAAAAAAAAAAAAAA")).status).toBe(404);
});

it("[MSG-24] [CHK-56] what is due before its goods leave is asked of its buyer by mail, and paid once on the page of the order", async () => {
  await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language: "fr" });
  const placed = await order();
  const fact = { orderId: placed.id, because: "agreement_ended" } as const;
  const around = { pool: hub.demo.pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), actor: SYSTEM, requestId: "test" };
  await inTransaction(around, async (ctx) => ok(await publish(ctx, PaymentNeeded, `order/${placed.id}`, fact)));
  const [, mail] = await sent(placed.number, 2);
  expect(mail).toMatchObject({ template: "payment_needed", subject: expect.stringMatching(/à payer avant le départ/) });
  expect(mail?.text).toContain(`/shop/orders/${placed.id}`);
  const { due } = (await hub.ask(hub.lea, "GET", `/v1/orders/${placed.id}`)).body;
  const pay = (expectedDue: object, cardToken = "sandbox_approve") =>
    hub.ask(hub.lea, "POST", `/v1/orders/${placed.id}/payment`, { cardToken, expectedDue });
  expect(await pay({ ...due, amount: 1 })).toMatchObject({ status: 409, body: { code: "order.due_changed", due } });
  expect(await pay(due, "sandbox_decline")).toMatchObject({ status: 402, body: { code: "payment.declined" } });
  expect(await pay(due)).toMatchObject({ status: 200, body: { paymentState: "paid", due: { amount: 0 } } });
  expect(await pay(due)).toMatchObject({ status: 409, body: { code: "order.nothing_due" } });
});
