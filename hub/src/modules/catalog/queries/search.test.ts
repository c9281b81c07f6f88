import type { Locale } from "@weft/contracts";
import type { CategoryId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeId, productId, type GoodsHub } from "../../../../test/goods-hub.ts";
import { setAssortment, updateProduct, upsertProducts } from "../commands/index.ts";
import { BAKERY, cafeHub, newProduct, texts } from "../../../../test/cafe-catalog.ts";
import { searchProducts, type ProductSearch } from "./search.ts";

let hub: GoodsHub;
beforeAll(async () => {
  hub = await cafeHub();
});
afterAll(() => hub.close());

const ANY: Omit<ProductSearch, "text"> = { locale: "en", categoryIds: null, placeId: null, after: null, limit: 20 };
const hits = (text: string, given: Partial<ProductSearch> = {}) => searchProducts(hub, { ...ANY, text, ...given });
/** The numbers of the products found. */
const find = async (text: string, locale: Locale = "en", given: Partial<ProductSearch> = {}) =>
  (await hits(text, { locale, ...given })).map((hit) => Number.parseInt(hit.productId.slice(-4), 16));

describe("what is typed as it is called", () => {
  it.each<[string, string, Locale, number[]]>([
    ["[CAT-4] the whole name", "Cappuccino", "en", [1]],
    ["[CAT-4] a word half typed", "capp", "fr", [1]],
    ["[CAT-4] without its accents", "cafe au lait", "fr", [2]],
    ["[CAT-4] with accents that the name has elsewhere", "süßes hörn", "de", [8]],
    ["[CAT-4] ue for ü", "suesses hoernchen", "de", [8]],
    ["[CAT-4] sharp s as two", "susses", "de", [8]],
    ["[CAT-4] another ending, English", "croissant butter", "en", [3]],
    ["[CAT-4] another ending, French", "grain maison", "fr", [5]],
    ["[CAT-4] another ending, German", "hausbohne", "de", [5]],
    ["[CAT-4] the Catalan l·l with or without its dot", "colleccio", "ca", [7]],
    ["[CAT-4] the name of another language than the reader's", "hafermilch", "ca", [6]],
    ["[CAT-4] a SKU", "bea-250", "en", [5]],
    ["[CAT-4] the category, most popular first", "kaffee", "de", [1, 2, 5]],
    ["[CAT-4] words in another order", "lait cafe", "fr", [2]],
    ["[CAT-4] a name before a description", "chocolat", "fr", [4, 5]],
    ["[CAT-4] a description alone", "flaky", "en", [3]],
    ["[CAT-4] nothing of the kind", "screwdriver", "en", []],
  ])("%s: %s", async (_, text, locale, expected) => {
    // A spelling that no rule knows may still be taken for a typing error of something: it must not be found by name.
    const found = await hits(text, { locale });
    expect(found.filter(({ stage }) => stage < 2).map((hit) => Number.parseInt(hit.productId.slice(-4), 16))).toEqual(expected);
  });

  it.each(["", "   ", "!?&|:*'\\", "()", "a".repeat(100), "' or 1=1 --", "l’d’un", "🙂"])("[CAT-4] %j is no error", async (text) => {
    expect(Array.isArray(await find(text))).toBe(true);
  });
});

describe("what is misspelled", () => {
  it.each<[string, Locale, number]>([
    ["capuccino", "en", 1],
    ["cappucino", "fr", 1],
    ["kapuccino", "de", 1],
    ["caputxini", "ca", 1],
    ["croisant", "fr", 3],
    ["croissnat", "en", 3],
    ["buterkroissant", "de", 3],
    ["pain au chocolta", "fr", 4],
    ["schokobrotchem", "de", 4],
    ["napolitana xoclata", "ca", 4],
    ["oat mlik", "en", 6],
    ["hafermlich", "de", 6],
    ["briosh", "fr", 8],
  ])("[CAT-5] %s (%s) still finds what was meant", async (text, locale, expected) => {
    expect((await find(text, locale))[0]).toBe(expected);
  });

  it("[CAT-5] a word that is spelled well is not mended", async () => {
    expect((await hits("mug")).every(({ stage }) => stage < 2)).toBe(true);
  });
});

describe("which of them", () => {
  it("[CAT-4] pages follow each other without a gap or a repetition, over all stages", async () => {
    const whole = await hits("c");
    const paged = [];
    for (let after: ProductSearch["after"] = null; ;) {
      const page = await hits("c", { after, limit: 2 });
      if (page.length === 0) break;
      paged.push(...page);
      after = page.at(-1) ?? null;
    }
    expect(whole.length).toBeGreaterThan(5);
    expect(paged).toEqual(whole);
  });

  it("[CAT-4] by popularity, whether a word fits one product of thousands, some, or most", async () => {
    const many = Array.from({ length: 5000 }, (_, n) => n + 100);
    const name = (n: number) =>
      `${n % 2 ? "gravel" : "pebble"} ${n % 40 ? "" : "quartz"} ${n === 4000 ? "opal" : ""} ${n > 4700 ? "slate" : ""}`;
    const popularity = (n: number) => (n * 7919) % 997;
    for (let start = 0; start < many.length; start += 1000)
      await hub.must((ctx) =>
        upsertProducts(
          ctx,
          many.slice(start, start + 1000).map((n) => newProduct(n, { name: { en: name(n) }, popularity: popularity(n) })),
        ),
      );
    await hub.must((ctx) =>
      setAssortment(ctx, {
        placeId: placeId(3),
        add: [],
        remove: many
          .filter((n) => n % 3 === 0)
          .slice(0, 1000)
          .map(productId),
      }),
    );
    const isSold = (n: number) => n % 3 !== 0 || many.filter((each) => each % 3 === 0).indexOf(n) >= 1000;
    for (const word of ["gravel", "pebble", "quartz", "opal", "slate", "gravel slate", "pebble quartz"])
      for (const place of [null, placeId(3)]) {
        const expected = many
          .filter((n) => word.split(" ").every((part) => name(n).includes(part)) && (place === null || isSold(n)))
          .sort((a, b) => popularity(b) - popularity(a) || a - b);
        const first = await hits(word, { placeId: place, limit: 21 });
        const second = await hits(word, { placeId: place, limit: 21, after: first.at(-1) ?? null });
        const found = [...first, ...(first.length === 21 ? second : [])].map((hit) => Number.parseInt(hit.productId.slice(-4), 16));
        expect([word, found]).toEqual([word, expected.slice(0, 42)]);
      }
  }, 60_000);

  it("[CAT-1] only what a store sells, when a store is named", async () => {
    await hub.must((ctx) => setAssortment(ctx, { placeId: placeId(1), add: [], remove: [productId(1)] }));
    expect(await find("cappuccino", "en", { placeId: placeId(1) })).toEqual([]);
    expect(await find("cappuccino", "en", { placeId: placeId(2) })).toEqual([1]);
    await hub.must((ctx) =>
      upsertProducts(ctx, [newProduct(20, { name: texts("Secret soup", "Soupe", "Suppe", "Sopa"), soldEverywhere: false })]),
    );
    expect(await find("secret soup", "en", { placeId: placeId(1) })).toEqual([]);
    await hub.must((ctx) => setAssortment(ctx, { placeId: placeId(1), add: [productId(20)], remove: [] }));
    expect(await find("secret soup", "en", { placeId: placeId(1) })).toEqual([20]);
  });

  it("only of some categories, when they are named", async () => {
    expect(await find("chocolat", "fr", { categoryIds: [BAKERY] })).toEqual([4]);
    expect(await find("chocolat", "fr", { categoryIds: [] as CategoryId[] })).toEqual([]);
  });

  it("a product that is renamed is found by its new name at once, and one that is taken off not at all", async () => {
    await hub.must((ctx) => upsertProducts(ctx, [newProduct(21, { name: texts("Turnip", "Navet", "Rübe", "Nap") })]));
    await hub.must((ctx) => updateProduct(ctx, productId(21), { name: texts("Parsnip", "Panais", "Pastinake", "Xirivia") }));
    expect([await find("turnip"), await find("panais", "fr")]).toEqual([[], [21]]);
    await hub.must((ctx) => updateProduct(ctx, productId(21), { isActive: false }));
    expect(await find("panais", "fr")).toEqual([]);
  });
});
