import { newId } from "@weft/kernel";
import type { CartOpeningView, CartView, OpenedCartView, OperationResultView } from "@weft/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";

let demo: DemoHub;
let shop: Record<string, string>;
let lea: Record<string, string>;
let till: Record<string, string>;
let storeId: string;
/** Counted goods and goods made to order of the demo. */
let counted: string;
let made: string;

beforeAll(async () => {
  demo = await openDemoHub();
  shop = { authorization: `Bearer ${demo.chain.channels.find(({ kind }) => kind === "web")?.publishableKey}` };
  lea = { ...(await demo.enter("lea")), ...shop };
  till = await demo.enter("jordi");
  storeId = demo.chain.staff.find(({ persona }) => persona === "jordi")?.placeIds[0] ?? "";
  const sold = new Set(demo.chain.assortment.find(({ placeId }) => placeId === storeId)?.productIds);
  const skuOf = (isTracked: boolean) =>
    demo.chain.products.find((product) => sold.has(product.id) && product.isTracked === isTracked)?.variants[0]?.sku ?? "";
  counted = skuOf(true);
  made = skuOf(false);
}, 60_000);
afterAll(() => demo.close());

type Answer<T> = { readonly status: number; readonly body: T };

async function ask<T>(
  method: "GET" | "POST" | "DELETE",
  url: string,
  headers: Record<string, string>,
  payload?: object,
): Promise<Answer<T>> {
  const answer = await demo.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: (answer.body === "" ? null : answer.json()) as T }; // held against the contract by the hub itself
}

const add = (sku: string, quantity = 1, id: string = newId()) => ({ id, kind: "add", sku, quantity });

async function open(
  headers: Record<string, string>,
  operations: object[] = [],
): Promise<{ cart: CartView; headers: Record<string, string> }> {
  const { body } = await ask<OpenedCartView>("POST", "/v1/carts", headers, { placeId: storeId, fulfillment: "collect", operations });
  return { cart: body.cart, headers: body.token ? { ...headers, "weft-cart": body.token } : headers };
}

const operate = (cart: { cart: CartView; headers: Record<string, string> }, operations: object[]) =>
  ask<{ cart: CartView; results: OperationResultView[] }>("POST", `/v1/carts/${cart.cart.id}/operations`, cart.headers, { operations });

async function heldOf(sku: string): Promise<number> {
  const { rows } = await demo.pool.query<{ held: number }>(
    "select l.held from stock.level l join catalog.variant v on v.id = l.variant_id where v.sku = $1 and l.place_id = $2",
    [sku, storeId],
  );
  return rows[0]?.held ?? 0;
}

describe("[CRT-1] operations", () => {
  it("sent three times at once from two tabs, one operation is applied once and each answer says so", async () => {
    const mine = await open(shop);
    const operation = add(made);
    const answers = await Promise.all([1, 2, 3].map(() => operate(mine, [operation])));
    expect(answers.map(({ body }) => body.results[0]?.outcome ?? "").sort((a, b) => a.localeCompare(b))).toEqual([
      "applied",
      "repeated",
      "repeated",
    ]);
    const { body } = await ask<CartView>("GET", `/v1/carts/${mine.cart.id}`, mine.headers);
    expect(body.lines.map(({ quantity }) => quantity)).toEqual([1]);
  });

  it("[CRT-2] twenty additions from two devices at the same time lose none", async () => {
    const mine = await open(shop);
    await Promise.all(Array.from({ length: 20 }, (_, n) => operate(mine, [add(n % 2 ? made : counted)])));
    const { body } = await ask<CartView>("GET", `/v1/carts/${mine.cart.id}`, mine.headers);
    expect(body.lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(20);
    expect(body.version).toBe(21);
  });

  it("[CRT-8] what is short is refused with what is left, the rest of the call is applied, and removing gives the hold back", async () => {
    const before = await heldOf(counted);
    const mine = await open(lea);
    const { body } = await operate(mine, [add(made), add(counted, 9000)]);
    expect(body.results.map(({ outcome, code }) => code ?? outcome)).toEqual(["applied", "stock.insufficient"]);
    expect(body.results[1]?.data).toMatchObject({ requested: 9000, available: expect.any(Number) });
    const held = await operate(mine, [add(counted, 2)]);
    expect(await heldOf(counted)).toBe(before + 2);
    const line = held.body.cart.lines.find(({ sku }) => sku === counted);
    await operate(mine, [{ id: newId(), kind: "remove", lineId: line?.id }]);
    expect(await heldOf(counted)).toBe(before);
    await ask("DELETE", `/v1/carts/${mine.cart.id}`, mine.headers);
  });

  it("those that open a cart are answered one by one as well", async () => {
    const { status, body } = await ask<CartOpeningView>("POST", "/v1/carts", shop, {
      placeId: storeId,
      operations: [add(made), add("NO-SUCH"), add(counted, 9000)],
    });
    expect(status).toBe(201);
    expect(body.results.map(({ outcome, code }) => code ?? outcome)).toEqual(["applied", "catalog.unknown_sku", "stock.hold_cap"]);
    expect(body.results[0]?.lineId).toBe(body.cart.lines[0]?.id);
    expect(body.cart.lines).toHaveLength(1);
  });

  it("an anonymous cart cannot empty the shelf by clicking", async () => {
    const mine = await open(shop);
    const { body } = await operate(mine, [add(counted, 11)]);
    expect(body.results[0]).toMatchObject({ outcome: "refused", code: "stock.hold_cap" });
  });
});

describe("[CRT-7] an id opens nothing", () => {
  it("another visitor, another customer and a stranger's token see no cart", async () => {
    const mine = await open(shop, [add(made)]);
    const strangers = [
      [shop, 403, "access.forbidden"],
      [lea, 404, "cart.unknown"],
      [{ ...shop, "weft-cart": "AAAAAAAAAAAAAAAAAAAAAA" }, 404, "cart.unknown"],
    ] as const;
    for (const [headers, status, code] of strangers) {
      expect((await ask<{ code: string }>("GET", `/v1/carts/${mine.cart.id}`, headers)).body.code).toBe(code);
      expect((await operate({ cart: mine.cart, headers }, [add(made)])).status).toBe(status);
    }
  });
});

describe("[CRT-4] hand-over", () => {
  it("a code that two tills claim at once is claimed by one, and taking ends the right of the one who gave", async () => {
    const mine = await open(shop, [add(made)]);
    const offer = await ask<{ code: string }>("POST", `/v1/carts/${mine.cart.id}/handovers`, mine.headers, { mode: "take" });
    const claims = await Promise.all(
      [1, 2].map(() => ask<OpenedCartView & { code: string }>("POST", `/v1/handovers/${offer.body.code}/claim`, till)),
    );
    expect(claims.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect(claims.find(({ status }) => status === 409)?.body.code).toBe("handover.claimed");
    expect(claims.find(({ status }) => status === 200)?.body.cart).toMatchObject({ id: mine.cart.id, lines: [{ sku: made }] });
    expect((await ask("GET", `/v1/carts/${mine.cart.id}`, mine.headers)).status).toBe(404);
  });

  it("joining adds a holder: both see the same cart and each other's change", async () => {
    const mine = await open(shop, [add(made)]);
    const offer = await ask<{ code: string }>("POST", `/v1/carts/${mine.cart.id}/handovers`, mine.headers, { mode: "join" });
    const claimed = await ask<OpenedCartView>("POST", `/v1/handovers/${offer.body.code.toLowerCase()}/claim`, till);
    await operate({ cart: claimed.body.cart, headers: { ...till, "weft-cart": claimed.body.token } }, [add(made)]);
    const { body } = await ask<CartView>("GET", `/v1/carts/${mine.cart.id}`, mine.headers);
    expect(body).toMatchObject({ lines: [{ quantity: 2 }], channelsSeen: ["web", "store"] });
    expect(body.holders.map(({ kind, mode }) => ({ kind, mode }))).toEqual([
      { kind: "visitor", mode: "owner" },
      { kind: "register", mode: "joined" },
    ]);
  });

  it("a code that is wrong or has run out opens nothing, and an empty cart has nothing to hand over", async () => {
    expect((await ask<{ code: string }>("POST", "/v1/handovers/ACDEFGH/claim", till)).body.code).toBe("handover.unknown_code");
    const empty = await open(shop);
    expect((await ask<{ code: string }>("POST", `/v1/carts/${empty.cart.id}/handovers`, empty.headers, { mode: "join" })).body.code).toBe(
      "handover.nothing_to_hand_over",
    );
    const mine = await open(shop, [add(made)]);
    const offer = await ask<{ code: string }>("POST", `/v1/carts/${mine.cart.id}/handovers`, mine.headers, { mode: "join" });
    await demo.pool.query("update carts.handover set expires_at = now() - interval '1 second' where cart_id = $1", [mine.cart.id]);
    expect((await ask<{ code: string }>("POST", `/v1/handovers/${offer.body.code}/claim`, till)).body.code).toBe("handover.expired");
  });
});

describe("[CRT-3] the current cart", () => {
  it("opening twice at the same time answers one cart", async () => {
    const [first, second] = await Promise.all([open(lea), open(lea)]);
    expect(first?.cart.id).toBe(second?.cart.id);
    const current = await ask<CartView>("GET", "/v1/customers/me/cart", lea);
    expect(current.body.id).toBe(first?.cart.id);
    await ask("DELETE", `/v1/carts/${first?.cart.id}`, lea);
  });

  it("a till may take over only whom it has opened, and then holds the very cart that stays current", async () => {
    const mine = await open(lea, [add(made)]);
    const refused = await ask<{ code: string }>("POST", `/v1/carts/${mine.cart.id}/take-over`, till);
    expect(refused.body.code).toBe("cart.not_yours");
    const found = await ask<{ candidates: { customerId: string }[] }>("GET", "/v1/till/customers?query=Fontaine", till);
    await ask("POST", `/v1/till/customers/${found.body.candidates[0]?.customerId}/openings`, till);
    const taken = await ask<OpenedCartView>("POST", `/v1/carts/${mine.cart.id}/take-over`, till);
    expect(taken.body.cart).toMatchObject({ id: mine.cart.id, current: true });
    await operate({ cart: taken.body.cart, headers: { ...till, "weft-cart": taken.body.token } }, [add(made)]);
    expect((await ask<CartView>("GET", "/v1/customers/me/cart", lea)).body.lines[0]?.quantity).toBe(2);
    await ask("DELETE", `/v1/carts/${mine.cart.id}`, lea);
  });
});

describe("[CRT-5] sign-in", () => {
  it("at the demo's front door too makes the cart of this browser the customer's current one", async () => {
    const mine = await open(shop, [add(made)]);
    const enter = (cartToken: string) =>
      ask("POST", "/v1/demo-sessions", { ...shop, "weft-session": "weft_shop" }, { persona: "lea", cartId: mine.cart.id, cartToken });
    const current = () => ask<CartView | null>("GET", "/v1/customers/me/cart", lea);
    expect((await enter("AAAAAAAAAAAAAAAAAAAAAA")).status).toBe(201);
    expect((await current()).body?.id).not.toBe(mine.cart.id);
    expect((await enter(mine.headers["weft-cart"] ?? "")).status).toBe(201);
    expect((await current()).body).toMatchObject({ id: mine.cart.id, current: true, lines: [{ sku: made }] });
    await ask("DELETE", `/v1/carts/${mine.cart.id}`, lea);
  });
});
