import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planTenders } from "./domain.ts";

const eur = (amount: number) => ({ amount, currency: "EUR" });

describe("[PAY-6] tenders add up to the total", () => {
  it("gives change on cash", () => {
    expect(planTenders(eur(790), [{ kind: "cash", received: 1000 }])).toEqual({
      ok: true,
      value: [{ kind: "cash", amount: 790, received: 1000, change: 210 }],
    });
  });

  it("lets one tender take what the others leave", () => {
    expect(
      planTenders(eur(790), [
        { kind: "cash", amount: 500 },
        { kind: "card", token: "t" },
      ]),
    ).toEqual({
      ok: true,
      value: [
        { kind: "cash", amount: 500, received: 500, change: 0 },
        { kind: "card", token: "t", amount: 290 },
      ],
    });
  });

  it.each([
    [[{ kind: "cash", amount: 789 } as const], { code: "payment.tenders_differ", expected: eur(790), given: eur(789) }],
    [[{ kind: "cash", amount: 800 } as const], { code: "payment.tenders_differ", expected: eur(790), given: eur(800) }],
    [[{ kind: "cash", received: 700 } as const], { code: "payment.cash_short", amount: eur(790), received: eur(700) }],
    [[{ kind: "cash" } as const, { kind: "due_at_collection" } as const], { code: "payment.amount_missing" }],
  ])("refuses %j", (wanted, error) => {
    expect(planTenders(eur(790), wanted)).toEqual({ ok: false, error });
  });

  it("needs no tender for nothing", () => {
    expect(planTenders(eur(0), [{ kind: "card", token: "t" }])).toEqual({ ok: true, value: [] });
  });

  it("never plans another sum", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.array(fc.option(fc.nat(5000), { nil: undefined }), { minLength: 1, maxLength: 5 }),
        (total, amounts) => {
          const planned = planTenders(
            eur(total),
            amounts.map((amount) => ({ kind: "due_at_collection" as const, amount })),
          );
          if (planned.ok) expect(planned.value.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        },
      ),
    );
  });
});
