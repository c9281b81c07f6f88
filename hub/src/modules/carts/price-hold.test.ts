import { ok } from "@weft/kernel";
import { PromotionTerms, type CartOperation } from "@weft/contracts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testId, variantId } from "../../../test/goods-hub.ts";
import {
  CAPPUCCINO,
  LYON,
  MUG,
  newKey,
  PARIS,
  saleHub,
  tillActor,
  visitor,
  WEB,
  type SaleHub,
  type TestCart,
} from "../../../test/sale-hub.ts";
import { changeChannel } from "../channels/index.ts";
import {
  changePromotion,
  createCode,
  createPromotion,
  endPromotion,
  savePriceLists,
  setPrices,
  type CodeId,
  type PriceListId,
  type PromotionId,
} from "../pricing/index.ts";
import type { Actor } from "../../platform/index.ts";
import { abandonCart, loadCart, operate, showCart } from "./index.ts";
import { claimHandover, offerHandover } from "./commands/hand-over.ts";

const WEB_LIST = testId<PriceListId>("price list", 2);
const PARIS_LIST = testId<PriceListId>("price list", 3);
const INLINE = [{ kind: "card", token: "inline" }] as const;

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  for (const place of [LYON, PARIS]) await hub.stock(MUG, place, 500);
  await hub.must((ctx) =>
    savePriceLists(ctx, [
      { id: WEB_LIST, name: "Web", currency: "EUR", taxIncluded: true, priority: 0, scope: { channelIds: [WEB] } },
      { id: PARIS_LIST, name: "Paris", currency: "EUR", taxIncluded: true, priority: 0, scope: { placeIds: [PARIS] } },
    ]),
  );
});
// On the web a mug is 13.00, at the tills of Lyon 14.00, in Paris 15.00 and a cappuccino there 3.50 instead of 3.90.
beforeEach(async () => {
  await price(WEB_LIST, MUG, 1300);
  await price(PARIS_LIST, MUG, 1500);
  await price(PARIS_LIST, CAPPUCCINO, 350);
});
afterAll(() => hub.close());

async function price(listId: PriceListId, goods: number, amount: number): Promise<void> {
  const unitPrice = { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await hub.must((ctx) => setPrices(ctx, [{ listId, variantId: variantId(goods), minQuantity: 1, unitPrice }]));
  hub.around.snapshots.invalidate();
}

const act = (cart: TestCart, operations: readonly Record<string, unknown>[], actor: Actor = cart.actor) =>
  hub.must(
    // Operations as the contract reads them, with ids of tests.
    (ctx) =>
      operate(ctx, { cartId: cart.id, operations: operations.map((one) => ({ ...one, id: ctx.newId() }) as unknown as CartOperation) }),
    actor,
  );
const goTo = (placeId: string) => ({ kind: "setFulfillment", fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null } });
const add = (goods: number, quantity = 1) => ({ kind: "add", sku: `SKU-${goods}`, quantity, options: [] });

/** The cart as somebody is shown it `minutes` from now. */
async function shownIn(minutes: number, cart: TestCart) {
  const loaded = await loadCart({ ...hub.around, db: hub.db }, cart.id);
  if (!loaded) throw new Error("the cart is gone");
  return showCart(hub.around.snapshots, loaded, new Date(Date.now() + minutes * 60_000));
}

const minutesTo = (heldUntil: string | null | undefined) => Math.round((Date.parse(heldUntil ?? "") - Date.now()) / 60_000);

/** Moves the promise of a cart into the past, as time does. */
async function letPass(minutes: number, { id }: TestCart): Promise<void> {
  await hub.rows("update carts.cart set prices_until = prices_until - make_interval(mins => $2::int) where id = $1", [id, minutes]);
  await hub.rows("update carts.cart_line set price_cap = price_cap - make_interval(mins => $2::int) where cart_id = $1", [id, minutes]);
}

describe("[CRT-10] the price that was shown", () => {
  it("is promised for a quarter of an hour, and the line says until when", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    expect(cart.view.lines[0]).toMatchObject({ unitPrice: { amount: 1300 } });
    expect(minutesTo(cart.view.lines[0]?.heldUntil)).toBe(15);
    expect((await shownIn(16, cart)).lines[0]?.heldUntil).toBeNull();
  });

  it("is promised as long as the channel that sells says, else as its place holds; taken away it is inherited again", async () => {
    const promise = async (minutes: number | null) => {
      await hub.must((ctx) => changeChannel(ctx, WEB, { priceHoldMinutes: minutes }));
      hub.around.snapshots.invalidate();
      return minutesTo((await hub.cart([[MUG, 1]])).view.lines[0]?.heldUntil);
    };
    expect([await promise(5), await promise(90), await promise(null)]).toEqual([5, 90, 15]);
  });

  it("is answered to an act as it is stored, on lines priced by a list and by a promise", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const prices = ({ lines, totals }: typeof cart.view) => [
      totals,
      lines.map(({ sku, unitPrice, total, because, heldUntil }) => ({ sku, unitPrice, total, because, heldUntil })),
    ];
    const acts = [[add(CAPPUCCINO)], [goTo(PARIS)], [add(MUG, 2)], [goTo(LYON), add(CAPPUCCINO, 3)]];
    for (const [nth, operations] of acts.entries()) {
      await price(WEB_LIST, MUG, 1300 - nth * 100);
      const { cart: answered } = await act(cart, operations);
      expect(prices(answered)).toEqual(prices(await shownIn(0, cart)));
    }
  });

  it("holds at a place with a dearer list until its end, and says so; a lower price there counts at once", async () => {
    const cart = await hub.cart([
      [MUG, 1],
      [CAPPUCCINO, 1],
    ]);
    const { cart: moved } = await act(cart, [goTo(PARIS)]);
    expect(moved.lines.map(({ total }) => total.amount)).toEqual([1300, 350]);
    expect(moved.lines[0]?.because[0]).toEqual({ kind: "price.held", data: { until: new Date(moved.lines[0]?.heldUntil ?? "") } });
    expect((await shownIn(16, cart)).lines.map(({ total }) => total.amount)).toEqual([1500, 350]);
  });

  it("holds when the list itself becomes dearer", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    await price(WEB_LIST, MUG, 1350);
    expect((await shownIn(1, cart)).totals.total.amount).toBe(2600);
  });

  it("is prolonged by the holder's acts, an hour at most from when it was first shown", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    for (let acts = 0; acts < 5; acts++) {
      await letPass(10, cart);
      await act(cart, [add(CAPPUCCINO)]);
    }
    const { lines } = await shownIn(0, cart);
    expect(lines.map(({ heldUntil }) => minutesTo(heldUntil))).toEqual([10, 15]);
  });

  it("that has ended does not come back with the next act", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    await act(cart, [goTo(PARIS)]);
    await letPass(16, cart);
    const { cart: after } = await act(cart, [add(CAPPUCCINO)]);
    expect(after.lines[0]).toMatchObject({ unitPrice: { amount: 1500 } });
    expect((await shownIn(1, cart)).lines[0]).toMatchObject({ unitPrice: { amount: 1500 } });
  });

  it("is what a completion counts, also at another place than the cart's", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    expect(
      await hub.complete(cart, INLINE, { fulfillment: { kind: "collect", placeId: PARIS, dining: "take_away", dueAt: null } }),
    ).toMatchObject({
      kind: "placed",
      view: { total: { amount: 1300 } },
    });
  });

  it("holds while a provider thinks, whatever the lists do meanwhile", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    hub.provider.script = "pending";
    await hub.complete(cart, [{ kind: "card", token: "slow" }], { key });
    await price(WEB_LIST, MUG, 1700);
    const intent = hub.provider.asked.at(-1)?.split(" ")[1] ?? "";
    hub.provider.settle(intent, "captured");
    expect(await hub.complete(cart, [{ kind: "card", token: "slow" }], { key })).toMatchObject({ kind: "placed" });
  });
});

describe("[CRT-10] a hand-over", () => {
  const till = tillActor(LYON);

  async function taken(mode: "take" | "join") {
    const cart = await hub.cart([[MUG, 1]], { actor: { ...visitor(), credential: "phone" } });
    const offer = await hub.must((ctx) => offerHandover(ctx, cart.id, mode), cart.actor);
    await hub.must((ctx) => claimHandover(ctx, offer.code), till);
    return { id: cart.id, actor: till, view: await shownIn(0, cart) } satisfies TestCart;
  }

  it("brings the web's price to the till, and the till sells at it", async () => {
    const ticket = await taken("take");
    expect(ticket.view.lines[0]).toMatchObject({ unitPrice: { amount: 1300 }, because: [{ kind: "price.held" }, {}] });
    const sold = await hub.sell(ticket, [{ kind: "cash", received: 2000 }]);
    expect(sold).toMatchObject({ ok: true, value: { view: { total: { amount: 1300 } } } });
  });

  it("by take ends in the till's own prices, by join in those of the channel that sells", async () => {
    expect((await shownIn(20, await taken("take"))).totals.total.amount).toBe(1400);
    expect((await shownIn(20, await taken("join"))).totals.total.amount).toBe(1300);
  });

  it("holds the price for the life of its code, also when the hour was over", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    await act(cart, [goTo(PARIS)]);
    await letPass(14, cart);
    await hub.must((ctx) => offerHandover(ctx, cart.id, "take"), cart.actor);
    expect((await shownIn(9, cart)).lines[0]).toMatchObject({ unitPrice: { amount: 1300 } });
  });
});

describe("[PRC-23] a promotion that was shown", () => {
  const till = tillActor(LYON);
  const terms = (percent: number, given: object = {}) =>
    PromotionTerms.parse({
      name: { en: "Web week" },
      benefit: { kind: "percentage", rate: { numerator: percent, denominator: 100 } },
      ...given,
    });
  const ended: PromotionId[] = [];
  let made = 0;

  async function promotion(percent = 20, given: object = {}): Promise<PromotionId> {
    const id = testId<PromotionId>("promotion", ++made);
    await hub.must((ctx) => createPromotion(ctx, id, terms(percent, given)));
    hub.around.snapshots.invalidate();
    ended.push(id);
    return id;
  }
  async function end(id: PromotionId): Promise<void> {
    await hub.must((ctx) => endPromotion(ctx, id));
    hub.around.snapshots.invalidate();
  }
  async function change(id: PromotionId, percent: number): Promise<void> {
    await hub.must((ctx) => changePromotion(ctx, id, 1, terms(percent)));
    hub.around.snapshots.invalidate();
  }
  afterEach(async () => {
    for (const id of ended.splice(0)) await end(id);
  });
  const totalIn = async (minutes: number, cart: TestCart) => (await shownIn(minutes, cart)).totals.total.amount;

  it("and that staff end holds on the way from the shop over the till to the order, to the cent, and not a minute longer", async () => {
    const id = await promotion(20, { channelIds: [WEB] });
    const [sold, late] = await Promise.all([1, 2].map(() => hub.cart([[MUG, 3]], { actor: { ...visitor(), credential: "phone" } })));
    if (!sold || !late) throw new Error("no carts");
    expect(sold.view.totals.total.amount).toBe(3120);
    await end(id);
    expect((await shownIn(0, sold)).lines[0]).toMatchObject({
      total: { amount: 3120 },
      because: expect.arrayContaining([expect.objectContaining({ kind: "price.held" })]),
    });
    const offer = await hub.must((ctx) => offerHandover(ctx, sold.id, "take"), sold.actor);
    await hub.must((ctx) => claimHandover(ctx, offer.code), till);
    const ticket: TestCart = { id: sold.id, actor: till, view: await shownIn(0, sold) };
    expect(ticket.view.totals.total.amount).toBe(3120);
    expect(await hub.sell(ticket, [{ kind: "cash", received: 4000 }])).toMatchObject({
      ok: true,
      value: { view: { total: { amount: 3120 } } },
    });
    expect(await totalIn(16, late)).toBe(3900);
    await letPass(16, late);
    const { cart: after } = await act(late, [add(CAPPUCCINO)]);
    expect(after.lines[0]).toMatchObject({ total: { amount: 3900 } });
    expect(await hub.complete({ ...late, view: after }, INLINE)).toMatchObject({ kind: "placed", view: { total: { amount: 4290 } } });
    expect(await hub.broken()).toEqual([]);
  });

  it("of one channel goes along to the till that takes the cart over, until its end", async () => {
    await promotion(50, { channelIds: [WEB] });
    const cart = await hub.cart([[MUG, 1]], { actor: { ...visitor(), credential: "phone" } });
    const offer = await hub.must((ctx) => offerHandover(ctx, cart.id, "take"), cart.actor);
    await hub.must((ctx) => claimHandover(ctx, offer.code), till);
    expect([await totalIn(0, cart), await totalIn(20, cart)]).toEqual([650, 1400]);
  });

  it("is for the goods that were shown with it: what is added later has its new terms, and better ones count at once", async () => {
    const id = await promotion(20);
    const cart = await hub.cart([[MUG, 1]]);
    await change(id, 10);
    const { cart: more } = await act(cart, [add(CAPPUCCINO)]);
    expect(more.lines.map(({ total }) => total.amount)).toEqual([1040, 351]);
    expect(await hub.complete({ ...cart, view: more }, INLINE)).toMatchObject({ kind: "placed", view: { total: { amount: 1391 } } });
    const [use] = await hub.rows<{ amount: number }>("select amount::integer from pricing.promotion_use where promotion_id = $1", [id]);
    expect(use?.amount).toBe(299);
    const better = await promotion(20);
    const other = await hub.cart([[MUG, 1]]);
    await change(better, 30);
    expect(await totalIn(0, other)).toBeLessThanOrEqual(910);
  });

  it("ends at the end that it stated, whatever is promised", async () => {
    const soon = new Date(Date.now() + 5 * 60_000);
    await promotion(20, { validTo: soon.toISOString() });
    const cart = await hub.cart([[MUG, 1]]);
    expect([await totalIn(4, cart), await totalIn(6, cart)]).toEqual([1040, 1300]);
  });
});

describe("[PRC-6] a code that is used up", () => {
  it("shows as not applied with its reason as soon as it is typed, and ever after", async () => {
    const id = testId<CodeId>("code", 9);
    await hub.must((ctx) =>
      createCode(ctx, {
        id,
        code: "ONCE",
        benefit: { kind: "percentage", rate: { numerator: 1, denominator: 10 } },
        scope: {},
        combinable: true,
        maximumUses: 1,
      }),
    );
    hub.around.snapshots.invalidate();
    const [first, second, third] = [await hub.cart([[MUG, 1]]), await hub.cart([[MUG, 1]]), await hub.cart([[MUG, 1]])];
    const code = { kind: "applyCode", code: "ONCE" };
    const winner = await act(first, [code]);
    const loser = await act(second, [code]);
    expect(loser.cart.codes).toEqual([{ code: "ONCE", applied: true, because: { kind: "code.applied" } }]);
    await hub.complete({ ...first, view: winner.cart }, INLINE);

    const usedUp = [{ code: "ONCE", applied: false, because: { kind: "code.used_up", data: {} } }];
    expect((await shownIn(0, second)).codes).toEqual(usedUp);
    expect((await act(third, [code])).cart.codes).toEqual(usedUp);
    expect(await hub.complete({ ...second, view: loser.cart }, INLINE)).toEqual({
      kind: "refused",
      error: { code: "pricing.code_used_up", text: "ONCE" },
    });
    await hub.must(async (ctx) => ok(await abandonCart(ctx, third.id)), third.actor);
  });
});

describe("[PRC-24] a code that was shown", () => {
  const till = tillActor(LYON);
  let made = 20;

  /** A code of the web shop alone. */
  async function webCode(given: object = {}): Promise<string> {
    const code = `WEB${++made}`;
    const id = testId<CodeId>("code", made);
    const benefit = { kind: "percentage", rate: { numerator: 1, denominator: 10 } } as const;
    await hub.must((ctx) => createCode(ctx, { id, code, benefit, scope: { channelIds: [WEB] }, combinable: true, ...given }));
    hub.around.snapshots.invalidate();
    return code;
  }
  async function takenOver(code: string): Promise<TestCart> {
    const cart = await hub.cart([[MUG, 1]], { actor: { ...visitor(), credential: "phone" } });
    const typed = await act(cart, [{ kind: "applyCode", code }]);
    expect(typed.cart.totals.total.amount).toBe(1170);
    const offer = await hub.must((ctx) => offerHandover(ctx, cart.id, "take"), cart.actor);
    await hub.must((ctx) => claimHandover(ctx, offer.code), till);
    return { id: cart.id, actor: till, view: await shownIn(0, cart) };
  }

  it("goes along to the till that takes the cart over, for those goods, and the order pays what was shown", async () => {
    const code = await webCode();
    const ticket = await takenOver(code);
    expect(ticket.view).toMatchObject({ totals: { total: { amount: 1170 } }, codes: [{ code, applied: true }] });
    const { cart: more } = await act(ticket, [add(CAPPUCCINO)]);
    expect(more.lines.map(({ total }) => total.amount)).toEqual([1170, 390]);
    expect(await hub.sell({ ...ticket, view: more }, [{ kind: "cash", received: 2000 }])).toMatchObject({
      ok: true,
      value: { view: { total: { amount: 1560 } } },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("ends with the promise of the price, and says why; typed only there it serves as little", async () => {
    const code = await webCode();
    const ticket = await takenOver(code);
    const refused = [{ code, applied: false, because: { kind: "code.out_of_scope", data: { missing: "channel" } } }];
    expect(await shownIn(20, ticket)).toMatchObject({ totals: { total: { amount: 1400 } }, codes: refused });
    const own = await hub.cart([[MUG, 1]], { actor: till });
    expect((await act(own, [{ kind: "applyCode", code }])).cart).toMatchObject({ totals: { total: { amount: 1400 } }, codes: refused });
  });

  it("still asks what was shown with it: its end", async () => {
    const code = await webCode({ validTo: new Date(Date.now() + 5 * 60_000) });
    const ticket = await takenOver(code);
    expect((await shownIn(4, ticket)).totals.total.amount).toBe(1170);
    expect(await shownIn(6, ticket)).toMatchObject({ totals: { total: { amount: 1300 } }, codes: [{ because: { kind: "code.expired" } }] });
  });
});
