import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, SHOP_KEY, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { savedInvariants } from "./invariants.ts";

let hub: LevelHub;
let store: string;
beforeAll(async () => {
  hub = await openLevelHub();
  const { body } = await hub.ask(hub.lea, "GET", "/v1/stores");
  store = body.items[0].id;
}, 60_000);
afterAll(() => hub.demo.close());

const PUBLIC = { authorization: `Bearer ${SHOP_KEY}` };
const SERVER = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
const add = (sku: string, over: object = {}) => ({ id: newId(), kind: "add", sku, ...over });

/** Somebody whom the web shop's server tells of. */
async function somebody(): Promise<string> {
  const { body } = await hub.ask(SERVER, "POST", "/v1/customers", { givenName: "Nora", email: `nora-${newId()}@example.com` });
  return body.customer.id;
}
const open = (id: string, body: object = {}, who: Headers = SERVER) => hub.ask(who, "POST", `/v1/customers/${id}/lists`, body);
const listsOf = async (id: string, who: Headers = SERVER) => (await hub.ask(who, "GET", `/v1/customers/${id}/lists`)).body.items;
const operate = (id: string, operations: object[], who: Headers = SERVER) =>
  hub.ask(who, "POST", `/v1/lists/${id}/operations`, { operations });
const skusOf = (list: { items: { sku: string }[] }) => list.items.map(({ sku }) => sku).toSorted();

/** Goods that are counted, with a price and units at the first store. */
async function countedGoods(): Promise<{ sku: string; variantId: string }> {
  const [found] = await rows(
    `select v.sku, v.id as "variantId" from catalog.variant v join catalog.product p on p.id = v.product_id
      where p.is_tracked and p.is_active and v.is_active and exists (select from stock.level l where l.variant_id = v.id and l.place_id = $1)
        and not exists (select from saved.wish w where w.variant_id = v.id) order by v.sku limit 1`,
    [store],
  );
  return found;
}

describe("what somebody saves", () => {
  it("[SAV-3] has one list that the heart saves to, on whatever channel it is asked for, and others by name", async () => {
    const id = await somebody();
    const { sku } = await countedGoods();
    const first = await open(id, { operations: [add(sku)] });
    expect([first.status, first.body.results[0].outcome, skusOf(first.body.list)]).toEqual([201, "applied", [sku]]);
    const again = await open(id, {}, hub.owner);
    expect(again.body.list.id).toBe(first.body.list.id);
    const named = await open(id, { name: "For Sunday" }, hub.owner);
    expect(named.body.list.name).toBe("For Sunday");
    expect((await listsOf(id)).map(({ name }: { name: string | null }) => name)).toEqual([null, "For Sunday"]);
    const races = await Promise.all([1, 2, 3].map(async () => open(await Promise.resolve(id))));
    expect(new Set(races.map(({ body }) => body.list.id)).size).toBe(1);
  });

  it("[SAV-1] changes nothing when an operation comes again, and says why one was refused", async () => {
    const id = await somebody();
    const { sku } = await countedGoods();
    const wanted = add(sku, { quantity: 3 });
    const { body } = await open(id, { operations: [wanted] });
    const removed = await operate(body.list.id, [{ id: newId(), kind: "remove", itemId: body.list.items[0].id }]);
    expect(removed.body.list.items).toEqual([]);
    const repeated = await operate(body.list.id, [wanted, add("NO-SUCH-SKU")]);
    expect(repeated.body.results.map(({ outcome, code }: { outcome: string; code: string }) => [outcome, code])).toEqual([
      ["repeated", null],
      ["refused", "list.sku_unknown"],
    ]);
    expect(repeated.body.list.items).toEqual([]);
  });

  it("[SAV-4] is nobody else's: an id opens nothing", async () => {
    const id = await somebody();
    const { body } = await open(id);
    expect((await operate(body.list.id, [add("X")], hub.lea)).body.code).toBe("list.unknown");
    expect((await hub.ask(hub.lea, "GET", `/v1/customers/${id}/lists`)).status).toBe(404);
    expect((await hub.ask(PUBLIC, "GET", `/v1/customers/${id}/lists`)).status).toBe(403);
  });

  it("[SAV-4] is seen on other channels as far as the link levels carry a cart, and again when they do", async () => {
    const { body } = await open("me", { name: "Across" }, hub.lea);
    const tills = { ...hub.owner };
    const inOffice = async () =>
      (await listsOf(body.list.id && (await me()), tills)).some(({ name }: { name: string }) => name === "Across");
    const me = async () => (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body.id;
    expect(await inOffice()).toBe(true);
    await hub.setLevel("online", "siloed");
    expect(await inOffice()).toBe(false);
    expect((await listsOf("me", hub.lea)).some(({ name }: { name: string }) => name === "Across")).toBe(true);
    await hub.setLevel("online", "linked");
    expect(await inOffice()).toBe(true);
  });

  it("[SAV-5] is read by its link by whoever has it, until sharing ends; the next link is another one", async () => {
    const id = await somebody();
    const { sku } = await countedGoods();
    const { body } = await open(id, { name: "Presents", operations: [add(sku)] });
    const share = () => hub.ask(SERVER, "PUT", `/v1/lists/${body.list.id}/sharing`);
    const tokenOf = (url: string) => url.split("/").at(-1) ?? "";
    const first = tokenOf((await share()).body.shareUrl);
    expect(tokenOf((await share()).body.shareUrl)).toBe(first);
    const shared = await hub.ask(PUBLIC, "GET", `/v1/shared-lists/${first}`);
    expect([shared.status, shared.body.name, skusOf(shared.body), Object.keys(shared.body).toSorted()]).toEqual([
      200,
      "Presents",
      [sku],
      ["id", "items", "name"],
    ]);
    expect((await hub.ask(SERVER, "DELETE", `/v1/lists/${body.list.id}/sharing`)).body.shareUrl).toBeNull();
    expect((await hub.ask(PUBLIC, "GET", `/v1/shared-lists/${first}`)).status).toBe(404);
    expect(tokenOf((await share()).body.shareUrl)).not.toBe(first);
    const [stored] = await rows("select share_hash from saved.list where id = $1", [body.list.id]);
    expect(String(stored.share_hash)).not.toContain(first);
  });

  it("[SAV-8] moves to the cart and back, each in one step, and what the cart refuses stays", async () => {
    const { sku } = await countedGoods();
    const { body } = await open("me", { name: `Move ${newId()}`, operations: [add(sku, { quantity: 2 })] }, hub.lea);
    const cart = (await hub.ask(hub.lea, "POST", "/v1/carts", { placeId: store })).body.cart;
    const move = { cartId: cart.id, itemIds: [body.list.items[0].id] };
    const moved = await hub.ask(hub.lea, "POST", `/v1/lists/${body.list.id}/moves-to-cart`, move);
    expect([moved.status, moved.body.moved.length, moved.body.list.items]).toEqual([200, 1, []]);
    await hub.ask(hub.lea, "POST", `/v1/lists/${body.list.id}/moves-to-cart`, move);
    const filled = (await hub.ask(hub.lea, "GET", `/v1/carts/${cart.id}`)).body;
    const line = filled.lines.find((one: { sku: string }) => one.sku === sku);
    expect(line.quantity).toBe(2);
    const back = { id: newId(), cartId: cart.id, lineId: line.id };
    const saved = await hub.ask(hub.lea, "POST", `/v1/lists/${body.list.id}/moves-from-cart`, back);
    expect([saved.status, saved.body.items.map(({ quantity }: { quantity: number }) => quantity)]).toEqual([200, [2]]);
    await hub.ask(hub.lea, "POST", `/v1/lists/${body.list.id}/moves-from-cart`, back);
    const after = (await hub.ask(hub.lea, "GET", `/v1/carts/${cart.id}`)).body;
    expect(after.lines.some((one: { sku: string }) => one.sku === sku)).toBe(false);
    const most = await open("me", { name: `Most ${newId()}`, operations: [add(sku, { quantity: 9999 })] }, hub.lea);
    const tooMany = { cartId: cart.id, itemIds: [most.body.list.items[0].id] };
    const refused = await hub.ask(hub.lea, "POST", `/v1/lists/${most.body.list.id}/moves-to-cart`, tooMany);
    expect([refused.status, refused.body.refused[0]?.code, refused.body.list.items.length]).toEqual([200, "stock.insufficient", 1]);
  });
});

describe("[SAV-6] what somebody waits for", () => {
  const wish = (id: string, body: object) => hub.ask(SERVER, "POST", `/v1/customers/${id}/wishes`, body);
  const wishesOf = async (id: string) => (await hub.ask(SERVER, "GET", `/v1/customers/${id}/wishes`)).body;
  const move = (sku: string, quantity: number) =>
    hub.ask(hub.owner, "POST", "/v1/stock/movements", { kind: "correction", placeId: store, sku, quantity, reason: "found" });

  it("is told once when it is back, within a second, and never again", async () => {
    const id = await somebody();
    const goods = await countedGoods();
    const early = await wish(id, { kind: "back_in_stock", sku: goods.sku, placeId: store });
    expect(early.body.code).toBe("wish.true_already");
    await rows("update stock.level set on_hand = 0, held = 0, allocated = 0, safety = 0 where variant_id = $1 and place_id = $2", [
      goods.variantId,
      store,
    ]);
    const made = await wish(id, { kind: "back_in_stock", sku: goods.sku, placeId: store });
    expect([made.status, made.body.state]).toEqual([201, "waiting"]);
    expect((await wish(id, { kind: "back_in_stock", sku: goods.sku, placeId: store })).body.id).toBe(made.body.id);
    const demand = await hub.ask(hub.owner, "GET", `/v1/wish-demand?storeId=${store}&sku=${goods.sku}`);
    expect(demand.body.items[0]).toMatchObject({ sku: goods.sku, waiting: 1 });
    expect((await move(goods.sku, 5)).status).toBeLessThan(300);
    await expect.poll(async () => (await wishesOf(id)).unseen).toBe(1);
    await move(goods.sku, 1);
    const { rows: facts } = await hub.demo.pool.query(
      "select 1 from platform.event_log where type = 'wish.came_true.v1' and subject = $1 union all select 1 from platform.outbox where type = 'wish.came_true.v1' and subject = $1",
      [`wish/${made.body.id}`],
    );
    expect(facts.length).toBe(1);
    expect((await wishesOf(id)).items[0]).toMatchObject({ state: "told", because: { kind: "back_in_stock" }, placeId: store });
  });

  it("[SAV-7] is withdrawn, and nobody is told then; a wish about a store names it", async () => {
    const id = await somebody();
    const goods = await countedGoods();
    expect((await wish(id, { kind: "new_on_menu" })).body.code).toBe("wish.place_unknown");
    expect((await wish(id, { kind: "cheaper", sku: "NO-SUCH" })).body.code).toBe("wish.goods_unknown");
    const made = await wish(id, { kind: "cheaper", sku: goods.sku });
    expect(made.body.priceThen).not.toBeNull();
    expect((await hub.ask(SERVER, "DELETE", `/v1/wishes/${made.body.id}`)).status).toBe(204);
    expect((await hub.ask(SERVER, "DELETE", `/v1/wishes/${made.body.id}`)).body.code).toBe("wish.unknown");
    expect((await wishesOf(id)).items).toEqual([]);
  });

  it("[SAV-11] goes with the person who is erased", async () => {
    const id = await somebody();
    const { sku } = await countedGoods();
    await open(id, { operations: [add(sku)] });
    await wish(id, { kind: "new_on_menu", placeId: store });
    expect((await hub.ask(hub.owner, "DELETE", `/v1/customers/${id}`)).status).toBeLessThan(300);
    const [left] = await rows(
      "select (select count(*) from saved.list where record_id = $1)::integer as lists, (select count(*) from saved.wish where record_id = $1)::integer as wishes",
      [id],
    );
    expect(left).toEqual({ lists: 0, wishes: 0 });
    for (const { sql } of savedInvariants) expect(await rows(sql)).toEqual([]);
  });
});
