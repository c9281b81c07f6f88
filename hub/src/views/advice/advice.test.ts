import { newId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openLevelHub, SHOP_KEY, type LevelHub } from "../../../test/level-hub.ts";

let hub: LevelHub;
let stores: { id: string; name: string }[];
let lea: string;
beforeAll(async () => {
  hub = await openLevelHub();
  stores = (await hub.ask(hub.lea, "GET", "/v1/stores")).body.items;
  lea = (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body.id;
}, 60_000);
afterAll(() => hub.demo.close());

const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
const here = () => stores[0]?.id ?? "";
const advice = async (cart = "", who = hub.owner, id = lea) =>
  hub.ask(who, "GET", `/v1/customers/${id}/advice?storeId=${here()}${cart && `&cart=${cart}`}`);

type Goods = { readonly sku: string; readonly variantId: string };

/** Goods that are counted at both stores, those first that the chain has never sold: its history is made anew each day. */
async function counted(n: number): Promise<Goods> {
  const [found] = await rows(
    `select v.sku, v.id as "variantId" from catalog.variant v join catalog.product p on p.id = v.product_id
      where p.is_tracked and p.is_active and v.is_active and exists (select from stock.level l where l.variant_id = v.id and l.place_id = $1)
      order by exists (select from orders.order_line o where o.variant_id = v.id), v.sku limit 1 offset $2`,
    [here(), n],
  );
  return found;
}
const setUnits = ({ variantId }: Goods, placeId: string, units: number) =>
  rows(
    `insert into stock.level (variant_id, place_id, on_hand) values ($1, $2, $3)
       on conflict (variant_id, place_id) do update set on_hand = $3, safety = 0`,
    [variantId, placeId, units],
  );

/** A sale of the store as the order book has it: what was bought together, so many days ago. */
async function sold(variants: readonly Goods[], daysAgo: number, recordId: string | null = null) {
  const [{ id }] = await rows(
    `insert into orders.orders (id, number, record_id, channel_id, entity_id, place_id, currency, mode, subtotal, discount, tax, tax_included,
        total, paid, taxes, business_date, time_zone, placed_at, units_ordered)
     select gen_random_uuid(), 'T-' || nextval('carts.offer_number'), $1, c.id, p.entity_id, p.id, 'EUR', 'imported', 100, 0, 0, true,
        100, 100, '[]', (now() - make_interval(days => $3))::date, 'Europe/Paris', now() - make_interval(days => $3), $4
       from places.place p, channels.channel c where p.id = $2 and c.code = 'online' returning id`,
    [recordId, here(), daysAgo, variants.length],
  );
  for (const [position, { sku, variantId }] of variants.entries())
    await rows(
      `insert into orders.order_line (id, order_id, position, variant_id, sku, name, unit_price, ordered, subtotal, discount, net, tax, total, tax_rate)
       values (gen_random_uuid(), $1, $2, $3, $4, '{"en":"x"}', '{}', 1, 100, 0, 100, 0, 100, '{}')`,
      [id, position, variantId, sku],
    );
}

it("[ADV-4] says what is here and which stores nearby have it, with the units of every other channel", async () => {
  const goods = await counted(0);
  const away = stores[1]?.id ?? "";
  await setUnits(goods, here(), 0);
  await setUnits(goods, away, 7);
  const answer = await hub.ask(hub.owner, "GET", `/v1/advised-goods?storeId=${here()}&skus=${goods.sku},NONE`);
  const [shown] = answer.body.items;
  expect([answer.status, answer.body.items.length, shown.here]).toMatchObject([200, 1, { available: 0, canBuy: false }]);
  const promised = await hub.ask(hub.owner, "GET", `/v1/availability?sku=${goods.sku}&storeId=${away}&limit=1`);
  const [{ store, available }] = promised.body.places;
  expect(available).toBe(7);
  const isNear = store.address.country === (await placeOf(here())).country;
  expect(shown.elsewhere.map((one: { storeId: string; available: number }) => [one.storeId, one.available])).toEqual(
    isNear ? [[away, available]] : [],
  );
});

const placeOf = async (id: string): Promise<{ country: string }> =>
  (await rows("select address ->> 'country' as country from places.place where id = $1", [id]))[0];

it("[SAV-14] [ADV-3] suggests what was saved and costs less now, with what it cost then", async () => {
  const goods = await counted(1);
  await setUnits(goods, here(), 3);
  const saved = await hub.ask(hub.lea, "POST", "/v1/customers/me/lists", { operations: [{ id: newId(), kind: "add", sku: goods.sku }] });
  const item = saved.body.list.items.find(({ sku }: { sku: string }) => sku === goods.sku);
  expect(item.priceThen).toMatchObject({ currency: "EUR" });
  expect((await advice()).body.suggestions.filter(({ kind }: { kind: string }) => kind === "cheaper")).toEqual([]);
  await rows(`update saved.item set price = jsonb_set(price, '{amount}', '99000') where id = $1`, [item.id]);
  const { body } = await advice();
  expect(body.suggestions).toContainEqual(
    expect.objectContaining({ kind: "cheaper", sku: goods.sku, priceThen: expect.objectContaining({ amount: 99000 }) }),
  );
  expect(body.goods.find(({ sku }: { sku: string }) => sku === goods.sku).here).toMatchObject({ available: 3, canBuy: true });
  expect((await advice(goods.sku)).body.suggestions.map(({ sku }: { sku: string }) => sku)).not.toContain(goods.sku);
});

it("[ADV-2] suggests by the store's own sales what goes with the cart", async () => {
  const [cup, cake, other] = [await counted(2), await counted(3), await counted(4)];
  for (const goods of [cup, cake]) await setUnits(goods, here(), 9);
  for (let sale = 0; sale < 6; sale++) await sold([cup, cake], 1);
  for (let sale = 0; sale < 6; sale++) await sold([other], 1);
  const { body } = await advice(cup.sku);
  expect(body.suggestions).toContainEqual(expect.objectContaining({ kind: "goes_with", sku: cake.sku, withSku: cup.sku, percent: 100 }));
});

it("[ADV-1] suggests what is due again, never to who wants nothing worked out from their purchases; what they bought is shown all the same", async () => {
  const goods = await counted(5);
  await setUnits(goods, here(), 9);
  for (const days of [60, 40, 20]) await sold([goods], days, lea);
  const before = (await advice()).body;
  expect(before.suggestions).toContainEqual(expect.objectContaining({ kind: "due_again", sku: goods.sku, everyDays: 20, timesBought: 3 }));
  expect(before.bought).toContainEqual(expect.objectContaining({ sku: goods.sku, timesBought: 3, lastPlaceName: stores[0]?.name }));
  const refused = await hub.ask(hub.lea, "PUT", "/v1/customers/me/uses/profiling", { isAllowed: false, wordingVersion: "1" });
  expect([refused.status, refused.body.code]).toEqual([200, undefined]);
  const after = (await advice()).body;
  expect([after.mayAnalyze, after.suggestions.filter(({ kind }: { kind: string }) => kind === "due_again")]).toEqual([false, []]);
  expect(after.bought.map(({ sku }: { sku: string }) => sku)).toContain(goods.sku);
});

it("[ADV-4] is for who serves the customer: nobody from outside, and no cashier who has not opened them", async () => {
  expect((await advice("", hub.lea)).status).toBe(403);
  expect((await advice("", { authorization: `Bearer ${SHOP_KEY}` })).status).toBe(403);
  const jordi = await hub.demo.enter("jordi");
  expect((await advice("", jordi)).status).toBe(404);
  expect((await advice("", hub.owner, newId())).status).toBe(404);
});
