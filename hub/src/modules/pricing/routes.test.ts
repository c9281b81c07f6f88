import type { CartView, OrderView, PromotionTrialView, PromotionView } from "@weft/contracts";
import { newId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openLevelHub, type LevelHub } from "../../../test/level-hub.ts";

let hub: LevelHub;
let bellecour: string;
beforeAll(async () => {
  hub = await openLevelHub();
  const { body } = await hub.ask(SHOP, "GET", "/v1/stores");
  bellecour = body.items.find(({ name }: { name: string }) => name.includes("Bellecour")).id;
}, 240_000);
afterAll(() => hub.demo.close());

const SHOP = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };
const GOODS = "PAS-CHO";
const euros = (amount: number) => ({ amount, currency: "EUR" });

async function openCart(quantity = 1): Promise<{ cart: CartView; token: string }> {
  const operations = [{ id: newId(), kind: "add", sku: GOODS, quantity }];
  return (await hub.ask(SHOP, "POST", "/v1/carts", { placeId: bellecour, fulfillment: "collect", operations })).body;
}

async function buy({ cart, token }: { cart: CartView; token: string }) {
  return hub.ask({ ...SHOP, "weft-cart": token }, "POST", `/v1/carts/${cart.id}/completion`, {
    fulfillment: { kind: "collect", placeId: bellecour },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: cart.totals.total,
    contact: { name: "Sophie Martin", email: "sophie@example.com" },
  });
}

it("[PRC-18] a promotion for one order: told on the line, refused to the second with the new price, and open again when the first is canceled", async () => {
  const { productId } = (await openCart()).cart.lines[0]!; // one line
  const full = (await openCart()).cart.totals.total.amount;
  const terms = {
    name: { en: "One euro" },
    benefit: { kind: "fixed_price", money: euros(100) },
    goods: { productIds: [productId] },
    maximumUses: 1,
  };
  const made: { status: number; body: PromotionView } = await hub.ask(hub.owner, "POST", "/v1/promotions", terms);
  expect(made).toMatchObject({ status: 201, body: { state: "active", version: 1, used: 0 } });
  await expect.poll(async () => (await openCart()).cart.totals.total.amount).toBe(100);
  const [first, second] = [await openCart(), await openCart()];
  expect(first.cart.lines[0]?.because.find(({ kind }) => kind === "price.promotion")?.data).toMatchObject({
    promotionId: made.body.id,
    version: 1,
  });
  const bought: { status: number; body: OrderView } = await buy(first);
  expect(bought).toMatchObject({ status: 201, body: { total: euros(100) } });
  const refused = await buy(second);
  expect([refused.status, ["pricing.promotion_used_up", "cart.total_changed"].includes(refused.body.code)]).toEqual([409, true]);
  const shown = async () =>
    (await hub.ask({ ...SHOP, "weft-cart": second.token }, "GET", `/v1/carts/${second.cart.id}`)).body.totals.total.amount;
  await expect.poll(shown).toBe(full);
  expect((await hub.ask(hub.owner, "GET", `/v1/promotions/${made.body.id}`)).body).toMatchObject({
    state: "used_up",
    used: 1,
    given: euros(full - 100),
  });
  expect((await hub.ask(hub.owner, "POST", `/v1/orders/${bought.body.id}/cancellation`, { reason: "changed_mind" })).status).toBe(200);
  await expect.poll(shown).toBe(100);
  expect((await hub.ask(hub.owner, "POST", `/v1/promotions/${made.body.id}/ending`)).body.state).toBe("ended");
  await expect.poll(async () => (await openCart()).cart.totals.total.amount).toBe(full);
}, 120_000);

it("[PRC-17] a promotion is tried on an open cart before anybody sees it, and every other says why it does not serve", async () => {
  const { cart } = await openCart(3);
  const terms = { name: { en: "Three for two" }, benefit: { kind: "cheapest_free", of: 3 } };
  const { body, status }: { body: PromotionTrialView; status: number } = await hub.ask(hub.owner, "POST", "/v1/promotion-trials", {
    cart: { kind: "open", cartId: cart.id },
    promotion: { terms },
  });
  const unit = cart.totals.total.amount / 3;
  expect(status).toBe(200);
  expect([body.before.amount, body.after.amount]).toEqual([3 * unit, 2 * unit]);
  expect(body.promotions[0]).toMatchObject({ isTried: true, because: null, amount: euros(unit) });
  expect(body.promotions.slice(1).every(({ because }) => because?.kind.startsWith("promotion."))).toBe(true);
  expect((await openCart(3)).cart.totals.total.amount).toBe(3 * unit);
}, 120_000);

it("[PRC-3] a price with a quantity break is set by SKU on a list, and taken off again", async () => {
  const { body: made } = await hub.ask(hub.owner, "POST", "/v1/price-lists", {
    name: "Bellecour, this month",
    currency: "EUR",
    taxIncluded: true,
    placeIds: [bellecour],
  });
  const set = (amount: number | null) =>
    hub.ask(hub.owner, "POST", `/v1/price-lists/${made.id}/prices`, {
      prices: [{ sku: GOODS, minQuantity: 4, unitPrice: amount === null ? null : { amount } }],
    });
  expect((await set(150)).body).toEqual({ set: 1, removed: 0 });
  await expect.poll(async () => (await openCart(4)).cart.totals.total.amount).toBe(600);
  const listed = await hub.ask(hub.owner, "GET", `/v1/price-lists/${made.id}/prices`);
  expect(listed.body.items).toMatchObject([{ sku: GOODS, minQuantity: 4, unitPrice: { amount: 150 } }]);
  expect((await set(null)).body).toEqual({ set: 0, removed: 1 });
  await expect.poll(async () => (await openCart(4)).cart.totals.total.amount).not.toBe(600);
}, 120_000);

it("[PRC-22] a deposit is set by country, stands beside the price wherever goods are shown, and belongs to goods once", async () => {
  const save = (code: string, body: object) => hub.ask(hub.owner, "PUT", `/v1/deposits/${code}`, body);
  const cup = {
    name: { en: "Deposit", fr: "Consigne" },
    amounts: [{ country: "FR", amount: euros(100), followsGoods: true, taxClass: "goods" }],
    skus: [GOODS],
  };
  const full = (await openCart()).cart.totals.total.amount;
  expect(await save("cup", cup)).toMatchObject({ status: 200, body: { code: "cup", goods: [{ sku: GOODS }] } });
  expect(await save("crate", cup)).toMatchObject({ status: 409, body: { code: "pricing.deposit_twice", sku: GOODS, deposit: "cup" } });
  expect(await save("crate", { ...cup, skus: ["NO-SUCH"] })).toMatchObject({ status: 422, body: { code: "pricing.sku_unknown" } });
  const wrong = { ...cup, skus: [], amounts: [{ ...cup.amounts[0], taxClass: "unheard_of" }] };
  expect(await save("crate", wrong)).toMatchObject({ status: 422, body: { code: "pricing.tax_class_unknown" } });
  await expect.poll(async () => (await openCart(2)).cart.totals).toMatchObject({ total: euros(2 * full + 200), deposit: euros(200) });
  const { body } = await hub.ask(SHOP, "GET", `/v1/products?storeId=${bellecour}&query=${GOODS}`);
  expect(body.items[0]).toMatchObject({ defaultSku: GOODS, price: { amount: full }, deposit: { amount: euros(100) } });
  expect((await save("cup", { ...cup, skus: [] })).body.goods).toEqual([]);
  await expect.poll(async () => (await openCart()).cart.totals).toMatchObject({ total: euros(full), deposit: null });
}, 120_000);

it("[PRC-5] rounding is set for a country and a legal entity, says where it comes from, and is inherited again", async () => {
  const list = async () => (await hub.ask(hub.owner, "GET", "/v1/rounding-policies")).body.items;
  const [country, entity] = (await list()).filter((one: { country: string }) => one.country === "FR");
  expect([country, entity]).toMatchObject([
    { entityId: null, own: null, from: "default" },
    { own: null, from: "default" },
  ]);
  const set = (body: object, to = "FR") => hub.ask(hub.owner, "PUT", `/v1/rounding-policies/${to}`, body);
  const french = async () => (await list()).filter((one: { country: string }) => one.country === "FR").slice(0, 2);
  const line = { level: "line", mode: "half_up" };
  await set({ policy: line });
  expect(await french()).toMatchObject([
    { own: line, from: "country" },
    { own: null, inForce: line, from: "country" },
  ]);
  await set({ entityId: entity.entityId, policy: { level: "ticket", mode: "half_even" } });
  expect(await french()).toMatchObject([{ from: "country" }, { inForce: { level: "ticket", mode: "half_even" }, from: "entity" }]);
  expect(await set({ entityId: entity.entityId, policy: line }, "DE")).toMatchObject({
    status: 422,
    body: { code: "pricing.entity_unknown" },
  });
  for (const entityId of [entity.entityId, null]) await set({ entityId, policy: null });
  expect(await french()).toEqual([country, entity]);
}, 60_000);

it("[PRC-19] staff see what each channel shows of promotions, and a visitor sees only what their own does", async () => {
  const { body } = await hub.ask(hub.owner, "GET", "/v1/channels");
  const web = body.channels.find(({ kind }: { kind: string }) => kind === "web").id;
  const store = body.channels.find(({ kind }: { kind: string }) => kind === "store").id;
  const terms = {
    name: { en: "Only on the web" },
    benefit: { kind: "percentage", rate: { numerator: 1, denominator: 10 } },
    channelIds: [web],
  };
  const made = (await hub.ask(hub.owner, "POST", "/v1/promotions", terms)).body.id;
  const shown = async (headers: Parameters<LevelHub["ask"]>[0], channelId: string) =>
    (await hub.ask(headers, "GET", `/v1/shown-promotions?channelId=${channelId}`)).body.items.some(({ id }: { id: string }) => id === made);
  await expect.poll(() => shown(hub.owner, web)).toBe(true);
  expect([await shown(hub.owner, store), await shown(SHOP, store)]).toEqual([false, await shown(SHOP, web)]);
  await hub.ask(hub.owner, "POST", `/v1/promotions/${made}/ending`);
}, 60_000);
