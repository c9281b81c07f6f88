import { describe, expect, it } from "vitest";
import { minorUnits, readSettlementFile } from "./read-file.ts";

const MAP = { reference: "Reference", amount: "Gross", date: "Date", fee: "Fee", kind: "Type" };

describe("[PAY-41] a provider's file", () => {
  it("is read by the columns that are named, whatever its signs; bad lines are named and stop nothing", () => {
    const text = `\uFEFFDate;Type;Reference;Gross;Fee\n12.03.2026;Payment;pi_1;"1.234,50";0,42\n2026-03-13;Refund;re_1;12,00;\n;Payment;pi_2;5,00;\n13.03.2026;Payment;;5,00;\n13.03.2026;Payment;pi_3;five;\n13.03.2026;Payout;po_1;-1.200,00;\n`;
    const { lines, refused, missing } = readSettlementFile(text, MAP, "EUR");
    expect(missing).toEqual([]);
    expect(lines.map(({ kind, reference, amount, fee, settledOn }) => [kind, reference, amount, fee, settledOn])).toEqual([
      ["payment", "pi_1", 123_450, 42, "2026-03-12"],
      ["refund", "re_1", -1200, 0, "2026-03-13"],
      ["payout", "po_1", -120_000, 0, "2026-03-13"],
    ]);
    expect(refused).toEqual([
      { line: 4, reason: "date" },
      { line: 5, reason: "reference" },
      { line: 6, reason: "amount" },
    ]);
  });

  it("says which columns it has not, and gives the same line the same key", () => {
    expect(readSettlementFile("a,b\n1,2\n", MAP, "EUR").missing).toEqual(["Reference", "Gross", "Date", "Fee", "Type"]);
    const text = "Date,Type,Reference,Gross,Fee\n2026-03-12,,pi_1,10.00,\n2026-03-12,,pi_1,10.00,\n";
    const keys = readSettlementFile(text, MAP, "EUR").lines.map(({ lineKey }) => lineKey);
    expect(new Set(keys).size).toBe(1);
  });

  it("reads amounts as people write them, in the minor units of their currency", () => {
    const read = (text: string, currency = "EUR") => minorUnits(text, currency);
    expect(["12", "12.5", "12,50", "1,234.50", "1.234,50", "-3,10", "€ 7.00", "1 234,50", "1.234"].map((text) => read(text))).toEqual([
      1200, 1250, 1250, 123_450, 123_450, -310, 700, 123_450, 123_400,
    ]);
    expect([read("500", "JPY"), read("", "EUR"), read("abc"), read("1.5", "JPY")]).toEqual([500, null, null, null]);
  });
});
