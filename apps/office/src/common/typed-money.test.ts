import fc from "fast-check";
import { currencyExponent } from "@weft/kernel";
import { setFormatting } from "@weft/ui/i18n/format.ts";
import { afterEach, expect, it } from "vitest";
import { moneyTyped, typedMoney } from "./typed-money.ts";

afterEach(() => setFormatting("en-GB"));

it("[OFC-7] an amount is typed in units of its currency, with a point or a comma", () => {
  expect(typedMoney("12", 2)).toEqual({ kind: "amount", amount: 1200 });
  expect(typedMoney(" 12,5 ", 2)).toEqual({ kind: "amount", amount: 1250 });
  expect(typedMoney("0.05", 2)).toEqual({ kind: "amount", amount: 5 });
  expect(typedMoney("1 250,00", 2)).toEqual({ kind: "amount", amount: 125_000 });
  expect(typedMoney("5000", 0)).toEqual({ kind: "amount", amount: 5000 });
  expect(typedMoney("1000000000", 0)).toEqual({ kind: "amount", amount: 1_000_000_000 });
  expect(typedMoney("1,250", 3)).toEqual({ kind: "amount", amount: 1250 });
});

it("[OFC-7] what is no amount is refused, and what is finer than the smallest coin is not cut", () => {
  for (const typed of ["", "-4", "1e3", "ten", "1.2.3", "12,"]) expect(typedMoney(typed, 2)).toEqual({ kind: "none" });
  expect(typedMoney("1.000", 2)).toEqual({ kind: "too_fine", digits: 2 });
  expect(typedMoney("4.5", 0)).toEqual({ kind: "too_fine", digits: 0 });
});

it("[OFC-7] every amount of every currency reads back as it was, in every language", () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000_000 });
  fc.assert(
    fc.property(
      amounts,
      fc.constantFrom("EUR", "JPY", "KWD"),
      fc.constantFrom("en-GB", "fr-FR", "de-DE", "ca-ES"),
      (amount, currency, tag) => {
        setFormatting(tag);
        const digits = currencyExponent(currency);
        expect(typedMoney(moneyTyped(amount, digits), digits)).toEqual({ kind: "amount", amount });
      },
    ),
  );
  setFormatting("fr-FR");
  expect(moneyTyped(123_450, 2)).toBe("1234,50");
  setFormatting("de-CH");
  expect(moneyTyped(500, 0)).toBe("500");
});
