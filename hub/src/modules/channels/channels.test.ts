import { CHANNEL_KINDS } from "@weft/contracts";
import { ok, type ChannelId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BERLIN,
  DEPOT,
  FRANCE,
  GERMANY,
  LYON,
  OFFICE,
  peopleHub,
  PUBLISHABLE,
  SECRET,
  SHOP,
  signedInAs,
  TILLS_DE,
  TILLS_FR,
  type Browser,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { dbOn } from "../../platform/index.ts";
import {
  ABILITIES,
  addKeys,
  channelAt,
  channelForApp,
  channelsInvariants,
  displayOf,
  hasDemoKey,
  isDemoKey,
  kindOfKey,
  startKeyUse,
} from "./index.ts";

let hub: PeopleHub;
let owner: Browser;
beforeAll(async () => {
  hub = await peopleHub();
  owner = await signedInAs(hub, "owner");
});
afterAll(() => hub.close());

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const catalog = (headers: Record<string, string>) => hub.browser(null).call("GET", "/v1/stores", undefined, headers);

describe("[CHA-1] what each kind of channel can do", () => {
  it("is answered for every kind", async () => {
    expect(Object.keys(ABILITIES)).toEqual([...CHANNEL_KINDS]);
    const { body } = await hub.browser(null).call("GET", "/v1/channels", undefined, bearer(PUBLISHABLE));
    expect(body.abilities.map(({ kind }: { kind: string }) => kind)).toEqual([...CHANNEL_KINDS]);
    expect(body.abilities[0]).toEqual({
      kind: "web",
      knownBy: ["sign_in", "code", "cookie"],
      cart: "native",
      pays: "native",
      points: "own_page",
      help: "chat",
    });
  });
});

describe("[CHA-2] keys", () => {
  it("a secret key is shown once, then only its two ends; a publishable one whole", async () => {
    const made = await owner.call("POST", `/v1/channels/${SHOP}/keys`, { kind: "secret" });
    expect([made.status, made.body.value]).toEqual([201, expect.stringMatching(/^sk_[\w-]{43}$/)]);
    expect(made.body.key.display).toBe(displayOf("secret", made.body.value));
    const open = await owner.call("POST", `/v1/channels/${SHOP}/keys`, { kind: "publishable" });
    const list = JSON.stringify((await owner.call("GET", "/v1/channels")).body);
    expect(list).not.toContain(made.body.value);
    expect(list).toContain(open.body.value);
    await hub.settled();
    expect((await catalog(bearer(made.body.value))).status).toBe(200);
    expect((await catalog({ authorization: `Basic ${Buffer.from(`${open.body.value}:`).toString("base64")}` })).status).toBe(200);
  });

  it("a repeated request learns which key it made, not its value: that is nowhere in the database", async () => {
    const make = () => owner.call("POST", `/v1/channels/${SHOP}/keys`, { kind: "secret" }, { "idempotency-key": "make-one-key" });
    const [first, again] = [await make(), await make()];
    expect(again.body).toEqual({ key: first.body.key, value: first.body.key.display });
    expect(JSON.stringify(await hub.rows("select response from platform.idempotency_key"))).not.toContain(first.body.value);
  });

  it("a revoked key opens nothing any more, and stays listed as revoked; revoking it again finds none", async () => {
    const { body } = await owner.call("POST", `/v1/channels/${SHOP}/keys`, { kind: "publishable" });
    await hub.settled();
    expect((await catalog(bearer(body.value))).status).toBe(200);
    const url = `/v1/channels/${SHOP}/keys/${body.key.id}`;
    expect((await owner.call("DELETE", url)).status).toBe(204);
    await hub.settled();
    expect((await catalog(bearer(body.value))).status).toBe(401);
    const shop = (await owner.call("GET", "/v1/channels")).body.channels.find(({ id }: { id: string }) => id === SHOP);
    expect(shop.keys.find(({ id }: { id: string }) => id === body.key.id).revokedAt).not.toBeNull();
    expect((await owner.call("DELETE", url)).body.code).toBe("channels.key_unknown");
  });

  it("what looks like a key and is none is nobody", async () => {
    const statuses = new Set<number>();
    for (const authorization of [
      "Bearer",
      "Bearer ",
      "Basic !!",
      "Bearer pk_unknown",
      `Digest ${PUBLISHABLE}`,
      `Bearer ${PUBLISHABLE} x`.slice(0, 20),
    ])
      statuses.add((await catalog({ authorization })).status);
    expect([...statuses]).toEqual([401]);
  });

  it("only owner and manager see keys and origins", async () => {
    const agent = await signedInAs(hub, "agent");
    const { body } = await agent.call("GET", "/v1/channels");
    expect(
      body.channels.every(({ keys, allowedOrigins }: { keys: []; allowedOrigins: [] }) => keys.length + allowedOrigins.length === 0),
    ).toBe(true);
  });

  it("says when a key was last used", async () => {
    const [key] = await hub.rows<{ id: string }>("select id from channels.key where display = $1", [PUBLISHABLE]);
    const use = startKeyUse(hub.pool, hub.around.log);
    use.used(key?.id ?? "");
    await use.stop();
    const shop = (await owner.call("GET", "/v1/channels")).body.channels.find(({ id }: { id: string }) => id === SHOP);
    expect(shop.keys.find(({ id }: { id: string }) => id === key?.id).lastUsedAt).not.toBeNull();
  });
});

describe("[CHA-3] the demo's keys", () => {
  it("are known by their beginning", () => {
    expect(["pk_demo_web", "sk_demo_web", "pk_live", "demo"].map(isDemoKey)).toEqual([true, true, false, false]);
    expect(["pk_x", "sk_x", "x"].map(kindOfKey)).toEqual(["publishable", "secret", undefined]);
  });

  it("open nothing outside the demo, and tell on the database they are in", async () => {
    expect(await hasDemoKey(dbOn(hub.pool))).toBe(false);
    await hub.must(async (ctx) => ok(await addKeys(ctx, [{ channelId: SHOP, kind: "publishable", value: "pk_demo_shop" }])));
    await hub.settled();
    expect((await catalog(bearer("pk_demo_shop"))).status).toBe(401);
    expect(await hasDemoKey(dbOn(hub.pool))).toBe(true);
    await hub.pool.query("delete from channels.key where is_demo");
  });

  it("work in the demo; loading them again changes nothing", async () => {
    const demo = await peopleHub({ isDemo: true });
    const load = () => demo.must(async (ctx) => ok(await addKeys(ctx, [{ channelId: SHOP, kind: "publishable", value: "pk_demo_shop" }])));
    await load();
    await load();
    await demo.settled();
    const { status } = await demo.browser(null).call("GET", "/v1/stores", undefined, bearer("pk_demo_shop"));
    expect(status).toBe(200);
    expect(await demo.rows("select id from channels.key where is_demo")).toHaveLength(1);
    await demo.close();
  });
});

describe("[CHA-4] browsers of other origins", () => {
  const ask = (origin: string, headers: Record<string, string> = {}) => catalog({ origin, ...headers });

  it("may call where the key's channel allows the origin, and nowhere else", async () => {
    const allowed = await ask("https://shop.example", bearer(PUBLISHABLE));
    expect(allowed.headers["access-control-allow-origin"]).toBe("https://shop.example");
    expect((await ask("https://evil.example", bearer(PUBLISHABLE))).headers["access-control-allow-origin"]).toBeUndefined();
    expect((await ask("https://shop.example", bearer("pk_unknown"))).headers["access-control-allow-origin"]).toBeUndefined();
    expect(allowed.headers["access-control-allow-credentials"]).toBeUndefined();
  });

  it("a preflight carries no key: any channel's origin is answered", async () => {
    const preflight = (origin: string) =>
      hub.app.inject({ method: "OPTIONS", url: "/v1/stores", headers: { origin, "access-control-request-method": "GET" } });
    expect((await preflight("https://shop.example")).statusCode).toBe(204);
    expect((await preflight("https://evil.example")).headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("which channel an app acts on", () => {
  it("the shop and the office are set to be; a till's follows from its place", async () => {
    const { snapshots } = hub.around;
    expect(await channelForApp(snapshots, "weft_shop_left", null)).toBe(SHOP);
    expect(await channelForApp(snapshots, "weft_office", LYON)).toBe(OFFICE);
    expect(await channelForApp(snapshots, "weft_till", LYON)).toBe(TILLS_FR);
    expect(await channelForApp(snapshots, "weft_till", null)).toBeNull();
    expect(await channelAt(snapshots, BERLIN)).toBe(TILLS_DE);
  });

  it("the store channel of a place itself goes before that of its entity", async () => {
    const { body } = await owner.call("POST", "/v1/channels", {
      kind: "store",
      name: "Lyon pilot",
      code: "lyon-pilot",
      entityId: FRANCE,
      placeId: LYON,
    });
    await hub.settled();
    expect(await channelAt(hub.around.snapshots, LYON)).toBe(body.id);
    expect(await channelAt(hub.around.snapshots, DEPOT)).toBe(TILLS_FR);
  });

  it("an app learns its channel, key and currency before its first call", async () => {
    const { body } = await hub.browser("weft_shop").call("GET", "/v1/apps/shop");
    expect(body).toMatchObject({ app: "shop", channelId: SHOP, brand: { name: "Test", logoUrl: null }, demo: false, currency: "EUR" });
    expect(body.publishableKey).toMatch(/^pk_/);
    expect((await hub.browser("weft_till").call("GET", "/v1/apps/till")).body).toMatchObject({ channelId: null, publishableKey: null });
    const till = await signedInAs(hub, "cashier", LYON);
    expect((await till.call("GET", "/v1/apps/till")).body.channelId).not.toBeNull();
  });
});

describe("channels are added and changed", () => {
  it("refuses a code twice, an entity that is not there, and a place of another entity", async () => {
    const draft = { kind: "web", name: "Second shop", code: "second-shop", entityId: FRANCE };
    expect((await owner.call("POST", "/v1/channels", draft)).body).toMatchObject({ code: "second-shop", linkLevel: "linked", keys: [] });
    expect((await owner.call("POST", "/v1/channels", draft)).body.code).toBe("channels.code_taken");
    const other = { ...draft, code: "other" };
    expect((await owner.call("POST", "/v1/channels", { ...other, entityId: LYON })).body.code).toBe("channels.entity_unknown");
    expect((await owner.call("POST", "/v1/channels", { ...other, entityId: GERMANY, placeId: LYON })).body.code).toBe(
      "channels.place_unknown",
    );
    await hub.settled();
    // The first web channel stays the shop.
    expect(await channelForApp(hub.around.snapshots, "weft_shop", null)).toBe(SHOP);
  });

  it("changes what is given, and leaves the rest", async () => {
    const { body } = await owner.call("PATCH", `/v1/channels/${SHOP}`, { vouches: true });
    expect(body).toMatchObject({ name: "shop", vouches: true, allowedOrigins: ["https://shop.example"] });
    const nowhere: ChannelId = TILLS_DE.replace(/3$/, "9") as ChannelId; // an id that no channel has
    expect((await owner.call("PATCH", `/v1/channels/${nowhere}`, { name: "x" })).body.code).toBe("channels.unknown");
  });

  it("no invariant is broken after all this; one that sells for nobody is seen", async () => {
    const [{ sql }] = channelsInvariants as [(typeof channelsInvariants)[0]];
    expect(await hub.rows(sql)).toEqual([]);
    await hub.pool.query("update channels.channel set entity_id = $1 where code = 'second-shop'", [LYON]);
    expect(await hub.rows(sql)).toHaveLength(1);
  });

  it("[ACC-7] a secret key's value is nowhere in the database", async () => {
    for (const table of ["channels.key", "platform.event_log", "platform.outbox", "platform.idempotency_key"])
      expect(JSON.stringify(await hub.rows(`select to_jsonb(t) as row from ${table} t`))).not.toContain(SECRET);
  });
});
