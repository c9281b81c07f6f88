import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
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
import { dbOn, type Ctx } from "../../platform/index.ts";
import { customerOf } from "../customers/index.ts";
import { createLook, followerLag, timelineOf, type Stretch, type TouchFollower } from "./index.ts";
import { listResends } from "./resends.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

const looking = (...followers: TouchFollower[]) => createLook({ pool, snapshots: hub.snapshots, log, followers });

/** What a follower reads: the ids of messages of each stretch. */
function collecting(name: string): TouchFollower & { readonly heard: string[]; readonly stretches: Stretch[] } {
  const heard: string[] = [];
  const stretches: Stretch[] = [];
  async function take(ctx: Ctx, stretch: Stretch): Promise<void> {
    stretches.push(stretch);
    heard.push(...(await messagesIn(ctx, stretch)));
  }
  return { name, take, heard, stretches };
}

async function messagesIn({ db }: Ctx, { after, upTo }: Stretch): Promise<string[]> {
  const batches = await db
    .selectFrom("touchpoints.intake_batch as b")
    .innerJoin("touchpoints.touchpoint as t", "t.batch", "b.batch")
    .select("t.message_id as id")
    .where("b.intake_seq", ">", after)
    .where("b.intake_seq", "<=", upTo)
    .orderBy("b.intake_seq")
    .execute();
  return batches.flatMap(({ id }) => (id === null ? [] : [id]));
}

const track = (messageId: string, more: object = {}) =>
  send("/v1/track", JSON.stringify({ event: "Followed", userId: "followed", messageId, ...more }));

describe("followers of touchpoints", () => {
  it("[TCH-12] read every batch once, in the order of positions, and go on where they stopped", async () => {
    const first = collecting("test.first");
    await track("f-1");
    await looking(first)();
    await track("f-2");
    await track("f-3");
    await looking(first)();
    expect(first.heard).toEqual(["f-1", "f-2", "f-3"]);
    const late = collecting("test.late");
    await looking(late)();
    expect(late.heard).toEqual(["f-1", "f-2", "f-3"]);
    const lag = await followerLag({ db: dbOn(pool) });
    expect(lag.filter(({ name }) => name.startsWith("test.")).map(({ behind }) => behind)).toEqual([0, 0]);
  });

  it("[TCH-12] what commits late gets a later position: a reader that has gone on misses nothing", async () => {
    const reader = collecting("test.reader");
    const look = looking(reader);
    await look();
    const open = await pool.connect();
    await open.query("begin");
    await open.query("select nextval('touchpoints.batch_number')");
    await track("early");
    await look();
    await open.query("insert into touchpoints.waiting_batch values (currval('touchpoints.batch_number'), now(), now(), 0)");
    await open.query("commit");
    open.release();
    await track("later");
    await look();
    const seen = reader.stretches.slice(-2);
    expect(seen[1]?.after).toBe(seen[0]?.upTo);
    expect(reader.heard.slice(-2)).toEqual(["early", "later"]);
    const [positions] = await rows<{ n: number; last: number }>(
      "select count(*)::int as n, max(intake_seq)::int as last from touchpoints.intake_batch",
    );
    expect(positions?.n).toBe(positions?.last);
  });

  it("[TCH-12] two nodes at once: one reads, nothing twice", async () => {
    const reader = collecting("test.two_nodes");
    await looking(reader)();
    const before = reader.heard.length;
    for (let n = 0; n < 20; n++) await track(`both-${n}`);
    await Promise.all([looking(reader)(), looking(reader)(), looking(reader)()]);
    await looking(reader)();
    expect(reader.heard.slice(before)).toEqual(Array.from({ length: 20 }, (_, n) => `both-${n}`));
  });

  it("[TCH-12] a follower that fails is given the same stretch again, and holds up nobody", async () => {
    let fails = true;
    const failing = collecting("test.failing");
    const broken: TouchFollower = {
      name: failing.name,
      async take(ctx, stretch) {
        if (fails) throw new Error("not today");
        await failing.take(ctx, stretch);
      },
    };
    const healthy = collecting("test.healthy");
    const look = looking(broken, healthy);
    await track("fails-once");
    await look();
    expect(failing.heard).toEqual([]);
    expect(healthy.heard).toContain("fails-once");
    fails = false;
    await look();
    expect(failing.heard).toEqual(healthy.heard);
  });
});

describe("what stands on a touchpoint", () => {
  it("[TCH-13] whom it belonged to then stays, whoever the record belongs to later", async () => {
    await send("/v1/page", JSON.stringify({ anonymousId: "then-device", name: "Before", messageId: "then-1" }));
    await send(
      "/v1/identify",
      JSON.stringify({ userId: "then-user", anonymousId: "then-device", traits: { firstName: "Then" }, messageId: "then-2" }),
    );
    await send("/v1/page", JSON.stringify({ anonymousId: "then-device", name: "After", messageId: "then-3" }));
    const visitor = await recordOf("visitor:then-device");
    const customer = await run((ctx) => customerOf(ctx, visitor));
    expect(customer).toBe(await recordOf("then-user"));
    const found = await rows<{ message_id: string; owner: string }>(
      "select message_id, customer_id_then as owner from touchpoints.touchpoint where message_id like 'then-%' and record_id = $1 order by 1",
      [visitor],
    );
    expect(found).toEqual([
      { message_id: "then-1", owner: visitor },
      { message_id: "then-3", owner: customer },
    ]);
  });

  it("[TCH-13] the journey is the order, else the cart, the conversation, the campaign; what is no id of the hub ties nothing", async () => {
    const id = "01930000-0000-7000-8000-0000000000aa";
    const said: readonly (readonly [string, object, string | null])[] = [
      ["j-1", { properties: { order_id: id, cart_id: id } }, `order/${id}`],
      ["j-2", { properties: { cartId: id.toUpperCase() }, context: { campaign: { name: "spring" } } }, `cart/${id}`],
      ["j-3", { properties: { conversation_id: id } }, `conversation/${id}`],
      ["j-4", { properties: { order_id: "50314b8e" }, context: { campaign: { name: " spring ", source: "mail" } } }, "campaign/spring"],
      ["j-5", { context: { campaign: { id: "c-77", name: "spring" } } }, "campaign/c-77"],
      ["j-6", { context: { campaign: "spring" } }, null],
    ];
    for (const [messageId, more] of said) await track(messageId, more);
    const found = await rows<{ message_id: string; journey_ref: string | null }>(
      "select message_id, journey_ref from touchpoints.touchpoint where message_id like 'j-%' order by 1",
    );
    expect(found.map(({ message_id, journey_ref }) => [message_id, journey_ref])).toEqual(
      said.map(([messageId, , ref]) => [messageId, ref]),
    );
  });

  it("[TCH-14] what looks sent twice is kept and marked, with what it has in common with the first", async () => {
    const at = "2026-03-02T09:00:00.000Z";
    const same = { type: "track", event: "Paid", userId: "twice", properties: { total: 12 } };
    const other = { ...same, properties: { total: 13 } };
    const batch = [
      { ...same, messageId: "r-1", timestamp: at },
      { ...same, messageId: "r-2", timestamp: at },
      { ...same, messageId: "r-1", timestamp: "2026-03-02T11:30:00.000Z" },
      { ...same, messageId: "r-3", timestamp: "2026-03-02T09:04:00.000Z" },
      { ...same, messageId: "r-4", timestamp: "2026-03-02T16:00:00.000Z" },
      { ...other, messageId: "r-5", timestamp: at },
    ];
    for (const event of batch) await send("/v1/batch", JSON.stringify({ batch: [event] }));
    const record = await recordOf("twice");
    // The hub of this test runs its own followers.
    await eventually(async () => expect(await rows("select 1 from touchpoints.resend where record_id = $1", [record])).toHaveLength(3));
    const { items } = await timelineOf(reading(), [record], { limit: 20 });
    expect(items).toHaveLength(6);
    const first = items.find(({ at: when, resendOf, data }) => when === at && resendOf === null && JSON.stringify(data).includes("12"));
    expect(items.flatMap(({ resendOf }) => (resendOf ? [resendOf] : []))).toEqual(
      expect.arrayContaining(["same_time", "same_message_id", "same_content"].map((because) => ({ id: first?.id, at, because }))),
    );
    const listed = await listResends(reading(), { limit: 10 });
    expect(listed.items.filter(({ recordId }) => recordId === record)).toHaveLength(3);
    expect(listed.items[0]).toMatchObject({ channelId: SHOP, channelName: "Shop", kind: "track", name: "Paid" });
  });
});
