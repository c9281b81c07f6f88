import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APP,
  APP_KEY,
  basic,
  eventually,
  KEY,
  log,
  pool,
  reading,
  recordOf,
  rows,
  run,
  send,
  SHOP,
  startTouchHub,
  stopTouchHub,
} from "../../../test/touch-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import type { Ctx } from "../../platform/index.ts";
import { eraseRecords, mergeCustomers, withdrawLink } from "../customers/index.ts";
import { eraseTouchpoints, followerLag, startTouchpoints } from "../touchpoints/index.ts";
import { eraseSeams, listSeams, readContinuity, rebuildSeams, seamsFollower, seamsHeldOf } from "./index.ts";
import { insightsInvariants } from "./invariants.ts";
import { forgetSeams } from "./jobs.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

const HOUR_MS = 3_600_000;
const at = (hoursAgo: number): string => new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();

/** A visit of an account on one of the channels, some hours ago. */
async function visited(channelId: ChannelId, userId: string, hoursAgo: number, more: object = {}): Promise<void> {
  const headers = { authorization: basic(channelId === SHOP ? KEY : APP_KEY) };
  const event = { event: "Viewed", userId, messageId: `${userId} ${channelId} ${hoursAgo}`, timestamp: at(hoursAgo), ...more };
  await send("/v1/track", JSON.stringify(event), headers);
}

/** Somebody of whom a channel knows more than an id. */
const identified = (key: string, userId: string, hoursAgo: number) =>
  send("/v1/identify", JSON.stringify({ userId, traits: { firstName: "Ada" }, timestamp: at(hoursAgo) }), { authorization: basic(key) });

const onApp = async (userId: string): Promise<RecordId> => {
  const [row] = await rows<{ id: RecordId }>("select id from customers.source_record where channel_id = $1 and external_id = $2", [
    APP,
    userId,
  ]);
  if (!row) throw new Error(`nobody is ${userId} on the app`);
  return row.id;
};

/** What a channel showed to the holder of a record, now. */
async function showed(recordId: RecordId, channelId: ChannelId, shown: Record<string, unknown>): Promise<void> {
  const node = startTouchpoints({ pool, log });
  node.shown({
    recordId,
    channelId,
    placeId: null,
    subject: `customer/${recordId}`,
    version: Date.now() * 1000 + showing++,
    kind: "test.shown",
    shown,
  });
  await node.stop();
  await pool.query("select pg_sleep(0.002)"); // the next touch is another millisecond's
}
let showing = 0;

/** Until everything that was stored has been followed. */
const followed = (): Promise<void> =>
  eventually(async () => {
    expect(await rows("select 1 from touchpoints.waiting_batch")).toEqual([]);
    expect((await followerLag(reading())).find(({ name }) => name === seamsFollower.name)?.behind).toBe(0);
  });

const seamsOf = (records: readonly RecordId[]) => listSeams(reading(), records, { limit: 20, before: null });
const facetsOf = (seam: { facets: readonly { facet: string; state: string; because: string | null }[] } | undefined) =>
  Object.fromEntries((seam?.facets ?? []).map(({ facet, state, because }) => [facet, because ?? state]));

describe("[INS-4] seams are found from what was recorded", () => {
  const line = (quantity: number, amount: number) => ({ sku: "LATTE", quantity, unitPrice: { amount, scale: 0, currency: "EUR" } });
  const cart = (version: number, ...lines: object[]) => ({
    id: testId("cart", 90),
    version,
    total: { amount: 700, currency: "EUR" },
    lines,
  });

  it("a cart that was filled on one channel and shown on the other is carried, with its price, place and points", async () => {
    const record: RecordId = testId("record", 90);
    const now = () => new Date().toISOString();
    await showed(record, SHOP, { cart: cart(1, line(1, 350)), promise: { placeId: "lyon", at: null } });
    await showed(record, SHOP, { cart: cart(2, line(2, 350)), promise: { placeId: "lyon", at: null } });
    await showed(record, APP, { balance: { points: 0, asOf: now() }, cart: { id: testId("cart", 90), version: 2 } });
    await showed(record, APP, { cart: cart(2, line(2, 350)), promise: { placeId: "lyon", at: null } });
    await eventually(async () => expect((await seamsOf([record]))[0]?.score).toBe(1));
    expect((await seamsOf([record])).map(facetsOf)).toEqual([
      { identity: "carried", cart: "carried", price: "carried", promise: "carried", loyalty: "carried" },
    ]);
    await showed(record, SHOP, {
      cart: cart(2, line(2, 390)),
      promise: { placeId: "paris", at: null },
      balance: { points: 7, asOf: now() },
    });
    await eventually(async () => expect(await seamsOf([record])).toHaveLength(2));
    expect(facetsOf((await seamsOf([record]))[0])).toEqual({
      identity: "carried",
      cart: "carried",
      price: "other_price",
      promise: "other_place",
      loyalty: "other_balance",
    });
  });

  it("what was in the cart is not asked of who has ordered it, and an order that waits is", async () => {
    const record: RecordId = testId("record", 91);
    const order = { id: testId("order", 91), number: "W-91", state: "placed", paymentState: "paid", fulfillmentState: "open" };
    await showed(record, SHOP, { cart: cart(1, line(1, 350)) });
    await run(async ({ db, now, newId }) => {
      await sql`insert into touchpoints.touchpoint (record_id, occurred_at, id, channel_id, kind, name, received_at, journey_ref)
                values (${record}, ${new Date(now.getTime() + 5)}, ${newId()}, ${SHOP}, 'order', 'W-91', now(), ${`order/${order.id}`})`.execute(
        db,
      );
    });
    await pool.query("select pg_sleep(0.02)");
    await showed(record, APP, { order: { ...order, fulfillmentState: "ready" } });
    await eventually(async () => expect(await seamsOf([record])).toHaveLength(1));
    expect(facetsOf((await seamsOf([record]))[0])).toEqual({ identity: "carried", order: "carried", loyalty: "carried" });
  });

  it("three days without anything in common begin a new journey; a cart in common goes on with the old one", async () => {
    const ref = { properties: { cart_id: testId("cart", 92) } };
    await visited(SHOP, "apart", 100);
    await visited(APP, "apart", 20);
    await visited(SHOP, "together", 100, ref);
    await visited(APP, "together", 20, ref);
    const pairs = [
      [await recordOf("apart"), await onApp("apart")],
      [await recordOf("together"), await onApp("together")],
    ] as const;
    for (const [a, b] of pairs) await run((ctx) => mergeCustomers(ctx, a as never, b as never, "one person")); // a customer's id is that of a record
    await visited(APP, "apart", 19);
    await visited(APP, "together", 19);
    await followed();
    expect(await seamsOf(pairs[1])).toHaveLength(1);
    expect(await seamsOf(pairs[0])).toEqual([]);
  });
});

describe("[INS-5] what is known later", () => {
  it("two who turn out to be one have a seam that was seen late; parted again, they have none", async () => {
    // Known ones: that a visitor joins somebody is told to nobody.
    await identified(KEY, "late", 4);
    await identified(APP_KEY, "later", 1.5);
    await visited(SHOP, "late", 2);
    await visited(APP, "later", 1);
    const ids = [await recordOf("late"), await onApp("later")] as const;
    await followed();
    expect(await seamsOf(ids)).toEqual([]);
    const linked = await run((ctx) => mergeCustomers(ctx, ids[0] as never, ids[1] as never, "the same person")); // as above
    await eventually(async () => expect(await seamsOf(ids)).toHaveLength(1));
    const [seam] = await seamsOf(ids);
    expect(facetsOf(seam)).toMatchObject({ identity: "other_customer", loyalty: "carried" });
    expect(seam?.lateSeconds).toBeGreaterThanOrEqual(5400);
    expect(seam?.lateSeconds).toBeLessThan(5500);
    const { late } = await readContinuity(reading(), { since: new Date(at(5)), channelId: APP });
    expect(late).toEqual({ seams: expect.any(Number), medianSeconds: expect.any(Number) });
    if (!linked.ok) throw new Error("they were linked");
    await run((ctx) => withdrawLink(ctx, linked.value));
    await eventually(async () => expect(await seamsOf(ids)).toEqual([]));
  });

  it("a visitor who turns out to be somebody has the seams of the visit with the next touch", async () => {
    await visited(SHOP, "visited", 3);
    await visited(APP, "visitor", 2);
    await followed();
    const ids = [await recordOf("visited"), await onApp("visitor")] as const;
    await run((ctx) => mergeCustomers(ctx, ids[0] as never, ids[1] as never, "it was them")); // as above
    await visited(APP, "visitor", 1);
    await followed();
    const found = await seamsOf(ids);
    expect(found.map(facetsOf)).toEqual([{ identity: "other_customer", loyalty: "carried" }]);
    expect(found[0]?.lateSeconds).toBeNull(); // the stay was still going on
    await visited(SHOP, "visited", 0.5);
    await followed();
    expect((await seamsOf(ids)).map(({ facets }) => facets[0]?.state)).toEqual(["carried", "lost"]);
  });

  it("a touchpoint that comes late parts a seam into two", async () => {
    await visited(SHOP, "between", 3);
    await visited(SHOP, "between", 1);
    await visited(APP, "betweens", 2);
    const ids = [await recordOf("between"), await onApp("betweens")] as const;
    await run((ctx) => mergeCustomers(ctx, ids[0] as never, ids[1] as never, "one")); // as above
    await visited(APP, "betweens", 1.9);
    await followed();
    expect(await seamsOf(ids)).toHaveLength(2);
    await visited(APP, "betweens", 4);
    await followed();
    expect(await seamsOf(ids)).toHaveLength(3);
  });

  it("built again from nothing they are what they were, and nobody's were forgotten", async () => {
    await followed();
    const kept = "select to_record_id, to_at, to_id, from_id, facets, score, journey_ref from insights.seam order by 1, 2, 3";
    const before = await rows(kept);
    expect(before.length).toBeGreaterThan(5);
    await pool.query("truncate insights.seam");
    let after: string | null = null;
    do after = await run((ctx): Promise<string | null> => rebuildSeams(ctx, after));
    while (after !== null);
    expect(await rows(kept)).toEqual(before);
    for (const { name, sql: broken } of insightsInvariants) expect([name, await rows(broken)]).toEqual([name, []]);
  });
});

describe("the report", () => {
  it("adds up by pair of kinds, or of channels, with the reasons of each loss", async () => {
    const all = await readContinuity(reading(), { since: new Date(at(200)), channelId: null });
    const [count] = await rows<{ n: number }>("select count(*)::int as n from insights.seam");
    expect(all.seams).toBe(count?.n);
    expect(all.pairs.map(({ from, to }) => `${from.channelKind}>${to.channelKind}`).toSorted()).toEqual(["app>web", "web>app"]);
    const pair = all.pairs.find(({ from }) => from.channelKind === "web");
    expect(pair).toMatchObject({ level: null, from: { channelId: null } });
    const identity = pair?.facets.find(({ facet }) => facet === "identity");
    expect((identity?.carried ?? 0) + (identity?.lost ?? 0)).toBe(pair?.seams);
    expect(identity?.reasons).toEqual([{ because: "other_customer", count: identity?.lost }]);
    expect(all.pairs.reduce((sum, { carried, lost }) => sum + carried + lost, 0)).toBe(all.carried + all.lost);
    expect(all.withoutVerdict).toBe(all.seams);
    const one = await readContinuity(reading(), { since: new Date(at(200)), channelId: APP });
    expect(one.pairs.map(({ from, to }) => [from.channelName, to.channelName])).toEqual(
      expect.arrayContaining([
        ["Shop", "App"],
        ["App", "Shop"],
      ]),
    );
  });
});

describe("what goes", () => {
  it("with a person, all seams that they are a side of", async () => {
    const ids = [await recordOf("together"), await onApp("together")] as const;
    expect(await seamsHeldOf(reading(), ids)).toHaveLength(1);
    await run((ctx) => eraseRecords(ctx, ids, [eraseTouchpoints, eraseSeams]));
    expect(await rows("select 1 from insights.seam where to_record_id = any($1) or from_record_id = any($1)", [ids])).toEqual([]);
  });

  it("with the touchpoints that they were found from, after 25 months", async () => {
    const in26Months = (ctx: Ctx) => forgetSeams({ ...ctx, now: new Date(ctx.now.getTime() + 26 * 31 * 24 * HOUR_MS) }, 100);
    expect(await run((ctx) => forgetSeams(ctx, 100))).toBe(0);
    expect(await run(in26Months)).toBeGreaterThan(0);
    expect(await rows("select 1 from insights.seam")).toEqual([]);
  });
});
