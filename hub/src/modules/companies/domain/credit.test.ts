import { describe, expect, it } from "vitest";
import { creditLeft, refusedCredit } from "./credit.ts";

const EUR = { currency: "EUR", limit: 10_000, termsDays: 30, owed: 4_000 };
const total = (amount: number, currency = "EUR") => ({ amount, currency });

describe("[CMP-10] buying on account", () => {
  it("goes up to what is left of the limit in that currency, to the cent", () => {
    expect(creditLeft([EUR], "EUR")?.left).toBe(6_000);
    expect(refusedCredit([EUR], total(6_000))).toBeUndefined();
    expect(refusedCredit([EUR], total(6_001))).toEqual({ code: "company.over_credit", left: 6_000, currency: "EUR" });
    expect(refusedCredit([{ ...EUR, owed: 12_000 }], total(1))).toMatchObject({ left: 0 });
  });

  it("is for companies that have credit in that currency, and for nobody else", () => {
    expect(refusedCredit([EUR], total(1, "CHF"))).toEqual({ code: "company.no_credit", currency: "CHF" });
    expect(refusedCredit([], total(1))).toMatchObject({ code: "company.no_credit" });
    expect(refusedCredit(null, total(1))).toMatchObject({ code: "company.no_credit" });
  });

  it("has room above its limit again for what came back after it was paid", () => {
    expect(refusedCredit([{ ...EUR, owed: -500 }], total(10_500))).toBeUndefined();
  });
});
