import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";
import { inTransaction, SYSTEM } from "../../platform/index.ts";
import { ERASURE_HOOKS } from "../../personal-data.ts";
import { ok } from "@weft/kernel";
import { forgetExpired } from "./index.ts";

let demo: DemoHub;
beforeAll(async () => {
  demo = await openDemoHub();
}, 60_000);
afterAll(() => demo.close());

/** A visitor's browser: one cookie jar for the page of the tour and both framed apps. */
function visitor() {
  const cookies = new Map<string, string>();
  let key = "";
  async function call(session: string, method: "GET" | "POST", url: string, payload?: object) {
    const answer = await demo.app.inject({
      method,
      url,
      headers: {
        "weft-session": session,
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(session === "weft_shop_left" && { authorization: `Bearer ${key}` }),
      },
      ...(payload && { payload }),
    });
    for (const { name, value } of answer.cookies) cookies.set(name, value);
    // What this browser asks next, a node answers that has heard of it: some milliseconds later it would have by itself.
    if (session === "weft_tour") demo.hub.snapshots.invalidate();
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  }
  return {
    cookies,
    page: (method: "GET" | "POST", url: string, payload?: object) => call("weft_tour", method, url, payload),
    phone: (method: "GET" | "POST", url: string, payload?: object) => call("weft_shop_left", method, url, payload),
    till: (method: "GET" | "POST", url: string, payload?: object) => call("weft_till_right", method, url, payload),
    async begin(again = false) {
      const { status, body } = await call("weft_tour", "POST", "/v1/tours", { again });
      expect(status).toBe(201);
      key = body.publishableKey;
      return body;
    },
    setLevel: (level: string) => call("weft_tour", "POST", "/v1/tours/mine/level-changes", { level }),
    signUp: () => call("weft_shop_left", "POST", "/v1/demo-sessions", { persona: "visitor" }),
    /** Ordered and paid on the phone, for collection. */
    async order(placeId: string, sku: string) {
      const add = { id: crypto.randomUUID(), kind: "add", sku, quantity: 1 };
      const cart = await call("weft_shop_left", "POST", "/v1/carts", { placeId, fulfillment: "collect", operations: [add] });
      expect(cart.status, JSON.stringify(cart.body)).toBe(201);
      const { id, totals } = cart.body.cart;
      const pay = (expectedTotal: object) =>
        call("weft_shop_left", "POST", `/v1/carts/${id}/completion`, {
          fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
          tenders: [{ kind: "card", token: "sandbox_approve" }],
          expectedTotal,
        });
      let placed = await pay(totals.total);
      // Who was signed up is a member some milliseconds later: a price that is lower since is told before it is paid, as to anybody.
      if (placed.body.code === "cart.total_changed") placed = await pay(placed.body.total);
      expect(placed.status, JSON.stringify(placed.body)).toBe(201);
      return placed.body;
    },
    find: async (text: string) =>
      (await call("weft_till_right", "GET", `/v1/till/customers?query=${encodeURIComponent(text)}`)).body.candidates,
  };
}

describe("[TOU-1] a visit", () => {
  it("has a till with an open shift and a shop that act on its own channels", async () => {
    const me = visitor();
    const { webChannelId, storeChannelId, publishableKey, level } = await me.begin();
    expect(level).toBe("siloed");
    expect((await me.phone("GET", "/v1/apps/shop")).body).toMatchObject({ channelId: webChannelId, publishableKey });
    const { body: session } = await me.till("GET", "/v1/session");
    expect(session).toMatchObject({ kind: "staff", channelId: storeChannelId, device: { kind: "till" } });
    const { body: state } = await me.till("GET", `/v1/till/state?registerId=${session.device.registerId}`);
    expect(state).toMatchObject({ register: { training: true, channelId: storeChannelId }, shift: { closedAt: null } });
    expect((await me.begin()).webChannelId).toBe(webChannelId);
    expect((await demo.app.inject({ url: "/v1/channels", headers: await demo.enter("anna") })).body).not.toContain(webChannelId);
  });

  it("is known at its till as its level says: not at all, by the card, at once", async () => {
    const me = visitor();
    const { persona } = await me.begin();
    expect((await me.signUp()).body).toMatchObject({ kind: "customer", customer: { givenName: persona.givenName } });
    const card = (await me.phone("GET", "/v1/customers/me/loyalty")).body.cardToken;
    expect(await me.find(persona.email)).toEqual([]);
    expect(await me.find(card)).toEqual([]);
    expect((await me.setLevel("handover")).body.level).toBe("handover");
    expect(await me.find(persona.email)).toEqual([]);
    expect(await me.find(card)).toHaveLength(1);
    await me.setLevel("linked");
    expect(await me.find(persona.email)).toMatchObject([{ givenName: persona.givenName }]);
  });

  it("of twenty at once sees none of the others, nor the chain's customers, nor they it", async () => {
    const visitors = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const me = visitor();
        const tour = await me.begin();
        await me.signUp();
        await me.setLevel("linked");
        return { me, tour };
      }),
    );
    const lea = demo.chain.customers[Symbol.iterator]().next().value?.[0]?.records[0]?.email ?? "";
    for (const [n, { me, tour }] of visitors.entries()) {
      const next = visitors[(n + 1) % visitors.length];
      const found = await Promise.all([me.find(tour.persona.email), me.find(next?.tour.persona.email ?? ""), me.find(lea)]);
      expect(found.map((candidates) => candidates.length)).toEqual([1, 0, 0]);
    }
    const anna = await demo.enter("anna");
    const seen = await demo.app.inject({ url: `/v1/customers?query=${visitors[0]?.tour.persona.email}`, headers: anna });
    expect(seen.json().items).toEqual([]);
    const one = await visitors[0]?.me.setLevel("siloed");
    expect(one?.body.level).toBe("siloed");
    expect((await visitors[1]?.me.page("GET", "/v1/tours/mine"))?.body.level).toBe("linked");
  });

  it("orders where nobody but its own till sees it: not the next visitor, nor the store's list, wall and office, nor the chain's figures", async () => {
    const [me, other] = [visitor(), visitor()];
    const { placeId, storeChannelId } = await me.begin();
    await other.begin();
    for (const one of [me, other]) {
      await one.setLevel("linked");
      await one.page("POST", "/v1/tours/mine/scenes", { scene: "collect" });
    }
    const order = await me.order(placeId, "MUG-WEA-TER");
    const list = `/v1/fulfillments?placeId=${placeId}&state=open`;
    const numbers = (answer: { readonly body: { items: { orderNumber: string }[] } }) =>
      answer.body.items.map(({ orderNumber }) => orderNumber);
    expect(numbers(await me.till("GET", list))).toEqual([order.number]);
    expect(numbers(await other.till("GET", list))).toEqual([]);
    const [jordi, anna] = [await demo.enter("jordi"), await demo.enter("anna")];
    for (const [url, headers] of [
      [list, jordi],
      [`/v1/boards/${placeId}/queue`, jordi],
      ["/v1/orders?limit=50", anna],
    ] as const) {
      const answer = await demo.app.inject({ url, headers });
      expect([answer.statusCode, answer.body.includes(order.number)], url).toEqual([200, false]);
    }
    const code = order.fulfillments[0].collectCode;
    expect((await other.till("GET", `/v1/collection-codes/${code}`)).body.code).toBe("collection.code_wrong");
    expect((await me.till("GET", `/v1/collection-codes/${code}`)).body.orderNumber).toBe(order.number);
    const handedOver = await me.till("POST", `/v1/fulfillments/${order.fulfillments[0].id}/collection`, {
      proof: "code",
      code,
      tenders: [],
    });
    expect(handedOver.body.state).toBe("collected");
    const visits = "select channel_id from touchpoints.touchpoint where kind = 'collection' and reference_id = $1";
    await expect.poll(async () => (await demo.pool.query(visits, [order.id])).rows).toEqual([{ channel_id: storeChannelId }]);
    await expect.poll(async () => (await me.page("GET", "/v1/customers/me/seams?limit=5")).body.items.length).toBeGreaterThan(0);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const figures = await demo.app.inject({ url: `/v1/continuity?since=${since}`, headers: anna });
    expect(figures.json()).toMatchObject({ seams: 0 });
  });

  it("is nobody else's: Léa has none, and a phone without its key signs nobody up", async () => {
    const lea = await demo.enter("lea");
    expect((await demo.app.inject({ url: "/v1/tours/mine", headers: lea })).json().code).toBe("tour.unknown");
    const signUp = {
      method: "POST",
      url: "/v1/demo-sessions",
      headers: { "weft-session": "weft_shop_left" },
      payload: { persona: "visitor" },
    } as const;
    expect((await demo.app.inject(signUp)).json().code).toBe("access.not_demo");
  });
});

describe("[TOU-2] a scene", () => {
  it("of collecting finds the goods on the shelf, whatever the visitors before have carried away", async () => {
    const me = visitor();
    const { placeId } = await me.begin();
    const level = `select on_hand from stock.level l join catalog.variant v on v.id = l.variant_id
                    where v.sku = 'MUG-WEA-TER' and l.place_id = '${placeId}'`;
    await demo.pool.query(
      `update stock.level set on_hand = 0 where place_id = '${placeId}' and variant_id = (select id from catalog.variant where sku = 'MUG-WEA-TER')`,
    );
    await me.page("POST", "/v1/tours/mine/scenes", { scene: "collect" });
    const [shelf] = (await demo.pool.query(level)).rows;
    expect(shelf.on_hand).toBeGreaterThanOrEqual(20);
  });

  it("plays while the stores are closed: drinks go into the cart, and the mug is promised for when they open", async () => {
    const me = visitor();
    const { placeId } = await me.begin();
    const hours = (await demo.pool.query("select hours from places.place where id = $1", [placeId])).rows[0]?.hours;
    const closedUntilTomorrow = `update places.place set hours = jsonb_set(hours, '{weekly}', (
      select jsonb_agg(case when n = extract(isodow from now() at time zone time_zone) then '[]'::jsonb else '[{"from": 420, "until": 1200}]' end order by n)
        from generate_series(1, 7) n)) where id = $1`;
    await demo.pool.query(closedUntilTomorrow, [placeId]);
    await me.setLevel("linked");
    demo.hub.snapshots.invalidate(); // hours were written past the hub, and prices are those of the level at once
    await me.page("POST", "/v1/tours/mine/scenes", { scene: "cart" });
    const add = { id: crypto.randomUUID(), kind: "add", sku: "COF-DBL", quantity: 1 };
    const cart = await me.phone("POST", "/v1/carts", { placeId, fulfillment: "take_away", operations: [add] });
    expect(cart.body.cart.lines, JSON.stringify(cart.body)).toHaveLength(1);
    await me.page("POST", "/v1/tours/mine/scenes", { scene: "collect" });
    const { fulfillments } = await me.order(placeId, "MUG-WEA-TER");
    expect(Date.parse(fulfillments[0].promisedAt) - Date.now()).toBeGreaterThan(60_000);
    const url = `/v1/fulfillments/${fulfillments[0].id}/collection`;
    const given = await me.till("POST", url, { proof: "code", code: fulfillments[0].collectCode, tenders: [] });
    expect(given.body.state).toBe("collected");
    await demo.pool.query("update places.place set hours = $2 where id = $1", [placeId, hours]);
    demo.hub.snapshots.invalidate();
  });

  it("replayed begins as it began: with a new person, or with one who has an empty cart", async () => {
    const me = visitor();
    const first = await me.begin();
    await me.signUp();
    const again = (await me.page("POST", "/v1/tours/mine/scenes", { scene: "sign_up" })).body;
    expect([again.isSignedUp, again.persona.email === first.persona.email]).toEqual([false, false]);
    const cart = (await me.page("POST", "/v1/tours/mine/scenes", { scene: "cart" })).body;
    expect(cart.isSignedUp).toBe(true);
    const opened = await me.phone("POST", "/v1/carts", { placeId: first.placeId, fulfillment: "take_away", operations: [] });
    expect(opened.status).toBe(201);
    await me.page("POST", "/v1/tours/mine/scenes", { scene: "cart" });
    expect((await me.phone("GET", "/v1/customers/me/cart")).body).toBeNull();
  });

  it("of points has two cards on two channels that keep to themselves, and one balance when they are linked", async () => {
    const me = visitor();
    const { persona } = await me.begin();
    await me.page("POST", "/v1/tours/mine/scenes", { scene: "points" });
    const balance = async () => (await me.phone("GET", "/v1/customers/me/loyalty")).body.balance;
    expect(await balance()).toBe(100);
    const [own] = await me.find(persona.storeEmail);
    const opened = await me.till("POST", `/v1/till/customers/${own.customerId}/openings`);
    expect(opened.body).toMatchObject({ givenName: persona.givenName, points: 50 });
    const pairs = "select 1 from customers.review_pair p join tour.visit v on v.walk_in_id in (p.a_record, p.b_record)";
    expect((await demo.pool.query(pairs)).rows).toEqual([]);
    await me.setLevel("linked");
    expect(await balance()).toBe(150);
  });
});

it("[INS-1] coming to a till that knows nobody is a seam that lost who they are", async () => {
  const me = visitor();
  await me.begin();
  await me.signUp();
  await me.phone("GET", "/v1/customers/me/loyalty");
  await me.page("POST", "/v1/tours/mine/arrivals");
  await expect
    .poll(async () => (await me.page("GET", "/v1/customers/me/seams?limit=5")).body.items?.[0]?.facets)
    .toEqual(expect.arrayContaining([{ facet: "identity", state: "lost", because: "other_customer" }]));
});

it("[CNS-10] [INS-1] the language that somebody wants is lost on the way to a till that knows nobody, and carried to one that knows them", async () => {
  const me = visitor();
  const { persona } = await me.begin();
  await me.signUp();
  expect((await me.phone("GET", "/v1/me")).body.preferences).toMatchObject({ language: "en", channel: "email", said: [] });
  await me.page("POST", "/v1/tours/mine/arrivals");
  const preferences = async () =>
    (await me.page("GET", "/v1/customers/me/seams?limit=50")).body.items
      .filter(({ to }: { to: { channelKind: string } }) => to.channelKind === "store")
      .flatMap(({ facets }: { facets: { facet: string }[] }) => facets.filter(({ facet }) => facet === "preferences"));
  const LOST = { facet: "preferences", state: "lost", because: "not_shown" };
  await expect.poll(preferences).toEqual([LOST]);
  await me.setLevel("linked");
  await me.phone("GET", "/v1/me");
  const [own] = await me.find(persona.email);
  const opened = await me.till("POST", `/v1/till/customers/${own.customerId}/openings`);
  expect(opened.body.preferences).toMatchObject({ language: "en", channel: "email" });
  await expect.poll(preferences).toEqual([{ facet: "preferences", state: "carried", because: null }, LOST]);
});

it("[FUL-16] an order of the phone is changed at the counter where the channels are linked, and only handed over where they are not", async () => {
  const me = visitor();
  const { placeId } = await me.begin();
  await me.setLevel("handover");
  await me.page("POST", "/v1/tours/mine/scenes", { scene: "collect" });
  const placed = await me.order(placeId, "MUG-WEA-TER");
  const atTill = async () => (await me.till("GET", `/v1/collection-codes/${placed.fulfillments[0].collectCode}`)).body;
  const takeOff = () => me.till("POST", `/v1/fulfillments/${placed.fulfillments[0].id}/rejection`, { reason: "not_wanted" });
  expect((await atTill()).mayChange).toBe(false);
  expect((await takeOff()).body.code).toBe("fulfillment.not_changeable");
  await me.setLevel("linked");
  expect((await atTill()).mayChange).toBe(true);
  expect((await takeOff()).body).toMatchObject({ state: "rejected", refused: [{ reason: "not_wanted", movedToPlaceName: null }] });
});

it("[CNS-10] a card that is shown at a till which only hands over tells where its owner wants nothing, and no more", async () => {
  const me = visitor();
  await me.begin();
  await me.signUp();
  const offers = { purpose: "marketing", topic: "offers" };
  const choices = [
    { ...offers, channelKind: "phone", state: "granted" },
    { ...offers, channelKind: "sms", state: "withdrawn" },
  ];
  const { wordingVersion } = (await me.phone("GET", "/v1/customers/me/consents")).body;
  const said = await me.phone("POST", "/v1/customers/me/consents", { choices, wordingVersion, language: "en" });
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  await me.setLevel("handover");
  const card = (await me.phone("GET", "/v1/customers/me/loyalty")).body.cardToken;
  const [own] = await me.find(card);
  const opened = await me.till("POST", `/v1/till/customers/${own.customerId}/openings`, { shown: card });
  expect(opened.body).toMatchObject({
    knownAs: "shown_object",
    preferences: { language: null, channel: null, said: [{ topic: "offers", channelKind: "sms", state: "withdrawn" }] },
  });
});

it("[RET-8] what was bought on the phone comes back as the level says: not at all, for store credit, to the card", async () => {
  const me = visitor();
  const { placeId } = await me.begin();
  await me.signUp();
  const offered = [];
  for (const level of ["siloed", "handover", "linked"]) {
    await me.setLevel(level);
    for (const scene of ["cart", "collect", "points"]) await me.page("POST", "/v1/tours/mine/scenes", { scene });
    const staged = await me.page("POST", "/v1/tours/mine/scenes", { scene: "return" });
    expect(staged.status, JSON.stringify(staged.body)).toBe(200);
    const { items } = (await me.page("GET", "/v1/customers/me/orders?limit=1")).body;
    await me.till("POST", "/v1/grants", { shown: items[0].number });
    const { body } = await me.till("GET", `/v1/orders/${items[0].id}/return-offer?placeId=${placeId}`);
    offered.push(body.refundTargets ?? body.code);
  }
  expect(offered).toEqual(["order.unknown", ["store_credit"], ["tender", "store_credit"]]);
});

it("[TOU-3] a visit whose day is over leaves no person, no till and no key behind", async () => {
  const me = visitor();
  const { id, persona } = await me.begin();
  await me.signUp();
  await demo.pool.query("update tour.visit set expires_at = now() - interval '1 second' where id = $1", [id]);
  const around = { pool: demo.pool, snapshots: demo.hub.snapshots, log: demo.app.log as never, actor: SYSTEM, requestId: "test" }; // any log does
  await inTransaction(around, async (ctx) => ok(await forgetExpired(ctx, { stage: null, erasureHooks: ERASURE_HOOKS, sale: null })));
  demo.hub.snapshots.invalidate();
  expect((await me.page("GET", "/v1/tours/mine")).status).toBe(401);
  const left = await demo.pool.query("select 1 from customers.identifier where value_norm = $1", [persona.email]);
  expect(left.rows).toEqual([]);
  const registers = await demo.pool.query(
    "select 1 from till.register r where r.training and r.retired_at is null and r.channel_id not in (select store_channel_id from tour.visit)",
  );
  expect(registers.rows).toEqual([]);
});
