import type { EntityId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import {
  BEANS,
  CROISSANT,
  MUG,
  cartContext,
  cartLine,
  discountCode,
  facts,
  pieces,
  price,
  priceList,
  taxRate,
  testId,
} from "../test-data.ts";
import { compileSnapshot, priceCart, roundingKey, type StoredDeposit } from "./index.ts";

const bottle = (given: Partial<StoredDeposit["amounts"][number]> = {}): StoredDeposit => ({
  code: "bottle",
  name: { en: "Deposit", de: "Pfand" },
  amounts: [{ country: "FR", currency: "EUR", amount: 25, followsGoods: true, taxClass: "untaxed", ...given }],
  variantIds: [BEANS],
});

const shop = (deposit: StoredDeposit, roundingPolicies = new Map()) =>
  compileSnapshot(
    facts({
      lists: [priceList(1)],
      prices: [price(1, BEANS, pieces(150)), price(1, MUG, pieces(1000)), price(1, CROISSANT, pieces(333))],
      taxRates: [taxRate("FR", "goods", 200), taxRate("FR", "untaxed", 0)],
      codes: [discountCode("HALF", { benefit: { kind: "percentage", rate: { numerator: 1, denominator: 2 } } })],
      deposits: [deposit],
      roundingPolicies,
    }),
  );

const SIX = [cartLine(1, BEANS, 6, "goods"), cartLine(2, MUG, 1, "goods")];

describe("[PRC-22] a deposit on packaging", () => {
  it("is charged for each piece, stands apart from the price, and is taxed as its goods where its law says so", () => {
    const { lines, totals, taxes } = priceCart(shop(bottle()), { context: cartContext(), lines: SIX, codes: [] });
    expect(lines[0]).toMatchObject({
      subtotal: 900,
      total: 1050,
      deposit: { code: "bottle", each: 25, amount: 150, total: 150, tax: 25, taxRate: { numerator: 1, denominator: 5 } },
    });
    expect(lines[1]?.deposit).toBeNull();
    expect(totals).toMatchObject({ subtotal: 1900, deposit: 150, total: 2050 });
    expect(taxes).toEqual([{ country: "FR", rate: { numerator: 1, denominator: 5 }, net: 1708, tax: 342, gross: 2050 }]);
  });

  it("has a rate of its own where it does not follow its goods", () => {
    const { taxes, totals } = priceCart(shop(bottle({ followsGoods: false })), { context: cartContext(), lines: SIX, codes: [] });
    expect(taxes.map(({ rate, gross, tax }) => [rate.numerator, gross, tax])).toEqual([
      [0, 150, 0],
      [1, 1900, 317],
    ]);
    expect(totals).toMatchObject({ deposit: 150, tax: 317, total: 2050 });
  });

  it("is reduced by no code, and half of the goods stays half of the goods", () => {
    const { lines, totals } = priceCart(shop(bottle()), { context: cartContext(), lines: SIX, codes: [{ code: "HALF" }] });
    expect(totals).toMatchObject({ subtotal: 1900, discount: 950, deposit: 150, total: 1100 });
    expect(lines[0]).toMatchObject({ discount: 450, total: 600, deposit: { total: 150 } });
  });

  it("is nothing in a country that has none, and in another currency", () => {
    for (const other of [{ country: "DE" }, { currency: "CHF" }])
      expect(priceCart(shop(bottle(other)), { context: cartContext(), lines: SIX, codes: [] }).totals).toMatchObject({
        deposit: 0,
        total: 1900,
      });
  });

  it("says why it is there, and keeps a cart from being completed where its rate is not known", () => {
    const priced = priceCart(shop(bottle({ followsGoods: false, taxClass: "unheard_of" })), {
      context: cartContext(),
      lines: SIX,
      codes: [],
    });
    expect(priced.lines[0]?.because.at(-1)).toMatchObject({ kind: "deposit", code: "bottle", each: 25 });
    expect(priced.problems).toMatchObject([{ code: "tax.rate_unknown", taxClass: "unheard_of" }]);
  });
});

it("[PRC-5] a legal entity's own rounding stands before that of its country, and its country's before the default", () => {
  const entityId = testId<EntityId>("entity", 1);
  const lines = [cartLine(1, CROISSANT, 1, "goods"), cartLine(2, CROISSANT, 1, "goods")];
  const taxFor = (policies: ReadonlyMap<string, { level: "line" | "rate"; mode: "half_up" | "down" }>) =>
    priceCart(shop(bottle(), new Map(policies)), { context: cartContext({ entityId }), lines, codes: [] });
  // 3.33 holds 0.555 at 20 %: 0.56 on each line, 1.11 on both together.
  expect(taxFor(new Map()).totals.tax).toBe(111);
  const country = ["FR", { level: "line", mode: "half_up" }] as const;
  expect(taxFor(new Map([country])).totals.tax).toBe(112);
  const own = [roundingKey("FR", entityId), { level: "line", mode: "down" }] as const;
  expect(taxFor(new Map<string, { level: "line" | "rate"; mode: "half_up" | "down" }>([country, own])).totals.tax).toBe(110);
});
