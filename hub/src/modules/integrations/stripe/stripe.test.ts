import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import { Stripe } from "stripe";
import { asId, ok, type EntityId, type IntentId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testId } from "../../../../test/goods-hub.ts";
import { LYON, MUG, newKey, saleHub, type SaleHub, type TestCart } from "../../../../test/sale-hub.ts";
import { stripeSimulator, type StripeSimulator } from "../../../../test/stripe-simulator.ts";
import { assembleHub, type Hub } from "../../../assemble.ts";
import { cancelOrder, completeCart, deskOn, sendRefundNow, type SettleDeps } from "../../checkout/index.ts";
import type { Charge, RefundId } from "../../payments/index.ts";
import { reconcile } from "../domain/reconcile.ts";
import { keepLines } from "../settlements/keep-lines.ts";
import { linesOf, movementsOf } from "../settlements/movements.ts";
import { readStripeAccounts, type StripeAccount } from "./accounts.ts";
import { stripeProvider } from "./provider.ts";
import { isSignedByStripe } from "./signature.ts";
import { stripeAccounts } from "./webhook.ts";

const SECRET = "whsec_of_the_test";
const REGISTER = testId("register", 1);

let sim: StripeSimulator;
let hub: SaleHub;
let assembled: Hub;
let app: FastifyInstance;
let account: StripeAccount;
let deps: SettleDeps;
beforeAll(async () => {
  sim = await stripeSimulator();
  hub = await saleHub();
  const settings = [
    {
      code: "fr",
      entityIds: [testId<EntityId>("entity", 1)],
      secretKey: "sk_test_of_the_test",
      webhookSecret: SECRET,
      readers: { [REGISTER]: { id: "tmr_1", label: "Counter" } },
      apiUrl: sim.url,
    },
  ];
  const [first] = readStripeAccounts(JSON.stringify(settings));
  if (!first) throw new Error("an account is set up");
  account = first;
  deps = { ...hub.deps, accounts: stripeAccounts(hub.pool, [account]), providerWaitMs: 5000 };
  assembled = await assembleHub({
    pool: hub.pool,
    config: {
      role: "api",
      isDemo: false,
      secret: "a secret that is long enough for tests",
      rateLimit: 0,
      smtpFrom: "shop@example.com",
      stripeAccounts: JSON.stringify(settings),
    },
    log: hub.around.log,
    migrations: 0,
    checksAnswers: true,
  });
  app = assembled.app;
}, 60_000);
afterAll(async () => {
  await assembled.stop();
  await hub.close();
  await sim.close();
});
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  sim.script = "approve";
  sim.refundStatus = "succeeded";
});

const pay = (cart: TestCart, token = "pm_card", by: SettleDeps = deps, key = newKey()) =>
  completeCart(
    { ...hub.around, actor: cart.actor },
    by,
    {
      cartId: cart.id,
      fulfillment: { kind: "collect", placeId: null, dining: "take_away", dueAt: null },
      tenders: [{ kind: "card", token }],
      expectedTotal: cart.view.totals.total,
      contact: null,
      returnPath: "/shop/checkout",
    },
    key,
  );

const stateOf = async (cart: TestCart) =>
  (await hub.rows<{ state: string }>("select state from carts.cart where id = $1", [cart.id]))[0]?.state;

async function refOf(cart: TestCart): Promise<{ intentId: IntentId; ref: string }> {
  const [row] = await hub.rows<{ intentId: IntentId; ref: string }>(
    `select p.intent_id as "intentId", p.ref from integrations.stripe_payment p join payments.intent i on i.id = p.intent_id where i.cart_id = $1
      order by i.created_at desc limit 1`,
    [cart.id],
  );
  if (!row) throw new Error("nothing was asked of the provider");
  return row;
}

const ordersOf = (cart: TestCart) =>
  hub.rows<{ payment_state: string }>("select payment_state from orders.orders where cart_id = $1", [cart.id]);

/** A delivery as the provider sends it, signed by its own library. */
function deliver(object: object, type: string, sign: { secret?: string; at?: number } = {}) {
  const payload = JSON.stringify({ id: "evt_1", object: "event", type, data: { object } }, null, 2);
  const timestamp = sign.at ?? Math.floor(Date.now() / 1000);
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: sign.secret ?? SECRET, timestamp });
  const headers = { "content-type": "application/json; charset=utf-8", "stripe-signature": header };
  return app.inject({ method: "POST", url: "/v1/webhooks/payments/fr", headers, payload });
}

describe("[PAY-5] a card by a Stripe account is charged once", () => {
  it("approved: one charge of the agreed amount, one order; it goes back once when the order is canceled", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    const before = sim.taken();
    const done = await pay(cart);
    expect(done).toMatchObject({ kind: "placed", view: { paymentState: "paid" } });
    expect(sim.taken() - before).toBe(1);
    const { ref } = await refOf(cart);
    expect(sim.intents.get(ref)).toMatchObject({ status: "succeeded", amount_received: 2800, currency: "eur" });
    if (done.kind !== "placed") throw new Error("not placed");
    await hub.must((ctx) => cancelOrder(ctx, asId(done.view.id), "no"));
    const [refund] = await hub.rows<{ id: RefundId }>("select id from payments.refund where order_id = $1", [done.view.id]);
    if (!refund) throw new Error("nothing goes back");
    const provider = stripeProvider(hub.pool, account);
    const { intentId } = await refOf(cart);
    const wanted = { refundId: refund.id, attempt: 1, intentId, amount: { amount: 2800, currency: "EUR" } };
    await sendRefundNow(deskOn(hub.around), deps, refund.id);
    expect([await provider.refund(wanted), await provider.refund(wanted)]).toEqual(["succeeded", "succeeded"]);
    expect(sim.refunds.filter(({ payment_intent: of }) => of === ref)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("declined: the reason is told, and another card pays", async () => {
    sim.script = "decline";
    const cart = await hub.cart([[MUG, 1]]);
    expect(await pay(cart)).toEqual({ kind: "refused", error: { code: "payment.declined", reason: "insufficient_funds" } });
    sim.script = "approve";
    expect(await pay(cart)).toMatchObject({ kind: "placed" });
  });

  it("the answer was lost: it is asked for, found and never charged again", async () => {
    sim.script = "lose";
    const cart = await hub.cart([[MUG, 1]]);
    const before = sim.taken();
    const key = newKey();
    // The first call asks again itself after it has waited; when the machine is slow it leaves that to the second.
    const first = await pay(cart, "pm_card", { ...deps, providerWaitMs: 1000 }, key);
    expect([first.kind, (await pay(cart, "pm_card", deps, key)).kind]).toEqual(
      first.kind === "placed" ? ["placed", "stored"] : ["pending", "placed"],
    );
    expect(sim.taken() - before).toBe(1);
  });

  it("told to take nothing before the request arrives, it confirms nothing", async () => {
    const provider = stripeProvider(hub.pool, account);
    const intentId = testId<IntentId>("intent", 901);
    const amount = { amount: 500, currency: "EUR" };
    const before = sim.taken();
    expect(await provider.find(intentId)).toEqual({ kind: "unknown" });
    expect(await provider.cancel(intentId, amount)).toMatchObject({ kind: "voided" });
    expect(await provider.charge({ intentId, token: "pm_card", amount }, new AbortController().signal)).toMatchObject({ kind: "voided" });
    expect(sim.taken()).toBe(before);
  });

  it("a token of the sandbox pays nothing here", async () => {
    expect(await pay(await hub.cart([[MUG, 1]]), "sandbox_approve")).toMatchObject({
      error: { code: "payment.declined", reason: "card_unknown" },
    });
  });

  it("a provider that hangs blocks nobody else", async () => {
    sim.script = "hang";
    const cart = await hub.cart([[MUG, 1]]);
    const hanging = pay(cart, "pm_card", { ...deps, providerWaitMs: 1500 });
    await expect.poll(() => stateOf(cart)).toBe("completing");
    const others = await Promise.all(
      Array.from({ length: 6 }, async () => hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }])),
    );
    expect(others.map(({ kind }) => kind)).toEqual(others.map(() => "placed"));
    expect(await hanging).toEqual({ kind: "pending", actionUrl: null });
    const { intentId, ref } = await refOf(cart);
    sim.take(ref);
    await deliver({ id: ref, object: "payment_intent", metadata: { weft_intent: intentId } }, "payment_intent.succeeded");
    expect(await ordersOf(cart)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PAY-33] an account that charges when the goods are handed over", () => {
  const later = () => stripeProvider(hub.pool, { ...account, capture: "at_handover" });
  const agree = (n: number, isForLater = true) =>
    later().charge(
      { intentId: testId<IntentId>("intent", n), token: "pm_card", amount: { amount: 800, currency: "EUR" }, isForLater },
      new AbortController().signal,
    );

  it("takes nothing when it is ordered, and once what it is asked for then, however often that is", async () => {
    const before = sim.taken();
    expect(await agree(911)).toMatchObject({ kind: "authorized", amount: { amount: 800, currency: "EUR" } });
    expect(sim.taken()).toBe(before);
    const wanted = { captureId: testId<IntentId>("capture", 1), attempt: 1, intentId: testId<IntentId>("intent", 911), isLast: true };
    const ask = () => later().capture?.({ ...wanted, amount: { amount: 500, currency: "EUR" } });
    expect([await ask(), await ask()]).toMatchObject([{ kind: "captured" }, { kind: "captured" }]);
    expect(sim.taken() - before).toBe(1);
    expect(await later().find(testId("intent", 911))).toMatchObject({ kind: "captured", amount: { amount: 500, currency: "EUR" } });
  });

  it("lets go of what is given up, and charges nothing of it afterwards; what leaves at once is charged at once", async () => {
    await agree(912);
    const intentId = testId<IntentId>("intent", 912);
    const amount = { amount: 800, currency: "EUR" };
    expect(await later().cancel(intentId, amount)).toMatchObject({ kind: "voided" });
    const capture = { captureId: testId<IntentId>("capture", 2), attempt: 1, intentId, amount, isLast: true };
    expect(await later().capture?.(capture)).toEqual({ kind: "refused", reason: "authorization_expired" });
    expect(await agree(913, false)).toMatchObject({ kind: "captured" });
  });
});

describe("[PAY-37] a card that is kept", () => {
  const amount = { amount: 900, currency: "EUR" };
  const charge = (n: number, given: Partial<Charge>) =>
    stripeProvider(hub.pool, account).charge(
      { intentId: testId<IntentId>("intent", n), token: "pm_card", amount, ...given },
      new AbortController().signal,
    );

  it("agrees also where the account charges at once, and is charged again while nobody is there", async () => {
    const before = sim.taken();
    const agreed = await charge(921, { isForLater: true, keepsCard: true });
    expect(agreed).toMatchObject({ kind: "authorized", amount, keptCard: expect.stringMatching(/^cus_\S+ pm_card$/) });
    expect(sim.taken()).toBe(before);
    const token = agreed.kind === "authorized" ? (agreed.keptCard ?? "") : "";
    expect(await charge(922, { token, isKept: true })).toMatchObject({ kind: "captured", amount });
    expect(sim.taken() - before).toBe(1);
    sim.script = "bank";
    expect(await charge(923, { token, isKept: true })).toMatchObject({ kind: "declined", reason: "authentication_required" });
    sim.script = "approve";
    expect(await charge(924, { token: "pm_card", isKept: true })).toMatchObject({ kind: "declined", reason: "card_unknown" });
  });

  it("is not kept where nothing is to be charged later", async () => {
    const agreed = await stripeProvider(hub.pool, { ...account, capture: "at_handover" }).charge(
      { intentId: testId<IntentId>("intent", 925), token: "pm_card", amount, isForLater: true },
      new AbortController().signal,
    );
    expect(agreed).not.toHaveProperty("keptCard");
  });
});

describe("[PAY-22] a step at the bank", () => {
  it("is shown to the payer, and what they said there is asked for when they come back", async () => {
    sim.script = "bank";
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    const { ref } = await pay(cart, "pm_card", deps, key).then(async (first) => {
      expect(first).toEqual({ kind: "pending", actionUrl: expect.stringContaining("https://bank.example/") });
      return refOf(cart);
    });
    sim.take(ref);
    expect(await pay(cart, "pm_card", deps, key)).toMatchObject({ kind: "placed", view: { paymentState: "paid" } });
  });

  it("on the provider's own page: paid there it is an order, left there until it expires it holds nothing any more", async () => {
    const [paid, left] = [await hub.cart([[MUG, 1]]), await hub.cart([[MUG, 1]])];
    for (const cart of [paid, left])
      expect(await pay(cart, "provider_page")).toEqual({ kind: "pending", actionUrl: "https://pay.example/page" });
    const page = sim.pages.get((await refOf(paid)).ref);
    const gone = sim.pages.get((await refOf(left)).ref);
    if (!page || !gone) throw new Error("both have a page");
    const intent = { id: `pi_of_${page.id}`, status: "succeeded", amount: 1400, amount_received: 1400, currency: "eur", metadata: {} };
    sim.intents.set(intent.id, intent);
    Object.assign(page, { status: "complete", payment_status: "paid", payment_intent: intent.id });
    gone.status = "expired";
    await deliver({ id: page.id, object: "checkout.session" }, "checkout.session.completed");
    await deliver({ id: gone.id, object: "checkout.session" }, "checkout.session.expired");
    expect(await ordersOf(paid)).toEqual([{ payment_state: "paid" }]);
    expect([await ordersOf(left), await stateOf(left)]).toEqual([[], "checkout"]);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PAY-23] what the provider tells by itself", () => {
  const waiting = async () => {
    sim.script = "bank";
    const cart = await hub.cart([[MUG, 1]]);
    await pay(cart);
    return { cart, ...(await refOf(cart)) };
  };

  it("three deliveries at once are one settlement", async () => {
    const { cart, ref } = await waiting();
    const before = sim.taken();
    sim.take(ref);
    const told = await Promise.all([1, 2, 3].map(() => deliver({ id: ref, object: "payment_intent" }, "payment_intent.succeeded")));
    expect(told.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await ordersOf(cart)).toEqual([{ payment_state: "paid" }]);
    expect(sim.taken() - before).toBe(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("in any order they end in the same state", async () => {
    const types = ["payment_intent.requires_action", "payment_intent.payment_failed", "payment_intent.succeeded"];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const { cart, ref, intentId } = await waiting();
      sim.take(ref);
      for (const index of order)
        await deliver({ id: ref, object: "payment_intent", metadata: { weft_intent: intentId } }, types[index] ?? "");
      expect(await ordersOf(cart)).toEqual([{ payment_state: "paid" }]);
      expect(await hub.rows("select state from payments.intent where id = $1", [intentId])).toEqual([{ state: "captured" }]);
    }
  });

  it("counts only when it is signed by this account, not long ago, and over these bytes", async () => {
    const { cart, ref } = await waiting();
    sim.take(ref);
    const object = { id: ref, object: "payment_intent" };
    const old = Math.floor(Date.now() / 1000) - 301;
    for (const sign of [{ secret: "whsec_of_somebody" }, { at: old }])
      expect(await deliver(object, "payment_intent.succeeded", sign)).toMatchObject({ statusCode: 400 });
    const unsigned = await app.inject({ method: "POST", url: "/v1/webhooks/payments/fr", payload: { data: { object } } });
    expect(unsigned.json()).toMatchObject({ code: "payment.signature_invalid" });
    expect((await app.inject({ method: "POST", url: "/v1/webhooks/payments/other", payload: "{}" })).statusCode).toBe(404);
    expect(await ordersOf(cart)).toEqual([]);
  });

  it("about what is not ours changes nothing", async () => {
    expect(await deliver({ id: "pi_of_others", object: "payment_intent" }, "payment_intent.succeeded")).toMatchObject({ statusCode: 200 });
  });
});

describe("a card reader that the hub drives", () => {
  it("is offered at its register only", async () => {
    const provider = stripeProvider(hub.pool, account);
    expect(provider.cardWay({ registerId: asId(REGISTER) })).toEqual({ way: "reader", token: "tmr_1", label: "Counter" });
    expect(provider.cardWay({ registerId: null })).toEqual({ way: "provider_page", token: "provider_page" });
  });

  it("waits for the card, takes it once, and says why it refused another", async () => {
    const [taken, refused] = [await hub.cart([[MUG, 1]]), await hub.cart([[MUG, 1]])];
    const key = newKey();
    expect(await pay(taken, "tmr_1", deps, key)).toEqual({ kind: "pending", actionUrl: null });
    sim.take((await refOf(taken)).ref);
    expect(await pay(taken, "tmr_1", deps, key)).toMatchObject({ kind: "placed" });
    const second = newKey();
    expect(await pay(refused, "tmr_1", deps, second)).toEqual({ kind: "pending", actionUrl: null });
    Object.assign(sim.reader ?? {}, { status: "failed", failure_code: "card_declined" });
    expect(await pay(refused, "tmr_1", deps, second)).toMatchObject({
      kind: "refused",
      error: { code: "payment.declined", reason: "card_declined" },
    });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PAY-43] a payment that its cardholder takes back", () => {
  const disputesOf = (orderId: string) =>
    hub.rows(
      "select d.state, d.amount::int, d.reason from payments.dispute d join payments.intent i on i.id = d.intent_id where i.order_id = $1",
      [orderId],
    );
  const tell = (id: string, type: string) => deliver({ id, object: "dispute", metadata: {} }, `charge.dispute.${type}`);

  it("stands on its order and is a task until it is answered, whatever order the deliveries come in, and what has ended stays so", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const done = await pay(cart);
    if (done.kind !== "placed") throw new Error("not placed");
    const { ref } = await refOf(cart);
    const dispute = sim.takeBack(ref);
    expect((await tell(dispute.id, "created")).statusCode).toBe(200);
    expect((await tell(dispute.id, "created")).statusCode).toBe(200);
    expect(await disputesOf(done.view.id)).toEqual([{ state: "open", amount: 1400, reason: "fraudulent" }]);
    expect(await hub.rows("select order_id from payments.read_open_dispute")).toEqual([{ order_id: done.view.id }]);
    dispute.status = "lost";
    // The delivery about what came before is late: how it stands is asked for, not read from it.
    await tell(dispute.id, "updated");
    await tell(dispute.id, "closed");
    dispute.status = "under_review";
    await tell(dispute.id, "updated");
    expect(await disputesOf(done.view.id)).toMatchObject([{ state: "lost" }]);
    expect(await hub.rows("select order_id from payments.read_open_dispute")).toEqual([]);
    expect(await hub.broken()).toEqual([]);
  });

  it("of somebody else's payment is passed over, and one that is not signed is not believed", async () => {
    const other = await stripeProvider(hub.pool, account).charge(
      { intentId: testId<IntentId>("intent", 951), token: "pm_card", amount: { amount: 500, currency: "EUR" } },
      new AbortController().signal,
    );
    if (other.kind !== "captured") throw new Error("it is charged");
    const dispute = sim.takeBack(other.providerRef);
    expect((await tell(dispute.id, "created")).statusCode).toBe(200);
    expect(await hub.rows("select 1 from payments.dispute where reference = $1", [dispute.id])).toEqual([]);
    const forged = await deliver({ id: dispute.id, object: "dispute" }, "charge.dispute.created", { secret: "whsec_other" });
    expect(forged.statusCode).toBe(400);
  });
});

it("[PAY-40] the balance of an account agrees with the books: payments, refunds, fees and payouts, over several pages", async () => {
  sim.pageSize = 3;
  const cart = await hub.cart([[MUG, 2]]);
  const done = await pay(cart);
  if (done.kind !== "placed") throw new Error("not placed");
  await hub.must((ctx) => cancelOrder(ctx, asId(done.view.id), "no"));
  const [refund] = await hub.rows<{ id: RefundId }>("select id from payments.refund where order_id = $1", [done.view.id]);
  if (refund) await sendRefundNow(deskOn(hub.around), deps, refund.id);
  sim.payOut(2500);
  const { intentId, ref } = await refOf(cart);
  const day = new Date().toISOString().slice(0, 10);
  const period = { account: "stripe:fr", from: day, to: day };
  const said = (await stripeProvider(hub.pool, account).settlements?.(period)) ?? [];
  sim.pageSize = 100;
  const about = said.filter(({ reference }) => reference === ref || reference === refund?.id);
  expect(about.map(({ kind, amount, fee }) => [kind, amount, fee])).toEqual([
    ["refund", -2800, 0],
    ["payment", 2800, 64],
  ]);
  expect(said.filter(({ kind }) => kind === "payout")).toMatchObject([{ amount: -2500 }]);
  await hub.must(async (ctx) => ok(await keepLines(ctx, "stripe:fr", "provider", about)));
  const ours = (await movementsOf({ db: hub.db }, period, [])).filter(({ orderId }) => orderId === done.view.id);
  expect(ours.map(({ references }) => references.includes(intentId) || references.includes(refund?.id ?? ""))).toEqual([true, true]);
  const kinds = reconcile(ours, await linesOf({ db: hub.db }, period, []), day).map(({ kind }) => kind);
  expect(kinds).toEqual(["matched", "matched"]);
});

const SAMPLE = resolve(import.meta.dirname, "../../../../../../shared/data/webhooks/stripe-payment_intent.succeeded.json");
it.skipIf(!existsSync(SAMPLE))(
  "[PAY-23] believes the sample delivery as the provider's own library does (skipped where the samples are not)",
  () => {
    // As its README describes it.
    const sample = JSON.parse(readFileSync(SAMPLE, "utf8")) as {
      secret: string;
      request: { headers: Record<string, string>; rawBody: string };
    };
    const header = sample.request.headers["Stripe-Signature"] ?? "";
    const body = Buffer.from(sample.request.rawBody);
    const at = Number(/t=(\d+)/.exec(header)?.[1]);
    expect(Stripe.webhooks.constructEvent(body, header, sample.secret, undefined, undefined, at * 1000)).toMatchObject({
      id: "evt_shared_0001",
    });
    expect(isSignedByStripe(body, header, sample.secret, at + 299)).toBe(true);
    expect(isSignedByStripe(body, header, sample.secret, at + 301)).toBe(false);
    expect(isSignedByStripe(Buffer.from(`${sample.request.rawBody} `), header, sample.secret, at)).toBe(false);
    expect(isSignedByStripe(body, header, "whsec_other", at)).toBe(false);
  },
);

it("settings with a mistake are refused by name, without their secrets", () => {
  expect(() => readStripeAccounts('[{"code":"FR","secretKey":"sk_live_hidden","entityIds":[]}]')).toThrow(/code.*entityIds/);
  expect(() => readStripeAccounts('[{"code":"FR","secretKey":"sk_live_hidden"}]')).not.toThrow(/hidden/);
});
