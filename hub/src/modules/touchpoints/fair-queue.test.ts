import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFairQueue } from "./fair-queue.ts";
import { createShare } from "./fair-share.ts";
import { testId } from "../../../test/goods-hub.ts";
import type { ChannelId } from "@weft/kernel";

const NOISY: ChannelId = testId("channel", 1);
const QUIET: ChannelId = testId("channel", 2);

describe("[TCH-17] turns", () => {
  it("one event of a quiet channel goes with the very next batch, whatever another has sent before it", () => {
    const queue = createFairQueue<string>();
    for (let n = 0; n < 100; n++) queue.add("noisy", `noisy ${n}`, 500);
    queue.add("quiet", "quiet", 1);
    expect(queue.take(2000)).toEqual(["noisy 0", "quiet", "noisy 1", "noisy 2"]);
  });

  it("what is heavier than a whole batch goes alone, and nobody is passed over twice", () => {
    const queue = createFairQueue<string>();
    queue.add("small", "small 1", 10);
    queue.add("large", "large", 2500);
    queue.add("small", "small 2", 10);
    expect(queue.take(2000)).toEqual(["small 1", "small 2"]);
    queue.add("small", "small 3", 10);
    expect(queue.take(2000)).toEqual(["large"]);
    expect(queue.take(2000)).toEqual(["small 3"]);
    expect(queue.take(2000)).toEqual([]);
  });

  it("everything leaves once, in the order of its channel, and after as many batches as there are channels at the latest each has moved on", () => {
    const items = fc.array(fc.record({ source: fc.integer({ min: 0, max: 4 }), weight: fc.integer({ min: 1, max: 30 }) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 40 }), (given, most) => {
        const queue = createFairQueue<{ source: number; n: number }>();
        for (const [n, { source, weight }] of given.entries()) queue.add(String(source), { source, n }, weight);
        const left = new Map<number, number>();
        for (const { source } of given) left.set(source, (left.get(source) ?? 0) + 1);
        const since = new Map<number, number>();
        const taken: { source: number; n: number }[] = [];
        for (let batch = queue.take(most); batch.length > 0; batch = queue.take(most)) {
          taken.push(...batch);
          for (const [source, count] of left) {
            const moved = batch.filter((one) => one.source === source).length;
            left.set(source, count - moved);
            since.set(source, moved > 0 || count === 0 ? 0 : (since.get(source) ?? 0) + 1);
            expect(since.get(source)).toBeLessThan(5);
          }
        }
        for (const source of left.keys())
          expect(taken.filter((one) => one.source === source).map(({ n }) => n)).toEqual(
            given.flatMap((one, n) => (one.source === source ? [n] : [])),
          );
      }),
    );
  });
});

describe("[TCH-17] shares", () => {
  it("a channel with too much under way is told to come again, others are let in, and what was answered makes room", () => {
    const share = createShare({ events: 100, bytes: 1000, atOnce: 1 });
    const leave = share.enter(NOISY, { events: 90, bytes: 100 });
    expect(leave).not.toBeNull();
    expect(share.enter(NOISY, { events: 11, bytes: 1 })).toBeNull();
    expect(share.enter(NOISY, { events: 1, bytes: 901 })).toBeNull();
    expect(share.enter(QUIET, { events: 100, bytes: 1000 })).not.toBeNull();
    leave?.();
    expect(share.enter(NOISY, { events: 11, bytes: 1 })).not.toBeNull();
  });

  it("a request that is larger than the share is let in when nothing else is under way: it could never come otherwise", () => {
    expect(createShare({ events: 10, bytes: 10, atOnce: 1 }).enter(NOISY, { events: 2500, bytes: 500_000 })).not.toBeNull();
  });

  it("work is done a little at a time, channels in turn, also after some has failed", async () => {
    const share = createShare({ events: 1, bytes: 1, atOnce: 2 });
    const order: string[] = [];
    let atOnce = 0;
    const work = (name: string) => async () => {
      atOnce++;
      expect(atOnce).toBeLessThanOrEqual(2);
      order.push(name);
      await Promise.resolve();
      atOnce--;
      if (name === "noisy 1") throw new Error("failed");
    };
    const all = [...Array.from({ length: 6 }, (_, n) => share.inTurn(NOISY, work(`noisy ${n}`))), share.inTurn(QUIET, work("quiet"))];
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", ...Array.from({ length: 5 }, () => "fulfilled")]);
    expect(order.indexOf("quiet")).toBeLessThan(4);
  });
});
