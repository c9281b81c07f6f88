import type { PlaceId, VariantId } from "@weft/kernel";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PricingHub, openPricingHub } from "../../../../test/pricing-hub.ts";
import {
  BEANS,
  FRANCE,
  LYON,
  MUG,
  STORES,
  cartContext,
  discountCode,
  facts,
  listId,
  pieces,
  price,
  priceList,
  taxRate,
  testId,
} from "../test-data.ts";
import { type PricingFacts, choosePrice, compileSnapshot } from "../domain/index.ts";
import { loadPricing } from "../queries/load-snapshot.ts";
import { createCode } from "./codes.ts";
import { saveDeposit } from "./deposits.ts";
import { removePrices, savePriceLists, setPrices } from "./price-lists.ts";
import { setTaxRates } from "./taxes.ts";

let hub: PricingHub;
beforeAll(async () => {
  hub = await openPricingHub();
  return () => hub.close();
});
beforeEach(() => hub.empty());

const load = async () => (await loadPricing(hub.db)).snapshot;
const priceOf = async (variantId: VariantId, given = {}) =>
  choosePrice(await load(), { ...cartContext(given), variantId, quantity: 1 })?.unitPrice.amount;

/** One of each kind and every optional field once present and once absent. */
const EVERYTHING: PricingFacts = facts({
  revision: 6,
  lists: [
    priceList(1, { name: "France", scope: { groupIds: [FRANCE] }, priority: 3 }),
    priceList(2, {
      currency: "KWD",
      taxIncluded: false,
      scope: { placeIds: [LYON, testId<PlaceId>("place", 9)], channelIds: [STORES], customerGroups: ["member", "staff"] },
      validFrom: new Date("2026-01-01T00:00:00Z"),
      validTo: new Date("2026-07-01T12:30:00.123Z"),
    }),
  ],
  prices: [
    price(1, MUG, pieces(1400)),
    price(1, MUG, pieces(1200), 6),
    price(2, BEANS, { amount: 9_007_199_254_740, scale: 4, currency: "KWD", per: { quantity: 1000, unit: "gram" } }),
  ],
  taxRates: [
    taxRate("FR", "goods", 200),
    taxRate("FR", "food", 55, { context: "take_away", validFrom: "2026-01-01" }),
    taxRate("", "goods", 0, { zone: { kind: "place", placeId: LYON }, context: "eat_in" }),
  ],
  codes: [
    discountCode("TEN"),
    discountCode("TWOOFF", {
      benefit: { kind: "amount", money: { amount: 200, currency: "EUR" } },
      minimum: { amount: 1000, currency: "EUR" },
      scope: { channelIds: [STORES] },
      combinable: false,
      validFrom: new Date("2026-02-01T00:00:00Z"),
      validTo: new Date("2026-03-01T00:00:00Z"),
    }),
  ],
  roundingPolicies: new Map([["FR", { level: "line", mode: "half_even" }]]),
  deposits: [
    {
      code: "bottle",
      name: { en: "Deposit", de: "Pfand" },
      amounts: [
        { country: "DE", currency: "EUR", amount: 25, followsGoods: true, taxClass: "goods" },
        { country: "FR", currency: "EUR", amount: 10, followsGoods: false, taxClass: "food" },
      ],
      variantIds: [MUG],
    },
  ],
});

describe("what is stored comes back as it was", () => {
  it("the snapshot loaded from the tables equals the one compiled from the facts", async () => {
    await hub.must((ctx) => savePriceLists(ctx, EVERYTHING.lists));
    await hub.must((ctx) => setPrices(ctx, EVERYTHING.prices));
    const classes = ["goods", "food"].map((code) => ({ code, name: code }));
    const roundingPolicies = [...EVERYTHING.roundingPolicies].map(([country, policy]) => ({ country, ...policy }));
    await hub.must((ctx) => setTaxRates(ctx, { classes, rates: EVERYTHING.taxRates, roundingPolicies }));
    for (const code of EVERYTHING.codes) await hub.must((ctx) => createCode(ctx, code));
    for (const deposit of EVERYTHING.deposits ?? []) await hub.must((ctx) => saveDeposit(ctx, deposit));
    const codes = EVERYTHING.codes.map((code) => ({ ...code, isUnlimited: true as const }));
    expect(await load()).toEqual(compileSnapshot({ ...EVERYTHING, codes }));
  });

  it("a code whose uses are counted is not known as unlimited", async () => {
    await hub.must((ctx) => createCode(ctx, { ...discountCode("COUNTED1"), maximumUses: 3 }));
    await hub.must((ctx) => createCode(ctx, { ...discountCode("COUNTED2"), maximumUsesPerCustomer: 1 }));
    const { codes } = await load();
    expect(["COUNTED1", "COUNTED2"].map((code) => codes.get(code)?.isUnlimited)).toEqual([undefined, undefined]);
  });

  it("an empty installation has an empty snapshot of revision 0", async () => {
    expect(await load()).toEqual(compileSnapshot(facts({ revision: 0 })));
  });
});

describe("price lists", () => {
  it("[PRC-1] a list saved again has the new scope and keeps its prices", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1, { scope: { placeIds: [LYON] } })]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400))]));
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1, { scope: { customerGroups: ["member"] } })]));
    expect(await priceOf(MUG)).toBeUndefined();
    expect(await priceOf(MUG, { customerGroups: ["member"] })).toBe(1400);
  });

  it("a price set again replaces the one before, and of two in one call the later counts", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400)), price(1, BEANS, pieces(850))]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1300)), price(1, MUG, pieces(1250))]));
    expect([await priceOf(MUG), await priceOf(BEANS)]).toEqual([1250, 850]);
  });

  it("a price that is taken off is gone, and the others stay", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400)), price(1, BEANS, pieces(850))]));
    await hub.must((ctx) => removePrices(ctx, [{ listId: listId(1), variantId: MUG, minQuantity: 1 }]));
    expect([await priceOf(MUG), await priceOf(BEANS)]).toEqual([undefined, 850]);
  });

  it("every change raises the revision by one and is announced; a refusal does neither", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400))]));
    await hub.run((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400, "GBP"))]));
    expect((await load()).revision).toBe(2);
    expect(await hub.published()).toEqual([
      { type: "pricing.changed.v1", subject: "pricing/prices", data: { revision: 1, what: "lists" } },
      { type: "pricing.changed.v1", subject: "pricing/prices", data: { revision: 2, what: "prices", listIds: [listId(1)] } },
    ]);
  });
});

describe("what is refused leaves nothing behind", () => {
  beforeEach(async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400))]));
  });

  it("a price of a list that nobody made", async () => {
    const result = await hub.run((ctx) => setPrices(ctx, [price(1, BEANS, pieces(1)), price(7, BEANS, pieces(1))]));
    expect(result).toEqual({ ok: false, error: { code: "pricing.list_unknown", listId: listId(7) } });
    expect(await priceOf(BEANS)).toBeUndefined();
  });

  it("a price in another currency than its list", async () => {
    const result = await hub.run((ctx) => setPrices(ctx, [price(1, BEANS, pieces(1, "GBP"))]));
    expect(result).toMatchObject({ ok: false, error: { code: "pricing.price_currency", expected: "EUR", given: "GBP" } });
  });

  it("another currency for a list that has prices, but not for one that has none", async () => {
    const result = await hub.run((ctx) => savePriceLists(ctx, [priceList(2), priceList(1, { currency: "GBP" })]));
    expect(result).toEqual({ ok: false, error: { code: "pricing.list_currency_fixed", listId: listId(1), currency: "EUR" } });
    await hub.must((ctx) => savePriceLists(ctx, [priceList(2)]));
    await hub.must((ctx) => savePriceLists(ctx, [priceList(2, { currency: "GBP" })]));
  });

  it("a scope with a key that names nobody, which as rows would hold everywhere", async () => {
    const result = await hub.run((ctx) => savePriceLists(ctx, [priceList(2, { scope: { placeIds: [] } })]));
    expect(result).toEqual({ ok: false, error: { code: "pricing.scope_empty", id: listId(2), key: "place" } });
  });

  it("a rate of a tax class that nobody named", async () => {
    const result = await hub.run((ctx) =>
      setTaxRates(ctx, { classes: [], rates: [taxRate("FR", "unheard_of", 100)], roundingPolicies: [] }),
    );
    expect(result).toEqual({ ok: false, error: { code: "pricing.tax_class_unknown", taxClass: "unheard_of" } });
  });

  it("[PRC-7] a rate above the amount it is of, and a price below zero, are refused by the tables", async () => {
    const rates = [taxRate("FR", "goods", 1001)];
    const classes = [{ code: "goods", name: "Goods" }];
    await expect(hub.run((ctx) => setTaxRates(ctx, { classes, rates, roundingPolicies: [] }))).rejects.toThrow(/PRC-7/);
    await expect(hub.run((ctx) => setPrices(ctx, [price(1, MUG, pieces(-1))]))).rejects.toThrow(/PRC-7/);
  });
});

describe("tax", () => {
  it("[PRC-8] a new version stands beside the earlier one; the same date is corrected in place", async () => {
    const classes = [{ code: "food", name: "Food" }];
    const set = (numerator: number, validFrom?: string) =>
      hub.must((ctx) =>
        setTaxRates(ctx, { classes, rates: [taxRate("DE", "food", numerator, validFrom ? { validFrom } : {})], roundingPolicies: [] }),
      );
    await set(190);
    await set(80, "2026-01-01");
    await set(70, "2026-01-01");
    const versions = (await load()).taxRates.get("DE|food|");
    expect(versions?.map(({ numerator, validFrom }) => [numerator, validFrom])).toEqual([
      [70, "2026-01-01"],
      [190, undefined],
    ]);
  });
});

describe("loading again", () => {
  it("keeps the tables of lists whose prices did not change, and reads the others", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1), priceList(2)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1)), price(2, MUG, pieces(2))]));
    const before = await loadPricing(hub.db);
    await hub.must((ctx) => setPrices(ctx, [price(2, MUG, pieces(3))]));
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1, { name: "Renamed" })]));
    const after = await loadPricing(hub.db, before);
    const [first, second] = after.snapshot.lists;
    expect(first?.prices).toBe(before.snapshot.lists[0]?.prices);
    expect(first?.name).toBe("Renamed");
    expect(second?.prices.get(MUG)?.[0]?.unitPrice.amount).toBe(3);
    expect(after.snapshot).toEqual(await load());
  });

  it("while prices change, what is loaded is always of one revision", async () => {
    await hub.must((ctx) => savePriceLists(ctx, [priceList(1), priceList(2)]));
    await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(0)), price(2, MUG, pieces(0))]));
    const first = (await load()).revision;
    const change = async (): Promise<void> => {
      for (let n = 1; n <= 40; n++) await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(n)), price(2, MUG, pieces(n))]));
    };
    const watch = async (): Promise<void> => {
      let loaded = await loadPricing(hub.db);
      while (loaded.snapshot.revision < first + 40) {
        loaded = await loadPricing(hub.db, loaded);
        const amounts = loaded.snapshot.lists.map(({ prices }) => prices.get(MUG)?.[0]?.unitPrice.amount);
        expect(amounts).toEqual([loaded.snapshot.revision - first, loaded.snapshot.revision - first]);
      }
    };
    await Promise.all([change(), watch()]);
  });
});
