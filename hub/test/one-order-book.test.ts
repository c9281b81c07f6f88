import type { CartOperation } from "@weft/contracts";
import { ok, type CartId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { adoptAtSignIn, loadCart, openCart, operate, showCart, undoAdoption } from "../src/modules/carts/index.ts";
import { goodsStates } from "../src/modules/promises/index.ts";
import { operationId } from "./commerce/world.ts";
import { variantId } from "./goods-hub.ts";
import { BEANS, LYON, MUG, newKey, saleHub, tillActor, visitor, type Line, type SaleHub } from "./sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 100);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const add = ([goods, quantity]: Line): CartOperation => ({ id: operationId(), kind: "add", sku: `SKU-${goods}`, quantity, options: [] });

it("[CRT-1] [CHK-4] the log of a cart, played three times at once from two tabs, is one sale that earns its points once", async () => {
  const ada = await hub.customer();
  const cart = await hub.cart([[MUG, 1]], { actor: ada });
  const log = [add([MUG, 1]), add([BEANS, 2])];
  const key = newKey();
  const expectedTotal = { amount: 2 * 1400 + 2 * 850, currency: "EUR" };
  const tab = async () => {
    for (const operation of log) await hub.run((ctx) => operate(ctx, { cartId: cart.id, operations: [operation] }), ada);
    return hub.complete(cart, CARD, { expectedTotal, key });
  };
  const played = await Promise.all([tab(), tab(), tab()]);
  expect(played.filter(({ kind }) => kind === "refused")).toEqual([]);
  const orders = await hub.rows("select total::int, points_earned::int as points from orders.orders where cart_id = $1", [cart.id]);
  expect(orders).toEqual([{ total: expectedTotal.amount, points: 45 }]);
  expect(await hub.rows("select balance::int from loyalty.read_member where record_id = $1", [ada.customer.recordId])).toEqual([
    { balance: 45 },
  ]);
  expect(await hub.broken()).toEqual([]);
});

it("[STK-3] what a till has sold is not offered on the web by the very next question, and what comes back is", async () => {
  const offered = async () => (await goodsStates({ ...hub.around, db: hub.db }, [variantId(MUG)], [LYON]))(variantId(MUG), LYON).available;
  const before = (await offered()) ?? 0;
  const ticket = await hub.cart([[MUG, 3]], { actor: tillActor() });
  expect(await hub.sell(ticket, [{ kind: "cash" }])).toMatchObject({ ok: true });
  expect(await offered()).toBe(before - 3);
  await hub.published();
  const other = await hub.cart([[MUG, 2]]);
  expect(await offered()).toBe(before - 5);
  expect((await hub.published()).filter(({ type }) => type === "stock.changed.v1")).toMatchObject([{ data: { available: before - 5 } }]);
  await hub.rows("select stock.release_cart($1)", [other.id]);
  expect(await offered()).toBe(before - 3);
});

describe("[CRT-5] sign-in", () => {
  /** A cart as whoever holds it has it; versions and times say only that it was looked after. */
  const standing = (id: CartId) =>
    hub.rows(
      `select c.state, c.current, c.record_id, c.place_id, c.earlier_cart_id,
              (select jsonb_agg(jsonb_build_array(l.id, l.sku, l.quantity, l.position, l.options) order by l.position) from carts.cart_line l where l.cart_id = c.id) as lines,
              (select jsonb_agg(jsonb_build_array(h.kind, h.record_id, h.mode) order by h.id) from carts.cart_holder h where h.cart_id = c.id) as holders,
              (select jsonb_agg(jsonb_build_array(s.line_id, s.quantity) order by s.line_id) from stock.hold s where s.cart_id = c.id) as holds
         from carts.cart c where c.id = $1`,
      [id],
    );

  async function signedIn() {
    const ada = await hub.customer();
    const earlier = await hub.cart([[BEANS, 2]], { actor: ada });
    const wanted = { placeId: LYON, fulfillment: "collect", operations: [add([MUG, 1])], isTicket: false } as const;
    const opened = await hub.must((ctx) => openCart(ctx, wanted), visitor());
    const id = opened.cart.id as CartId; // as the hub names it
    const before = [await standing(id), await standing(earlier.id)];
    await hub.must(async (ctx) => ok(await adoptAtSignIn(ctx, { cartId: id, token: opened.token }, ada.customer.recordId)), ada);
    return { ada, id, earlier, before };
  }

  it("keeps what the visitor had, and offers what the earlier cart had line by line: nothing is bought unseen", async () => {
    const { ada, id, earlier } = await signedIn();
    const view = await hub.must(async (ctx) => {
      const cart = await loadCart(ctx, id);
      if (!cart) throw new Error("the cart is gone");
      return ok(await showCart(ctx.snapshots, cart, ctx.now));
    }, ada);
    expect(view.lines.map(({ sku }) => sku)).toEqual([`SKU-${MUG}`]);
    expect(view.earlier).toMatchObject({ cartId: earlier.id, lines: [{ sku: `SKU-${BEANS}`, quantity: 2 }] });
    const line = view.earlier?.lines[0]?.id ?? "";
    const taken = await hub.must(
      (ctx) => operate(ctx, { cartId: id, operations: [{ id: operationId(), kind: "takeEarlierLine", lineId: line }] }),
      ada,
    );
    expect(taken.cart.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [`SKU-${MUG}`, 1],
      [`SKU-${BEANS}`, 2],
    ]);
    const done = await hub.complete({ id, actor: ada, view: taken.cart }, CARD);
    expect(done).toMatchObject({ kind: "placed", view: { lines: [{}, {}] } });
    const orderId = done.kind === "placed" ? (done.view.id as OrderId) : null; // as the hub names it
    expect(await hub.rows("select record_id from orders.orders where id = $1", [orderId])).toEqual([{ record_id: ada.customer.recordId }]);
  });

  it("undone, both carts are exactly as they were", async () => {
    const { ada, id, earlier, before } = await signedIn();
    expect([await standing(id), await standing(earlier.id)]).not.toEqual(before);
    await hub.must((ctx) => undoAdoption(ctx, id), ada);
    expect([await standing(id), await standing(earlier.id)]).toEqual(before);
  });
});
