import { createContext, runInContext } from "node:vm";
import type { VariantId } from "@weft/kernel";
import fc from "fast-check";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";
import { CHAIN, LYON, STORES, WEB, cartContext, discountCode, facts, lineId, listId, priceList, taxRate, testId } from "../test-data.ts";
import type * as Engine from "./index.ts";
import { type CartInput, type PricingFacts, type RewardId, type TypedCode, compileSnapshot, priceCart, refundFor } from "./index.ts";

const TAX_CLASSES = ["food", "drink", "goods"] as const;
const VARIANTS = [1, 2, 3, 4, 5].map((number) => testId<VariantId>("variant", number));
const CODES = ["TEN", "FIVE", "HALF", "ALL"];

const scope = fc.constantFrom(
  {},
  { placeIds: [LYON] },
  { groupIds: [CHAIN] },
  { channelIds: [STORES] },
  { channelIds: [WEB] },
  { customerGroups: ["member"] },
);
const unitPrice = fc.record({
  amount: fc.integer({ min: 0, max: 50_000 }),
  scale: fc.integer({ min: 0, max: 4 }),
  currency: fc.constant("EUR"),
  per: fc.record({ quantity: fc.constantFrom(1, 3, 100, 1000), unit: fc.constantFrom("piece" as const, "gram" as const) }),
});
const ratio = fc
  .integer({ min: 1, max: 1000 })
  .chain((denominator) => fc.record({ numerator: fc.integer({ min: 0, max: denominator }), denominator: fc.constant(denominator) }));
const benefit = fc.oneof(
  ratio.map((rate) => ({ kind: "percentage" as const, rate })),
  fc.integer({ min: 0, max: 100_000 }).map((amount) => ({ kind: "amount" as const, money: { amount, currency: "EUR" } })),
);

const anyFacts: fc.Arbitrary<PricingFacts> = fc
  .record({
    lists: fc.array(fc.record({ scope, taxIncluded: fc.boolean(), priority: fc.integer({ min: 0, max: 2 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    prices: fc.array(fc.record({ list: fc.nat(3), variant: fc.nat(4), unitPrice, minQuantity: fc.constantFrom(1, 1, 1, 10) }), {
      minLength: 5,
      maxLength: 30,
    }),
    rates: fc.array(ratio, { minLength: 3, maxLength: 3 }),
    benefits: fc.array(benefit, { minLength: 4, maxLength: 4 }),
    deposits: fc.array(
      fc.record({ each: fc.integer({ min: 1, max: 500 }), followsGoods: fc.boolean(), taxClass: fc.constantFrom(...TAX_CLASSES) }),
      { maxLength: 3 },
    ),
    policy: fc.record({
      level: fc.constantFrom("line" as const, "rate" as const, "ticket" as const),
      mode: fc.constantFrom("half_up" as const, "half_even" as const, "down" as const),
    }),
  })
  .map(({ lists, prices, rates, benefits, deposits, policy }) =>
    facts({
      lists: lists.map((given, index) => priceList(index, given)),
      prices: prices.map(({ list, variant, ...rest }) => ({ listId: listId(list), variantId: VARIANTS[variant]!, ...rest })), // five variants
      taxRates: rates.map((rate, index) => ({ ...taxRate("FR", TAX_CLASSES[index]!, 0), ...rate })), // three rates
      codes: benefits.map((given, index) => discountCode(CODES[index]!, { benefit: given })), // four codes
      roundingPolicies: new Map([["FR", policy]]),
      deposits: deposits.map(({ each: amount, ...rest }, index) => ({
        code: `deposit-${index}`,
        name: { en: "Deposit" },
        amounts: [{ country: "FR", currency: "EUR", amount, ...rest }],
        variantIds: [VARIANTS[index]!], // five variants
      })),
    }),
  );

const anyLine = fc.record({
  variantId: fc.constantFrom(...VARIANTS),
  quantity: fc.integer({ min: 1, max: 2000 }),
  taxClass: fc.constantFrom(...TAX_CLASSES, "unknown"),
  options: fc.array(
    fc.record({
      group: fc.constant("milk"),
      value: fc.constant("oat"),
      difference: fc.record({ amount: fc.integer({ min: -300, max: 300 }), currency: fc.constant("EUR") }),
    }),
    { maxLength: 2 },
  ),
});
const anyReward = fc
  .oneof(
    benefit,
    fc.subarray(VARIANTS, { minLength: 1 }).map((variantIds) => ({ kind: "product" as const, variantIds })),
  )
  .chain((given) => fc.nat(1).map((number) => ({ rewardId: testId<RewardId>("reward", number), benefit: given })));
const anyInput: fc.Arbitrary<CartInput> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 12 }),
    codes: fc.subarray(CODES),
    rewards: fc.array(anyReward, { maxLength: 4 }),
    isMember: fc.boolean(),
    delivery: fc.option(
      fc.record({
        price: fc.integer({ min: 0, max: 2000 }),
        taxClass: fc.constantFrom(...TAX_CLASSES, "unknown"),
        freeFrom: fc.option(fc.integer({ min: 1, max: 20_000 })),
        taxPlace: fc.constant({ country: "FR" }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ lines, codes, rewards, isMember, delivery }) => ({
    context: cartContext({ customerGroups: isMember ? ["member"] : [] }),
    lines: lines.map((line, index) => ({ lineId: lineId(index), ...line })),
    codes: codes.map((code): TypedCode => ({ code })),
    rewards,
    ...(delivery && { delivery }),
  }));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Runs a check over random carts on random price lists. */
function forAnyCart(check: (known: PricingFacts, input: CartInput) => void, numRuns = 400): void {
  fc.assert(fc.property(anyFacts, anyInput, check), { numRuns });
}

it("[PRC-5] lines and rates each sum to the total, in net, tax and gross, and total is net and tax", () => {
  forAnyCart((known, input) => {
    const { lines: goods, delivery, taxes, totals, discounts, rewards } = priceCart(compileSnapshot(known), input);
    const lines = delivery ? [...goods, delivery] : goods;
    const given = rewards.map((reward) => (reward.kind === "applied" ? reward.amount : 0));
    expect(sum(lines.map(({ total }) => total))).toBe(totals.total);
    expect(sum(taxes.map(({ gross }) => gross))).toBe(totals.total);
    expect(sum(taxes.map(({ tax }) => tax))).toBe(totals.tax);
    expect(sum(lines.map(({ tax }) => tax))).toBe(totals.tax);
    expect(sum(lines.map(({ net }) => net))).toBe(sum(taxes.map(({ net }) => net)));
    expect(sum(discounts.map(({ amount }) => amount)) + sum(given)).toBe(totals.discount);
    for (const line of lines) expect(line.net + line.tax).toBe(line.total);
  });
});

it("[PRC-14] shipping costs its price or nothing, and nothing only from its threshold on", () => {
  forAnyCart((known, input) => {
    const { lines, delivery, totals } = priceCart(compileSnapshot(known), input);
    if (!input.delivery || lines.length === 0) {
      expect(delivery).toBeNull();
      return;
    }
    const worth = sum(lines.map(({ total, deposit }) => total - (deposit?.total ?? 0)));
    const deposits = sum(lines.map(({ deposit }) => deposit?.total ?? 0));
    const { freeFrom, price } = input.delivery;
    if (freeFrom !== null && worth > freeFrom + lines.length) expect(delivery?.total).toBe(0);
    // A price before tax is rounded once on its way there and once on its way back.
    else if (freeFrom === null || worth < freeFrom - lines.length) expect(Math.abs((delivery?.total ?? 0) - price)).toBeLessThanOrEqual(2);
    expect(totals.total).toBe(worth + deposits + (delivery?.total ?? 0));
  });
});

it("[PRC-22] a deposit is charged for each piece and not for what is weighed, whatever promotions, codes and rewards take off", () => {
  forAnyCart((known, input) => {
    const { lines, taxIncluded, totals } = priceCart(compileSnapshot(known), input);
    for (const { variantId, quantity, unitPrice, deposit, discount, subtotal, net, tax } of lines) {
      const set = known.deposits?.find(({ variantIds }) => variantIds.includes(variantId))?.amounts[0];
      if (!set || unitPrice.per.unit !== "piece") {
        expect(deposit).toBeNull();
        continue;
      }
      // Before tax it is rounded once on its way there and once on its way back.
      expect(Math.abs((deposit?.total ?? 0) - set.amount * quantity)).toBeLessThanOrEqual(taxIncluded ? 0 : 2);
      expect(taxIncluded ? net + tax : net).toBe(subtotal - discount + (deposit?.amount ?? 0));
    }
    expect(totals.deposit).toBe(sum(lines.map(({ deposit }) => deposit?.amount ?? 0)));
  });
});

it("[PRC-9] a browser comes to the same cent as the server: the engine, bundled for it and run without anything of Node", async () => {
  const bundle = await rolldown({ input: new URL("./index.ts", import.meta.url).pathname, platform: "browser", logLevel: "silent" });
  const { output } = await bundle.generate({ format: "iife", name: "engine" });
  await bundle.close();
  // A bare context has the language and nothing else: no process, no require, no timers.
  const context = createContext({});
  const inBrowser: typeof Engine = runInContext(`${output[0].code}; engine`, context);
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  forAnyCart((known, input) => {
    const [here, there] = [priceCart(compileSnapshot(known), input), inBrowser.priceCart(inBrowser.compileSnapshot(known), input)];
    expect(plain(there)).toEqual(plain(here));
  }, 100);
});

it("[PRC-4] every discount is shared out over the lines to the cent", () => {
  forAnyCart((known, input) => {
    const { lines, discounts, totals } = priceCart(compileSnapshot(known), input);
    for (const { codeId, amount } of discounts) {
      expect(
        sum(lines.flatMap(({ discountShares }) => discountShares.filter((share) => share.codeId === codeId).map((share) => share.amount))),
      ).toBe(amount);
    }
    expect(sum(lines.map(({ subtotal }) => subtotal))).toBe(totals.subtotal);
  });
});

it("[PRC-13] every reward that takes something off is shared out to the cent, and one that takes nothing off says why", () => {
  forAnyCart((known, input) => {
    const { lines, rewards } = priceCart(compileSnapshot(known), input);
    expect(rewards.map(({ rewardId }) => rewardId)).toEqual((input.rewards ?? []).map(({ rewardId }) => rewardId));
    const taken = rewards.flatMap((reward) => (reward.kind === "applied" ? [reward.amount] : []));
    expect(sum(lines.flatMap(({ rewardShares }) => rewardShares.map(({ amount }) => amount)))).toBe(sum(taken));
    for (const amount of taken) expect(amount).toBeGreaterThan(0);
  });
});

it("[PRC-7] nothing falls below zero and codes never take off more than the subtotal", () => {
  forAnyCart((known, input) => {
    const { lines, taxes, totals } = priceCart(compileSnapshot(known), input);
    expect(totals.discount).toBeLessThanOrEqual(totals.subtotal);
    for (const figure of Object.values(totals)) expect(figure).toBeGreaterThanOrEqual(0);
    for (const { net, tax, gross } of taxes) expect(Math.min(net, tax, gross)).toBeGreaterThanOrEqual(0);
    for (const { subtotal, discount, net, tax, total } of lines) {
      expect(Math.min(subtotal, discount, net, tax, total)).toBeGreaterThanOrEqual(0);
      expect(discount).toBeLessThanOrEqual(subtotal);
    }
  });
});

it("[PRC-9] the order of lines and of combinable codes changes nothing but the order of the answer", () => {
  forAnyCart((known, input) => {
    const snapshot = compileSnapshot(known);
    const [one, other] = [input, { ...input, lines: input.lines.toReversed(), codes: input.codes.toReversed() }].map((given) =>
      priceCart(snapshot, given),
    );
    expect(other?.totals).toEqual(one?.totals);
    expect(other?.taxes).toEqual(one?.taxes);
    expect(other?.lines.toReversed()).toEqual(one?.lines);
  });
});

it("[PRC-9] the order in which facts were stored changes nothing", () => {
  forAnyCart((known, input) => {
    // Two prices of one list, variant and quantity are refused by the database, so only the first of them is kept here.
    const prices = known.prices.filter(
      (row, index) =>
        index ===
        known.prices.findIndex(
          (other) => other.listId === row.listId && other.variantId === row.variantId && other.minQuantity === row.minQuantity,
        ),
    );
    const shuffled = { ...known, prices: prices.toReversed(), lists: known.lists.toReversed(), codes: known.codes.toReversed() };
    expect(priceCart(compileSnapshot(shuffled), input)).toEqual(priceCart(compileSnapshot({ ...known, prices }), input));
  });
});

it("the same cart is priced the same again, and pricing changes neither the cart nor the facts", () => {
  forAnyCart((known, input) => {
    const [factsBefore, inputBefore] = [structuredClone(known), structuredClone(input)];
    const snapshot = compileSnapshot(known);
    expect(priceCart(snapshot, input)).toEqual(priceCart(snapshot, input));
    expect(known).toEqual(factsBefore);
    expect(input).toEqual(inputBefore);
  });
});

const soldLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 30 }),
    total: fc.oneof(fc.nat(20), fc.nat(20_000)),
    taxPercent: fc.nat(50),
    discount: fc.nat(2_000),
  })
  .map(({ taxPercent, ...line }) => ({ ...line, tax: Math.floor((line.total * taxPercent) / 100) }));

it("[PRC-10] however units come back, the refunds sum to what was paid, and none holds more tax than money", () => {
  const history = soldLine.chain((line) => {
    const handfuls = fc.array(fc.integer({ min: 1, max: line.quantity }), { minLength: 1, maxLength: 8 });
    const oneByOne = fc.constant(Array.from({ length: line.quantity }, () => 1));
    return fc.tuple(fc.constant(line), fc.oneof(handfuls, oneByOne));
  });
  // Small totals over many units are where a part could hold more tax than money, so half of the lines are such.
  fc.assert(
    fc.property(history, ([line, wanted]) => {
      let returned = 0;
      const refunds = [...wanted, line.quantity].map((quantity) => {
        const part = Math.min(quantity, line.quantity - returned);
        const refund = refundFor(line, returned, part);
        returned += part;
        return refund;
      });
      expect(sum(refunds.map(({ total }) => total))).toBe(line.total);
      expect(sum(refunds.map(({ tax }) => tax))).toBe(line.tax);
      expect(sum(refunds.map(({ discount }) => discount))).toBe(line.discount);
      for (const { total, tax, net } of refunds) expect(Math.min(total, tax, net)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it("[PRC-10] three units sold for 10.00 come back as 3.33, 3.34 and 3.33, and never as a fourth", () => {
  const line = { quantity: 3, total: 1000, tax: 167, discount: 0 };
  expect([0, 1, 2].map((before) => refundFor(line, before, 1).total)).toEqual([333, 334, 333]);
  expect(() => refundFor(line, 3, 1)).toThrow(RangeError);
});
