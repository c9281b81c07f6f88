import { request as httpRequest } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import { ok, type ChannelId, type RecordId } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { testId } from "../../../test/goods-hub.ts";
import { assembleHub, type Hub } from "../../assemble.ts";
import { dbOn, inTransaction, publish, statement, SYSTEM, type Ctx } from "../../platform/index.ts";
import { addKeys, upsertChannels } from "../channels/index.ts";
import { CartOpened } from "../carts/events.ts";
import { eraseRecords, recordsOf, withdrawLink } from "../customers/index.ts";
import { OrderPlaced } from "../orders/events.ts";
import { upsertEntities } from "../places/index.ts";
import { eraseTouchpoints, quarantine, timelineOf, touchpointsOf } from "./index.ts";
import { discardItem, listQuarantine, replayItem } from "./quarantine.ts";
import { replayIntake } from "./replay.ts";
import { startTouchpoints } from "./start.ts";

const ENTITY = testId("entity", 1) as never; // a branded id of the test's own
const SHOP: ChannelId = testId("channel", 1);
const APP: ChannelId = testId("channel", 2);
const KEY = "pk_test_touchpoints_shop";
const APP_KEY = "pk_test_touchpoints_app";
const log = pino({ level: "silent" });

let pool: pg.Pool;
let hub: Hub;
let url: string;
const cutting = new Set<() => Promise<void>>();

beforeAll(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 12 });
  const config = {
    role: "all",
    isDemo: false,
    secret: "a secret of the tests, 32 letters long",
    rateLimit: 0,
    smtpFrom: "a@b.example",
  } as const;
  hub = await assembleHub({ pool, config, migrations: 0, log, checksAnswers: true });
  await run(async (ctx) => {
    const country = { country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris", fiscalYearStart: "01-01" };
    await upsertEntities(ctx, [{ id: ENTITY, name: "Trama", ...country }]);
    const channel = { kind: "web" as const, entityId: ENTITY, placeId: null, vouches: false, allowedOrigins: [] };
    await upsertChannels(ctx, [
      { ...channel, id: SHOP, code: "shop", name: "Shop", app: "shop" },
      { ...channel, id: APP, kind: "app", code: "app", name: "App", app: null },
    ]);
    await addKeys(ctx, [
      { channelId: SHOP, kind: "publishable", value: KEY },
      { channelId: APP, kind: "publishable", value: APP_KEY },
    ]);
  });
  hub.snapshots.invalidate();
  // Before the answer leaves and after the commit: what a client sees of a hub that is killed.
  hub.app.addHook("onSend", async () => {
    for (const cut of cutting) await cut();
  });
  url = await hub.app.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);

afterAll(async () => {
  await hub.stop();
  await pool.end();
});

describe("event clients", () => {
  it("[TCH-1] a real client sends 1,000 events, and 1,000 are there", async () => {
    const client = new Analytics({ writeKey: KEY, host: url, flushAt: 50 });
    const failures: unknown[] = [];
    client.on("error", (error) => failures.push(error));
    for (let n = 0; n < 1000; n++) client.track({ userId: `buyer-${n % 100}`, event: "Product Viewed", properties: { sku: `SKU-${n}` } });
    await client.closeAndFlush();
    expect(failures).toEqual([]);
    const [found] = await rows<{ touches: number; keys: number; skus: number; records: number }>(
      `select count(*)::int as touches, count(distinct message_id)::int as keys, count(distinct payload -> 'properties' ->> 'sku')::int as skus,
              count(distinct record_id)::int as records from touchpoints.touchpoint where channel_id = $1`,
      [SHOP],
    );
    expect(found).toEqual({ touches: 1000, keys: 1000, skus: 1000, records: 100 });
  }, 30_000);

  it("[TCH-1] a real client whose connections are cut again and again loses nothing and doubles nothing", async () => {
    const client = new Analytics({ writeKey: APP_KEY, host: url, flushAt: 25, httpRequestTimeout: 5000 });
    const failures: unknown[] = [];
    client.on("error", (error) => failures.push(error));
    let answered = 0;
    const cut = async () => {
      answered++;
      if (answered % 15 === 0) hub.app.server.closeAllConnections();
    };
    cutting.add(cut);
    for (let n = 0; n < 1000; n++) client.track({ userId: `cut-${n % 10}`, event: "Cut", properties: { n } });
    await client.closeAndFlush({ timeout: 60_000 });
    cutting.delete(cut);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(40);
    const [found] = await rows(
      "select count(*)::int as touches, count(distinct payload -> 'properties' -> 'n')::int as distinct from touchpoints.touchpoint where name = 'Cut'",
    );
    expect(found).toEqual({ touches: 1000, distinct: 1000 });
  }, 90_000);

  it("[TCH-1] what is sent again is one, also when it comes twice at once, after a month, and beside another channel's same id", async () => {
    const event = { type: "track", event: "Again", messageId: "again-1", userId: "again-user", timestamp: "2026-01-15T10:00:00.000Z" };
    await Promise.all(Array.from({ length: 20 }, () => send("/v1/track", JSON.stringify(event))));
    await send("/v1/batch", JSON.stringify({ batch: [event, { ...event }], sentAt: "2026-02-20T10:00:00.000Z" }));
    await send("/v1/track", JSON.stringify(event), { authorization: basic(APP_KEY) });
    expect(await count("name = 'Again' and channel_id = $1", [SHOP])).toBe(1);
    expect(await count("name = 'Again' and channel_id = $1", [APP])).toBe(1);
  });

  const one = (messageId: string) => JSON.stringify({ event: "Wire", messageId, anonymousId: "wire-visitor" });
  const batch = (messageId: string) =>
    JSON.stringify({ batch: [{ type: "track", event: "Wire", messageId, anonymousId: "wire-visitor" }] });

  it.each([
    [
      "gzip in a form content type, as the RudderStack client sends",
      "/v1/batch",
      (id: string) => gzipSync(batch(id)),
      { "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" },
    ],
    ["gzip that is not said to be", "/v1/batch", (id: string) => gzipSync(batch(id)), { "content-type": "application/json" }],
    ["brotli", "/v1/batch", (id: string) => brotliCompressSync(batch(id)), { "content-encoding": "br" }],
    ["text/plain from a browser", "/v1/t", one, { "content-type": "text/plain" }],
    ["no content type", "/v1/track", one, {}],
    ["a slash at the end", "/v1/track/", one, {}],
    ["a batch at the short address", "/v1/b", batch, {}],
    ["a batch at the address of one", "/v1/track", batch, {}],
    ["the key without a colon", "/v1/track", one, { authorization: `Basic ${Buffer.from(KEY).toString("base64")}` }],
    ["the key as Bearer", "/v1/track", one, { authorization: `Bearer ${KEY}` }],
  ])("[TCH-4] %s is taken", async (name, path, body, headers: Record<string, string>) => {
    const messageId = `wire ${name}`;
    expect(await send(path, body(messageId), headers)).toMatchObject({ status: 200, body: { success: true } });
    expect(await count("message_id = $1", [messageId])).toBe(1);
  });

  it("[TCH-4] the key may come in the body, and whoever has none is told so", async () => {
    const body = { writeKey: KEY, event: "Keyed", messageId: "keyed", anonymousId: "k" };
    expect(await send("/v1/t", JSON.stringify(body), { authorization: "" })).toMatchObject({ status: 200 });
    expect(await count("message_id = 'keyed'")).toBe(1);
    for (const writeKey of [undefined, "pk_nobody"])
      expect(await send("/v1/t", JSON.stringify({ ...body, writeKey }), { authorization: "" })).toMatchObject({
        status: 401,
        body: { code: "access.unauthenticated" },
      });
  });

  it("[TCH-4] nothing is refused but what is no JSON or too large", async () => {
    expect(await send("/v1/batch", "")).toEqual({ status: 200, body: { success: true } });
    expect(await send("/v1/batch", "{}")).toEqual({ status: 200, body: { success: true } });
    expect(await send("/v1/batch", "{")).toMatchObject({ status: 400, body: { code: "request.malformed" } });
    expect(await send("/v1/batch", Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toMatchObject({ status: 400, body: { code: "request.malformed" } });
    const bomb = gzipSync(JSON.stringify({ batch: [{ event: "x".repeat(2_000_000) }] }));
    expect(await send("/v1/batch", bomb, { "content-encoding": "gzip" })).toMatchObject({
      status: 400,
      body: { code: "request.too_large" },
    });
    const many = JSON.stringify({ batch: Array.from({ length: 2501 }, () => ({})) });
    expect(await send("/v1/batch", many)).toMatchObject({ status: 400, body: { code: "request.too_large" } });
  });

  it("[TCH-4] browsers of every origin may send, and learn where to", async () => {
    const preflight = await fetch(`${url}/v1/t`, {
      method: "OPTIONS",
      headers: { origin: "https://any.example", "access-control-request-headers": "authorization" },
    });
    expect([
      preflight.status,
      preflight.headers.get("access-control-allow-origin"),
      preflight.headers.get("access-control-allow-headers"),
    ]).toEqual([204, "*", "authorization"]);
    const settings = await fetch(`${url}/v1/projects/${KEY}/settings`);
    expect(settings.headers.get("access-control-allow-origin")).toBe("*");
    expect(await settings.json()).toEqual({
      integrations: { "Segment.io": { apiKey: KEY, apiHost: `${url.replace("http://", "")}/v1`, protocol: "http" } },
      plan: {},
      remotePlugins: [],
    });
    expect((await fetch(`${url}/v1/projects/pk_nobody/settings`)).status).toBe(401);
  });
});

describe("what cannot be taken", () => {
  it("[TCH-3] a bad event does not stop its neighbors: it is told, kept aside, mended and taken at its own time", async () => {
    const good = { type: "track", event: "Neighbor", userId: "neighbor" };
    const bad = { type: "track", messageId: "bad-2", userId: "mended", timestamp: "2026-03-01T09:00:00.000Z" };
    const answer = await send(
      "/v1/batch",
      JSON.stringify({
        batch: [
          { ...good, messageId: "good-1" },
          bad,
          { type: "track", event: "Nobody", messageId: "bad-3", userId: "null" },
          { type: "purchase", messageId: "bad-4" },
          "not even an object",
          { ...good, messageId: "good-6", properties: { text: "\u0000" } },
          { ...good, messageId: "good-7", properties: { text: "x".repeat(40_000) } },
          { ...good, messageId: "good-8" },
        ],
      }),
    );
    expect(answer).toEqual({
      status: 200,
      body: {
        success: true,
        rejected: [
          { index: 1, messageId: "bad-2", code: "touchpoint.event_missing" },
          { index: 2, messageId: "bad-3", code: "touchpoint.sender_missing" },
          { index: 3, messageId: "bad-4", code: "touchpoint.invalid" },
          { index: 4, messageId: null, code: "touchpoint.invalid" },
          { index: 5, messageId: "good-6", code: "touchpoint.cannot_be_stored" },
          { index: 6, messageId: "good-7", code: "touchpoint.too_large" },
        ],
      },
    });
    expect(await count("message_id = any('{good-1,good-8}')")).toBe(2);

    const { items } = await run((ctx) => listQuarantine(ctx, { state: "waiting", kind: "intake", limit: 100 }));
    const item = items.find(({ raw }) => raw.includes("bad-2"));
    const stillBad = await run((ctx) => replay(ctx, item?.id));
    expect(stillBad).toMatchObject({ ok: true, value: { state: "waiting", reason: "touchpoint.event_missing" } });
    const mended = await run((ctx) => replay(ctx, item?.id, JSON.stringify({ ...bad, event: "Mended" })));
    expect(mended).toMatchObject({ ok: true, value: { state: "replayed" } });
    const [touch] = await rows("select occurred_at, name from touchpoints.touchpoint where message_id = 'bad-2'");
    expect(touch).toEqual({ name: "Mended", occurred_at: new Date("2026-03-01T09:00:00.000Z") });
    expect(await run((ctx) => replay(ctx, item?.id))).toMatchObject({ ok: false, error: { code: "quarantine.not_waiting" } });
  });

  it("[TCH-3] no character that the database cannot hold makes a client send for ever", async () => {
    for (const field of ["userId", "messageId", "event"])
      expect(await send("/v1/track", JSON.stringify({ event: "Odd", userId: "odd", [field]: "odd\u0000one" }))).toMatchObject({
        status: 200,
        body: { rejected: [{ code: "touchpoint.cannot_be_stored" }] },
      });
    for (const traits of [{ firstName: "x\u0000" }, { plan: "\ud800" }])
      expect(await send("/v1/identify", JSON.stringify({ userId: "odd", traits }))).toMatchObject({
        status: 200,
        body: { rejected: [{ code: "touchpoint.cannot_be_stored" }] },
      });
  });

  it("[TCH-6] other modules' items are listed by kind, wait for their handler, and can be put aside", async () => {
    const id = await run(async (ctx) =>
      quarantine(ctx, { kind: "import.order_line", channelId: null, reason: "negative_price", raw: "\0line 7" }),
    );
    expect(await run((ctx) => replay(ctx, id))).toMatchObject({ ok: false, error: { code: "quarantine.no_handler" } });
    expect((await run((ctx) => listQuarantine(ctx, { state: "waiting", kind: "import.order_line", limit: 5 }))).items).toHaveLength(1);
    expect(await run((ctx) => discardItem(ctx, id, "no sale"))).toMatchObject({ ok: true, value: { state: "discarded" } });
  });
});

describe("who it was", () => {
  it("[TCH-7] an identify fills the record, and binds what the visitor did before; another account on the device joins nobody", async () => {
    await send("/v1/batch", JSON.stringify({ batch: [{ type: "page", name: "Menu", messageId: "v-1", anonymousId: "device-1" }] }));
    const traits = { email: "Ada@Example.org", firstName: "Ada", plan: "gold", nested: { a: 1 } };
    await send("/v1/identify", JSON.stringify({ userId: "ada", anonymousId: "device-1", traits, messageId: "v-2" }));
    await send("/v1/identify", JSON.stringify({ userId: "bob", anonymousId: "device-1", traits: { firstName: "Bob" }, messageId: "v-3" }));
    const ada = await recordOf("ada");
    const bob = await recordOf("bob");
    const visitor = await recordOf("visitor:device-1");
    const [record] = await rows<{ state: string; attributes: object }>(
      "select state, attributes from customers.source_record where id = $1",
      [ada],
    );
    expect(record).toEqual({ state: "known", attributes: { email: "ada@example.org", givenName: "Ada", traits: { plan: "gold" } } });
    const together = await recordsOf({ db: dbOn(pool) }, ada as never); // the oldest known record's id is the customer's
    expect(new Set(together)).toEqual(new Set([ada, visitor]));
    expect(await recordsOf({ db: dbOn(pool) }, bob as never)).toEqual([bob]); // the same
    const { items } = await timelineOf(reading(), together, { limit: 10, channelKind: "web" });
    expect(items.map(({ kind, name }) => name ?? kind)).toEqual(["identify", "Menu"]);
    const [linked] = await rows<{ id: never }>("select id from customers.link where a_record in ($1, $2) and b_record in ($1, $2)", [
      ada,
      visitor,
    ]);
    await run((ctx) => withdrawLink(ctx, linked?.id as never)); // an id
    await send("/v1/identify", JSON.stringify({ userId: "ada", anonymousId: "device-1", messageId: "v-4" }));
    expect(await recordsOf({ db: dbOn(pool) }, ada as never)).toEqual([ada]); // as above
  });

  it("[TCH-7] more traits than a record may have are refused visibly", async () => {
    const traits = Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`trait${n}`, n]));
    expect(await send("/v1/identify", JSON.stringify({ userId: "many", traits }))).toMatchObject({
      body: { rejected: [{ index: 0, code: "touchpoint.too_many_traits" }] },
    });
  });

  it("an erased person who comes again is somebody new", async () => {
    await send("/v1/track", JSON.stringify({ userId: "gone", event: "Before", messageId: "g-1" }));
    const before = await recordOf("gone");
    const traits = Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`trait${n}`, n]));
    await send("/v1/identify", JSON.stringify({ userId: "gone", traits: { email: "gone@example.org" } }));
    await send("/v1/identify", JSON.stringify({ userId: "gone-elsewhere", traits: { ...traits, email: "Gone@Example.org" } }));
    expect(await rows("select reason from touchpoints.quarantine where raw ilike '%gone@example.org%'")).toHaveLength(1);
    await run((ctx) => eraseRecords(ctx, [before], [eraseTouchpoints]));
    expect(await rows("select reason from touchpoints.quarantine where raw ilike '%gone@example.org%'")).toEqual([]);
    expect(await count("record_id = $1", [before])).toBe(0);
    await eventually(async () => {
      await send("/v1/track", JSON.stringify({ userId: "gone", event: "After" }));
      expect(await count("name = 'After' and record_id <> $1", [before])).toBeGreaterThan(0);
    });
    expect(await recordOf("gone")).not.toBe(before);
  });
});

describe("the timeline", () => {
  const record: RecordId = testId("record", 50);
  const cartId = testId("cart", 50);

  it("[TCH-9] pages newest first across records, without a gap or a repeat, and by channel and kind", async () => {
    const people = ["pager-1", "pager-2", "pager-3"];
    const events = Array.from({ length: 60 }, (_, n) => ({
      type: n % 4 === 0 ? "page" : "track",
      event: `Step ${n}`,
      messageId: `pager ${n}`,
      userId: people[n % 3],
      timestamp: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 5) * 1000).toISOString(),
    }));
    await send("/v1/batch", JSON.stringify({ batch: events }));
    const records = await Promise.all(people.map(recordOf));
    const seen: { at: string; id: string }[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await timelineOf(reading(), records, { limit: 7, cursor });
      seen.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(60);
    expect(seen.map(({ at, id }) => `${at} ${id}`)).toEqual(
      seen
        .map(({ at, id }) => `${at} ${id}`)
        .toSorted()
        .toReversed(),
    );
    expect((await timelineOf(reading(), records, { limit: 100, kind: "page" })).items).toHaveLength(15);
    expect((await timelineOf(reading(), records, { limit: 100, channelKind: "app" })).items).toEqual([]);
  });

  it("[TCH-10] facts of other modules are entries, once, at their own time", async () => {
    const orderId = testId("order", 50);
    await run(async (ctx) => {
      await publish(ctx, CartOpened, `cart/${cartId}`, { cartId, recordId: record, channelId: SHOP, placeId: null });
      const order = {
        orderId,
        number: "W-50",
        cartId,
        mode: "live" as const,
        recordId: record,
        customerIdThen: null,
        entityId: ENTITY,
        channelId: SHOP,
      };
      const kind = { placeId: null, fulfillmentId: null, fulfillmentKind: null, handedOver: false };
      await publish(ctx, OrderPlaced, `order/${orderId}`, { ...order, ...kind, total: 1250, currency: "EUR", points: 12, variantIds: [] });
    });
    await eventually(async () => expect((await timelineOf(reading(), [record], { limit: 10 })).items).toHaveLength(2));
    const { items } = await timelineOf(reading(), [record], { limit: 10, kind: "order" });
    expect(items).toMatchObject([
      {
        kind: "order",
        name: "W-50",
        channelKind: "web",
        channelName: "Shop",
        reference: { kind: "order", id: orderId },
        data: { total: 1250 },
      },
    ]);
  });

  it("[TCH-8] what was shown is kept once per holder, subject and version, and stays out of the story", async () => {
    const node = startTouchpoints({ pool, log });
    const other = startTouchpoints({ pool, log });
    const touch = { recordId: record, channelId: SHOP, placeId: null, subject: `cart/${cartId}`, kind: "cart" };
    for (const version of [1, 2, 2, 3])
      for (const { shown } of [node, other]) shown({ ...touch, version, shown: { total: version * 100 } });
    node.shown({ ...touch, recordId: null, version: 9, shown: {} });
    await Promise.all([node.stop(), other.stop()]);
    const { items } = await timelineOf(reading(), [record], { limit: 10, kind: "shown" });
    expect(items.map(({ shown }) => shown)).toEqual(expect.arrayContaining([{ total: 300 }, { total: 200 }, { total: 100 }]));
    expect(items).toHaveLength(3);
    expect((await timelineOf(reading(), [record], { limit: 10 })).items.map(({ kind }) => kind)).not.toContain("shown");
    expect(JSON.stringify(await touchpointsOf({ db: dbOn(pool) }, [record]))).toContain("W-50");
  });

  it("[TCH-11] every time has a partition: long past, now and ahead", async () => {
    const times = ["1970-01-02T00:00:00Z", "2009-12-01T08:26:00Z", new Date().toISOString(), "2100-01-01T00:00:00Z"];
    await send(
      "/v1/batch",
      JSON.stringify({
        batch: times.map((timestamp, n) => ({ type: "track", event: "Timed", userId: "timed", messageId: `timed-${n}`, timestamp })),
      }),
    );
    expect(await count("name = 'Timed'")).toBe(4);
    expect(await rows("select 1 from touchpoints.touchpoint_default")).toEqual([]);
  });
});

async function run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const around = { pool, log, snapshots: hub.snapshots, requestId: "test", actor: SYSTEM };
  const outcome = await inTransaction(around, async (ctx) => ok(await work(ctx)));
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a command without a key is never replayed");
  return outcome.result.value;
}

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

/** Past fetch, which names a content type of its own for every text. */
async function send(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const given = { authorization: basic(KEY), ...headers };
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const sent = httpRequest(
      `${url}${path}`,
      { method: "POST", headers: { ...given, "content-length": Buffer.byteLength(body) } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on("error", reject).end(body);
  });
}

const reading = () => ({ db: dbOn(pool), snapshots: hub.snapshots });
const rows = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => statement<Row>(pool, text, values);

async function count(where: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await rows<{ n: number }>(`select count(*)::int as n from touchpoints.touchpoint where ${where}`, values);
  return row?.n ?? 0;
}

async function recordOf(externalId: string): Promise<RecordId> {
  const [row] = await rows<{ id: RecordId }>("select id from customers.source_record where channel_id = $1 and external_id = $2", [
    SHOP,
    externalId,
  ]);
  if (!row) throw new Error(`nobody is ${externalId}`);
  return row.id;
}

const replay = (ctx: Ctx, id: string | undefined, mended?: string) => replayItem(ctx, { intake: replayIntake }, id ?? "", mended);

/** Until what comes by itself has come. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries > 400) throw error;
      await pool.query("select pg_sleep(0.01)");
    }
  }
}
