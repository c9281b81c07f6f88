import { randomBytes } from "node:crypto";
import { ENDPOINTS, type OrderView } from "@weft/contracts";
import type { FastifyInstance } from "fastify";
import { ok } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assembleHub, type Hub } from "../../assemble.ts";
import { addKeys } from "../../modules/channels/index.ts";
import { LYON, MUG, TILLS, WEB, saleHub, type SaleHub } from "../../../test/sale-hub.ts";

const SHOP_KEY = "pk_test_orders_over_http";
const SHOP_SECRET = "sk_test_orders_over_http";
const OTHER_SECRET = "sk_test_orders_of_another_channel";

let sale: SaleHub;
let hub: Hub;
let app: FastifyInstance;
beforeAll(async () => {
  sale = await saleHub();
  await sale.must(async (ctx) => {
    await addKeys(ctx, [
      { channelId: WEB, kind: "publishable", value: SHOP_KEY },
      { channelId: WEB, kind: "secret", value: SHOP_SECRET },
      { channelId: TILLS, kind: "secret", value: OTHER_SECRET },
    ]);
    return ok(undefined);
  });
  hub = await assembleHub({
    pool: sale.pool,
    config: { role: "api", isDemo: false, secret: "a secret that is long enough for tests", rateLimit: 0, smtpFrom: "shop@example.com" },
    log: sale.around.log,
    migrations: 0,
    checksAnswers: true,
  });
  app = hub.app;
}, 60_000);
afterAll(async () => {
  await hub.stop();
  await sale.close();
});
beforeEach(() => sale.stock(MUG, LYON, 100));

type Called = { readonly status: number; readonly body: never; readonly headers: Record<string, unknown> };

async function call(
  method: "GET" | "POST",
  url: string,
  given: { body?: object; key?: string; token?: string; idempotency?: string } = {},
): Promise<Called> {
  const { body, key = SHOP_KEY, token, idempotency } = given;
  const headers = {
    authorization: `Bearer ${key}`,
    ...(token && { "weft-cart": token }),
    ...(idempotency && { "idempotency-key": idempotency }),
  };
  const response = await app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: response.statusCode, body: response.body === "" ? (null as never) : response.json(), headers: response.headers };
}

type Opened = { readonly cart: { readonly id: string; readonly totals: { readonly total: unknown } }; readonly token: string };

async function openedCart(): Promise<Opened> {
  const operation = { id: `01900000-0000-7000-8000-${randomBytes(6).toString("hex")}`, kind: "add", sku: `SKU-${MUG}`, quantity: 1 };
  const opened = await call("POST", "/v1/carts", { body: { placeId: LYON, fulfillment: "collect", operations: [operation] } });
  expect(opened.status).toBe(201);
  return opened.body;
}

const completion = ({ cart }: Opened, token: string) => ({
  fulfillment: { kind: "collect" },
  tenders: [{ kind: "card", token }],
  expectedTotal: cart.totals.total,
  contact: { name: "Léa", email: "lea@example.com" },
});
const newKey = () => randomBytes(12).toString("hex");

describe("completion over HTTP", () => {
  it("answers the order, which the holder of the cart reads, and nobody else", async () => {
    const opened = await openedCart();
    const url = `/v1/carts/${opened.cart.id}/completion`;
    const done = await call("POST", url, { token: opened.token, idempotency: newKey(), body: completion(opened, "sandbox_approve") });
    expect(done.status).toBe(201);
    const order: OrderView = ENDPOINTS["checkout.complete"].response.parse(done.body);
    expect(order).toMatchObject({ paymentState: "paid", customerName: "Léa", customerId: null });
    const read = await call("GET", `/v1/orders/${order.id}`, { token: opened.token });
    expect(read.status).toBe(200);
    expect(read.body).toEqual(done.body);
    expect((await call("GET", `/v1/orders/${order.id}`)).status).toBeGreaterThanOrEqual(401);
    expect((await call("GET", `/v1/orders/${order.id}`, { token: (await openedCart()).token })).status).toBe(404);
    expect((await call("GET", `/v1/orders/${order.id}`, { key: SHOP_SECRET })).status).toBe(200);
    expect((await call("GET", `/v1/orders/${order.id}`, { key: OTHER_SECRET })).status).toBe(404);
  });

  it("needs an idempotency key, repeats its answer under it, and refuses it for another request", async () => {
    const opened = await openedCart();
    const url = `/v1/carts/${opened.cart.id}/completion`;
    const body = completion(opened, "sandbox_approve");
    expect(await call("POST", url, { token: opened.token, body })).toMatchObject({
      status: 400,
      body: { code: "idempotency.key_missing" },
    });
    const idempotency = newKey();
    const first = await call("POST", url, { token: opened.token, idempotency, body });
    const again = await call("POST", url, { token: opened.token, idempotency, body });
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { "idempotent-replayed": "true" } });
    const other = { ...body, contact: { name: "Somebody else" } };
    expect(await call("POST", url, { token: opened.token, idempotency, body: other })).toMatchObject({
      status: 422,
      body: { code: "idempotency.other_request" },
    });
  });

  it("a declined card is a 402 that stays one, and the cart is ordered with another", async () => {
    const opened = await openedCart();
    const url = `/v1/carts/${opened.cart.id}/completion`;
    const idempotency = newKey();
    const declined = { token: opened.token, idempotency, body: completion(opened, "sandbox_decline") };
    expect(await call("POST", url, declined)).toMatchObject({ status: 402, body: { code: "payment.declined" } });
    expect(await call("POST", url, declined)).toMatchObject({ status: 402, headers: { "idempotent-replayed": "true" } });
    expect(await call("POST", url, { ...declined, idempotency: newKey(), body: completion(opened, "sandbox_approve") })).toMatchObject({
      status: 201,
    });
  });

  it("a provider that answers late is a 202 first; the same key asks again and gets the order, charged once", async () => {
    const opened = await openedCart();
    const url = `/v1/carts/${opened.cart.id}/completion`;
    const late = { token: opened.token, idempotency: newKey(), body: completion(opened, "sandbox_late_approve") };
    expect(await call("POST", url, late)).toMatchObject({ status: 202, body: { state: "pending" }, headers: { "retry-after": "2" } });
    await sale.rows("update integrations.sandbox_charge set state = 'captured' where state = 'pending'");
    const done = await call("POST", url, late);
    expect(done).toMatchObject({ status: 201, body: { paymentState: "paid" } });
    expect(await call("POST", url, late)).toMatchObject({ status: 201, body: done.body, headers: { "idempotent-replayed": "true" } });
    expect(await sale.broken()).toEqual([]);
  });

  describe("[PAY-22] a card whose bank asks the payer", () => {
    const atBank = async () => {
      const opened = await openedCart();
      const url = `/v1/carts/${opened.cart.id}/completion`;
      const body = { ...completion(opened, "sandbox_3ds"), returnPath: "/shop/checkout?paid=1" };
      const given = { token: opened.token, idempotency: newKey(), body };
      const waiting = await call("POST", url, given);
      expect(waiting).toMatchObject({
        status: 202,
        body: { state: "pending", actionUrl: expect.stringMatching(/^\/sandbox\/bank\/.{22}$/) },
      });
      const { actionUrl } = waiting.body as { actionUrl: string };
      const decide = (decision: string) =>
        app.inject({
          method: "POST",
          url: actionUrl,
          headers: { "content-type": "application/x-www-form-urlencoded" },
          payload: `decision=${decision}`,
        });
      return { actionUrl, decide, again: () => call("POST", url, given), opened, url };
    };

    it("is sent there and back, and confirmed it is one order; afterwards the page decides nothing", async () => {
      const { actionUrl, decide, again } = await atBank();
      expect((await app.inject({ method: "GET", url: actionUrl })).body).toContain("Is it you");
      expect(await again()).toMatchObject({ status: 202, body: { actionUrl } });
      const back = await decide("confirm");
      expect(back).toMatchObject({ statusCode: 303, headers: { location: expect.stringMatching(/\/shop\/checkout\?paid=1$/) } });
      const done = await again();
      expect(done).toMatchObject({ status: 201, body: { paymentState: "paid" } });
      await decide("refuse");
      expect(await again()).toMatchObject({ status: 201, body: done.body });
      expect(await sale.broken()).toEqual([]);
    });

    it("refused there, the payment is declined and another card pays the same cart", async () => {
      const { decide, again, opened, url } = await atBank();
      await decide("refuse");
      expect(await again()).toMatchObject({ status: 402, body: { code: "payment.declined" } });
      const other = { token: opened.token, idempotency: newKey(), body: completion(opened, "sandbox_approve") };
      expect(await call("POST", url, other)).toMatchObject({ status: 201 });
    });

    it("left there, it is given up by the payer: goods are free at once, and a late yes takes nothing", async () => {
      const { decide, opened, url } = await atBank();
      const left = await app.inject({ method: "DELETE", url, headers: { authorization: `Bearer ${SHOP_KEY}`, "weft-cart": opened.token } });
      expect(left.statusCode).toBe(204);
      await decide("confirm");
      const other = { token: opened.token, idempotency: newKey(), body: completion(opened, "sandbox_approve") };
      expect(await call("POST", url, other)).toMatchObject({ status: 201 });
      expect(await sale.broken()).toEqual([]);
    });

    it("without a way back it is declined, and a way back leads nowhere else", async () => {
      const opened = await openedCart();
      const url = `/v1/carts/${opened.cart.id}/completion`;
      const body = completion(opened, "sandbox_3ds");
      expect(await call("POST", url, { token: opened.token, idempotency: newKey(), body })).toMatchObject({ status: 402 });
      for (const returnPath of ["//evil.example", "https://evil.example/", "/\\evil.example"])
        expect(await call("POST", url, { token: opened.token, idempotency: newKey(), body: { ...body, returnPath } })).toMatchObject({
          status: 422,
        });
    });
  });

  it("hostile bodies are problems, never failures", async () => {
    const opened = await openedCart();
    const url = `/v1/carts/${opened.cart.id}/completion`;
    const body = completion(opened, "sandbox_approve");
    for (const hostile of [
      {},
      { ...body, tenders: [] },
      { ...body, tenders: [{ kind: "card", token: "x", amount: -1 }] },
      { ...body, tenders: [{ kind: "gold" }] },
      { ...body, expectedTotal: { amount: 1e300, currency: "EUR" } },
      { ...body, expectedTotal: { amount: 1400, currency: "€" } },
      { ...body, fulfillment: { kind: "collect", placeId: "x" } },
    ]) {
      expect(await call("POST", url, { token: opened.token, idempotency: newKey(), body: hostile })).toMatchObject({ status: 422 });
    }
    const unknownPlace = { ...body, fulfillment: { kind: "collect", placeId: "01900000-0000-7000-8000-0000000000ff" } };
    expect((await call("POST", url, { token: opened.token, idempotency: newKey(), body: unknownPlace })).status).toBe(409);
  });
});

it("gives everybody the public half of the key that signs member cards", async () => {
  const response = await app.inject({ method: "GET", url: "/.well-known/jwks.json" });
  expect(response.json()).toEqual({ keys: [expect.objectContaining({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" })] });
  expect(response.body).not.toContain('"d"');
});

describe("lists of orders", () => {
  it("a channel's secret key lists its own orders, page by page, newest first", async () => {
    for (let n = 0; n < 3; n++) {
      const opened = await openedCart();
      const body = completion(opened, "sandbox_approve");
      await call("POST", `/v1/carts/${opened.cart.id}/completion`, { token: opened.token, idempotency: newKey(), body });
    }
    type Page = { items: { id: string; placedAt: string; number: string }[]; nextCursor: string };
    const first: Page = (await call("GET", "/v1/orders?limit=2", { key: SHOP_SECRET })).body;
    const second: Page = (await call("GET", `/v1/orders?limit=2&cursor=${first.nextCursor}`, { key: SHOP_SECRET })).body;
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ placedAt }) => placedAt)).toEqual(
      all
        .map(({ placedAt }) => placedAt)
        .toSorted()
        .toReversed(),
    );
    const found: Page = (await call("GET", `/v1/orders?query=${first.items[0]?.number.slice(2)}`, { key: SHOP_SECRET })).body;
    expect(found.items.map(({ id }) => id)).toContain(first.items[0]?.id);
    expect((await call("GET", "/v1/orders", { key: OTHER_SECRET })).body).toEqual({ items: [], nextCursor: null });
    expect((await call("GET", "/v1/orders?cursor=nonsense", { key: SHOP_SECRET })).status).toBe(422);
  });
});
