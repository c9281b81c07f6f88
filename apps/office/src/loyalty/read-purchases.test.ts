import { describe, expect, it } from "vitest";
import { readPurchases } from "./read-purchases.ts";

const CARD = "2910000000000012";
const taken = (text: string) => readPurchases(text, "EUR").map(({ purchase }) => purchase);

describe("[LOY-42] a partner's file", () => {
  it("is read with or without a header, with any of three separators, and amounts as people write them", () => {
    expect(taken(`Beleg;Karte;Betrag\r\nA-1;2910 0000 0000 0012;12,50\r\nA-2;${CARD};7\r\n`)).toEqual([
      { reference: "A-1", card: CARD, amount: 1250 },
      { reference: "A-2", card: CARD, amount: 700 },
    ]);
    expect(taken(`A-3,${CARD},0.5\n"A,4",${CARD},1.05`)).toEqual([
      { reference: "A-3", card: CARD, amount: 50 },
      { reference: "A,4", card: CARD, amount: 105 },
    ]);
  });

  it("names the lines that cannot be taken", () => {
    const lines = readPurchases(`A-1;${CARD};10\nA-2;123;10\n;${CARD};10\nA-3;${CARD};1.234\nA-4;${CARD};ten`, "EUR");
    expect(lines.map(({ line, purchase }) => [line, purchase !== null])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
      [5, false],
    ]);
  });
});
