import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepIn } from "../kept-file.ts";
import { startZvtSimulator, type CardBehavior, type ZvtSimulator } from "../simulators/zvt.ts";
import { bcd, readApdus, readFields, writeApdu } from "./codec.ts";
import { openTerminal, type Terminal, type TerminalBook } from "./payments.ts";

const PATIENCE = { connectMs: 1000, answerMs: 250 };
let home: string;
let card: ZvtSimulator;
let terminal: Terminal;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "weft-zvt-"));
  card = await startZvtSimulator();
  terminal = await open();
});
afterEach(async () => {
  await card.stop();
  rmSync(home, { recursive: true });
});

const file = () => keepIn<TerminalBook>(join(home, "terminal.json"), { payments: [], lastTrace: null });
const open = () =>
  openTerminal({
    at: { address: card.address, password: "000000" },
    file: file(),
    now: () => new Date("2026-03-02T09:15:00Z"),
    patience: PATIENCE,
  });

/** One payment to its end. */
async function pay(id: string, amount: number, how: CardBehavior = "approve") {
  card.behave(how);
  const begun = await terminal.begin({ id, registerId: "till", kind: "payment", amount });
  await terminal.settled();
  return begun.kind === "begun" ? terminal.read(id) : begun;
}

describe("a payment at a terminal", () => {
  it("[DEV-9] is approved with what the terminal says of it, and asked for again it is the same one", async () => {
    expect(await pay("a", 1250)).toMatchObject({ state: "approved", amount: 1250, trace: 1, receiptNumber: "0001", cardName: "girocard" });
    expect(await pay("a", 1250)).toMatchObject({ state: "approved", trace: 1 });
    expect(card.booked).toEqual([{ trace: 1, amount: 1250, kind: "payment" }]);
  });

  it("[DEV-9] is declined by the card, by whoever pays, or because nobody answers: no money has moved", async () => {
    expect(await pay("a", 1250, "decline")).toMatchObject({ state: "declined", reason: "05" });
    expect(await pay("b", 1250, "give_up")).toMatchObject({ state: "declined", reason: "6c" });
    await card.stop();
    expect(await pay("c", 1250)).toMatchObject({ state: "declined", reason: "unreachable" });
    expect(card.booked).toEqual([]);
  });

  it("[DEV-9] whose line broke after the money was taken is unknown: it blocks a second charge until the terminal is asked, and is approved then", async () => {
    expect(await pay("a", 1250, "break_after_approval")).toMatchObject({ state: "unknown", reason: "broken" });
    expect(await pay("b", 1250)).toMatchObject({ kind: "undecided", payment: { id: "a" } });
    expect(await terminal.inquire("a")).toMatchObject({ state: "approved", trace: 1, amount: 1250 });
    expect(card.booked).toHaveLength(1);
    expect(await pay("b", 900)).toMatchObject({ state: "approved", trace: 2 });
  });

  it("[DEV-9] whose line broke before is declined when the terminal knows only the payment before it", async () => {
    await pay("a", 1250);
    expect(await pay("b", 1250, "break_before")).toMatchObject({ state: "unknown" });
    expect(await terminal.inquire("b")).toMatchObject({ state: "declined", reason: "not_charged" });
    expect(card.booked).toHaveLength(1);
  });

  it("[DEV-9] the same at a terminal that has taken nothing yet", async () => {
    expect(await pay("a", 1250, "break_before")).toMatchObject({ state: "unknown" });
    expect(await terminal.inquire("a")).toMatchObject({ state: "declined", reason: "not_charged" });
  });

  it("[DEV-9] of which nothing more is heard is unknown; when the terminal cannot say it any more, whoever looks at it decides", async () => {
    expect(await pay("a", 1250, "stay_silent")).toMatchObject({ state: "unknown", reason: "silent" });
    await card.stop();
    expect(await terminal.inquire("a")).toMatchObject({ state: "unknown" });
    expect(await terminal.decide("a", "declined")).toMatchObject({ state: "declined", reason: "decided_by_staff" });
    expect(await terminal.decide("a", "approved")).toMatchObject({ state: "declined" });
  });

  it("[DEV-9] that a bridge left under way is unknown after its new start", async () => {
    const kept = file();
    await pay("a", 1250);
    await kept.read();
    await file().change((book) => ({ ...book, payments: book.payments.map((one) => ({ ...one, state: "in_flight" as const })) }));
    terminal = await open();
    expect(await terminal.read("a")).toMatchObject({ state: "unknown" });
    expect(await terminal.begin({ id: "b", registerId: "till", kind: "payment", amount: 1 })).toMatchObject({ kind: "undecided" });
  });

  it("[DEV-9] two tills that ask at once: one pays, the other is told of it", async () => {
    const wanted = ["a", "b"].map((id) => ({ id, registerId: id, kind: "payment" as const, amount: 500 }));
    const begun = await Promise.all(wanted.map((one) => terminal.begin(one)));
    expect(begun.map(({ kind }) => kind).sort()).toEqual(["begun", "undecided"]);
    await terminal.settled();
    expect(card.booked).toHaveLength(1);
  });

  it("[DEV-9] goes back by a reversal or a refund, and the day is closed at the terminal", async () => {
    await pay("a", 1250);
    expect(await terminal.reverse("0001")).toMatchObject({ kind: "completed", said: { result: 0, amount: 1250 } });
    await terminal.begin({ id: "r", registerId: "till", kind: "refund", amount: 300 });
    await terminal.settled();
    expect(await terminal.read("r")).toMatchObject({ state: "approved", kind: "refund" });
    expect(await terminal.endOfDay()).toMatchObject({ kind: "completed" });
    expect(await terminal.isReachable()).toBe(true);
    expect(card.booked.map(({ kind }) => kind)).toEqual(["payment", "reversal", "refund"]);
  });
});

describe("telegrams of ZVT", () => {
  it("[DEV-9] are read whole, however the line cuts them, also with a long length", () => {
    const long = { command: 0x06d3, data: new Uint8Array(300).fill(7) };
    const bytes = Uint8Array.of(...writeApdu({ command: 0x0601, data: Uint8Array.of(4, ...bcd(1250, 6)) }), ...writeApdu(long));
    expect([...bytes.subarray(0, 10)]).toEqual([0x06, 0x01, 7, 4, 0, 0, 0, 0, 0x12, 0x50]);
    expect([...bytes.subarray(10, 15)]).toEqual([0x06, 0xd3, 0xff, 300 & 0xff, 1]);
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      const first = readApdus(bytes.subarray(0, cut));
      const second = readApdus(Uint8Array.of(...first.rest, ...bytes.subarray(cut)));
      expect([...first.apdus, ...second.apdus]).toMatchObject([{ command: 0x0601 }, long]);
    }
  });

  it("[DEV-9] fields of fixed and of variable length are told apart; reading ends at one that nobody knows", () => {
    const fields = readFields(Uint8Array.of(0x27, 0x00, 0x8b, 0xf0, 0xf2, 0x41, 0x42, 0x87, 0x00, 0x12, 0xfe, 1, 2));
    expect([...fields].map(([name, data]) => [name, [...data]])).toEqual([
      [0x27, [0]],
      [0x8b, [0x41, 0x42]],
      [0x87, [0x00, 0x12]],
    ]);
  });
});
