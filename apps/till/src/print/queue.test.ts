import { describe, expect, it } from "vitest";
import { afterEvent, nextCopy, type PrintJob, type PrintProblem } from "./job.ts";
import { startPrintQueue, type PrintJobs } from "./queue.ts";

const NOW = new Date("2026-03-02T09:20:00Z");
const RECEIPT = { id: "order", at: "2026-03-02T09:15:00Z" };

describe("print jobs", () => {
  it("[DEV-4] are printed one after the other, and one that fails holds up none that follows", async () => {
    const printed: string[] = [];
    const queue = await open({ send: async ({ id }) => (id === "a" ? "paper_out" : (printed.push(id), null)) });
    await queue.print(job("a"));
    await queue.print(job("b"));
    await queue.settled();
    expect(queue.jobs().map(({ id, state, problem }) => [id, state, problem])).toEqual([
      ["a", "failed", "paper_out"],
      ["b", "done", null],
    ]);
    expect(printed).toEqual(["b"]);
  });

  it("[DEV-4] one that failed is printed again, elsewhere, or left", async () => {
    let problem: PrintProblem | null = "unreachable";
    const queue = await open({ send: async () => problem });
    for (const id of ["a", "b", "c"]) await queue.print(job(id));
    await queue.settled();
    problem = null;
    await queue.again("a");
    await queue.elsewhere("b");
    await queue.leave("c");
    await queue.settled();
    expect(queue.jobs().map(({ state, isLeft }) => [state, isLeft])).toEqual([
      ["done", false],
      ["reprinted_elsewhere", false],
      ["failed", true],
    ]);
  });

  it("[DEV-4] what a closed till left under way is not printed again by itself: nobody knows whether the paper is there", async () => {
    const jobs = memoryJobs([{ ...job("a"), state: "sent" }, job("b")]);
    let sent = 0;
    const queue = await open({ jobs, send: async () => ((sent += 1), null) });
    await queue.settled();
    expect(sent).toBe(1);
    expect(queue.jobs()).toMatchObject([
      { state: "failed", problem: "interrupted" },
      { id: "b", state: "done" },
    ]);
  });

  it("[DEV-4] a way that breaks off with an error is a failed job, and the next one is printed", async () => {
    const queue = await open({
      send: async ({ id }) => {
        if (id === "a") throw new Error("the cable was pulled");
        return null;
      },
    });
    await queue.print(job("a"));
    await queue.print(job("b"));
    await queue.settled();
    expect(queue.jobs()).toMatchObject([{ state: "failed" }, { state: "done" }]);
  });

  it("[DEV-4] an event that a job does not wait for changes nothing", () => {
    expect(afterEvent(job("a"), { kind: "printed" })).toBeUndefined();
    expect(afterEvent({ ...job("a"), state: "done" }, { kind: "again" })).toBeUndefined();
  });
});

describe("copies", () => {
  it("[DEV-5] the receipt is printed once; each further print has the next number, wherever the one before came from", () => {
    expect(nextCopy([], RECEIPT, NOW)).toBe(0);
    expect(nextCopy([of("failed", 0)], RECEIPT, NOW)).toBe(0);
    expect(nextCopy([of("done", 0)], RECEIPT, NOW)).toBe(1);
    expect(nextCopy([of("reprinted_elsewhere", 0), of("done", 1), of("failed", 2)], RECEIPT, NOW)).toBe(2);
    expect(nextCopy([{ ...of("done", 0), orderId: "another" }], RECEIPT, NOW)).toBe(0);
    expect(nextCopy([{ ...of("done", 0), what: "drawer" }], RECEIPT, NOW)).toBe(0);
  });

  it("[DEV-5] printed later than its sale it is a copy, also for the first time", () => {
    expect(nextCopy([], RECEIPT, new Date("2026-03-02T09:30:00Z"))).toBe(1);
  });
});

function of(state: PrintJob["state"], copy: number): PrintJob {
  return { ...job("a"), state, copy, orderId: RECEIPT.id };
}

function job(id: string): PrintJob {
  return {
    id,
    what: "receipt",
    title: id,
    orderId: null,
    copy: 0,
    rows: [],
    state: "queued",
    problem: null,
    isLeft: false,
    at: NOW.toISOString(),
  };
}

function open({ jobs = memoryJobs([]), send }: { jobs?: PrintJobs; send: (one: PrintJob) => Promise<PrintProblem | null> }) {
  return startPrintQueue({ jobs, send, alone: (work) => work(), now: () => NOW });
}

function memoryJobs(given: readonly PrintJob[]): PrintJobs {
  const kept = new Map(given.map((one) => [one.id, one]));
  return {
    all: async () => [...kept.values()],
    async add(one) {
      kept.set(one.id, one);
    },
    async change(id, event) {
      const one = kept.get(id);
      const changed = one && afterEvent(one, event);
      if (changed) kept.set(id, changed);
      return changed;
    },
    async forget(before) {
      for (const { id, at } of kept.values()) if (at < before) kept.delete(id);
    },
  };
}
