import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "./level-hub.ts";
import { returnsInvariants } from "../src/modules/returns/index.ts";
import { checkoutInvariants } from "../src/modules/checkout/index.ts";
import { bookingsInvariants } from "../src/modules/bookings/index.ts";

const PRICE = 3500;
const SKU = "SRV-LATTE-ART";

let hub: LevelHub;
let store: string;
let service: { id: string };
beforeAll(async () => {
  hub = await openLevelHub();
  const stores = await hub.ask(hub.lea, "GET", "/v1/stores");
  store = stores.body.items.find(({ name }: { name: string }) => name === "Lyon Bellecour").id;
  const { body } = await hub.ask(hub.owner, "GET", "/v1/services");
  const { id, code: _code, ...facts } = body.items.find(({ sku }: { sku: string | null }) => sku === SKU);
  service = (await hub.ask(hub.owner, "PUT", `/v1/services/${id}`, { ...facts, seats: 2 })).body;
}, 60_000);
afterAll(() => hub.demo.close());

const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;

const openings = async () => (await hub.ask(hub.lea, "GET", `/v1/services/${service.id}/openings?storeId=${store}&days=14`)).body.items;
let next = 0;
/** A time that no test before has taken. */
const freeTime = async (): Promise<string> => (await openings()).at(-1 - next++ * 4).startsAt;

async function emptyCart(): Promise<string> {
  const { body } = await hub.ask(hub.lea, "POST", "/v1/carts", { operations: [] });
  for (const line of body.cart.lines)
    await hub.ask(hub.lea, "POST", `/v1/carts/${body.cart.id}/operations`, {
      operations: [{ id: newId(), kind: "remove", lineId: line.id }],
    });
  return body.cart.id;
}
const choose = (cartId: string, startsAt: string, over: object = {}, who: Headers = hub.lea) =>
  hub.ask(who, "POST", `/v1/carts/${cartId}/bookings`, { id: newId(), serviceId: service.id, storeId: store, startsAt, ...over });
const pay = (cart: { id: string; totals: { total: object } }, tenders: object[] = [{ kind: "card", token: "sandbox_approve" }]) =>
  hub.ask(hub.lea, "POST", `/v1/carts/${cart.id}/completion`, {
    fulfillment: { kind: "collect", placeId: store, dining: "take_away", dueAt: null },
    tenders,
    expectedTotal: cart.totals.total,
  });
async function bought(over: object = {}) {
  const chosen = await choose(await emptyCart(), await freeTime(), over);
  expect(chosen.status).toBe(200);
  const placed = await pay(chosen.body);
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  return { order: placed.body, booking: await bookingOf(chosen.body.lines[0].id) };
}
const bookingOf = async (id: string) =>
  (await hub.ask(hub.lea, "GET", "/v1/customers/me/bookings")).body.items.find((one: { id: string }) => one.id === id);
const cancel = (id: string, who: Headers = hub.lea) => hub.ask(who, "POST", `/v1/bookings/${id}/cancellation`);
const moneyOf = async (orderId: string) =>
  (await rows("select paid::int, refunded::int, total::int, points_earned from orders.orders where id = $1", [orderId]))[0];

async function broken(): Promise<unknown[]> {
  const all = [...bookingsInvariants, ...checkoutInvariants, ...returnsInvariants];
  return (await Promise.all(all.map(({ sql }) => rows(sql)))).flat();
}

describe("[BKG-11] a service that costs something", () => {
  it("is a product of the catalog, shown with its words and its price, and is not booked without a cart", async () => {
    const { body } = await hub.ask(hub.lea, "GET", `/v1/services?storeId=${store}`);
    expect(body.items.find(({ id }: { id: string }) => id === service.id)).toMatchObject({
      name: { en: "Latte art workshop" },
      sku: SKU,
      price: { amount: PRICE, currency: "EUR" },
    });
    const free = { id: newId(), serviceId: service.id, storeId: store, startsAt: await freeTime() };
    expect((await hub.ask(hub.lea, "POST", "/v1/customers/me/bookings", free)).body.code).toBe("booking.paid_ahead");
    const cartId = await emptyCart();
    const bare = [{ id: newId(), kind: "add", sku: SKU, quantity: 1 }];
    const added = await hub.ask(hub.lea, "POST", `/v1/carts/${cartId}/operations`, { operations: bare });
    expect(added.body.results[0]).toMatchObject({ outcome: "refused", code: "cart.time_missing" });
  });

  it("is a line of its cart with the time that is held for it, once, and for nobody else", async () => {
    const [cartId, startsAt, id] = [await emptyCart(), await freeTime(), newId()];
    const chosen = await choose(cartId, startsAt, { id, seats: 2 });
    expect(chosen.body.lines).toMatchObject([
      { id, sku: SKU, quantity: 2, total: { amount: 2 * PRICE }, service: { storeId: store, startsAt } },
    ]);
    expect((await choose(cartId, startsAt, { id, seats: 2 })).body.lines).toHaveLength(1);
    expect(await bookingOf(id)).toBeUndefined();
    const more = [{ id: newId(), kind: "setQuantity", lineId: id, quantity: 3 }];
    const changed = await hub.ask(hub.lea, "POST", `/v1/carts/${cartId}/operations`, { operations: more });
    expect(changed.body.results[0].code).toBe("cart.seats_booked");
    const out = await hub.ask(hub.lea, "DELETE", `/v1/carts/${cartId}/bookings/${id}`);
    expect(out.body.lines).toEqual([]);
    expect(await rows("select state from bookings.booking where id = $1", [id])).toEqual([{ state: "canceled" }]);
    expect(await broken()).toEqual([]);
  });

  it("is free again to the second when its time in the cart is over, and is held again while nobody took it", async () => {
    const [cartId, startsAt, id] = [await emptyCart(), await freeTime(), newId()];
    const { body } = await choose(cartId, startsAt, { id, seats: 2 });
    const staffOf = async () => (await openings()).find((one: { startsAt: string }) => one.startsAt === startsAt)?.advisers.length ?? 0;
    const before = await staffOf();
    await rows("update bookings.booking set held_until = now() - interval '1 second' where id = $1", [id]);
    await rows(`update carts.cart_line set booked = booked || jsonb_build_object('heldUntil', now() - interval '1 second') where id = $1`, [
      id,
    ]);
    expect(await staffOf()).toBe(before + 1);
    const late = await pay(body);
    expect([late.body.code, late.body.requirements?.[0]?.code]).toEqual(["cart.requirements_unmet", "booking.lapsed"]);
    const again = await choose(cartId, startsAt, { id });
    expect([again.status, again.body.requirements]).toEqual([200, []]);
    expect((await pay(again.body)).status).toBe(201);
    expect(await broken()).toEqual([]);
  });

  it("gives the last seats to one of many carts that ask at once", async () => {
    const startsAt = await freeTime();
    const found = (await openings()).find((one: { startsAt: string }) => one.startsAt === startsAt);
    const cartId = await emptyCart();
    const asked = found.advisers.flatMap((staffId: string) => [1, 2, 3].map(() => choose(cartId, startsAt, { staffId, seats: 2 })));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(found.advisers.length);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(["booking.not_free"]));
    expect(await broken()).toEqual([]);
  });
});

describe("[BKG-12] a service that was paid", () => {
  it("is booked with the sale, given with it, and on its order as any line", async () => {
    const { order, booking } = await bought();
    expect(booking).toMatchObject({ state: "booked", orderId: order.id });
    expect(order.lines).toMatchObject([{ id: booking.id, sku: SKU, total: { amount: PRICE } }]);
    expect(await moneyOf(order.id)).toMatchObject({ paid: PRICE, total: PRICE });
    expect(await broken()).toEqual([]);
  });

  it("is paid by who books it: nothing is due at the counter", async () => {
    const chosen = await choose(await emptyCart(), await freeTime());
    const placed = await pay(chosen.body, [{ kind: "due_at_collection" }]);
    expect(placed.body.code).toBe("payment.method_not_offered");
  });

  it("moves at the price that was paid, and goes back in full and with its points while its customer may cancel", async () => {
    const { order, booking } = await bought();
    const moved = await hub.ask(hub.lea, "PUT", `/v1/bookings/${booking.id}/time`, { startsAt: await freeTime() });
    expect(moved.body).toMatchObject({ state: "booked", orderId: order.id });
    expect(await moneyOf(order.id)).toMatchObject({ paid: PRICE, refunded: 0 });
    expect((await cancel(booking.id)).body.state).toBe("canceled");
    expect(await moneyOf(order.id)).toMatchObject({ refunded: PRICE });
    expect((await cancel(booking.id)).body.state).toBe("canceled");
    const back = await rows("select total::int, points_taken as points from returns.return_order where order_id = $1", [order.id]);
    expect(back).toEqual([{ total: PRICE, points: (await moneyOf(order.id))?.points_earned }]);
    expect(await broken()).toEqual([]);
  });

  it("[RET-15] is canceled too late by staff alone, and nothing goes back", async () => {
    const { order, booking } = await bought();
    await rows("update bookings.service set cancel_minutes = 43200 where id = $1", [service.id]);
    expect((await cancel(booking.id)).body.code).toBe("booking.too_late");
    expect((await cancel(booking.id, hub.owner)).body.state).toBe("canceled");
    await rows("update bookings.service set cancel_minutes = 120 where id = $1", [service.id]);
    expect(await moneyOf(order.id)).toMatchObject({ refunded: 0 });
  });

  it("gives up its seats when its line is taken back at a counter", async () => {
    const { order, booking } = await bought({ seats: 2 });
    const line = { orderLineId: order.lines[0].id, quantity: 1, reason: "changed_mind", disposition: "write_off" };
    const taken = await hub.ask(hub.owner, "POST", `/v1/orders/${order.id}/returns`, { placeId: store, lines: [line] });
    expect([taken.status, taken.body.code]).toEqual([201, undefined]);
    expect(await bookingOf(booking.id)).toMatchObject({ state: "booked", seats: 1 });
    expect(await broken()).toEqual([]);
  });
});

describe("[BKG-13] the time that a cart holds", () => {
  const WAIT = { timeout: 20_000, interval: 10 };
  const stored = async (id: string) =>
    (await rows("select state, cart_id, held_until from bookings.booking where id = $1", [id]))[0] as {
      state: string;
      cart_id: string;
      held_until: Date;
    };
  const remove = (lineId: string) => [{ id: newId(), kind: "remove", lineId }];
  const leaId = async (): Promise<string> => (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body.id;
  /** A cart that an agent fills for Léa while she is on the phone. */
  const agentsCart = async (): Promise<string> =>
    (await hub.ask(hub.owner, "POST", "/v1/customer-carts", { customerId: await leaId(), placeId: store })).body.id;
  async function offered(days: number) {
    const [cartId, startsAt, id] = [await agentsCart(), await freeTime(), newId()];
    expect((await choose(cartId, startsAt, { id }, hub.owner)).status).toBe(200);
    const validUntil = new Date(Date.now() + days * 86_400_000).toISOString();
    const made = await hub.ask(hub.owner, "POST", `/v1/carts/${cartId}/offers`, { kind: "link", validUntil });
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    await expect.poll(async () => (await stored(id)).held_until.toISOString(), WAIT).toBe(earlier(validUntil, startsAt));
    return { cartId, startsAt, id, offer: made.body as { id: string; url: string } };
  }
  const earlier = (a: string, b: string): string => new Date(Math.min(Date.parse(a), Date.parse(b))).toISOString();

  it("is free when a plain operation takes its line out, and stays where the line is back or was paid", async () => {
    const [cartId, startsAt, id] = [await emptyCart(), await freeTime(), newId()];
    await choose(cartId, startsAt, { id, seats: 2 });
    const out = await hub.ask(hub.lea, "POST", `/v1/carts/${cartId}/operations`, { operations: remove(id) });
    expect(out.body.cart.lines).toEqual([]);
    await expect.poll(async () => (await stored(id)).state, WAIT).toBe("canceled");
    expect((await choose(cartId, startsAt, { id })).status).toBe(200);
    expect(await stored(id)).toMatchObject({ state: "held" });
    const placed = await pay((await hub.ask(hub.lea, "GET", `/v1/carts/${cartId}`)).body);
    expect([placed.status, (await stored(id)).state]).toEqual([201, "booked"]);
    expect(await broken()).toEqual([]);
  });

  it("is kept for who gets a link to pay by until that ends, however long the agent's cart would have held it; paid, it is booked", async () => {
    const { id, offer } = await offered(2);
    const token = offer.url.split("/").at(-1) ?? "";
    const opened = await hub.ask(hub.lea, "GET", `/v1/offer-links/${token}`);
    expect(opened.body.cart.requirements).toEqual([]);
    expect(opened.body.cart.lines[0].service.heldUntil).toBe((await stored(id)).held_until.toISOString());
    const placed = await hub.ask({ ...hub.lea, "weft-cart": token }, "POST", `/v1/carts/${opened.body.cart.id}/completion`, {
      fulfillment: { kind: "collect", placeId: store, dining: "take_away", dueAt: null },
      tenders: [{ kind: "card", token: "sandbox_approve" }],
      expectedTotal: opened.body.cart.totals.total,
    });
    expect([placed.status, placed.body.code]).toEqual([201, undefined]);
    expect(await bookingOf(id)).toMatchObject({ state: "booked", orderId: placed.body.id });
    expect(await broken()).toEqual([]);
  });

  it("is anybody's once the link lapsed, or its customer said no", async () => {
    const lapsed = await offered(1);
    await rows("update bookings.booking set held_until = now() - interval '1 second' where id = $1", [lapsed.id]);
    expect((await choose(await emptyCart(), lapsed.startsAt)).status).toBe(200);
    const refused = await offered(1);
    const token = refused.offer.url.split("/").at(-1) ?? "";
    expect((await hub.ask(hub.lea, "POST", `/v1/offer-links/${token}/refusal`, {})).status).toBe(200);
    await expect.poll(async () => (await stored(refused.id)).held_until.getTime() <= Date.now(), WAIT).toBe(true);
    expect(await broken()).toEqual([]);
  });

  it("[CRT-40] goes on in another cart of who holds both, with its line, and is free with a cart that is given up", async () => {
    const [first, second, startsAt, id] = [await agentsCart(), await agentsCart(), await freeTime(), newId()];
    await choose(first, startsAt, { id }, hub.owner);
    const moved = await choose(second, startsAt, { id }, hub.owner);
    expect(moved.body.lines).toMatchObject([{ id, service: { startsAt } }]);
    expect((await hub.ask(hub.owner, "GET", `/v1/carts/${first}`)).body.lines).toEqual([]);
    expect(await stored(id)).toMatchObject({ state: "held", cart_id: second });
    expect((await choose(await emptyCart(), startsAt, { id })).body.code).toBe("booking.unknown");
    await hub.ask(hub.owner, "DELETE", `/v1/carts/${second}`);
    await expect.poll(async () => (await stored(id)).state, WAIT).toBe("canceled");
    expect(await broken()).toEqual([]);
  });

  it("[CRT-40] [CRT-41] goes along from a ticket to a proposal, and from there into its customer's own cart, where it is paid", async () => {
    const jordi = await hub.demo.enter("jordi");
    const customerId = await leaId();
    await hub.ask(jordi, "GET", "/v1/till/customers?query=lea.fontaine%40example.com");
    await hub.ask(jordi, "POST", `/v1/till/customers/${customerId}/openings`, {});
    const opened = await hub.ask(jordi, "POST", "/v1/carts", {
      placeId: store,
      fulfillment: "take_away",
      ticket: true,
      operations: [{ id: newId(), kind: "setCustomer", customerId }],
    });
    const till = { ...jordi, "weft-cart": opened.body.token };
    const [ticketId, startsAt, id] = [opened.body.cart.id as string, await freeTime(), newId()];
    expect((await choose(ticketId, startsAt, { id, seats: 2 }, till)).status).toBe(200);
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const made = await hub.ask(till, "POST", `/v1/carts/${ticketId}/proposals`, { validUntil, holdsStock: true });
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    await expect.poll(async () => (await stored(id)).held_until.toISOString(), WAIT).toBe(earlier(validUntil, startsAt));
    const [standing] = (await hub.ask(hub.lea, "GET", "/v1/customers/me/proposals")).body.items;
    const token = standing.url.split("/").at(-1) ?? "";
    const cartId = await emptyCart();
    const taken = await hub.ask(hub.lea, "POST", `/v1/offer-links/${token}/lines`, { cartId });
    expect(taken.body.lines).toMatchObject([{ id, quantity: 2, service: { startsAt } }]);
    await expect.poll(async () => (await stored(id)).cart_id, WAIT).toBe(cartId);
    const placed = await pay((await hub.ask(hub.lea, "GET", `/v1/carts/${cartId}`)).body);
    expect([placed.status, placed.body.code, (await stored(id)).state]).toEqual([201, undefined, "booked"]);
    expect(await broken()).toEqual([]);
  });
});
