import { PromotionTerms, type CartOperation } from "@weft/contracts";
import { ok, type CartId, type StaffId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testId, variantId } from "../../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, PARIS, saleHub, TILLS, visitor, type SaleHub } from "../../../../test/sale-hub.ts";
import { ANONYMOUS, type Actor } from "../../../platform/index.ts";
import { createPromotion, endPromotion, setPrices, type PriceListId, type PromotionId } from "../../pricing/index.ts";
import { eraseCarts, loadCart, mayUseCart, operate, showCart } from "../index.ts";
import { cartToGoOnWith } from "../queries/current-cart.ts";
import { declineOffer, revokeOffer } from "./end.ts";
import { makeOffer, renewOffer, type OfferTerms } from "./make.ts";
import { openForCustomer } from "./open-for-customer.ts";
import { presentOpened } from "./present.ts";
import { listOffers, offerById, offerByToken, stateOfOffer, type StoredOffer } from "./stored.ts";
import { offerToken } from "./token.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("delete from stock.hold");
  for (const place of [LYON, PARIS]) await hub.stock(MUG, place, 10);
  // What earlier tests ordered waits to be collected.
  await hub.rows("update stock.level set held = 0, on_hand = allocated + 10");
  await price(1400);
});

const DAY = 86_400_000;

function desk(role: "agent" | "manager" = "agent", number = 7): Actor {
  return {
    ...ANONYMOUS,
    kind: "staff",
    credential: `desk ${number}`,
    channelId: TILLS,
    staff: { id: testId<StaffId>("staff", number), name: "Anna", roles: [role], placeIds: [], sessionId: testId("session", number) },
  };
}

async function price(amount: number): Promise<void> {
  const unitPrice = { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await hub.must((ctx) =>
    setPrices(ctx, [{ listId: testId<PriceListId>("price list", 1), variantId: variantId(MUG), minQuantity: 1, unitPrice }]),
  );
  hub.around.snapshots.invalidate();
}

type Change = Record<string, unknown> & { readonly kind: string };

const act = (cartId: string, changes: readonly Change[], actor: Actor = desk()) =>
  hub.run(
    // Operations as the contract reads them, with ids of tests.
    (ctx) =>
      operate(ctx, {
        cartId: cartId as CartId,
        operations: changes.map((one) => ({ ...one, id: ctx.newId() }) as unknown as CartOperation),
      }),
    actor,
  );

async function staffCart(given: { readonly customerId?: string | null; readonly quantity?: number } = {}): Promise<CartId> {
  const { customerId = null, quantity = 2 } = given;
  const cart = await hub.must((ctx) => openForCustomer(ctx, { customerId, placeId: LYON }), desk());
  const added = await act(cart.id, [{ kind: "add", sku: `SKU-${MUG}`, quantity, options: [] }]);
  if (!added.ok) throw new Error(added.error.code);
  return cart.id as CartId;
}

const TERMS: OfferTerms = { kind: "link", validUntil: new Date(Date.now() + 3 * DAY), mayChange: false, holdsStock: false, note: null };

async function offered(cartId: CartId, terms: Partial<OfferTerms> = {}): Promise<{ offer: StoredOffer; link: Actor }> {
  const offer = await hub.must((ctx) => makeOffer(ctx, hub.vault, cartId, { ...TERMS, ...terms }), desk());
  return { offer, link: { ...visitor(), cartToken: offerToken(hub.vault, offer.id) } };
}

/** Moves the end of an offer into the past, as time does. */
async function letExpire({ id, cartId }: StoredOffer): Promise<void> {
  await hub.rows(
    "update carts.offer set offered_at = offered_at - interval '4 days', valid_until = now() - interval '1 hour' where id = $1",
    [id],
  );
  await hub.rows(
    "update carts.cart set offer = jsonb_set(offer, '{until}', to_jsonb(now() - interval '1 hour')), prices_until = now() - interval '1 hour' where id = $1",
    [cartId],
  );
}

const shown = async (cartId: CartId) => {
  const cart = await loadCart({ ...hub.around, db: hub.db }, cartId);
  if (!cart) throw new Error("the cart is gone");
  return showCart(hub.around.snapshots, cart, new Date());
};

type Given = Parameters<SaleHub["complete"]>[2] & { readonly token?: string };

async function pay(cartId: CartId, actor: Actor, { token = "inline", ...request }: Given = {}) {
  return hub.complete({ id: cartId, actor, view: await shown(cartId) }, [{ kind: "card", token }], request);
}

const stateOf = async ({ id }: StoredOffer) => {
  const offer = await offerById({ db: hub.db }, id);
  return offer && stateOfOffer(offer, new Date());
};

describe("[CRT-20] a cart that staff make for a customer", () => {
  it("is theirs and not current: its customer sees it by the link alone, and not before", async () => {
    const customer = await hub.customer();
    const cartId = await staffCart({ customerId: customer.customer.recordId });
    const asCustomer = async () => {
      const ctx = { ...hub.around, db: hub.db, actor: customer };
      return loadCart(ctx, cartId).then((cart) => cart && mayUseCart(customer, cart));
    };
    expect(await asCustomer()).toBe(false);
    expect(await cartToGoOnWith({ ...hub.around, db: hub.db, actor: customer }, customer.customer.recordId)).toBeUndefined();
    await offered(cartId);
    expect(await asCustomer()).toBe(true);
    expect((await shown(cartId)).current).toBe(false);
  });

  it("is gone on with by a colleague, and by no cashier", async () => {
    const cartId = await staffCart();
    expect(await act(cartId, [{ kind: "add", sku: `SKU-${CAPPUCCINO}`, quantity: 1, options: [] }], desk("manager", 8))).toMatchObject({
      ok: true,
    });
    const cashier = { ...desk("agent", 9), staff: { ...desk("agent", 9).staff, roles: ["cashier"] } } as Actor; // the roles of a cashier
    expect(await act(cartId, [{ kind: "dismissEarlier" }], cashier)).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
  });

  it("becomes one order by its link, however many press at once, and the order names who filled it", async () => {
    const cartId = await staffCart();
    const { offer, link } = await offered(cartId);
    const done = await Promise.all([pay(cartId, link), pay(cartId, link), pay(cartId, { ...link, credential: "another phone" })]);
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(await stateOf(offer)).toBe("ordered");
    const [order] = await hub.rows<{ staff_name: string | null; step: string }>(
      "select step, staff_name from orders.contribution c join orders.orders o on o.id = c.order_id where o.cart_id = $1 and step = 'cart'",
      [cartId],
    );
    expect(order).toEqual({ step: "cart", staff_name: "Anna" });
    expect(await pay(cartId, link)).toMatchObject({ kind: "refused", error: { code: "cart.closed" } });
    expect(await hub.broken()).toEqual([]);
  });

  it("says nothing of whose it is to whoever has the link", async () => {
    const customer = await hub.customer();
    const { offer, link } = await offered(await staffCart({ customerId: customer.customer.recordId }));
    const opened = await presentOpened({ ...hub.around, db: hub.db, actor: link, now: new Date() }, offer);
    expect(opened).toMatchObject({ state: "open", isCustomerKnown: true, cart: { customer: null } });
    expect(await offerByToken({ db: hub.db }, "AAAAAAAAAAAAAAAAAAAAAA")).toBeUndefined();
    const stored = JSON.stringify(
      await hub.rows("select token_hash::text, offer from carts.offer o join carts.cart c on c.id = o.cart_id"),
    );
    expect(stored).not.toContain(link.cartToken);
  });
});

describe("[CRT-21] by its link", () => {
  it("a cart is changed as far as staff let it, and not by staff while it is offered", async () => {
    const cartId = await staffCart();
    const [line] = (await shown(cartId)).lines;
    const more = { kind: "setQuantity", lineId: line?.id, quantity: 3 };
    const { link, offer } = await offered(cartId);
    expect(await act(cartId, [more], link)).toMatchObject({ ok: false, error: { code: "offer.not_changeable" } });
    expect(await act(cartId, [more])).toMatchObject({ ok: false, error: { code: "offer.standing", offerId: offer.id } });
    const { link: open } = await offered(cartId, { mayChange: true });
    expect(await act(cartId, [more], open)).toMatchObject({ ok: true, value: { cart: { totals: { total: { amount: 4200 } } } } });
    expect(await act(cartId, [{ kind: "setCustomer", customerId: null }], open)).toMatchObject({ ok: false });
    expect(await stateOf(offer)).toBe("replaced");
  });

  it("[CHK-25] it is ordered where it was offered, unless that may be changed", async () => {
    const cartId = await staffCart();
    const { link } = await offered(cartId);
    const elsewhere = { fulfillment: { kind: "collect", placeId: PARIS, dining: "take_away", dueAt: null } } as const;
    expect(await pay(cartId, link, elsewhere)).toMatchObject({ kind: "refused", error: { code: "offer.not_changeable" } });
    const { link: open } = await offered(cartId, { mayChange: true });
    expect(await pay(cartId, open, elsewhere)).toMatchObject({ kind: "placed" });
  });

  it("nothing is ordered after it was taken back or declined, and what was held is free", async () => {
    const cartId = await staffCart();
    const first = await offered(cartId, { holdsStock: true });
    expect((await hub.level(MUG)).held).toBe(2);
    await hub.must((ctx) => revokeOffer(ctx, first.offer.id), desk());
    expect(await pay(cartId, first.link)).toMatchObject({ kind: "refused", error: { code: "cart.unknown" } });
    expect((await hub.level(MUG)).held).toBe(0);
    const second = await offered(cartId, { holdsStock: true });
    const token = second.link.cartToken ?? "";
    expect(await hub.run((ctx) => declineOffer(ctx, token, "too dear"), second.link)).toMatchObject({
      ok: true,
      value: { endedBecause: "declined", reason: "too dear" },
    });
    expect(await hub.run((ctx) => declineOffer(ctx, token, null), second.link)).toMatchObject({ ok: true });
    expect(await pay(cartId, second.link)).toMatchObject({ kind: "refused" });
    expect(await act(cartId, [{ kind: "add", sku: `SKU-${CAPPUCCINO}`, quantity: 1, options: [] }])).toMatchObject({ ok: true });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CRT-22] what was offered", () => {
  it("holds its price until the end, whatever the list does, and a lower one counts", async () => {
    const cartId = await staffCart();
    const { link } = await offered(cartId, { kind: "quote" });
    await price(1900);
    expect((await shown(cartId)).totals.total.amount).toBe(2800);
    await price(1000);
    expect((await shown(cartId)).totals.total.amount).toBe(2000);
    await price(1900);
    expect(await pay(cartId, link)).toMatchObject({ kind: "placed", view: { total: { amount: 2800 } } });
  });

  it("that has run out is not ordered, and is renewed under the same link at the price of today", async () => {
    const cartId = await staffCart();
    const { offer, link } = await offered(cartId, { kind: "quote" });
    await letExpire(offer);
    await price(1500);
    expect(await stateOf(offer)).toBe("expired");
    expect(await pay(cartId, link)).toMatchObject({ kind: "refused", error: { code: "offer.expired" } });
    const renewed = await hub.must((ctx) => renewOffer(ctx, offer.id, new Date(Date.now() + DAY)), desk());
    expect(renewed).toMatchObject({ total: 3000, number: offer.number });
    expect(await pay(cartId, link)).toMatchObject({ kind: "placed", view: { total: { amount: 3000 } } });
  });

  it("[PRC-23] holds the promotion that staff end meanwhile until its end, and is renewed without it", async () => {
    const id = testId<PromotionId>("promotion", 1);
    const benefit = { kind: "percentage", rate: { numerator: 1, denominator: 4 } };
    await hub.must((ctx) => createPromotion(ctx, id, PromotionTerms.parse({ name: { en: "A quarter off" }, benefit })));
    hub.around.snapshots.invalidate();
    const [paid, late] = [await staffCart(), await staffCart()];
    const { link } = await offered(paid);
    const { offer } = await offered(late, { kind: "quote" });
    await hub.must((ctx) => endPromotion(ctx, id));
    hub.around.snapshots.invalidate();
    expect(await pay(paid, link)).toMatchObject({ kind: "placed", view: { total: { amount: 2100 } } });
    await letExpire(offer);
    expect(await hub.must((ctx) => renewOffer(ctx, offer.id, new Date(Date.now() + DAY)), desk())).toMatchObject({ total: 2800 });
  });

  it("holds its goods until the end when that is asked, and nothing otherwise; too many are refused", async () => {
    const cartId = await staffCart({ quantity: 8 });
    await offered(cartId);
    expect((await hub.level(MUG)).held).toBe(0);
    await offered(cartId, { holdsStock: true });
    expect((await hub.level(MUG)).held).toBe(8);
    const [hold] = await hub.rows<{ days: number }>(
      "select extract(epoch from expires_at - now()) / 86400 as days from stock.hold where cart_id = $1",
      [cartId],
    );
    expect(Number(hold?.days)).toBeGreaterThan(2.9);
    const other = await staffCart({ quantity: 1 });
    await hub.rows("update carts.cart_line set quantity = 5 where cart_id = $1", [other]);
    await hub.rows("select stock.release_cart($1)", [other]);
    expect(await hub.run((ctx) => makeOffer(ctx, hub.vault, other, { ...TERMS, holdsStock: true }), desk())).toMatchObject({
      ok: false,
      error: { code: "offer.stock_short" },
    });
  });

  it("keeps its goods when a payment fails", async () => {
    const cartId = await staffCart();
    const { link } = await offered(cartId, { holdsStock: true });
    hub.provider.script = "decline";
    expect(await pay(cartId, link, { token: "slow" })).toMatchObject({ kind: "refused", error: { code: "payment.declined" } });
    hub.provider.script = "capture";
    expect((await hub.level(MUG)).held).toBe(2);
    expect(await pay(cartId, link)).toMatchObject({ kind: "placed" });
    expect((await hub.level(MUG)).held).toBe(0);
  });

  it("ends in the future, at most half a year ahead, and is a cart with something in it", async () => {
    const cartId = await staffCart();
    const make = (terms: Partial<OfferTerms>, id = cartId) =>
      hub.run((ctx) => makeOffer(ctx, hub.vault, id, { ...TERMS, ...terms }), desk());
    expect(await make({ validUntil: new Date(Date.now() - 1000) })).toMatchObject({ error: { code: "offer.end_refused" } });
    expect(await make({ validUntil: new Date(Date.now() + 200 * DAY) })).toMatchObject({ error: { code: "offer.end_refused" } });
    const empty = await hub.must((ctx) => openForCustomer(ctx, { customerId: null, placeId: LYON }), desk());
    expect(await make({}, empty.id as CartId)).toMatchObject({
      error: { code: "offer.incomplete", requirements: [{ code: "cart.empty" }] },
    });
    const own = await hub.cart([[MUG, 1]]);
    expect(await make({}, own.id)).toMatchObject({ error: { code: "cart.not_yours" } });
  });
});

describe("[CRT-23] a price that staff give", () => {
  const give = (cartId: CartId, lineId: string | undefined, unitAmount: number | null, actor = desk()) =>
    act(cartId, [{ kind: "setPrice", lineId, unitAmount, reason: "a scratch" }], actor);

  it("is lower than the list's and within what their role allows; the line says why, and the order keeps it", async () => {
    const cartId = await staffCart();
    const lineId = (await shown(cartId)).lines[0]?.id;
    const refusals = async (amount: number, actor?: Actor) => {
      const done = await give(cartId, lineId, amount, actor);
      return done.ok ? (done.value.results[0]?.code ?? null) : done.error.code;
    };
    expect([await refusals(1400), await refusals(1259), await refusals(1260)]).toEqual(["price.not_lower", "price.below_limit", null]);
    expect(await refusals(980, desk("manager", 8))).toBeNull();
    expect((await shown(cartId)).lines[0]).toMatchObject({
      total: { amount: 1960 },
      override: { insteadOf: { amount: 1400 }, reason: "a scratch" },
    });
    const { link } = await offered(cartId);
    await price(1900);
    expect(await pay(cartId, link)).toMatchObject({ kind: "placed", view: { total: { amount: 1960 } } });
    const [line] = await hub.rows<{ because: { kind: string }[] }>(
      "select l.because from orders.order_line l join orders.orders o on o.id = l.order_id where o.cart_id = $1",
      [cartId],
    );
    expect(line?.because[0]).toMatchObject({ kind: "price.overridden" });
  });

  it("is taken back, and is given by nobody but staff of a desk", async () => {
    const cartId = await staffCart();
    const lineId = (await shown(cartId)).lines[0]?.id;
    await give(cartId, lineId, 1300);
    expect((await shown(cartId)).totals.total.amount).toBe(2600);
    await give(cartId, lineId, null);
    expect((await shown(cartId)).totals.total.amount).toBe(2800);
    const own = await hub.cart([[MUG, 1]]);
    const tried = await give(own.id, own.view.lines[0]?.id, 100, own.actor);
    expect(tried).toMatchObject({ ok: true, value: { results: [{ outcome: "refused", code: "price.not_yours" }] } });
  });
});

describe("[CRT-20] the list of offers", () => {
  it("finds each in the state that it says of itself", async () => {
    const made = await offered(await staffCart());
    const expired = await offered(await staffCart(), { kind: "quote" });
    await letExpire(expired.offer);
    const declined = await offered(await staffCart());
    await hub.run((ctx) => declineOffer(ctx, declined.link.cartToken ?? "", null), declined.link);
    const paid = await staffCart();
    const ordered = await offered(paid);
    await pay(paid, ordered.link);
    const now = new Date();
    for (const state of ["open", "paying", "ordered", "expired", "declined", "revoked", "replaced"] as const) {
      const found = await listOffers({ db: hub.db, now }, { limit: 100, after: null, state, kind: undefined, placeIds: [] });
      expect(found.every((offer) => stateOfOffer(offer, now) === state)).toBe(true);
      for (const { offer } of [made, expired, declined, ordered])
        expect(found.some(({ id }) => id === offer.id)).toBe((await stateOf(offer)) === state);
    }
  });
});

it("[CRT-20] an erasure ends what was offered and forgets what was said with it", async () => {
  const customer = await hub.customer();
  const cartId = await staffCart({ customerId: customer.customer.recordId });
  const { offer, link } = await offered(cartId, { note: "For Léa, with the blue ribbon", holdsStock: true });
  await hub.must(async (ctx) => ok(await eraseCarts(ctx, [customer.customer.recordId])));
  expect(await offerById({ db: hub.db }, offer.id)).toMatchObject({ note: null, endedBecause: "erased" });
  expect(await pay(cartId, link).catch(() => null)).not.toMatchObject({ kind: "placed" });
  expect(await hub.broken()).toEqual([]);
});
