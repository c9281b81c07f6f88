import type { CartView, OpenedCartView } from "@weft/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";

type Headers = Record<string, string>;
type Answer<T> = { readonly status: number; readonly body: T };
type Refused = { readonly code: string; readonly triesLeft?: number };

let demo: DemoHub;
let shop: Headers;
let anna: Headers;
let storeId: string;

beforeAll(async () => {
  demo = await openDemoHub();
  shop = { authorization: `Bearer ${demo.chain.channels.find(({ kind }) => kind === "web")?.publishableKey}` };
  anna = await demo.enter("anna");
  storeId = demo.chain.staff.find(({ persona }) => persona === "jordi")?.placeIds[0] ?? "";
}, 60_000);
afterAll(() => demo.close());

async function ask<T>(method: "GET" | "POST" | "DELETE", url: string, headers: Headers, payload?: object): Promise<Answer<T>> {
  const answer = await demo.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: (answer.body === "" ? null : answer.json()) as T }; // held against the contract by the hub itself
}

async function visitorsCart(): Promise<{ readonly id: string; readonly headers: Headers }> {
  const { body } = await ask<OpenedCartView>("POST", "/v1/carts", shop, { placeId: storeId, fulfillment: "collect", operations: [] });
  return { id: body.cart.id, headers: { ...shop, "weft-cart": body.token } };
}

const codeOf = async (cart: { readonly id: string; readonly headers: Headers }): Promise<string> =>
  (await ask<{ code: string }>("POST", `/v1/carts/${cart.id}/call-codes`, cart.headers)).body.code;

describe("[CRT-14] a call code", () => {
  it("lets staff join the cart once, named to the shopper, and both sides end it", async () => {
    const cart = await visitorsCart();
    const code = await codeOf(cart);
    expect(code).toMatch(/^\d{4}$/);
    const joined = await ask<CartView>("POST", `/v1/call-codes/${code}/claim`, anna);
    expect(joined.status).toBe(200);
    const helper = joined.body.holders.find(({ kind }) => kind === "staff");
    expect(helper).toMatchObject({ mode: "joined", name: expect.stringContaining("Anna") });
    expect((await ask<Refused>("POST", `/v1/call-codes/${code}/claim`, anna)).body.code).toBe("pairing.unknown_code");
    expect((await ask("POST", `/v1/carts/${cart.id}/operations`, anna, { operations: [removal()] })).status).toBe(200);
    expect((await ask("DELETE", `/v1/carts/${cart.id}/holders/${helper?.id}`, cart.headers)).status).toBe(204);
    expect((await ask<Refused>("POST", `/v1/carts/${cart.id}/operations`, anna, { operations: [removal()] })).status).toBeGreaterThan(399);
    expect((await ask("DELETE", `/v1/carts/${cart.id}/holders/${helper?.id}`, cart.headers)).status).toBe(204);
    const { rows } = await demo.pool.query("select action from access.audit_entry where action = 'carts.joinCall' and outcome = 'allowed'");
    expect(rows.length).toBeGreaterThan(0);
  });

  it("is ended by the next one, and by its time", async () => {
    const cart = await visitorsCart();
    const first = await codeOf(cart);
    const second = await codeOf(cart);
    if (first !== second) expect((await ask("POST", `/v1/call-codes/${first}/claim`, anna)).status).toBe(404);
    await demo.pool.query("update carts.pairing set expires_at = now() - interval '1 second' where cart_id = $1 and code_mac is not null", [
      cart.id,
    ]);
    expect((await ask("POST", `/v1/call-codes/${second}/claim`, anna)).status).toBe(404);
  });

  it("is not found by trying: five wrong ones lock the caller out, also from the right one", async () => {
    await demo.pool.query("delete from carts.pairing_try");
    const code = await codeOf(await visitorsCart());
    const wrong = String((Number(code) + 1) % 10_000).padStart(4, "0");
    const left: (number | undefined)[] = [];
    for (let n = 0; n < 5; n++) left.push((await ask<Refused>("POST", `/v1/call-codes/${wrong}/claim`, anna)).body.triesLeft);
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(await ask<Refused>("POST", `/v1/call-codes/${code}/claim`, anna)).toMatchObject({
      status: 429,
      body: { code: "pairing.too_many_tries" },
    });
    await demo.pool.query("delete from carts.pairing_try");
    expect((await ask("POST", `/v1/call-codes/${code}/claim`, anna)).status).toBe(200);
  });

  it("opens nothing for a shopper, and only the holder of a cart gets one", async () => {
    const cart = await visitorsCart();
    expect((await ask("POST", `/v1/call-codes/${await codeOf(cart)}/claim`, cart.headers)).status).toBe(403);
    expect((await ask("POST", `/v1/carts/${cart.id}/call-codes`, (await visitorsCart()).headers)).status).toBe(404);
  });
});

type OpenedScreen = { readonly id: string; readonly code: string; readonly token: string };

describe("[CRT-14] a screen", () => {
  it("shows the cart whose phone typed its code, changes nothing of it, and is sent away by one tap", async () => {
    const cart = await visitorsCart();
    const { body: screen } = await ask<OpenedScreen>("POST", "/v1/screens", shop);
    const eyes = { ...shop, "weft-cart": screen.token };
    expect((await ask("GET", `/v1/screens/${screen.id}`, eyes)).body).toMatchObject({ cartId: null });
    expect((await ask("GET", `/v1/screens/${screen.id}`, cart.headers)).status).toBe(404);
    expect((await ask("GET", `/v1/carts/${cart.id}`, eyes)).status).toBe(404);
    const paired = await ask<CartView>("POST", `/v1/screens/${screen.code}/pairing`, cart.headers, { cartId: cart.id });
    expect(paired.status).toBe(200);
    expect((await ask("GET", `/v1/screens/${screen.id}`, eyes)).body).toMatchObject({ cartId: cart.id });
    expect((await ask("GET", `/v1/carts/${cart.id}`, eyes)).status).toBe(200);
    expect((await ask("POST", `/v1/carts/${cart.id}/operations`, eyes, { operations: [removal()] })).status).toBe(403);
    expect((await ask("POST", `/v1/carts/${cart.id}/handovers`, eyes, { mode: "take" })).status).toBe(403);
    expect((await ask("DELETE", `/v1/carts/${cart.id}`, eyes)).status).toBeGreaterThan(399);
    const holder = paired.body.holders.find(({ kind }) => kind === "screen");
    expect((await ask("DELETE", `/v1/carts/${cart.id}/holders/${holder?.id}`, cart.headers)).status).toBe(204);
    expect((await ask("GET", `/v1/carts/${cart.id}`, eyes)).status).toBe(404);
  });

  it("forgets the cart by itself when its time is over", async () => {
    const cart = await visitorsCart();
    const { body: screen } = await ask<OpenedScreen>("POST", "/v1/screens", shop);
    await ask("POST", `/v1/screens/${screen.code}/pairing`, cart.headers, { cartId: cart.id });
    await demo.pool.query("update carts.cart_holder set ends_at = now() - interval '1 second' where cart_id = $1 and kind = 'screen'", [
      cart.id,
    ]);
    expect((await ask("GET", `/v1/carts/${cart.id}`, { ...shop, "weft-cart": screen.token })).status).toBe(404);
  });
});

function removal(): object {
  return { id: crypto.randomUUID(), kind: "removeCode", code: "NOTHING" };
}
