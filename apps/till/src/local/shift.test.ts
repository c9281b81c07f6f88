import type { RegisterView, ShiftView, TillCommandAnswerView } from "@weft/contracts/client";
import { describe, expect, it } from "vitest";
import { afterWrong } from "../device/pins.ts";
import type { OutboxRow } from "../outbox/rows.ts";
import { closedHere, shiftNow } from "./shift.ts";

const SHIFT = "01900000-0000-7000-8000-000000000002";
const EVENING = "2026-03-02T18:00:00.000Z";
const FLOAT = { lines: [{ denomination: 1000, count: 10 }] };
const where = {
  register: { id: "r", name: "Till 1", placeId: "p" } as RegisterView, // what the shift asks of it
  drawer: { id: "r", name: "Till 1", others: [] },
  currency: "EUR",
  staffName: "Jordi",
};

let seq = 0;
function row(kind: string, body: object, outcome?: "done" | "refused"): OutboxRow {
  seq += 1;
  const command = { id: `c${seq}`, seq, kind, at: "2026-03-02T09:00:00.000Z", body: { shiftId: SHIFT, ...body } };
  return { seq, id: `c${seq}`, command, ...(outcome && { answer: { outcome } as TillCommandAnswerView }) }; // what is asked of an answer
}

const opened = (): ShiftView => shiftNow(null, [row("shift.open", { float: FLOAT })], where) ?? unreachable();
function unreachable(): never {
  throw new Error("a shift was opened");
}

const sale = (amount: number, more: object = {}) =>
  row("sale.record", { total: { amount, currency: "EUR" }, tenders: [{ kind: "cash", amount, received: amount, ...more }] });

describe("[OFF-2] the shift of a register without the hub", () => {
  it("is what was opened here and not heard of yet, with its float", () => {
    expect(opened()).toMatchObject({ id: SHIFT, openedBy: "Jordi", float: { amount: 10_000, currency: "EUR" }, closedAt: null });
  });

  it("is over once it was closed here; what the hub has answered is what the hub says", () => {
    const known = opened();
    expect(shiftNow(known, [row("shift.close", { count: { lines: [] } })], where)).toBeNull();
    expect(shiftNow(known, [row("shift.close", { count: { lines: [] } }, "done")], where)).toBe(known);
    expect(shiftNow(null, [row("shift.open", { float: FLOAT }, "refused")], where)).toBeNull();
  });
});

describe("[OFF-3] a shift that is closed without the hub", () => {
  it("tells what the drawer should hold: float, cash as it was rounded, tips in cash, what was put in and taken out", () => {
    const acts = [
      row("shift.open", { float: FLOAT }, "done"),
      sale(640),
      sale(452, { rounding: -2, tip: 50 }),
      row("cash.move", { direction: "out", amount: 2000, reason: "bank" }),
      row("sale.complete", { completion: { expectedTotal: { amount: 300 }, tenders: [{ kind: "card", amount: 300 }] } }, "done"),
      row("cash.move", { direction: "in", amount: 999_999, reason: "refused" }, "refused"),
    ];
    const expected = 10_000 + 640 + 452 - 2 + 50 - 2000;
    expect(closedHere(opened(), acts, { counted: expected - 10, at: EVENING })).toMatchObject({
      expectedCash: { amount: expected },
      difference: { amount: -10 },
      sales: { count: 3, total: { amount: 1392 }, cash: { amount: 1092 }, card: { amount: 300 } },
      rounding: { amount: -2 },
      tips: { cash: { amount: 50 } },
    });
  });

  it("[TIL-55] counts an exchange of this till as a sale of its difference, also one that was given in cash", () => {
    const tenders = [{ kind: "cash", amount: 150, received: 200 }];
    const acts = [
      row("shift.open", { float: FLOAT }, "done"),
      row("exchange.record", { total: 500, sale: { total: { amount: 650 }, tenders } }),
      row("exchange.record", { total: 500, rounding: 2, sale: { total: { amount: 98 }, tenders: [] } }),
    ];
    const expected = 10_000 + 150 - 402 + 2;
    expect(closedHere(opened(), acts, { counted: expected, at: EVENING })).toMatchObject({
      expectedCash: { amount: expected },
      difference: { amount: 0 },
      sales: { count: 2, total: { amount: -252 }, cash: { amount: -252 } },
      rounding: { amount: 2 },
    });
  });

  it("tells no difference where only the hub knows what moved the drawer, or what was before", () => {
    const open = row("shift.open", { float: FLOAT }, "done");
    for (const acts of [
      [sale(640)],
      [open, row("return.take", {}, "done")],
      [open, row("sale.complete", { completion: { expectedTotal: { amount: 1 }, tenders: [] } })],
    ])
      expect(closedHere(opened(), acts, { counted: 10_000, at: EVENING })).toMatchObject({ expectedCash: null, difference: null });
  });

  it("[TIL-61] tells its own part of a drawer that others share, and no difference: the hub puts the parts together", () => {
    const acts = [row("shift.open", { float: FLOAT }, "done"), sale(640)];
    const told = { sales: { count: 1, cash: { amount: 640 } }, expectedCash: null, difference: null };
    expect(closedHere(opened(), acts, { counted: 99_999, at: EVENING, isShared: true })).toMatchObject({
      ...told,
      countedCash: { amount: 99_999 },
    });
    expect(closedHere(opened(), acts, { counted: null, at: EVENING, isShared: true })).toMatchObject({ ...told, countedCash: null });
  });
});

it("[OFF-4] after five wrong PINs the next is looked at a minute later, then two, four, up to an hour", () => {
  expect([1, 4, 5, 6, 7, 30].map((wrong) => afterWrong(wrong, 0).until)).toEqual([0, 0, 60_000, 120_000, 240_000, 3_600_000]);
});
