import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../../test/level-hub.ts";

/** Of Anna, who leads everywhere, and of a cashier. */
const MANAGER = "9876";
const JORDI = "1234";

let hub: LevelHub;
let lyon: { readonly placeId: string; readonly name: string; readonly id: string };
let kiosk: Headers;
let till: Headers;
beforeAll(async () => {
  hub = await openLevelHub();
  await everywhere({ hours: { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] } });
  const { items } = (await hub.ask(hub.owner, "GET", "/v1/till/registers")).body;
  lyon = items.find(({ placeName, training }: { placeName: string; training: boolean }) => placeName.startsWith("Lyon") && !training);
  [kiosk, till] = [await newKiosk("weft_kiosk_one"), await newTill("weft_till_one")];
}, 120_000);
afterAll(() => hub.demo.close());

/** What every store is from now on. */
async function everywhere(change: { readonly hours?: object; readonly settings?: object }): Promise<void> {
  if (change.hours) await hub.demo.pool.query("update places.place set hours = $1", [JSON.stringify(change.hours)]);
  if (change.settings)
    await hub.demo.pool.query("update places.place set settings = settings || $1::jsonb", [JSON.stringify(change.settings)]);
  hub.demo.hub.snapshots.invalidate();
}

/** A browser with the cookies that it was given. */
function browser(session: string) {
  const cookies: Record<string, string> = {};
  return {
    async call(url: string, payload?: object) {
      const answer = await hub.demo.app.inject({
        method: "POST",
        url,
        headers: { "weft-session": session },
        cookies,
        ...(payload && { payload }),
      });
      for (const cookie of answer.cookies) cookies[cookie.name] = cookie.value;
      expect([answer.statusCode, url]).toEqual([201, url]);
      return answer.json();
    },
    device: (): Headers => ({ "weft-session": session, cookie: `${session}_device=${cookies[`${session}_device`]}` }),
  };
}

const confirm = (code: string, body: object = {}) =>
  hub.ask(hub.owner, "POST", `/v1/device-enrollments/${code}/confirmation`, { placeId: lyon.placeId, name: "Kiosk", ...body });

async function newKiosk(session: string, registerId?: string): Promise<Headers> {
  const own = browser(session);
  const { code } = await own.call("/v1/device-enrollments", { kind: "kiosk" });
  const confirmed = await confirm(code, registerId === undefined ? {} : { registerId });
  expect([confirmed.status, confirmed.body.kind]).toEqual([201, "kiosk"]);
  return own.device();
}

async function newTill(session: string): Promise<Headers> {
  const own = browser(session);
  await own.call("/v1/staff-sessions", { email: "clara.vidal@trama.example", password: "trama-demo-2026" });
  await own.call("/v1/devices", { kind: "till", placeId: lyon.placeId, name: lyon.name, registerId: lyon.id });
  return own.device();
}

async function newRegister(): Promise<string> {
  const made = await hub.ask(hub.owner, "POST", "/v1/till/registers", { placeId: lyon.placeId, name: "Kiosk" });
  expect(made.status).toBe(201);
  return made.body.id;
}

async function cartAt(who: Headers, quantity = 2): Promise<string> {
  const { status, body } = await hub.ask(who, "POST", "/v1/carts", {
    placeId: lyon.placeId,
    ticket: true,
    operations: [
      { id: newId(), kind: "setFulfillment", fulfillment: { kind: "take_away", placeId: lyon.placeId, dining: "eat_in" } },
      { id: newId(), kind: "add", sku: "PAS-CRO", quantity, options: [] },
    ],
  });
  expect([status, body.cart.requirements]).toEqual([201, []]);
  return body.cart.id;
}

const order = (who: Headers, cartId: string, way = "counter") => hub.ask(who, "POST", "/v1/kiosk/orders", { cartId, way });
const numberOf = (number: string): number => Number(number.replace(/^K/, ""));
const waiting = async () => (await hub.ask(till, "GET", "/v1/till/parked-tickets")).body.items;
const resume = (who: Headers, cartId: string) => hub.ask(who, "POST", `/v1/till/parked-tickets/${cartId}/resumption`);

describe("[KSK-1] a kiosk", () => {
  it("[ACC-19] takes cards with a register of its own, which no other device gets, and no board", async () => {
    const registerId = await newRegister();
    const one = await newKiosk("weft_kiosk_reg", registerId);
    expect((await hub.ask(one, "GET", "/v1/kiosk")).body).toMatchObject({ registerId, ways: ["card", "counter"] });
    const second = await browser("weft_kiosk_two").call("/v1/device-enrollments", { kind: "kiosk" });
    expect((await confirm(second.code, { registerId })).body.code).toBe("access.register_unfit");
    const board = await browser("weft_board").call("/v1/device-enrollments");
    expect((await confirm(board.code, { registerId: await newRegister() })).body.code).toBe("access.register_unfit");
    expect((await confirm(board.code)).body.kind).toBe("board");
  });

  it("offers the ways that its store wants, and without a register the counter alone", async () => {
    const ways = async () => (await hub.ask(kiosk, "GET", "/v1/kiosk")).body.ways;
    expect(await ways()).toEqual(["counter"]);
    await everywhere({ settings: { kioskPayment: "card" } });
    expect(await ways()).toEqual(["counter"]);
    expect((await order(kiosk, await cartAt(kiosk), "card")).body.code).toBe("kiosk.way_not_offered");
    await everywhere({ settings: { kioskPayment: "counter_and_card" } });
  });

  it("takes no order while its store is closed, nor of what cannot be had", async () => {
    const cartId = await cartAt(kiosk);
    await everywhere({ hours: { weekly: Array.from({ length: 7 }, () => []), exceptions: [] } });
    expect((await order(kiosk, cartId)).body.code).toBe("kiosk.store_closed");
    expect((await hub.ask(kiosk, "GET", "/v1/kiosk")).body.open.state).toBe("closed");
    await everywhere({ hours: { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] } });
    const operations = [
      { id: newId(), kind: "setQuantity", lineId: (await hub.ask(kiosk, "GET", `/v1/carts/${cartId}`)).body.lines[0].id, quantity: 0 },
    ];
    await hub.ask(kiosk, "POST", `/v1/carts/${cartId}/operations`, { operations });
    expect((await order(kiosk, cartId)).body).toMatchObject({ code: "kiosk.not_orderable", requirements: ["cart.empty"] });
  });
});

describe("[KSK-2] the number of an order", () => {
  it("is the next of the day at the store, stays with its cart, and two kiosks at once get two", async () => {
    const cartId = await cartAt(kiosk);
    const first = await order(kiosk, cartId);
    expect([first.status, first.body.number]).toEqual([201, expect.stringMatching(/^K\d+$/)]);
    expect((await order(kiosk, cartId)).body.number).toBe(first.body.number);
    const told = "select data->>'number' as number from platform.event_log where type = 'till.kiosk_ordered.v1' and data->>'cartId' = $1";
    await expect
      .poll(async () => (await hub.demo.pool.query(told, [cartId])).rows)
      .toEqual([first.body, first.body].map(({ number }) => ({ number })));
    const other = await newKiosk("weft_kiosk_race");
    const carts = await Promise.all([1, 2, 3, 4].map((n) => cartAt(n % 2 ? kiosk : other)));
    const raced = await Promise.all(carts.map((id, n) => order((n + 1) % 2 ? kiosk : other, id)));
    const numbers = raced.map(({ body }) => numberOf(body.number)).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4].map((n) => numberOf(first.body.number) + n));
  });
});

describe("[KSK-3] an order that is paid at the counter", () => {
  it("waits there by its number, goes on at a till, and is called by it once it is paid", async () => {
    const cartId = await cartAt(kiosk);
    const { number } = (await order(kiosk, cartId)).body;
    expect(await waiting()).toContainEqual(expect.objectContaining({ cartId, kioskNumber: number, items: 2, own: false }));
    const resumed = await resume(till, cartId);
    expect([resumed.status, resumed.body.kioskNumber]).toEqual([200, number]);
    expect(await waiting()).not.toContainEqual(expect.objectContaining({ cartId }));
    // The kiosk has it no more.
    expect((await order(kiosk, cartId)).body.code).toBe("cart.unknown");
    const shiftId = newId();
    const { total } = resumed.body.cart.totals;
    const fulfillment = { kind: "collect", placeId: lyon.placeId, dining: "eat_in", dueAt: null };
    const completion = { fulfillment, tenders: [{ kind: "cash", received: 100_000 }], expectedTotal: total, contact: { name: number } };
    const [, sold] = await commands(till, lyon.id, [
      ["shift.open", { shiftId, float: { lines: [] } }],
      ["sale.complete", { shiftId, cartId, completion }],
    ]);
    expect(sold).toMatchObject({ outcome: "done", receiptNumber: expect.any(String) });
    const { preparing } = (await hub.ask(till, "GET", `/v1/boards/${lyon.placeId}/queue`)).body;
    expect(preparing).toContainEqual(expect.objectContaining({ name: number }));
  });
});

describe("[KSK-4] who is at a kiosk", () => {
  it("sees no customer and no other cart, and does nothing that staff do", async () => {
    const foreign = await cartAt(till);
    expect((await hub.ask(kiosk, "GET", `/v1/carts/${foreign}`)).body.code).toBe("cart.unknown");
    for (const [method, url] of [
      ["GET", "/v1/till/parked-tickets"],
      ["GET", "/v1/till/customers?query=lea"],
      ["GET", "/v1/devices"],
      ["GET", "/v1/places"],
      ["GET", `/v1/boards/${lyon.placeId}/queue`],
    ] as const)
      expect([url, (await hub.ask(kiosk, method, url)).status]).toEqual([url, 403]);
    expect((await hub.ask(till, "GET", "/v1/kiosk")).status).toBe(403);
  });

  it("is known by the card that they show alone, and by their first name", async () => {
    const cartId = await cartAt(kiosk);
    const { rows } = await hub.demo.pool.query<{ value: string }>("select card_number as value from loyalty.membership limit 1");
    const shown = await hub.ask(kiosk, "POST", `/v1/kiosk/carts/${cartId}/card`, { shown: rows[0]?.value });
    expect([shown.status, shown.body.customer.givenName]).toEqual([200, expect.any(String)]);
    expect(shown.body.totals.points).toBeGreaterThan(0);
    expect((await hub.ask(kiosk, "POST", `/v1/kiosk/carts/${cartId}/card`, { shown: "nobody" })).body.code).toBe("customer.unknown");
    expect((await hub.ask(kiosk, "POST", `/v1/kiosk/carts/${await cartAt(till)}/card`, { shown: rows[0]?.value })).body.code).toBe(
      "cart.unknown",
    );
  });
});

/** Sends what an outbox holds of a register, from its next number on. */
async function commands(
  who: Headers,
  registerId: string,
  acts: readonly (readonly [kind: string, body: object])[],
  staffId: string | null = null,
) {
  const { lastSeq } = (await hub.ask(who, "GET", `/v1/till/state?registerId=${registerId}`)).body;
  const written = acts.map(([kind, body], n) => ({
    id: newId(),
    registerId,
    seq: lastSeq + 1 + n,
    schema: 1,
    at: new Date().toISOString(),
    staffId,
    kind,
    body,
  }));
  const { status, body } = await hub.ask(who, "POST", "/v1/till/commands", { commands: written });
  expect(status).toBe(200);
  return body.answers;
}

describe("[KSK-5] a kiosk that takes cards", () => {
  it("sells through its register like a till: numbered, in the journal, called by its number; nobody stood at it whoever it names", async () => {
    const registerId = await newRegister();
    const own = await newKiosk("weft_kiosk_card", registerId);
    const cartId = await cartAt(own);
    const { number } = (await order(own, cartId, "card")).body;
    expect(await waiting()).not.toContainEqual(expect.objectContaining({ cartId }));
    const { total } = (await hub.ask(own, "GET", `/v1/carts/${cartId}`)).body.totals;
    const fulfillment = { kind: "collect", placeId: lyon.placeId, dining: "eat_in", dueAt: null };
    const token = `terminal:${newId()}:${total.amount}`;
    const completion = {
      fulfillment,
      tenders: [{ kind: "card", amount: total.amount, token }],
      expectedTotal: total,
      contact: { name: number },
    };
    const shiftId = newId();
    const staff = (await hub.ask(hub.owner, "GET", "/v1/staff?query=Clara")).body.items[0].id;
    const [opened, sold] = await commands(
      own,
      registerId,
      [
        ["shift.open", { shiftId, float: { lines: [] } }],
        ["sale.complete", { shiftId, cartId, completion }],
      ],
      staff,
    );
    expect(opened).toMatchObject({ outcome: "done", shift: { openedBy: "" } });
    expect(sold).toMatchObject({ outcome: "done", receiptNumber: expect.any(String) });
    const { preparing } = (await hub.ask(till, "GET", `/v1/boards/${lyon.placeId}/queue`)).body;
    expect(preparing).toContainEqual(expect.objectContaining({ name: number }));
    const { rows } = await hub.demo.pool.query("select operator_id from till.fiscal_entry where register_id = $1 and chain = 'T'", [
      registerId,
    ]);
    expect(rows).toEqual([{ operator_id: null }]);
  });

  it("does nothing else there: no cash, no drawer, no return, no money in", async () => {
    const registerId = await newRegister();
    const own = await newKiosk("weft_kiosk_acts", registerId);
    const cartId = await cartAt(own);
    const { total } = (await hub.ask(own, "GET", `/v1/carts/${cartId}`)).body.totals;
    const fulfillment = { kind: "take_away", placeId: lyon.placeId };
    for (const [kind, body] of [
      ["shift.open", { shiftId: newId(), float: { lines: [{ denomination: 100, count: 1 }] } }],
      ["cash.move", { shiftId: newId(), direction: "in", amount: 100, reason: "change" }],
      ["drawer.open", { shiftId: newId(), reason: "looks" }],
      [
        "sale.complete",
        { shiftId: newId(), cartId, completion: { fulfillment, tenders: [{ kind: "cash", received: 9999 }], expectedTotal: total } },
      ],
    ] as const)
      expect((await commands(own, registerId, [[kind, body]]))[0]).toMatchObject({
        outcome: "refused",
        problem: { code: "kiosk.no_such_act" },
      });
  });

  it("is left with a manager's PIN alone, which signs nobody in; wrong ones close the door", async () => {
    const own = await newKiosk("weft_kiosk_pin");
    const unlock = (pin: string) => hub.ask(own, "POST", "/v1/kiosk/unlocking", { pin });
    expect((await unlock(JORDI)).status).toBe(401);
    expect((await unlock(MANAGER)).status).toBe(204);
    expect((await hub.ask(own, "GET", "/v1/session")).body.staff).toBeNull();
    const tried = [];
    for (let n = 0; n < 8; n++) tried.push((await unlock("0000")).status);
    expect([tried.slice(0, 3), tried.includes(429)]).toEqual([[401, 401, 401], true]);
  });
});
