import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_KEY, basic, count, KEY, pool, rows, run, send, startLimitedTouchHub, stopTouchHub, url } from "../../../test/touch-hub.ts";
import { discardItem, listQuarantine, replayItem } from "./quarantine.ts";
import { replayIntake } from "./replay.ts";

/** Requests per second; ten seconds of them may come at once. */
const RATE = 20;
beforeAll(() => startLimitedTouchHub(RATE), 60_000);
afterAll(stopTouchHub);

const track = (event: string, messageId: string, properties: object = {}) => ({
  type: "track",
  event,
  messageId,
  userId: "limits",
  properties,
});

describe("[TCH-3] limits", () => {
  it.each([
    ["2,500 events are taken", (n: number) => n === 2500, 2500, 200],
    ["one more is refused as a whole", () => true, 2501, 400],
  ])("%s", async (_name, _check, events, status) => {
    const batch = Array.from({ length: events }, (_, n) => ({ type: "track", event: "Many", messageId: `many ${n}`, userId: "m" }));
    const answer = await send("/v1/batch", JSON.stringify({ batch }));
    expect(answer).toMatchObject({
      status,
      body: status === 200 ? { success: true } : { code: "request.too_large", detail: "at most 2500 events" },
    });
  });

  it("a body of 500 KB is taken, of one byte more is refused with the limit, packed or not, and past every limit likewise", async () => {
    const bodyOf = (bytes: number) => {
      const batch = Array.from({ length: 17 }, (_, n) => track("Large", `large ${n}`, { text: "x".repeat(30_000) }));
      const text = JSON.stringify({ batch });
      return text + " ".repeat(bytes - text.length);
    };
    expect(await send("/v1/batch", bodyOf(512_000))).toEqual({ status: 200, body: { success: true } });
    for (const body of [bodyOf(512_001), gzipSync(bodyOf(512_001)), " ".repeat(1_100_000)])
      expect(await send("/v1/batch", body)).toMatchObject({ status: 400, body: { code: "request.too_large" } });
    expect(await count("name = 'Large'")).toBe(17);
  });

  it("an event of 32 KB is taken, a larger one, a long id and too many properties are told one by one", async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`p${n}`, 1]));
    const batch = [
      track("Fits", "fits", { text: "x".repeat(32_700) }),
      track("Heavy", "heavy", { text: "x".repeat(32_768) }),
      track("Long", "l".repeat(101)),
      track("Broad", "broad", many),
    ];
    expect(await send("/v1/batch", JSON.stringify({ batch }))).toMatchObject({
      status: 200,
      body: {
        rejected: [
          { index: 1, messageId: "heavy", code: "touchpoint.too_large" },
          { index: 2, code: "touchpoint.invalid" },
          { index: 3, messageId: "broad", code: "touchpoint.too_many_properties" },
        ],
      },
    });
    expect(await count("name = 'Fits'")).toBe(1);
  });
});

describe("[TCH-17] one channel does not silence another", () => {
  it("a channel with ten thousand events under way is told when to come again; another's event is taken", async () => {
    const blocker = await pool.connect();
    await blocker.query("begin; lock table touchpoints.message_key in access exclusive mode");
    const batchOf = (from: number) =>
      JSON.stringify({
        batch: Array.from({ length: 2500 }, (_, n) => ({ type: "track", event: "Noise", messageId: `noise ${from + n}`, userId: "n" })),
      });
    const noise = [0, 2500, 5000, 7500].map((from) => send("/v1/batch", batchOf(from)));
    const headers = { authorization: basic(KEY) };
    const refused = await refusalOf(() =>
      fetch(`${url}/v1/track`, { method: "POST", headers, body: JSON.stringify(track("Late", "late")) }),
    );
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({ status: 429, body: { code: "request.rate_limited" } });
    expect([refused.headers.get("retry-after"), refused.headers.get("x-ratelimit-reset")]).toEqual(["1", "1"]);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect(refused.headers.get("access-control-expose-headers")).toContain("Retry-After");
    const other = send("/v1/track", JSON.stringify(track("Other", "other")), { authorization: basic(APP_KEY) });
    await blocker.query("commit");
    blocker.release();
    expect((await Promise.all([...noise, other])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await count("name = 'Noise'")).toBe(10_000);
    expect(await count("name = 'Other'")).toBe(1);
  });

  it("who asks too often is told so with both headers, by credential: another key from the same place is answered", async () => {
    const ask = (key: string) =>
      fetch(`${url}/api/s/track`, { method: "POST", headers: { "x-write-key": key, origin: "https://shop.example" }, body: "{}" });
    const answers = await Promise.all(Array.from({ length: RATE * 10 + 1 }, () => ask(`${KEY}:often`)));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(refused?.headers.get("x-ratelimit-reset")).toMatch(/^\d+$/);
    expect(refused?.headers.get("access-control-allow-origin")).toBe("*");
    expect((await ask(APP_KEY)).status).toBe(200);
  });
});

/** Asks until the four batches before it have been let in. */
async function refusalOf(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await Promise.race([ask(), rows("select pg_sleep(0.2)").then(() => null)]);
    if (answer?.status === 429) return answer;
  }
}

describe("[TCH-18] other clients' words", () => {
  it("PostHog's events become ours: accounts, visitors, pages, and who somebody is", async () => {
    const at = "2026-04-01T10:00:00.000Z";
    const batch = [
      { event: "Viewed", distinct_id: "ph-user", uuid: "ph-1", timestamp: at, properties: { sku: "A", $lib: "posthog-node" } },
      {
        event: "$pageview",
        distinct_id: "ph-visitor",
        uuid: "ph-2",
        timestamp: at,
        properties: { $current_url: "https://shop.example/a", $process_person_profile: false },
      },
      {
        event: "$identify",
        distinct_id: "ph-user",
        uuid: "ph-3",
        timestamp: at,
        properties: { $anon_distinct_id: "ph-visitor", $set: { firstName: "Paula" } },
      },
      {
        event: "$groupidentify",
        distinct_id: "$company_acme",
        uuid: "ph-4",
        timestamp: at,
        properties: { $group_type: "company", $group_key: "acme", $group_set: { size: 3 } },
      },
      { event: "", distinct_id: "ph-user", uuid: "ph-5", timestamp: at },
    ];
    const answer = await send("/batch/", gzipSync(JSON.stringify({ api_key: KEY, batch, sent_at: at })), {
      authorization: "",
      "content-encoding": "gzip",
    });
    expect(answer).toEqual({
      status: 200,
      body: { success: true, rejected: [{ index: 4, messageId: null, code: "touchpoint.event_missing" }] },
    });
    const found = await rows(
      `select t.kind, t.name, r.external_id as who from touchpoints.touchpoint t join customers.source_record r on r.id = t.record_id
        where t.message_id like 'ph-%' order by t.message_id`,
    );
    expect(found).toEqual([
      { kind: "track", name: "Viewed", who: "ph-user" },
      { kind: "page", name: null, who: "visitor:ph-visitor" },
      { kind: "identify", name: null, who: "ph-user" },
      { kind: "group", name: "company", who: "visitor:$company_acme" },
    ]);
    const [bound] = await rows(
      `select count(distinct customers.customer_of(id))::int as people from customers.source_record where external_id in ('ph-user', 'visitor:ph-visitor')`,
    );
    expect(bound).toEqual({ people: 1 });
    const { items } = await run((ctx) => listQuarantine(ctx, { state: "waiting", kind: "intake", limit: 50 }));
    const item = items.find(({ raw }) => raw.includes("ph-5"));
    const mended = await run((ctx) =>
      replayItem(ctx, { intake: replayIntake }, item?.id ?? "", JSON.stringify({ ...batch[4], event: "Mended" })),
    );
    expect(mended).toMatchObject({ ok: true, value: { state: "replayed" } });
    expect(await count("message_id = 'ph-5' and name = 'Mended'")).toBe(1);
    expect(await run((ctx) => discardItem(ctx, item?.id ?? "", "done"))).toMatchObject({ ok: false });
  });

  it("PostHog's clients halve a batch at 413, and hear at once that there are no flags", async () => {
    const batch = Array.from({ length: 2501 }, () => ({ event: "x", distinct_id: "y" }));
    expect(await send("/batch", JSON.stringify({ api_key: KEY, batch }), { authorization: "" })).toMatchObject({ status: 413 });
    expect(await send("/flags/?v=2", "{}", { authorization: "" })).toMatchObject({
      status: 200,
      body: { flags: {}, errorsWhileComputingFlags: false },
    });
  });

  it.each([
    ["the whole header", KEY],
    ["its first part", `${KEY}:secret`],
    ["its second part", `id:${KEY}`],
  ])("Jitsu's key is %s; what its body says of a key counts for nothing", async (name, header) => {
    const body = JSON.stringify({ type: "track", event: "Jitsu", messageId: `jitsu ${name}`, userId: "j", writeKey: "id:***" });
    for (const path of ["/api/s/track", "/api/s/s2s/track/"])
      expect(await send(path, body, { authorization: "", "x-write-key": header })).toEqual({ status: 200, body: { success: true } });
    expect(await count("message_id = $1", [`jitsu ${name}`])).toBe(1);
    expect((await send("/api/s/nothing", body, { authorization: "", "x-write-key": header })).status).toBe(422);
  });

  it.each(["/v1/t", "/api/s/track", "/batch/", "/flags/"])(
    "a browser of any origin may ask %s, with every header it names",
    async (path) => {
      const headers = { origin: "https://any.example", "access-control-request-headers": "x-write-key, x-retry-count" };
      const preflight = await fetch(`${url}${path}`, { method: "OPTIONS", headers });
      expect([
        preflight.status,
        preflight.headers.get("access-control-allow-origin"),
        preflight.headers.get("access-control-allow-headers"),
      ]).toEqual([204, "*", "x-write-key, x-retry-count"]);
    },
  );
});
