import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { PartTender } from "./payment.ts";

const disk = new Map<string, string>();
beforeEach(() => {
  disk.clear();
  vi.stubGlobal("location", { search: "" });
  vi.stubGlobal("window", { name: "" });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => void disk.set(key, value),
    removeItem: (key: string) => void disk.delete(key),
  });
});

afterAll(() => vi.unstubAllGlobals());

/** The page is loaded, with what the one before it has kept. */
async function load() {
  vi.resetModules();
  return import("./payment.ts");
}

const cash: PartTender = { kind: "cash", amount: 1000, received: 2000, rounding: 2, tip: 50 };
const approved: PartTender = { kind: "card", amount: 700, token: "terminal:01900000-0000-7000-8000-000000000001:750", tip: 50 };
const atHub = (amount: number): PartTender => ({ kind: "card", amount, token: "tmr_1" });

describe("[TIL-59] parts of a payment outlive the page", () => {
  it("what was taken and what was asked for is there after a reload, until it is sold", async () => {
    const page = await load();
    page.askFor("ticket", { kind: "shares", people: 3, left: 1000 });
    page.takePart("ticket", cash, 2000);
    page.takePart("other", approved, 100);
    const again = await load();
    expect(again.paymentOf("ticket")).toMatchObject({ parts: [{ tender: cash }], asked: { kind: "shares", people: 2, left: 1000 } });
    expect(again.holdsMoney(again.paymentOf("ticket"))).toBe(true);
    again.forgetParts("ticket");
    again.forgetParts("other");
    expect(disk.size).toBe(0);
  });

  it("the change is told of the part that was taken last, and not once more when a part goes back", async () => {
    const page = await load();
    page.takePart("ticket", cash, 2000);
    page.takePart("ticket", { kind: "cash", amount: 500 }, 1500);
    expect(page.changeNow(page.paymentOf("ticket"))).toBe(0);
    page.dropPart("ticket", page.paymentOf("ticket").parts[1]?.id ?? "");
    expect(page.changeNow(page.paymentOf("ticket"))).toBe(0);
    page.takePart("ticket", cash, 1000);
    expect(page.changeNow(page.paymentOf("ticket"))).toBe(948);
  });

  it("an approval of the terminal is one part, however often the page hears of it", async () => {
    const page = await load();
    page.takePart("ticket", approved, 500);
    const again = await load();
    again.takePart("ticket", approved, 500);
    expect(again.sumOfParts(again.paymentOf("ticket"))).toBe(700);
  });

  it("money is what was handed over; what the hub is to take is only agreed, and what was sent is the hub's", async () => {
    const page = await load();
    const voucher: PartTender = { kind: "gift_card", amount: 300, cardId: "01900000-0000-7000-8000-000000000002" };
    const signed: PartTender = { kind: "gift_card", amount: 300, right: "a signed right of a card" };
    expect([cash, approved, atHub(100), voucher, signed].map(page.isCharged)).toEqual([true, true, false, false, false]);
    expect([cash, approved, atHub(100), voucher, signed].map(page.needsHub)).toEqual([false, false, true, true, false]);
    page.takePart("ticket", voucher, 100);
    expect(page.holdsMoney(page.paymentOf("ticket"))).toBe(false);
    page.takePart("ticket", cash, 0);
    page.markSent("ticket", true);
    expect(page.holdsMoney(page.paymentOf("ticket"))).toBe(false);
  });
});

describe("[TIL-58] a part is taken back", () => {
  it("with what was handed over of it: amount, tip and rounding, without the change", async () => {
    const { changeOf, handedOver } = await load();
    expect([handedOver(cash), changeOf(cash)]).toEqual([1052, 948]);
    expect([handedOver(approved), changeOf(approved)]).toEqual([750, null]);
  });

  it("and what comes next is asked anew, with the things that are open again", async () => {
    const page = await load();
    page.askFor("ticket", { kind: "items", left: 700, items: [{ lineId: "a", units: 2 }] });
    page.takePart("ticket", atHub(300), 1700);
    expect(page.paymentOf("ticket")).toMatchObject({ parts: [{ items: [] }], asked: { left: 400 } });
    page.takePart("ticket", atHub(400), 1300);
    const [, second] = page.paymentOf("ticket").parts;
    expect(second?.items).toEqual([{ lineId: "a", units: 2 }]);
    page.dropPart("ticket", second?.id ?? "");
    expect(page.paymentOf("ticket")).toMatchObject({ parts: [{ tender: { amount: 300 } }], asked: null });
    if (second) page.restorePart("ticket", second);
    expect(page.sumOfParts(page.paymentOf("ticket"))).toBe(700);
  });

  it("by the hub's word, where one of several cards was declined; nothing where that may be the last one", async () => {
    const page = await load();
    const { ProblemError } = await import("@weft/ui/api/problem-error.ts");
    const declined = (amount: number) =>
      new ProblemError({ type: "", title: "", status: 402, code: "payment.declined", amount: { amount, currency: "EUR" } }, false);
    page.takePart("ticket", cash, 2000);
    page.takePart("ticket", atHub(800), 1200);
    page.dropDeclinedOf("ticket", declined(1200), { kind: "card", amount: 1200, token: "tmr_1" });
    page.dropDeclinedOf("ticket", declined(800), { kind: "card", amount: 800, token: "tmr_1" });
    expect(page.paymentOf("ticket").parts).toHaveLength(2);
    page.dropDeclinedOf("ticket", declined(800), { kind: "card", amount: 1200, token: "tmr_1" });
    expect(page.paymentOf("ticket").parts.map(({ tender }) => tender)).toEqual([cash]);
  });
});
