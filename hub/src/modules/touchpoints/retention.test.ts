import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { count, pool, recordOf, reading, rows, run, send, startTouchHub, stopTouchHub } from "../../../test/touch-hub.ts";
import type { Ctx } from "../../platform/index.ts";
import { touchpointsInvariants } from "./invariants.ts";
import { forgetQuarantine, quarantine } from "./quarantine.ts";
import { timelineOf } from "./queries.ts";
import { BATCH_DAYS, forgetBatches, forgetOldPartitions, forgetOldResends, forgetOldRows, TOUCHPOINT_MONTHS } from "./retention.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

const DAY_MS = 86_400_000;

/** As if it were so many days later. */
const later = <T>(days: number, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  run((ctx) => work({ ...ctx, now: new Date(ctx.now.getTime() + days * DAY_MS) }));

/** The first moment of the month that lies so many months before the one of `now`. */
const monthsBefore = (now: Date, months: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));

const sent = (messageId: string, at: Date) =>
  send("/v1/track", JSON.stringify({ event: "Kept", userId: "kept", messageId, timestamp: at.toISOString() }));

const partitions = () =>
  rows<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'touchpoints.touchpoint'::regclass order by 1",
  );

/** Sent, and at its position in the log, whoever gave it: the hub itself may be about it at the same moment. */
async function placed(messageId: string): Promise<void> {
  await sent(messageId, new Date());
  do await pool.query("select touchpoints.give_positions()");
  while ((await rows("select 1 from touchpoints.waiting_batch")).length > 0);
}

async function forgetAll(ctx: Ctx): Promise<number> {
  const gone = await forgetOldPartitions(ctx);
  while ((await forgetOldRows(ctx, 2)) === 2);
  return gone;
}

describe("[TCH-15] touchpoints are kept 25 months", () => {
  it("what happened before the first month that is kept goes, by the clock of the hub, and nothing after it", async () => {
    const now = new Date();
    const edge = monthsBefore(now, TOUCHPOINT_MONTHS);
    await sent("kept-1", new Date(edge.getTime() - 1));
    await sent("kept-2", edge);
    await sent("kept-3", new Date("2009-12-01T08:26:00Z"));
    await sent("kept-4", now);
    const before = await partitions();
    expect(await run(forgetAll)).toBeGreaterThan(0);
    expect(await rows("select message_id as id from touchpoints.touchpoint where name = 'Kept' order by 1")).toEqual([
      { id: "kept-2" },
      { id: "kept-4" },
    ]);
    expect((await partitions()).length).toBeLessThan(before.length);
    expect(await run(forgetAll)).toBe(0);
  });

  it("a month goes as a whole when its time has come, and what comes late of it still has where to lie", async () => {
    const at = new Date();
    const month = monthsBefore(at, 0);
    const days = Math.ceil((Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + TOUCHPOINT_MONTHS + 1, 1) - at.getTime()) / DAY_MS);
    await sent("month-1", at);
    const name = `touchpoints.touchpoint_${month.toISOString().slice(0, 7).replace("-", "")}`;
    expect((await partitions()).map((one) => one.name)).toContain(name);
    await later(days - 1, forgetAll);
    expect(await count("message_id = 'month-1'")).toBe(1);
    await later(days, forgetAll);
    expect(await count("message_id = 'month-1'")).toBe(0);
    expect((await partitions()).map((one) => one.name)).not.toContain(name);
    await sent("month-2", at);
    expect(await count("message_id = 'month-2'")).toBe(1);
    expect((await timelineOf(reading(), [await recordOf("kept")], { limit: 5 })).items.map(({ at: when }) => when)).toEqual([
      at.toISOString(),
    ]);
    expect(await rows("select 1 from touchpoints.touchpoint_default")).toEqual([]);
    await later(days, forgetAll);
    expect(await count("message_id = 'month-2'")).toBe(0);
  });

  it("marks of resends go with their touchpoints", async () => {
    const client: pg.Pool = pool;
    await client.query(
      `insert into touchpoints.resend (record_id, occurred_at, id, channel_id, kind, because, first_occurred_at, first_id, noticed_at)
       select gen_random_uuid(), now() - make_interval(months => n), gen_random_uuid(), gen_random_uuid(), 'planted', 'same_time', now(), gen_random_uuid(), now()
         from generate_series(24, 27) as n`,
    );
    // Only what is planted here counts: the hub marks what the tests above have sent, sooner or later.
    const kept = () => rows("select 1 from touchpoints.resend where kind = 'planted'");
    expect(await run((ctx) => forgetOldResends(ctx, 100))).toBeGreaterThan(0);
    expect(await kept()).toHaveLength(2);
    await later(31 * (TOUCHPOINT_MONTHS + 2), (ctx) => forgetOldResends(ctx, 100));
    expect(await kept()).toEqual([]);
  });
});

describe("[TCH-6] raw input is kept 30 days", () => {
  it("and not a day longer, whatever became of it", async () => {
    await run((ctx) => quarantine(ctx, { kind: "test.raw", channelId: null, reason: "bad", raw: "raw words" }));
    expect(await later(29.9, (ctx) => forgetQuarantine(ctx, 100))).toBe(0);
    expect(await later(30.1, (ctx) => forgetQuarantine(ctx, 100))).toBe(1);
    expect(await rows("select 1 from touchpoints.quarantine where kind = 'test.raw'")).toEqual([]);
  });

  it("but what a till did stays until somebody has booked it or set it aside: money changed hands", async () => {
    const act = { kind: "till.command", channelId: null, reason: "till.failed", raw: "{}" };
    const id = await run((ctx) => quarantine(ctx, act));
    expect(await later(400, (ctx) => forgetQuarantine(ctx, 100))).toBe(0);
    await rows(`update touchpoints.quarantine set state = 'discarded', note = 'booked by hand', resolved_at = now() where id = '${id}'`);
    expect(await later(400, (ctx) => forgetQuarantine(ctx, 100))).toBe(1);
  });
});

describe("[TCH-12] positions are kept 30 days", () => {
  it("and the log counts on from the last of them", async () => {
    await placed("position-1");
    const [head] = await rows<{ head: number }>("select intake_seq::int as head from touchpoints.intake_head");
    expect(await later(BATCH_DAYS - 0.1, (ctx) => forgetBatches(ctx, 100))).toBe(0);
    expect(await later(BATCH_DAYS + 0.1, (ctx) => forgetBatches(ctx, 100))).toBe((head?.head ?? 0) - 1);
    await placed("position-2");
    expect(await rows("select intake_seq::int as seq from touchpoints.intake_batch order by 1 desc limit 1")).toEqual([
      { seq: (head?.head ?? 0) + 1 },
    ]);
    for (const { name, sql } of touchpointsInvariants) expect([name, await rows(sql)]).toEqual([name, []]);
  });
});
