import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startEvery } from "./every.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("does its work every time, leaves out what falls into the turn before, and goes on after a failure", async () => {
  const turns: (() => void)[] = [];
  const failures: unknown[] = [];
  let outcome: "slow" | "fails" | "quick" = "slow";
  let count = 0;
  const running = startEvery(
    1000,
    async () => {
      count += 1;
      if (outcome === "fails") throw new Error("no");
      if (outcome === "slow") await new Promise<void>((resolve) => turns.push(resolve));
    },
    (error) => failures.push(error),
  );
  await vi.advanceTimersByTimeAsync(3500);
  expect(count).toBe(1);
  turns[0]?.();
  outcome = "fails";
  await vi.advanceTimersByTimeAsync(1000);
  outcome = "quick";
  await vi.advanceTimersByTimeAsync(1000);
  expect([count, failures]).toEqual([3, [new Error("no")]]);
  await running.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(count).toBe(3);
});

it("stops when the turn under way is done", async () => {
  let finish: (() => void) | undefined;
  const running = startEvery(
    1000,
    () => new Promise<void>((resolve) => (finish = resolve)),
    () => undefined,
  );
  await vi.advanceTimersByTimeAsync(1000);
  let isStopped = false;
  const stopped = running.stop().then(() => (isStopped = true));
  await vi.advanceTimersByTimeAsync(1000);
  expect(isStopped).toBe(false);
  finish?.();
  await stopped;
  expect(isStopped).toBe(true);
});
