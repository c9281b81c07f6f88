import { newId, ok, type VariantId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { createLog, inTransaction, SYSTEM, type Ctx } from "../../platform/index.ts";
import { tellOfGoods } from "./commands/tell.ts";

let hub: LevelHub;
let store: string;
beforeAll(async () => {
  hub = await openLevelHub();
  store = (await hub.ask(hub.lea, "GET", "/v1/stores")).body.items[0].id;
}, 60_000);
afterAll(() => hub.demo.close());

const SERVER: Headers = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };
/** As long as a busy machine may take; what is so is seen at once. */
const WAIT = { timeout: 20_000, interval: 50 };
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
const wish = (id: string, body: object, who = SERVER) => hub.ask(who, "POST", `/v1/customers/${id}/wishes`, { storeId: store, ...body });
const wishesOf = async (id: string, who = SERVER) => (await hub.ask(who, "GET", `/v1/customers/${id}/wishes`)).body;
const timesTold = async (wishId: string): Promise<number> => {
  const [counted] = await rows(
    `select ((select count(*) from platform.event_log where type = 'wish.came_true.v1' and subject = $1)
           + (select count(*) from platform.outbox where type = 'wish.came_true.v1' and subject = $1))::integer as times`,
    [`wish/${wishId}`],
  );
  return counted.times;
};

async function somebody(): Promise<string> {
  const { body } = await hub.ask(SERVER, "POST", "/v1/customers", { givenName: "Noa", email: `noa-${newId()}@example.com` });
  return body.customer.id;
}

type Counted = { readonly sku: string; readonly variantId: string; readonly productId: string };

/** Goods that are counted and that no other test waits for. */
async function countedGoods(): Promise<Counted> {
  const [found] = await rows(
    `select v.sku, v.id as "variantId", p.id as "productId" from catalog.variant v join catalog.product p on p.id = v.product_id
      where p.is_tracked and p.is_active and v.is_active and exists (select from stock.level l where l.variant_id = v.id and l.place_id = $1)
        and not exists (select from saved.wish w where w.variant_id = v.id) order by v.sku limit 1`,
    [store],
  );
  return found;
}

const leave = ({ variantId }: Counted, units: number) =>
  rows("update stock.level set on_hand = $3, held = 0, allocated = 0, safety = 0 where variant_id = $1 and place_id = $2", [
    variantId,
    store,
    units,
  ]);
const receive = ({ sku }: Counted) =>
  hub.ask(hub.owner, "POST", "/v1/stock/movements", { kind: "receipt", placeId: store, sku, quantity: 5, reason: "delivery" });

/** Runs in a transaction; `isKilled` is what a kill before the commit leaves of it: nothing. */
async function inOne(work: (ctx: Ctx) => Promise<number>, isKilled = false): Promise<void> {
  const around = { pool: hub.demo.pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  const run = inTransaction(around, async (ctx) => {
    const told = await work(ctx);
    if (isKilled) throw new Error("killed");
    return ok(told);
  });
  if (isKilled) await expect(run).rejects.toThrow("killed");
  else await run;
}

describe("what comes true", () => {
  it("[SAV-6] is told once: by four at the same time, after a kill before the commit, and when it is so again", async () => {
    const id = await somebody();
    const goods = await countedGoods();
    await leave(goods, 0);
    const { body } = await wish(id, { kind: "back_in_stock", sku: goods.sku, placeId: store });
    await leave(goods, 3);
    const tell = (ctx: Ctx) => tellOfGoods(ctx, [goods.variantId as VariantId]); // an id by its table
    await inOne(tell, true);
    await Promise.all([1, 2, 3, 4].map(() => inOne(tell)));
    await receive(goods);
    await expect.poll(async () => (await wishesOf(id)).unseen, WAIT).toBe(1);
    expect(await timesTold(body.id)).toBe(1);
  });

  it("[SAV-7] costs less than when it was asked for", async () => {
    const id = await somebody();
    const { sku, variantId } = await countedGoods();
    const { body } = await wish(id, { kind: "cheaper", sku });
    const { amount, scale, per } = body.priceThen;
    const lists = await rows(`select distinct list_id as id from pricing.price where variant_id = $1`, [variantId]);
    for (const list of lists) {
      const unitPrice = { amount: amount - 1, scale, perQuantity: per.quantity };
      const set = await hub.ask(hub.owner, "POST", `/v1/price-lists/${list.id}/prices`, { prices: [{ sku, unitPrice }] });
      expect(set.status).toBeLessThan(300);
    }
    const how = async () => {
      const [{ state, because, goods }] = (await wishesOf(id)).items;
      return [state, because?.kind, goods.unitPrice.amount];
    };
    await expect.poll(how, WAIT).toEqual(["told", "cheaper", amount - 1]);
  });

  it("[SAV-9] is sold at their store, and is new on its menu", async () => {
    const id = await somebody();
    const { sku, productId } = await countedGoods();
    const assort = (change: object) => hub.ask(hub.owner, "POST", `/v1/places/${store}/assortment`, change);
    await assort({ remove: [productId] });
    const ask = () => wish(id, { kind: "in_my_store", sku, placeId: store });
    await expect.poll(async () => (await ask()).status, WAIT).toBe(201);
    expect((await wish(id, { kind: "new_on_menu", placeId: store })).status).toBe(201);
    await assort({ add: [productId] });
    await expect.poll(async () => (await wishesOf(id)).unseen, WAIT).toBe(2);
    const { items } = await wishesOf(id);
    const [{ slug }] = await rows("select slug from catalog.product where id = $1", [productId]);
    expect(items.map(({ kind, goods }: { kind: string; goods: { slug: string } }) => [kind, goods.slug]).toSorted()).toEqual([
      ["in_my_store", slug],
      ["new_on_menu", slug],
    ]);
  });

  it("[MSG-16] is mailed once to whoever said yes to that, and is a note alone for everybody else", async () => {
    const id = await somebody();
    const goods = await countedGoods();
    const choice = { purpose: "marketing", topic: "wishes", channelKind: "email", state: "granted" };
    const decided = await hub.ask(hub.lea, "POST", "/v1/customers/me/consents", {
      choices: [choice],
      wordingVersion: "test",
      language: "en",
    });
    expect(decided.status).toBe(200);
    await leave(goods, 0);
    const hers = await wish("me", { kind: "back_in_stock", sku: goods.sku, placeId: store }, hub.lea);
    const theirs = await wish(id, { kind: "back_in_stock", sku: goods.sku, placeId: store });
    await receive(goods);
    const mails = (wishId: string) => rows("select 1 from messages.dedupe where dedupe_key = $1", [`wish ${wishId}`]);
    await expect.poll(async () => (await mails(hers.body.id)).length, WAIT).toBe(1);
    await expect.poll(async () => (await wishesOf(id)).unseen, WAIT).toBe(1);
    expect((await mails(theirs.body.id)).length).toBe(0);
    expect((await hub.ask(hub.lea, "PUT", "/v1/customers/me/wishes/seen")).status).toBe(204);
    expect((await wishesOf("me", hub.lea)).unseen).toBe(0);
  });
});
