import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reading, recordOf, rows, send, SHOP, startTouchHub, stopTouchHub } from "../../../test/touch-hub.ts";
import { timelineOf } from "./queries.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

const DAY = 86_400_000;
const HOUR = 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

describe("[TCH-2] late and out of order", () => {
  const MOVES = [
    { type: "page", name: "Home", anonymousId: "device", timestamp: daysAgo(9) },
    {
      type: "identify",
      userId: "person",
      anonymousId: "device",
      traits: { firstName: "Lea", plan: "free", city: "Lyon" },
      timestamp: daysAgo(8),
    },
    { type: "track", event: "Bought", userId: "person", timestamp: daysAgo(7) },
    { type: "identify", userId: "person", traits: { firstName: "Léa", plan: "gold" }, timestamp: daysAgo(6) },
    { type: "identify", userId: "person", traits: { lastName: "Roux" }, timestamp: daysAgo(5) },
  ] as const;
  const ORDERS = [
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [3, 0, 4, 2, 1],
    [2, 4, 1, 3, 0],
    [1, 3, 0, 4, 2],
  ];

  it.each(ORDERS.map((order, n) => [order.join(" "), order, n] as const))(
    "the same person and timeline come of any order: %s",
    async (_name, order, n) => {
      for (const move of order) {
        const said = MOVES[move];
        const ids = {
          ...("userId" in (said ?? {}) && { userId: `person-${n}` }),
          ...("anonymousId" in (said ?? {}) && { anonymousId: `device-${n}` }),
        };
        const event = { ...said, ...ids, messageId: `order-${n}-${move}` };
        expect(await send("/v1/batch", JSON.stringify({ batch: [event] }))).toEqual({ status: 200, body: { success: true } });
      }
      const [person, device] = [await recordOf(`person-${n}`), await recordOf(`visitor:device-${n}`)];
      const [record] = await rows<{ attributes: object; people: number }>(
        `select attributes, (select count(distinct customers.customer_of(r)) from unnest($2::uuid[]) r)::int as people
           from customers.source_record where id = $1`,
        [person, [person, device]],
      );
      expect(record).toEqual({ attributes: { givenName: "Léa", familyName: "Roux", traits: { plan: "gold", city: "Lyon" } }, people: 1 });
      const { items } = await timelineOf(reading(), [person, device], { limit: 20, channelKind: "web" });
      expect(items.map(({ name, kind }) => name ?? kind)).toEqual(["identify", "identify", "Bought", "identify", "Home"]);
    },
  );

  it("a sender whose clock is three days wrong, and who waited an hour, has its place an hour ago", async () => {
    const wrong = Date.now() - 3 * DAY;
    const event = {
      type: "track",
      event: "Wrong clock",
      userId: "clock",
      messageId: "clock-1",
      timestamp: new Date(wrong - HOUR).toISOString(),
    };
    const before = Date.now();
    await send("/v1/batch", JSON.stringify({ batch: [event], sentAt: new Date(wrong).toISOString() }));
    const [touch] = await rows<{ at: Date; original: Date; sent: Date }>(
      "select occurred_at as at, original_at as original, sent_at as sent from touchpoints.touchpoint where message_id = 'clock-1' and channel_id = $1",
      [SHOP],
    );
    const late = (touch?.at.getTime() ?? 0) - (before - HOUR);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(Date.now() - before);
    expect([touch?.original.getTime(), touch?.sent.getTime()]).toEqual([wrong - HOUR, wrong]);
  });

  it("what comes a year and a half late lies in its month, among what was there before", async () => {
    const at = daysAgo(500);
    const of = (name: string, days: number) => ({
      type: "track",
      event: name,
      userId: "old",
      messageId: `old-${name}`,
      timestamp: daysAgo(days),
    });
    await send("/v1/batch", JSON.stringify({ batch: [of("newest", 1), of("older", 501), of("newer", 499)] }));
    await send("/v1/track", JSON.stringify({ ...of("late", 500), timestamp: at }));
    const { items } = await timelineOf(reading(), [await recordOf("old")], { limit: 10, channelKind: "web" });
    expect(items.map(({ name }) => name)).toEqual(["newest", "newer", "late", "older"]);
    expect(await rows("select 1 from touchpoints.touchpoint_default limit 1")).toEqual([]);
  });
});
