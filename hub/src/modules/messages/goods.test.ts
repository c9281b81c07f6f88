import { addDays, newId, wallClock } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type LevelHub } from "../../../test/level-hub.ts";

let hub: LevelHub;
let lyon: string;
let sku: string;
beforeAll(async () => {
  hub = await openLevelHub();
  const till = await hub.demo.enter("jordi");
  lyon = (await hub.ask(till, "GET", "/v1/session")).body.device.placeId;
  const { rows } = await hub.demo.pool.query<{ id: string; sku: string }>(
    `select v.id, v.sku from catalog.variant v join catalog.product p on p.id = v.product_id
      where p.is_tracked and p.is_active and v.is_active and exists (select from stock.level l where l.variant_id = v.id and l.place_id = $1)
      order by v.sku limit 1`,
    [lyon],
  );
  sku = rows[0]?.sku ?? "";
  await hub.demo.pool.query("update stock.level set on_hand = held + allocated, safety = 0 where variant_id = $1 and place_id = $2", [
    rows[0]?.id,
    lyon,
  ]);
}, 120_000);
afterAll(() => hub.demo.close());

const inDays = (days: number) => addDays(wallClock(new Date(), "Europe/Paris").date, days);

async function soldAhead(days: number): Promise<void> {
  const terms = { placeId: lyon, sku, kind: "backorder", most: 5, comesOn: inDays(days), inDays: null };
  const done = await hub.ask(hub.owner, "PUT", "/v1/stock/ahead", terms);
  expect([done.status, done.body.code]).toEqual([200, undefined]);
}

type Sent = { readonly template: string; readonly subject: string; readonly text: string };

/** The messages about an order, the oldest first, once there are so many. */
async function sent(number: string, count: number): Promise<Sent[]> {
  const about = async (): Promise<Sent[]> => {
    const { body } = await hub.ask(hub.owner, "GET", "/v1/messages?limit=100&to=lea.fontaine@example.com");
    return body.items.filter(({ subject }: Sent) => subject.includes(number)).toReversed();
  };
  await expect.poll(async () => (await about()).length, { interval: 10 }).toBe(count);
  return about();
}

async function order(): Promise<string> {
  const fulfillment = { kind: "collect", placeId: lyon, dining: "take_away", dueAt: null };
  const operations = [
    { id: newId(), kind: "add", sku, quantity: 1, options: [] },
    { id: newId(), kind: "setFulfillment", fulfillment },
  ];
  const { body } = await hub.ask(hub.lea, "POST", "/v1/carts", { operations });
  const placed = await hub.ask(hub.lea, "POST", `/v1/carts/${body.cart.id}/completion`, {
    fulfillment,
    tenders: [{ kind: "due_at_collection" }],
    expectedTotal: body.cart.totals.total,
  });
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  return placed.body.number;
}

describe("[MSG-22] goods that an order waits for", () => {
  it("are in its confirmation with their day; another day is told, and that they came, each once", async () => {
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language: "en" });
    await soldAhead(9);
    const number = await order();
    expect((await sent(number, 1))[0]).toMatchObject({ template: "order_placed", text: expect.stringMatching(/We expect it on/) });
    await soldAhead(16);
    expect((await sent(number, 2))[1]).toMatchObject({ template: "goods_moved", text: expect.stringMatching(/we now expect it on/) });
    await soldAhead(16);
    const came = { kind: "receipt", placeId: lyon, sku, quantity: 1, reason: "delivery" };
    expect((await hub.ask(hub.owner, "POST", "/v1/stock/movements", came)).status).toBe(201);
    const [, , last] = await sent(number, 3);
    expect(last).toMatchObject({ template: "goods_came", text: expect.stringMatching(/has come in/) });
  });
});
