import { request as httpRequest } from "node:http";
import { ok, type ChannelId, type EntityId, type RecordId } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { assembleHub, type Hub } from "../src/assemble.ts";
import { addKeys, upsertChannels } from "../src/modules/channels/index.ts";
import { upsertEntities } from "../src/modules/places/index.ts";
import { dbOn, inTransaction, statement, SYSTEM, type Ctx } from "../src/platform/index.ts";
import { testDatabase } from "./database.ts";
import { testId } from "./goods-hub.ts";

export const ENTITY: EntityId = testId("entity", 1);
export const SHOP: ChannelId = testId("channel", 1);
export const APP: ChannelId = testId("channel", 2);
export const KEY = "pk_test_touchpoints_shop";
export const APP_KEY = "pk_test_touchpoints_app";
export const log = pino({ level: "silent" });

export let pool: pg.Pool;
export let hub: Hub;
export let url: string;
/** What happens before each answer leaves. */
export const cutting = new Set<() => Promise<void>>();

/** A whole hub that listens, with a shop and an app that send events. One for each test file. */
export const startTouchHub = (): Promise<void> => startLimitedTouchHub(0);

/** The same with a limit of requests per second; 0 is none. */
export async function startLimitedTouchHub(rateLimit: number): Promise<void> {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 12 });
  const config = {
    role: "all",
    isDemo: false,
    secret: "a secret of the tests, 32 letters long",
    rateLimit,
    smtpFrom: "a@b.example",
  } as const;
  hub = await assembleHub({ pool, config, migrations: 0, log, checksAnswers: true });
  await run(async (ctx) => {
    const country = { country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris" };
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
}

export async function stopTouchHub(): Promise<void> {
  await hub.stop();
  await pool.end();
}

export async function run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const around = { pool, log, snapshots: hub.snapshots, requestId: "test", actor: SYSTEM };
  const outcome = await inTransaction(around, async (ctx) => ok(await work(ctx)));
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a command without a key is never replayed");
  return outcome.result.value;
}

export const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

/** Past fetch, which names a content type of its own for every text. */
export async function send(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
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

export const reading = () => ({ db: dbOn(pool), snapshots: hub.snapshots });
export const rows = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => statement<Row>(pool, text, values);

export async function count(where: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await rows<{ n: number }>(`select count(*)::int as n from touchpoints.touchpoint where ${where}`, values);
  return row?.n ?? 0;
}

export async function recordOf(externalId: string): Promise<RecordId> {
  const [row] = await rows<{ id: RecordId }>("select id from customers.source_record where channel_id = $1 and external_id = $2", [
    SHOP,
    externalId,
  ]);
  if (!row) throw new Error(`nobody is ${externalId}`);
  return row.id;
}

/** Until what comes by itself has come. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries > 400) throw error;
      await pool.query("select pg_sleep(0.01)");
    }
  }
}
