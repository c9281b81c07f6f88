import type { ChannelId, RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testId } from "../../../test/goods-hub.ts";
import {
  count,
  ENTITY,
  eventually,
  hub,
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
import { dbOn, publish } from "../../platform/index.ts";
import { CartOpened } from "../carts/events.ts";
import { upsertChannels } from "../channels/index.ts";
import { bindVisitor, eraseRecords, provisionalRecord, recordsOf, releaseVisitor, withdrawLink } from "../customers/index.ts";
import { PointsBurned, PointsExpired, PointsGivenBack, PointsTakenBack } from "../loyalty/events.ts";
import { MessageSent } from "../messages/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import { ReturnTaken } from "../returns/events.ts";
import { eraseTouchpoints, timelineOf, touchpointsOf } from "./index.ts";
import { startTouchpoints } from "./start.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

describe("who it was", () => {
  it("[TCH-7] an identify fills the record, and binds what the visitor did before; another account on the device has it from then on, and joins nobody", async () => {
    await send("/v1/batch", JSON.stringify({ batch: [{ type: "page", name: "Menu", messageId: "v-1", anonymousId: "device-1" }] }));
    const visitor = await recordOf("visitor:device-1");
    const traits = { email: "Ada@Example.org", firstName: "Ada", plan: "gold", nested: { a: 1 } };
    await send("/v1/identify", JSON.stringify({ userId: "ada", anonymousId: "device-1", traits, messageId: "v-2" }));
    await send("/v1/identify", JSON.stringify({ userId: "bob", anonymousId: "device-1", traits: { firstName: "Bob" }, messageId: "v-3" }));
    const ada = await recordOf("ada");
    const bob = await recordOf("bob");
    const device = await recordOf("visitor:device-1");
    const [record] = await rows<{ state: string; attributes: object }>(
      "select state, attributes from customers.source_record where id = $1",
      [ada],
    );
    expect(record).toEqual({ state: "known", attributes: { email: "ada@example.org", givenName: "Ada", traits: { plan: "gold" } } });
    const together = await recordsOf({ db: dbOn(pool) }, ada as never); // the oldest known record's id is the customer's
    expect(new Set(together)).toEqual(new Set([ada, visitor]));
    expect(new Set(await recordsOf({ db: dbOn(pool) }, bob as never))).toEqual(new Set([bob, device])); // the same
    const { items } = await timelineOf(reading(), together, { limit: 10, channelKind: "web" });
    expect(items.map(({ kind, name }) => name ?? kind)).toEqual(["identify", "Menu"]);
    await eventually(async () => {
      await send("/v1/page", JSON.stringify({ name: "Cart", anonymousId: "device-1" }));
      expect(await count("name = 'Cart' and record_id = $1", [device])).toBeGreaterThan(0);
    });
    const [linked] = await rows<{ id: never }>("select id from customers.link where a_record in ($1, $2) and b_record in ($1, $2)", [
      ada,
      visitor,
    ]);
    await run((ctx) => withdrawLink(ctx, linked?.id as never)); // an id
    // What a person parted stays parted, also when the account has the device again.
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
      const brought = { orderId, recordId: record, channelId: SHOP, placeId: testId("place", 1), total: 700, currency: "EUR", units: 1 };
      await publish(ctx, ReturnTaken, `return/${orderId}`, { returnId: orderId, ...brought });
    });
    await eventually(async () => expect((await timelineOf(reading(), [record], { limit: 10 })).items).toHaveLength(3));
    const back = (await timelineOf(reading(), [record], { limit: 10, kind: "return" })).items;
    expect(back).toMatchObject([{ kind: "return", reference: { kind: "order", id: orderId }, data: { total: 700, units: 1 } }]);
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

  it("[TCH-10] an old cart of nobody is on the timeline of who signs in with it, at its own time, and nobody's again when that is undone", async () => {
    await send("/v1/identify", JSON.stringify({ userId: "late", traits: { firstName: "Late" }, messageId: "late-1" }));
    const account = await recordOf("late");
    const visitor = await run((ctx) => provisionalRecord({ ...ctx, actor: { ...ctx.actor, channelId: SHOP } }));
    await run((ctx) => publish(ctx, CartOpened, `cart/${cartId}`, { cartId, recordId: visitor, channelId: SHOP, placeId: null }));
    const opened = async (of: readonly RecordId[]) =>
      (await timelineOf(reading(), of, { limit: 10, kind: "cart" })).items.map(({ at }) => at);
    await eventually(async () => expect(await opened([visitor])).toHaveLength(1));
    const before = await opened([visitor]);
    const theirs = async () => opened(await recordsOf({ db: dbOn(pool) }, account as never)); // the account's is the oldest known record
    expect(await theirs()).toEqual([]);
    await run((ctx) => bindVisitor(ctx, visitor, account));
    expect(await theirs()).toEqual(before);
    await run((ctx) => releaseVisitor(ctx, visitor, account));
    expect(await theirs()).toEqual([]);
  });

  it("[TCH-10] the story says what became of points: burned, given back, taken back, expired", async () => {
    const member: RecordId = testId("record", 52);
    const orderId = testId("order", 52);
    const moved = { recordId: member, customerIdThen: null, orderId };
    await run(async (ctx) => {
      await publish(ctx, PointsBurned, `record/${member}`, { ...moved, points: 10, rewardIds: [] });
      await publish(ctx, PointsGivenBack, `record/${member}`, { ...moved, points: 10 });
      await publish(ctx, PointsTakenBack, `record/${member}`, { ...moved, points: 9 });
      await publish(ctx, PointsExpired, `record/${member}`, { recordId: member, points: 5 });
    });
    const story = async () => (await timelineOf(reading(), [member], { limit: 10 })).items;
    await eventually(async () => expect(await story()).toHaveLength(4));
    const order = { kind: "order", id: orderId };
    expect(Object.fromEntries((await story()).map(({ kind, data, reference }) => [kind, { data, reference }]))).toEqual({
      points_burned: { data: { points: 10 }, reference: order },
      points_given_back: { data: { points: 10 }, reference: order },
      points_taken_back: { data: { points: 9 }, reference: order },
      points_expired: { data: { points: 5 }, reference: null },
    });
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
    // Gathered on each node: whoever has to store them stores all of its own at once.
    const { rows } = await pool.query(
      "select count(distinct batch)::int as batches from touchpoints.touchpoint where record_id = $1 and kind = 'shown'",
      [record],
    );
    expect(rows[0].batches).toBeLessThanOrEqual(2);
    expect((await timelineOf(reading(), [record], { limit: 10 })).items.map(({ kind }) => kind)).not.toContain("shown");
    expect(JSON.stringify(await touchpointsOf({ db: dbOn(pool) }, [record]))).toContain("W-50");
  });

  it("[TCH-8] a mail is shown where mail is read, with the order as the mail told of it", async () => {
    const reader: RecordId = testId("record", 51);
    const mail = testId<ChannelId>("channel", 51);
    const order = { id: testId("order", 51), number: "W-51", state: "placed", paymentState: "paid", fulfillmentState: "open" };
    await run(async (ctx) => {
      const channel = { kind: "email" as const, entityId: ENTITY, placeId: null, vouches: false, allowedOrigins: [] };
      await upsertChannels(ctx, [{ ...channel, id: mail, code: "mail", name: "Mail", app: null }]);
    });
    hub.snapshots.invalidate();
    const sent = { recordId: reader, kind: "email" as const, template: "order_placed", channelId: SHOP };
    await run(async (ctx) => {
      const told = { ...order, total: { amount: 1250, currency: "EUR" } };
      await publish(ctx, MessageSent, "message/51", { ...sent, messageId: testId("message", 51), state: "sent", order: told });
      await publish(ctx, MessageSent, "message/52", { ...sent, messageId: testId("message", 52), state: "failed", order: told });
    });
    await eventually(async () => expect((await timelineOf(reading(), [reader], { limit: 10 })).items).toHaveLength(1));
    const { items } = await timelineOf(reading(), [reader], { limit: 10 });
    expect(items).toMatchObject([{ kind: "message", channelName: "Mail", journeyRef: `order/${order.id}`, shown: { order } }]);
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
