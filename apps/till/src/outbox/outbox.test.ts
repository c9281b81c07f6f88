import type { CallResult, TillCommandAnswerView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { createOutbox, type OutboxSettings } from "./outbox.ts";
import { PaidBefore, type OutboxRow, type OutboxRows, type Sent } from "./rows.ts";

type Send = OutboxSettings["send"];
const REGISTER = "01900000-0000-7000-8000-000000000001";
const SHIFT = "01900000-0000-7000-8000-000000000002";
const MOVE = { shiftId: SHIFT, direction: "in", amount: 500, reason: "change" } as const;

it("[OUT-1] an act is kept before it is sent, and numbered without gaps after the last that the hub has", async () => {
  const rows = memoryRows();
  const seen: number[] = [];
  const outbox = open({
    rows,
    lastSeq: 7,
    send: async (commands) => ok(commands.map((command) => (seen.push(Number(command["seq"])), done(command)))),
  });
  await outbox.perform("cash.move", MOVE);
  const second = await outbox.perform("cash.move", MOVE);
  expect(seen).toEqual([8, 9]);
  expect(second).toMatchObject({ seq: 9, outcome: "done" });
  expect(await rows.unanswered()).toEqual([]);
});

it("[OUT-2] what could not be sent waits and is sent when the hub is back, with the same id", async () => {
  const rows = memoryRows();
  const sent: unknown[] = [];
  let isAway = true;
  const outbox = open({
    rows,
    send: async (commands) => {
      sent.push(commands[0]?.["id"]);
      return isAway ? away() : ok(commands.map(done));
    },
    wait: async () => {
      isAway = false;
    },
  });
  const answer = await outbox.perform("cash.move", MOVE);
  expect(answer.outcome).toBe("done");
  expect(sent.length).toBe(2);
  expect(new Set(sent).size).toBe(1);
});

it("[OUT-3] a command without an answer holds the row: it is asked for again, and what follows waits", async () => {
  const rows = memoryRows();
  const calls: number[][] = [];
  let isDecided = false;
  const outbox = open({
    rows,
    send: async (commands) => {
      calls.push(commands.map((command) => Number(command["seq"])));
      return ok(isDecided ? commands.map(done) : []);
    },
    wait: async () => {
      isDecided = calls.length > 1;
    },
  });
  const first = outbox.perform("cash.move", MOVE);
  const second = outbox.perform("cash.move", MOVE);
  await Promise.all([first, second]);
  expect(calls.every((seqs) => seqs[0] === 1)).toBe(true);
});

it("[OUT-3] a payment that its provider has not decided is asked for later each time, at most eight seconds apart", async () => {
  const pauses: number[] = [];
  const undecided = new Set([1, 2, 3, 4, 5, 6, 8]);
  let calls = 0;
  const outbox = open({
    rows: memoryRows(),
    send: async (commands) => ok(undecided.has(++calls) ? [] : commands.map(done)),
    wait: async (ms) => void pauses.push(ms),
  });
  await outbox.perform("cash.move", MOVE);
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  await outbox.perform("cash.move", MOVE);
  expect(pauses.slice(6)).toEqual([1000]);
});

it("[OUT-4] a hub that was restored asks for what it had before, and gets it", async () => {
  const rows = memoryRows();
  let hubHas = 0;
  const send: Send = async (commands) =>
    ok(
      commands.map((command) => {
        if (Number(command["seq"]) > hubHas + 1)
          return { ...done(command), outcome: "refused", problem: { code: "till.out_of_order", expectedSeq: hubHas + 1 } };
        hubHas = Math.max(hubHas, Number(command["seq"]));
        return done(command);
      }),
    );
  const outbox = open({ rows, send });
  await outbox.perform("cash.move", MOVE);
  await outbox.perform("cash.move", MOVE);
  hubHas = 0;
  await outbox.perform("cash.move", MOVE);
  expect(hubHas).toBe(3);
});

it("[OUT-4] a till that does nothing sends again what a restored hub lost, as soon as it hears of it", async () => {
  const rows = memoryRows();
  const sent: number[] = [];
  let atHub: number | null = 3;
  const outbox = open({
    rows,
    send: async (commands) => ok(commands.map((command) => (sent.push(Number(command["seq"])), done(command)))),
    lastAtHub: async () => atHub,
  });
  for (let n = 0; n < 3; n++) await outbox.perform("cash.move", MOVE);
  await outbox.hubHas(3);
  expect(sent).toEqual([1, 2, 3]);
  atHub = 1;
  await outbox.hubHas(1);
  await expect.poll(() => sent).toEqual([1, 2, 3, 2, 3]);
  await expect.poll(() => rows.unanswered()).toEqual([]);
});

it("[OUT-4] a hub that was asked while an act was on its way to it, or that cannot be asked again, has lost nothing: the answer stays", async () => {
  const rows = memoryRows();
  const sent: number[] = [];
  let atHub: number | null = 0;
  const outbox = open({
    rows,
    send: async (commands) => ok(commands.map((command) => (sent.push((atHub = Number(command["seq"]))), done(command)))),
    lastAtHub: async () => atHub,
  });
  const before = atHub;
  await outbox.perform("cash.move", MOVE);
  await outbox.hubHas(before);
  atHub = null;
  await outbox.hubHas(before);
  expect(await rows.isAnswered(1)).toBe(true);
  expect(sent).toEqual([1]);
});

it("[OUT-7] what was answered is kept for 14 days after its shift, so that a restored hub can have it", async () => {
  const rows = memoryRows();
  const closed = { closedAt: "2026-03-02T18:00:00Z" } as TillCommandAnswerView["shift"]; // all that the outbox looks at
  let day = 1;
  const outbox = open({
    rows,
    now: () => new Date(Date.UTC(2026, 2, day)),
    send: async (commands) => ok(commands.map((command) => ({ ...done(command), shift: closed }))),
  });
  for (day of [1, 10, 20]) await outbox.perform("shift.close", { shiftId: SHIFT, count: { lines: [] } });
  expect([await rows.reopen(1), await rows.reopen(2)]).toEqual([false, true]);
});

it("[OUT-5] after a closing that was acknowledged the numbers go on", async () => {
  const rows = memoryRows();
  const closed = { closedAt: "2026-03-02T18:00:00Z" } as TillCommandAnswerView["shift"]; // all that the outbox looks at
  const outbox = open({ rows, lastSeq: 4, send: async (commands) => ok(commands.map((command) => ({ ...done(command), shift: closed }))) });
  await outbox.perform("cash.move", MOVE);
  await outbox.perform("shift.close", { shiftId: SHIFT, count: { lines: [] } });
  expect((await outbox.perform("cash.move", MOVE)).seq).toBe(7);
});

it("[OUT-6] a number that another device of the register has used is given up, and the act is done under the next one, once", async () => {
  const rows = memoryRows();
  const accepted: unknown[] = [];
  let hubHas = 3;
  const send: Send = async (commands) =>
    ok(
      commands.map((command) => {
        if (Number(command["seq"]) !== hubHas + 1)
          return { ...done(command), outcome: "refused", problem: { code: "till.out_of_order", expectedSeq: hubHas + 1 } };
        hubHas += 1;
        accepted.push(command["id"]);
        return done(command);
      }),
    );
  const outbox = open({ rows, send });
  const answers = await Promise.all([outbox.perform("cash.move", MOVE), outbox.perform("cash.move", MOVE)]);
  expect(answers.map(({ seq, outcome }) => [seq, outcome])).toEqual([
    [4, "done"],
    [5, "done"],
  ]);
  expect(new Set(accepted).size).toBe(2);
});

it("[OUT-7] an act that is kept is done before the hub has heard of it, and its answer comes whenever it does", async () => {
  const rows = memoryRows();
  const back = Promise.withResolvers<void>();
  let isAway = true;
  const outbox = open({ rows, send: async (commands) => (isAway ? away() : ok(commands.map(done))), wait: () => back.promise });
  const { row, answered } = await outbox.keep("cash.move", MOVE);
  expect(row).toMatchObject({ seq: 1 });
  expect(await rows.unanswered()).toHaveLength(1);
  isAway = false;
  back.resolve();
  expect(await answered).toMatchObject({ seq: 1, outcome: "done" });
});

it("[OUT-8] one ticket is sold once, whoever taps again, and a second try takes no number", async () => {
  const rows = memoryRows();
  const outbox = open({ rows, send: async (commands) => ok(commands.map(done)) });
  // What a receipt says is nothing to the outbox.
  const sale = { cartId: "cart", orderId: "order", at: "2026-03-02T09:00:00Z", receipt: {} as never };
  const { row } = await outbox.keep("cash.move", MOVE, sale);
  await expect(outbox.keep("cash.move", MOVE, sale)).rejects.toBeInstanceOf(PaidBefore);
  expect((await outbox.keep("cash.move", MOVE)).row.seq).toBe(row.seq + 1);
});

function open(over: Partial<OutboxSettings> & Pick<OutboxSettings, "rows" | "send">) {
  return createOutbox({
    registerId: REGISTER,
    lastSeq: 0,
    staffId: () => null,
    now: () => new Date("2026-03-02T09:00:00Z"),
    lastAtHub: async () => null,
    alone: (work) => work(),
    wait: () => Promise.resolve(),
    ...over,
  });
}

const ok = (answers: TillCommandAnswerView[]): CallResult<{ answers: TillCommandAnswerView[] }> => ({
  ok: true,
  status: 200,
  value: { answers },
});
const away = (): CallResult<{ answers: TillCommandAnswerView[] }> => ({
  ok: false,
  offline: true,
  problem: { type: "about:blank", title: "away", status: 0, code: "client.offline" },
});

function done(command: Sent): TillCommandAnswerView {
  return {
    id: String(command["id"]),
    seq: Number(command["seq"]),
    outcome: "done",
    problem: null,
    orderId: null,
    receiptNumber: null,
    shift: null,
  };
}

function memoryRows(): OutboxRows {
  const kept = new Map<number, OutboxRow>();
  const sold = new Set<string>();
  return {
    async append(after, write, sale) {
      if (sale && sold.has(sale.cartId)) throw new PaidBefore(sale.orderId);
      if (sale) sold.add(sale.cartId);
      const seq = Math.max(after, ...kept.keys()) + 1;
      const row = { seq, ...write(seq) };
      kept.set(seq, row);
      return row;
    },
    async adopt(commands) {
      for (const command of commands) kept.set(Number(command["seq"]), { seq: Number(command["seq"]), id: String(command["id"]), command });
      return commands.length;
    },
    all: async () => [...kept.values()],
    unanswered: async () => [...kept.values()].filter(({ answer }) => !answer),
    isAnswered: async (seq) => kept.get(seq)?.answer !== undefined,
    async reopen(seq) {
      if (!kept.has(seq)) return false;
      for (const { answer: _given, ...row } of kept.values()) if (row.seq >= seq) kept.set(row.seq, row);
      return true;
    },
    async keepAnswers(answers) {
      for (const answer of answers) {
        const row = kept.get(answer.seq);
        if (row) kept.set(answer.seq, { ...row, answer });
      }
    },
    async renumber(from, to) {
      const moved = [...kept.values()].filter((row) => row.seq >= from && !row.answer);
      for (const { seq } of moved) kept.delete(seq);
      for (const row of moved) {
        const seq = row.seq - from + to;
        kept.set(seq, { ...row, seq, command: { ...row.command, seq } });
      }
    },
    async forget(upTo, before) {
      for (const row of kept.values()) if (row.seq <= upTo && row.answer && String(row.command["at"]) < before) kept.delete(row.seq);
    },
  };
}
