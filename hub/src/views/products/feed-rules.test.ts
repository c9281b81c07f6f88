import { PromotionTerms } from "@weft/contracts";
import { asId, ok } from "@weft/kernel";
import { Transformer } from "@napi-rs/image";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newProduct, newVariant, texts } from "../../../test/cafe-catalog.ts";
import { cafeWindow, LYON, OWNER, type CafeWindow } from "../../../test/cafe-window.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { checkDigit, savePictures, upsertProducts } from "../../modules/catalog/index.ts";
import { createPromotion, setPrices, type PriceListId, type PromotionId } from "../../modules/pricing/index.ts";

/**
 * Feeds held against what Google documents: support.google.com/merchants/answer/7052112 (products) and 14819809 (local inventory). What
 * breaks a rule is refused there, and its product is seen by nobody.
 */
let cafe: CafeWindow;
const DAY_MS = 86_400_000;

beforeAll(async () => {
  cafe = await cafeWindow();
  const photograph = async (shade: number): Promise<string> => {
    const file = await Transformer.fromRgbaPixels(Buffer.alloc(300 * 200 * 4, shade), 300, 200).png();
    return (await cafe.sendBytes("/v1/pictures", file, OWNER)).json().url;
  };
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><path d="M0 0h400v400H0z" fill="#f4e8d3"/></svg>`;
  const [drawn = ""] = await cafe.must(async (ctx) => ok(await savePictures(ctx, [drawing])));
  const [all, red, blue] = [await photograph(30), await photograph(120), await photograph(210)];
  await cafe.must((ctx) =>
    upsertProducts(ctx, [
      newProduct(30, {
        name: texts("Mug", "Tasse", "Becher", "Tassa"),
        variants: [
          newVariant(30, { sku: "MUG-R", name: texts("Red", "Rouge", "Rot", "Vermella") }),
          newVariant(31, { sku: "MUG-B", name: texts("Blue", "Bleue", "Blau", "Blava"), position: 1 }),
        ],
        pictureUrl: all,
        pictures: [
          { url: all, alt: texts("A mug", "", "", "") },
          { url: blue, alt: { en: "" }, variantId: variantId(31) },
          { url: red, alt: { en: "" }, variantId: variantId(30) },
        ],
      }),
      newProduct(33, { name: texts("x".repeat(400), "", "", ""), description: texts("y".repeat(9000), "", "", ""), pictureUrl: drawn }),
      newProduct(34, { name: texts("Loose beans", "", "", ""), unit: "gram", pictureUrl: drawn }),
    ]),
  );
  const list = testId<PriceListId>("price list", 1);
  const piece = { scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  const price = (n: number, unitPrice: object) => ({
    listId: list,
    variantId: variantId(n),
    minQuantity: 1,
    unitPrice: { ...piece, amount: 1200, ...unitPrice },
  });
  await cafe.must((ctx) =>
    setPrices(ctx, [price(30, {}), price(31, {}), price(33, {}), price(34, { amount: 499, per: { quantity: 100, unit: "gram" } })]),
  );
  const terms = {
    name: { en: "Mugs for less" },
    benefit: { kind: "percentage", rate: { numerator: 25, denominator: 100 } },
    goods: { productIds: [productId(30)] },
    validFrom: new Date(Date.now() - DAY_MS).toISOString(),
    validTo: new Date(Date.now() + 3 * DAY_MS).toISOString(),
  };
  await cafe.must((ctx) => createPromotion(ctx, asId<PromotionId>(testId("promotion", 1)), PromotionTerms.parse(terms)));
  await cafe.stock(30, LYON, 4);
  cafe.refresh();
});
afterAll(() => cafe.close());

/** The attributes of each item, as often as they stand there. */
async function items(language = "en"): Promise<ReadonlyMap<string, readonly string[]>[]> {
  const { body } = await cafe.get(`/v1/feeds/shop/products.xml?language=${language}`);
  return [...body.matchAll(/<item>([\s\S]*?)<\/item>/g)].map(([, item = ""]) => {
    const found = new Map<string, string[]>();
    for (const [, name = "", value = ""] of item.matchAll(/<g:(\w+)>([^<]*)<\/g:\1>/g))
      found.set(name, [...(found.get(name) ?? []), value]);
    return found;
  });
}
const one = (item: ReadonlyMap<string, readonly string[]>, name: string): string | undefined => item.get(name)?.[0];
const itemOf = async (sku: string) => (await items()).find((item) => one(item, "id") === sku) ?? new Map<string, string[]>();

const PRICE = /^\d+\.\d{2} [A-Z]{3}$/;
const MOMENT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{4}`;
const amountOf = (price = ""): number => Number(price.split(" ")[0]);

/** Which documented rules an item breaks. */
function broken(item: ReadonlyMap<string, readonly string[]>): string[] {
  const of = (name: string): string => one(item, name) ?? "";
  const isMissingOr = (name: string, isRight: (value: string) => boolean): boolean => !item.has(name) || isRight(of(name));
  const rules: Readonly<Record<string, boolean>> = {
    "each attribute but additional_image_link once": [...item].every(
      ([name, values]) => name === "additional_image_link" || values.length === 1,
    ),
    "id: 1 to 50 characters": of("id").length >= 1 && of("id").length <= 50,
    "title: 1 to 150 characters": of("title").length >= 1 && of("title").length <= 150,
    "description: 1 to 5000 characters": of("description").length >= 1 && of("description").length <= 5000,
    "link: of the verified domain, encoded": /^https:\/\/shop\.example\.com\/[\w./%~-]+$/.test(of("link")),
    "image_link: of a format that is taken": isMissingOr("image_link", (url) =>
      /^https:\/\/.+\.(?:jpe?g|png|webp|gif|bmp|tiff?)$/.test(url),
    ),
    "additional_image_link: ten at most, none twice": new Set(item.get("additional_image_link")).size <= 10,
    "availability: one of the values": ["in_stock", "out_of_stock", "preorder", "backorder"].includes(of("availability")),
    "availability_date: with preorder and backorder":
      ["preorder", "backorder"].includes(of("availability")) === item.has("availability_date"),
    "price: a number with a currency": PRICE.test(of("price")) && amountOf(of("price")) > 0,
    "sale_price: below the price, in its currency": isMissingOr(
      "sale_price",
      (sale) => PRICE.test(sale) && amountOf(sale) < amountOf(of("price")) && sale.slice(-3) === of("price").slice(-3),
    ),
    "sale_price_effective_date: start and end, in order": isMissingOr("sale_price_effective_date", (dates) => {
      const [from = "", to = ""] = dates.split("/");
      return item.has("sale_price") && new RegExp(`^${MOMENT}/${MOMENT}$`).test(dates) && Date.parse(isoOf(from)) < Date.parse(isoOf(to));
    }),
    "gtin: digits with the right check digit, not for restricted use": isMissingOr(
      "gtin",
      (gtin) =>
        /^(?:\d{8}|\d{12,14})$/.test(gtin) &&
        checkDigit(gtin.slice(0, -1)) === Number(gtin.slice(-1)) &&
        !/^(?:2|02|04)/.test(gtin.padStart(13, "0")),
    ),
    "identifier_exists: no, where neither a gtin nor a brand with an mpn is there":
      (item.has("gtin") || (item.has("brand") && item.has("mpn"))) !== (of("identifier_exists") === "no"),
    "condition: one of the values": ["new", "refurbished", "used"].includes(of("condition")),
    "item_group_id: 50 characters at most": of("item_group_id").length <= 50,
    "unit_pricing_measure: a number with a unit": isMissingOr("unit_pricing_measure", (measure) =>
      /^\d+(?:\.\d+)? (?:g|kg|ml|l|ct)$/.test(measure),
    ),
    "product_type: 750 characters at most": of("product_type").length <= 750,
  };
  return Object.entries(rules).flatMap(([rule, isKept]) => (isKept ? [] : [`${of("id")}: ${rule}`]));
}
const isoOf = (moment: string): string => moment.replace(/([+-]\d{2})(\d{2})$/, "$1:$2");

describe("[CAT-15] the feed of products keeps the rules of its reader", () => {
  it.each(["en", "fr", "de", "ca"])("in every item, in %s", async (language) => {
    const all = await items(language);
    expect(all.length).toBeGreaterThan(8);
    expect(all.flatMap(broken)).toEqual([]);
    expect(new Set(all.map((item) => one(item, "id"))).size).toBe(all.length);
  });

  it("[CAT-19] every picture is there, as a JPEG with 500 pixels at least on each side, also of a drawing", async () => {
    const urls = new Set(
      (await items()).flatMap((item) => [...(item.get("image_link") ?? []), ...(item.get("additional_image_link") ?? [])]),
    );
    expect(urls.size).toBe(4);
    for (const url of urls) {
      const answer = await cafe.get(new URL(url).pathname);
      expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "image/jpeg"]);
      const { width, height } = await new Transformer(answer.rawPayload).metadata();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(500);
    }
  });

  it("[CAT-20] variants of one product are one group, each with its own picture first and never that of another", async () => {
    const [red, blue] = [await itemOf("MUG-R"), await itemOf("MUG-B")];
    expect(one(red, "item_group_id")).toBe(one(blue, "item_group_id"));
    expect(one(red, "image_link")).not.toBe(one(blue, "image_link"));
    expect(red.get("additional_image_link")).toEqual(blue.get("additional_image_link"));
    expect(red.get("additional_image_link")).toHaveLength(1);
  });

  it("a promotion that makes one cost less is a sale with its dates, and weighed goods say for how much their price is", async () => {
    expect(Object.fromEntries(await itemOf("MUG-R"))).toMatchObject({
      price: ["12.00 EUR"],
      sale_price: ["9.00 EUR"],
      sale_price_effective_date: [expect.stringMatching(new RegExp(`^${MOMENT}/${MOMENT}$`))],
    });
    expect(Object.fromEntries(await itemOf("SKU-34"))).toMatchObject({ price: ["4.99 EUR"], unit_pricing_measure: ["100 g"] });
  });
});

it("[CAT-15] the feed of inventory keeps the rules of its reader, and names no goods that the feed of products does not have", async () => {
  const { body } = await cafe.get("/v1/feeds/shop/local-inventory.tsv");
  const [head = "", ...lines] = body.trimEnd().split("\n");
  const columns = head.split("\t");
  const known = new Set((await items()).map((item) => one(item, "id")));
  const rows = lines.map((line) => Object.fromEntries(line.split("\t").map((cell, nth) => [columns[nth] ?? "?", cell])));
  const problems = rows.flatMap((row) => {
    const of = (name: string): string => row[name] ?? "";
    const rules = {
      "store_code: 1 to 64 characters": of("store_code").length >= 1 && of("store_code").length <= 64,
      "id: one of the products": known.has(of("id")),
      "availability: one of the values": ["in stock", "limited availability", "on display to order", "out of stock"].includes(
        of("availability"),
      ),
      "quantity: a whole number from 0 on": /^\d*$/.test(of("quantity")) && (of("availability") !== "in stock" || of("quantity") !== "0"),
      "price: a number with a currency": PRICE.test(of("price")),
      "sale_price: below the price": of("sale_price") === "" || amountOf(of("sale_price")) < amountOf(of("price")),
      "pickup_method: one of the values": ["buy", "reserve", "ship to store", "not supported"].includes(of("pickup_method")),
      "pickup_sla: with a pickup_method": (of("pickup_method") === "not supported") === (of("pickup_sla") === ""),
    };
    return Object.entries(rules).flatMap(([rule, isKept]) => (isKept ? [] : [`${of("store_code")} ${of("id")}: ${rule}`]));
  });
  expect(rows.length).toBeGreaterThan(8);
  expect(problems).toEqual([]);
});
