import type { UnitPrice, VariantId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import {
  BEANS,
  BERLIN,
  CAPPUCCINO,
  CROISSANT,
  FRENCH_SHOP,
  LYON,
  MUG,
  WEB,
  cartContext,
  cartLine,
  discountCode,
  facts,
  listId,
  pieces,
  price,
  priceList,
  promotion,
  taxRate,
  testId,
} from "../test-data.ts";
import {
  type CartContext,
  type CartLine,
  type PricingFacts,
  type RoundingPolicy,
  type TypedCode,
  compileSnapshot,
  priceCart,
} from "./index.ts";

const BASKET = [cartLine(1, CAPPUCCINO, 2, "hot_drink"), cartLine(2, BEANS, 1, "packaged_food"), cartLine(3, MUG, 1, "goods")];

function frenchCart(codes: readonly TypedCode[] = [], lines: readonly CartLine[] = BASKET, context: Partial<CartContext> = {}) {
  return priceCart(FRENCH_SHOP, { context: cartContext(context), lines, codes });
}

function cartOf(
  given: Partial<PricingFacts>,
  lines: readonly CartLine[],
  context: Partial<CartContext> = {},
  codes: readonly TypedCode[] = [],
) {
  return priceCart(compileSnapshot(facts(given)), { context: cartContext(context), lines, codes });
}

describe("[PRC-21] a gift card", () => {
  const CARD = testId<VariantId>("variant", 9);
  const given = {
    lists: [priceList(1)],
    prices: [price(1, CARD, pieces(5000)), price(1, MUG, pieces(1400))],
    taxRates: [taxRate("FR", "voucher", 0), taxRate("FR", "goods", 200)],
    codes: [discountCode("TEN"), discountCode("FIFTY", { benefit: { kind: "amount", money: { amount: 5000, currency: "EUR" } } })],
    promotions: [
      promotion(1),
      promotion(2, { benefit: { kind: "amount", money: { amount: 300, currency: "EUR" }, per: "cart" } }),
      promotion(3, { benefit: { kind: "cheapest_free", of: 2 } }),
    ],
  };
  const card = cartLine(1, CARD, 2, "voucher");

  it("costs what it is worth, whatever else is reduced", () => {
    const cart = cartOf(given, [card, cartLine(2, MUG, 1, "goods")], {}, [{ code: "TEN" }]);
    expect(cart.lines.map(({ total }) => total)).toEqual([10_000, Math.round((1400 * 0.9 - 300) * 0.9)]);
  });

  it("is nothing that a code could be about, and counts for no minimum", () => {
    expect(cartOf(given, [card], {}, [{ code: "FIFTY" }])).toMatchObject({
      totals: { total: 10_000 },
      promotions: [],
      refusedCodes: [{ because: { kind: "nothing_to_discount" } }],
    });
  });
});

describe("a French cafe: 10 % on drinks, 5.5 % on beans, 20 % on a mug, tax inside the price", () => {
  it("[PRC-5] shows each rate once and sums to the total", () => {
    const cart = frenchCart();
    expect(cart.totals).toEqual({ subtotal: 3030, discount: 0, delivery: 0, deposit: 0, tax: 348, total: 3030, savings: 0 });
    expect(cart.taxes).toEqual([
      { country: "FR", rate: { numerator: 11, denominator: 200 }, net: 806, tax: 44, gross: 850 },
      { country: "FR", rate: { numerator: 1, denominator: 10 }, net: 709, tax: 71, gross: 780 },
      { country: "FR", rate: { numerator: 1, denominator: 5 }, net: 1167, tax: 233, gross: 1400 },
    ]);
  });

  it("[PRC-4] ten percent off is shared over the lines, and tax is taken of what is left", () => {
    const cart = frenchCart([{ code: "welcome 10" }]);
    expect(cart.totals).toEqual({ subtotal: 3030, discount: 303, delivery: 0, deposit: 0, tax: 314, total: 2727, savings: 303 });
    expect(cart.lines.map(({ discount, total, tax }) => [discount, total, tax])).toEqual([
      [78, 702, 64],
      [85, 765, 40],
      [140, 1260, 210],
    ]);
  });

  it("[PRC-4] two euros off: the left-over cent goes to the largest remainder", () => {
    expect(frenchCart([{ code: "COFFEE2" }]).lines.map(({ discount }) => discount)).toEqual([52, 56, 92]);
  });

  it("[PRC-4] percentages are taken before amounts, whichever was typed first", () => {
    const cart = frenchCart([{ code: "COFFEE2" }, { code: "WELCOME10" }]);
    expect(cart.discounts.map(({ code, amount }) => [code, amount])).toEqual([
      ["WELCOME10", 303],
      ["COFFEE2", 200],
    ]);
    expect(cart.totals.total).toBe(3030 - 303 - 200);
  });

  it("every line says why it costs what it costs", () => {
    const options = [{ group: "milk", value: "oat", difference: { amount: 50, currency: "EUR" } }];
    const cart = frenchCart([{ code: "WELCOME10" }], [cartLine(1, CAPPUCCINO, 1, "hot_drink", { options })]);
    expect(cart.lines[0]?.because).toEqual([
      { kind: "list", listId: listId(1), name: "France", matched: "everywhere", minQuantity: 1 },
      { kind: "option", group: "milk", value: "oat", difference: { amount: 50, currency: "EUR" } },
      { kind: "code", code: "WELCOME10", amount: 44 },
      { kind: "tax", taxClass: "hot_drink", context: "eat_in", country: "FR", rate: { numerator: 1, denominator: 10 }, included: true },
    ]);
    expect(cart.explanations).toEqual([{ kind: "rounding", country: "FR", policy: { level: "rate", mode: "half_up" } }]);
  });
});

describe("Germany: a change of law at midnight, and the way of eating", () => {
  const german: Partial<PricingFacts> = {
    lists: [priceList(1)],
    prices: [price(1, CROISSANT, pieces(240)), price(1, CAPPUCCINO, pieces(320))],
    taxRates: [
      taxRate("DE", "food", 190, { context: "eat_in" }),
      taxRate("DE", "food", 70, { context: "eat_in", validFrom: "2026-01-01" }),
      taxRate("DE", "food", 70, { context: "take_away" }),
      taxRate("DE", "drink", 190),
    ],
  };
  const breakfast = [cartLine(1, CROISSANT, 1, "food"), cartLine(2, CAPPUCCINO, 1, "drink")];
  const berlin = { country: "DE", timeZone: "Europe/Berlin", placeId: BERLIN } as const;
  const taxesAt = (iso: string, taxContext: "eat_in" | "take_away") =>
    cartOf(german, breakfast, { ...berlin, at: new Date(iso), taxContext }).lines.map(({ tax }) => tax);

  it("[PRC-8] the rate follows the calendar date at the place, not the one in UTC", () => {
    expect(taxesAt("2025-12-31T22:59:00Z", "eat_in")).toEqual([38, 51]);
    expect(taxesAt("2025-12-31T23:00:00Z", "eat_in")).toEqual([16, 51]);
  });

  it("[PRC-8] eat-in and take-away are different rates of the same product, and a rate for both serves either", () => {
    expect(taxesAt("2025-12-30T12:00:00Z", "take_away")).toEqual([16, 51]);
    expect(cartOf(german, breakfast, { ...berlin, at: new Date("2025-12-30T12:00:00Z") }).taxes).toMatchObject([{ tax: 89, gross: 560 }]);
  });

  it("[PRC-8] a line handed over elsewhere bears the rate of that place, which stands before its country's", () => {
    const rates = [...(german.taxRates ?? []), taxRate("DE", "food", 0, { zone: { kind: "place", placeId: LYON } })];
    const moved = cartLine(1, CROISSANT, 1, "food", { taxPlace: { country: "DE", placeId: LYON } });
    expect(cartOf({ ...german, taxRates: rates }, [moved], berlin).lines[0]).toMatchObject({ tax: 0, total: 240 });
  });
});

describe("prices before tax", () => {
  it("[PRC-5] Spain, between businesses: the tax comes on top, once per rate", () => {
    const rates = [taxRate("ES", "food", 100), taxRate("ES", "goods", 210), taxRate("ES", "bread", 40)];
    const prices = [price(1, CROISSANT, pieces(115)), price(1, MUG, pieces(999)), price(1, BEANS, pieces(127))];
    const lines = [cartLine(1, CROISSANT, 3, "food"), cartLine(2, MUG, 2, "goods"), cartLine(3, BEANS, 1, "bread")];
    const cart = cartOf({ lists: [priceList(1, { taxIncluded: false })], prices, taxRates: rates }, lines, { country: "ES" });
    expect(cart.taxes.map(({ net, tax, gross }) => [net, tax, gross])).toEqual([
      [127, 5, 132],
      [345, 35, 380],
      [1998, 420, 2418],
    ]);
    expect(cart.totals).toEqual({ subtotal: 2470, discount: 0, delivery: 0, deposit: 0, tax: 460, total: 2930, savings: 0 });
    expect(cart.taxIncluded).toBe(false);
  });

  it("[PRC-2] beside a list with tax inside, the line is shown with its tax, rounded once", () => {
    const lists = [priceList(1), priceList(2, { taxIncluded: false })];
    const cart = cartOf(
      { lists, prices: [price(1, MUG, pieces(1200)), price(2, BEANS, pieces(333))], taxRates: [taxRate("FR", "goods", 200)] },
      [cartLine(1, MUG, 1, "goods"), cartLine(2, BEANS, 3, "goods")],
    );
    expect(cart.lines.map(({ subtotal }) => subtotal)).toEqual([1200, 1199]);
    expect(cart.totals).toMatchObject({ subtotal: 2399, total: 2399, tax: 400 });
  });
});

describe("rounding is national law", () => {
  const three = [cartLine(1, MUG, 1, "goods"), cartLine(2, BEANS, 1, "goods"), cartLine(3, CROISSANT, 1, "goods")];
  const taxUnder = (policy: RoundingPolicy, amount: number, taxIncluded: boolean) =>
    cartOf(
      {
        lists: [priceList(1, { taxIncluded })],
        prices: [MUG, BEANS, CROISSANT].map((variant) => price(1, variant, pieces(amount))),
        taxRates: [taxRate("FR", "goods", 200)],
        roundingPolicies: new Map([["FR", policy]]),
      },
      three,
    ).lines.map(({ tax }) => tax);

  it.each([
    [{ level: "line", mode: "half_up" }, [18, 18, 18]],
    [{ level: "rate", mode: "half_up" }, [18, 18, 17]],
    [{ level: "rate", mode: "half_even" }, [18, 17, 17]],
    [{ level: "rate", mode: "down" }, [18, 17, 17]],
    [{ level: "line", mode: "half_even" }, [18, 18, 18]],
    [{ level: "line", mode: "down" }, [17, 17, 17]],
  ] as const)("[PRC-5] three times 1.05 with 20 %% inside under %j", (policy, expected) => {
    expect(taxUnder(policy, 105, true)).toEqual(expected);
  });

  it("[PRC-5] rounded once on the ticket, the residue goes to the rate with the largest remainder", () => {
    const cart = cartOf(
      {
        lists: [priceList(1, { taxIncluded: false })],
        prices: [price(1, MUG, pieces(104)), price(1, CROISSANT, pieces(104))],
        taxRates: [taxRate("FR", "goods", 200), taxRate("FR", "food", 100)],
        roundingPolicies: new Map([["FR", { level: "ticket", mode: "half_up" }]]),
      },
      [cartLine(1, MUG, 1, "goods"), cartLine(2, CROISSANT, 1, "food")],
    );
    expect(cart.taxes.map(({ tax }) => tax)).toEqual([10, 21]);
    expect(cart.totals.tax).toBe(31);
  });
});

describe("other currencies and measures", () => {
  it("yen have no decimals: 8 % to take away, 10 % to eat in, fractions dropped once per rate", () => {
    const japan: Partial<PricingFacts> = {
      lists: [priceList(1, { currency: "JPY", taxIncluded: false })],
      prices: [price(1, CAPPUCCINO, pieces(458, "JPY")), price(1, CROISSANT, pieces(35, "JPY"))],
      taxRates: [taxRate("JP", "food", 80, { context: "take_away" }), taxRate("JP", "food", 100, { context: "eat_in" })],
      roundingPolicies: new Map([["JP", { level: "rate", mode: "down" }]]),
    };
    const lines = [cartLine(1, CAPPUCCINO, 1, "food"), cartLine(2, CROISSANT, 3, "food")];
    const tokyo = { country: "JP", currency: "JPY", timeZone: "Asia/Tokyo" };
    expect(cartOf(japan, lines, { ...tokyo, taxContext: "take_away" }).totals).toMatchObject({ subtotal: 563, tax: 45, total: 608 });
    expect(cartOf(japan, lines, { ...tokyo, taxContext: "eat_in" }).totals).toMatchObject({ subtotal: 563, tax: 56, total: 619 });
  });

  it("dinars have three decimals, and goods by weight are priced per kilogram and sold in grams", () => {
    const perKilo: UnitPrice = { amount: 3750, scale: 0, currency: "KWD", per: { quantity: 1000, unit: "gram" } };
    const kuwait = { lists: [priceList(1, { currency: "KWD" })], prices: [price(1, BEANS, perKilo)], taxRates: [taxRate("KW", "food", 0)] };
    const cart = cartOf(kuwait, [cartLine(1, BEANS, 333, "food")], { country: "KW", currency: "KWD", timeZone: "Asia/Kuwait" });
    expect(cart.totals).toMatchObject({ subtotal: 1249, tax: 0, total: 1249 });
    expect(cart.taxes).toEqual([{ country: "KW", rate: { numerator: 0, denominator: 1 }, net: 1249, tax: 0, gross: 1249 }]);
  });

  it("[PRC-2] a price of a tenth of a penny is rounded for the line, not for the unit", () => {
    const tenth: UnitPrice = { amount: 1, scale: 1, currency: "GBP", per: { quantity: 1, unit: "piece" } };
    const britain = { lists: [priceList(1, { currency: "GBP" })], prices: [price(1, MUG, tenth)], taxRates: [taxRate("GB", "goods", 200)] };
    const totalFor = (quantity: number) =>
      cartOf(britain, [cartLine(1, MUG, quantity, "goods")], { country: "GB", currency: "GBP", timeZone: "Europe/London" }).totals.total;
    expect([1, 4, 5, 14, 15, 1000].map(totalFor)).toEqual([0, 0, 1, 1, 2, 100]);
  });
});

describe("unit prices in a cart", () => {
  it("[PRC-3] two lines of one variant reach a quantity break together", () => {
    const given = {
      lists: [priceList(1)],
      prices: [price(1, MUG, pieces(1400)), price(1, MUG, pieces(1200), 6)],
      taxRates: [taxRate("FR", "goods", 200)],
    };
    const cart = cartOf(given, [cartLine(1, MUG, 4, "goods"), cartLine(2, MUG, 2, "goods")]);
    expect(cart.lines.map(({ subtotal }) => subtotal)).toEqual([4800, 2400]);
  });

  it("[PRC-7] options add and take off, but a price never falls below zero; free goods stay in the cart", () => {
    const cup = (amount: number) => [{ group: "cup", value: "own", difference: { amount, currency: "EUR" } }];
    const totalWith = (amount: number) => frenchCart([], [cartLine(1, CAPPUCCINO, 2, "hot_drink", { options: cup(amount) })]).totals;
    expect(totalWith(-20)).toMatchObject({ total: 740, tax: 67 });
    expect(totalWith(-500)).toMatchObject({ subtotal: 0, total: 0, tax: 0 });
  });

  it("a member sees what the group saves, beside what the code saves", () => {
    const given = {
      lists: [priceList(1), priceList(2, { name: "Members", scope: { customerGroups: ["member"] } })],
      prices: [price(1, CAPPUCCINO, pieces(390)), price(2, CAPPUCCINO, pieces(350))],
      taxRates: [taxRate("FR", "hot_drink", 100)],
      codes: [discountCode("WELCOME10")],
    };
    // The members' list is everywhere's, so it wins only by its customer group.
    const cart = cartOf(given, [cartLine(1, CAPPUCCINO, 2, "hot_drink")], { customerGroups: ["member"] }, [{ code: "WELCOME10" }]);
    expect(cart.totals).toMatchObject({ subtotal: 700, discount: 70, savings: 80 + 70 });
    expect(cart.lines[0]?.because[1]).toEqual({ kind: "customer_group", insteadOf: pieces(390) });
  });

  it("[PRC-11] what was shown holds until its time, unless the price has fallen", () => {
    const held = { unitPrice: pieces(350), listId: listId(9), taxIncluded: true, minQuantity: 1, until: new Date("2026-03-02T09:15:00Z") };
    const totalAt = (iso: string, amount = 350) =>
      frenchCart([], [cartLine(1, CAPPUCCINO, 1, "hot_drink", { heldPrice: { ...held, unitPrice: pieces(amount) } })], {
        at: new Date(iso),
      }).totals.total;
    expect(totalAt("2026-03-02T09:14:59Z")).toBe(350);
    expect(totalAt("2026-03-02T09:15:00Z")).toBe(390);
    expect(totalAt("2026-03-02T09:00:00Z", 420)).toBe(390);
  });

  it("a line that nobody prices is named and left out; one without a rate keeps its price and is named", () => {
    const cart = frenchCart([], [cartLine(1, CAPPUCCINO, 1, "unheard_of"), cartLine(2, BEANS, 1, "packaged_food")], {
      currency: "EUR",
      country: "FR",
    });
    expect(cart.problems).toEqual([
      { code: "tax.rate_unknown", lineId: cartLine(1, MUG, 1, "").lineId, taxClass: "unheard_of", country: "FR" },
    ]);
    expect(cart.totals).toMatchObject({ total: 1240, tax: 44 });
    const foreign = frenchCart([], BASKET, { currency: "GBP" });
    expect(foreign.lines).toEqual([]);
    expect(foreign.problems.map(({ code }) => code)).toEqual(["price.unknown", "price.unknown", "price.unknown"]);
    expect(foreign.totals).toEqual({ subtotal: 0, discount: 0, delivery: 0, deposit: 0, tax: 0, total: 0, savings: 0 });
  });

  it("an option priced in another currency is a problem of its line, never added as if it were the same money", () => {
    const options = [{ group: "milk", value: "oat", difference: { amount: 50, currency: "GBP" } }];
    const cart = frenchCart([], [cartLine(1, CAPPUCCINO, 1, "hot_drink", { options })]);
    expect(cart.problems).toMatchObject([{ code: "price.option_currency", group: "milk", value: "oat", currency: "GBP" }]);
  });
});

describe("codes that cannot serve are told why", () => {
  const code = (given: Parameters<typeof discountCode>[1]) => discountCode("SPRING", given);
  const refusalOf = (given: Parameters<typeof discountCode>[1], typed: Partial<TypedCode> = {}) => {
    const shop = {
      lists: [priceList(1)],
      prices: [price(1, CAPPUCCINO, pieces(390))],
      taxRates: [taxRate("FR", "hot_drink", 100)],
      codes: [code(given)],
    };
    const cart = cartOf(shop, [cartLine(1, CAPPUCCINO, 2, "hot_drink")], {}, [{ code: "SPRING", ...typed }]);
    expect(cart.totals).toMatchObject({ discount: 0, total: 780 });
    return cart.refusedCodes[0];
  };
  const euros = (amount: number) => ({ amount, currency: "EUR" });

  it.each([
    ["unknown", {}, { code: "summer" }, { kind: "unknown" }],
    [
      "not begun",
      { validFrom: new Date("2026-04-01T00:00:00Z") },
      {},
      { kind: "not_yet_valid", validFrom: new Date("2026-04-01T00:00:00Z") },
    ],
    ["over", { validTo: new Date("2026-03-01T00:00:00Z") }, {}, { kind: "expired", validTo: new Date("2026-03-01T00:00:00Z") }],
    ["used up", {}, { usedUp: true }, { kind: "used_up" }],
    [
      "of another currency",
      { benefit: { kind: "amount", money: { amount: 200, currency: "GBP" } } },
      {},
      { kind: "other_currency", currency: "GBP" },
    ],
    ["of another channel", { scope: { channelIds: [WEB] } }, {}, { kind: "out_of_scope", missing: "channel" }],
    ["for members", { scope: { customerGroups: ["member"] } }, {}, { kind: "out_of_scope", missing: "customer_group" }],
    ["for larger carts", { minimum: euros(1000) }, {}, { kind: "below_minimum", minimum: euros(1000), missing: euros(220) }],
    [
      "worth nothing here",
      { benefit: { kind: "percentage", rate: { numerator: 0, denominator: 1 } } },
      {},
      { kind: "nothing_to_discount" },
    ],
  ] as const)("[PRC-6] %s", (_title, given, typed, because) => {
    expect(refusalOf(given, typed)?.because).toEqual(because);
  });

  it("[PRC-6] a code that stands alone refuses the next one and is not replaced by it; the same code counts once", () => {
    const shop = {
      lists: [priceList(1)],
      prices: [price(1, CAPPUCCINO, pieces(1000))],
      taxRates: [taxRate("FR", "hot_drink", 100)],
      codes: [discountCode("ALONE", { combinable: false }), discountCode("OTHER1")],
    };
    const refused = (...codes: string[]) =>
      cartOf(
        shop,
        [cartLine(1, CAPPUCCINO, 1, "hot_drink")],
        {},
        codes.map((text) => ({ code: text })),
      ).refusedCodes;
    expect(refused("ALONE", "OTHER1")).toEqual([{ code: "OTHER1", because: { kind: "not_combinable", with: "ALONE" } }]);
    expect(refused("OTHER1", "ALONE")).toEqual([{ code: "ALONE", because: { kind: "not_combinable", with: "OTHER1" } }]);
    expect(refused("OTHER1", "other-1")).toEqual([{ code: "other-1", because: { kind: "typed_twice" } }]);
  });

  it("[PRC-7] a code worth more than the cart takes off the cart, no more", () => {
    const shop = {
      lists: [priceList(1)],
      prices: [price(1, CAPPUCCINO, pieces(390))],
      taxRates: [taxRate("FR", "hot_drink", 100)],
      codes: [code({ benefit: { kind: "amount", money: euros(5000) } })],
    };
    const cart = cartOf(shop, [cartLine(1, CAPPUCCINO, 1, "hot_drink")], {}, [{ code: "spring" }]);
    expect(cart.totals).toEqual({ subtotal: 390, discount: 390, delivery: 0, deposit: 0, tax: 0, total: 0, savings: 390 });
  });
});
