import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APP,
  APP_KEY,
  basic,
  count,
  cutting,
  hub,
  KEY,
  rows,
  run,
  send,
  SHOP,
  startTouchHub,
  stopTouchHub,
  url,
} from "../../../test/touch-hub.ts";
import type { Ctx } from "../../platform/index.ts";
import { quarantine } from "./index.ts";
import { discardItem, listQuarantine, replayItem } from "./quarantine.ts";
import { replayIntake } from "./replay.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

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

  it("[TCH-1] a client that packs by default, and is told twice to come again, loses and doubles nothing", async () => {
    const asked: { readonly encoding: string | undefined; readonly answered: number }[] = [];
    const busy = [429, 503];
    async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer); // no encoding was set
      const status = busy[asked.length] ?? (await forward(request, Buffer.concat(parts)));
      asked.push({ encoding: request.headers["content-encoding"], answered: status });
      response.writeHead(status, status === 429 ? { "retry-after": "1" } : {}).end("{}");
    }
    const door = createServer((request, response) => void answer(request, response));
    await new Promise<void>((listening) => door.listen(0, "127.0.0.1", listening));
    const { port } = door.address() as AddressInfo; // it listens on a port
    const failures: unknown[] = [];
    const settings = { dataPlaneUrl: `http://127.0.0.1:${port}`, flushAt: 50, logLevel: "off" };
    const client = new RudderAnalytics(KEY, { ...settings, errorHandler: (error: unknown) => failures.push(error) });
    for (let n = 0; n < 300; n++) client.track({ userId: `packed-${n % 10}`, event: "Packed", properties: { n } });
    client.identify({ userId: "packed-1", traits: { firstName: "Paula" } });
    for (let n = 0; n < 301; n += 50) await client.flush();
    await client.flush();
    door.close();
    expect(failures).toEqual([]);
    expect(asked.slice(0, 3).map(({ answered }) => answered)).toEqual([429, 503, 200]);
    expect(asked.every(({ encoding }) => encoding === "gzip")).toBe(true);
    const [found] = await rows(
      `select count(*)::int as touches, count(distinct payload -> 'properties' ->> 'n')::int as distinct, count(distinct record_id)::int as people
         from touchpoints.touchpoint where name = 'Packed'`,
    );
    expect(found).toEqual({ touches: 300, distinct: 300, people: 10 });
    expect(await rows("select attributes ->> 'givenName' as name from customers.source_record where external_id = 'packed-1'")).toEqual([
      { name: "Paula" },
    ]);
  }, 30_000);

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
    const deep = `{"batch":[{"type":"track","event":"Deep","userId":"deep","properties":${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}}]}`;
    expect(await send("/v1/batch", deep)).toMatchObject({ status: 400, body: { code: "request.malformed" } });
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
      weft: { asksFirst: true },
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
    for (const field of ["userId", "messageId", "event", "anonymousId", "groupId"])
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

  it("[TCH-3] a text that only looks like such a character is taken", async () => {
    const properties = { text: "\\u0000 and \\ud800, written out; \u{1f600} and \u2028" };
    expect(await send("/v1/track", JSON.stringify({ event: "Odd looking", messageId: "odd-looking", userId: "odd", properties }))).toEqual({
      status: 200,
      body: { success: true },
    });
    expect(await rows("select payload -> 'properties' as properties from touchpoints.touchpoint where message_id = 'odd-looking'")).toEqual(
      [{ properties }],
    );
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

const replay = (ctx: Ctx, id: string | undefined, mended?: string) => replayItem(ctx, { intake: replayIntake }, id ?? "", mended);

/** Hands a request on as it came; answers the status. */
async function forward({ url: path = "/", headers }: IncomingMessage, body: Buffer): Promise<number> {
  const passed = ["authorization", "content-type", "content-encoding"].flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return (await send(path, body, Object.fromEntries(passed))).status;
}
