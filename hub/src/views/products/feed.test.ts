import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, cafeWindow, LYON, OWNER, VISITOR, type CafeWindow } from "../../../test/cafe-window.ts";
import { newProduct, newVariant, texts } from "../../../test/cafe-catalog.ts";
import { upsertProducts } from "../../modules/catalog/index.ts";
import { setAhead } from "../../modules/stock/index.ts";
import { savePriceLists, setPrices, type PriceListId } from "../../modules/pricing/index.ts";
import { productId, testId, variantId } from "../../../test/goods-hub.ts";
import { productHead } from "./structured-data.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.must((ctx) =>
    upsertProducts(ctx, [
      newProduct(20, {
        name: texts("Salt & <pepper>\u0001", "", "Salz & <Pfeffer>", ""),
        description: texts("Line one\nline two", "", "", ""),
        brand: "Salt & Sons",
        variants: [
          newVariant(20, { sku: "S\tP" }),
          newVariant(21, { sku: "S-2", mpn: "SS-2", name: texts("Big", "", "Groß", ""), position: 1 }),
        ],
        position: 99,
      }),
    ]),
  );
  const list = testId<PriceListId>("price list", 1);
  const net = testId<PriceListId>("price list", 7);
  const unit = { scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await cafe.must((ctx) => savePriceLists(ctx, [{ id: net, name: "Net", currency: "EUR", taxIncluded: false, priority: 0, scope: {} }]));
  const price = (listId: PriceListId, n: number, amount: number, given = {}) => ({
    listId,
    variantId: variantId(n),
    minQuantity: 1,
    unitPrice: { ...unit, ...given, amount },
  });
  await cafe.must((ctx) => setPrices(ctx, [price(list, 20, 1250), price(list, 21, 12995, { scale: 1 }), price(net, 7, 500)]));
  await cafe.stock(3, LYON, 4);
  await cafe.stock(50, BERLIN, 2);
  cafe.refresh();
});
afterAll(() => cafe.close());

/** Reads XML strictly as far as a feed needs it: elements in each other, text with the five entities. Fails on anything that is not well formed. */
function readXml(text: string): { items: Record<string, string>[] } {
  const body = text.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, "");
  const open: string[] = [];
  const items: Record<string, string>[] = [];
  let at = 0;
  for (const { index, 0: tag, 1: closing, 2: name = "" } of body.matchAll(/<(\/?)([\w:]+)[^<>]*>/g)) {
    const between = body.slice(at, index);
    if (/[<>]|&(?!(amp|lt|gt|quot|apos);)/.test(between)) throw new Error(`not well formed: ${between}`);
    if (closing) {
      if (open.pop() !== name) throw new Error(`${tag} closes another`);
      if (open.at(-1) === "item")
        Object.assign(items.at(-1) ?? {}, { [name]: between.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&") });
    } else {
      open.push(name);
      if (name === "item") items.push({});
    }
    at = index + tag.length;
  }
  if (open.length > 0) throw new Error(`${open.join()} are not closed`);
  return { items };
}

const feed = async (query = "") => cafe.get(`/v1/feeds/shop/products.xml${query}`);

describe("[CAT-15] the feed of products", () => {
  it("is well formed, and says of every variant with a price what a visitor of the shop sees", async () => {
    const answer = await feed();
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/xml; charset=utf-8"]);
    const { items } = readXml(answer.body);
    const bySku = new Map(items.map((item) => [item["g:id"], item]));
    expect(bySku.get("PAS-CRO")).toEqual({
      "g:id": "PAS-CRO",
      "g:title": "Butter croissants",
      "g:description": "Flaky, baked in the morning",
      "g:link": "https://shop.example.com/shop/p/product-3",
      "g:availability": "in_stock",
      "g:price": "1.80 EUR",
      "g:condition": "new",
      "g:identifier_exists": "no",
      "g:product_type": "Bakery",
    });
    expect(bySku.get("BEA-250")).toMatchObject({
      "g:gtin": "036000291452",
      "g:item_group_id": "product-5",
      "g:title": "House beans · 250 g",
      "g:product_type": "Drinks > Coffee",
    });
    const seen = (await cafe.get("/v1/products?limit=100")).json().items as {
      defaultSku: string;
      price: { amount: number; scale: number } | null;
    }[];
    for (const { defaultSku, price } of seen) {
      const item = bySku.get(defaultSku);
      if (price !== null && defaultSku !== "SKU-7")
        expect([defaultSku, item?.["g:price"]]).toEqual([defaultSku, `${(price.amount / 100).toFixed(2)} EUR`]);
    }
  });

  it("leaves out what has no price with tax inside, and barcodes that a store printed for itself", async () => {
    const { items } = readXml((await feed()).body);
    expect(items.map((item) => item["g:id"])).not.toContain("SKU-7");
    expect(items.find((item) => item["g:id"] === "PAS-CRO")).not.toHaveProperty("g:gtin");
  });

  it("[CAT-21] names the maker and the maker's number, by which goods without a barcode are known", async () => {
    const { items } = readXml((await feed()).body);
    const bySku = new Map(items.map((item) => [item["g:id"], item]));
    expect(bySku.get("S-2")).toMatchObject({ "g:brand": "Salt & Sons", "g:mpn": "SS-2" });
    expect(bySku.get("S-2")).not.toHaveProperty("g:identifier_exists");
    // Its brand alone tells nobody which of its goods this is.
    expect(bySku.get("S\tP")).toMatchObject({ "g:brand": "Salt & Sons", "g:identifier_exists": "no" });
    expect(bySku.get("PAS-CRO")).not.toHaveProperty("g:brand");
  });

  it("escapes what would break it, rounds digits below the minor unit, and speaks the language that is asked for", async () => {
    const { items } = readXml((await feed("?language=de")).body);
    expect(items.find((item) => item["g:id"] === "S-2")).toMatchObject({
      "g:title": "Salz & <Pfeffer> · Groß",
      "g:price": "13.00 EUR",
      "g:description": "Line one\nline two",
    });
    expect(readXml((await feed()).body).items.find((item) => item["g:id"] === "S-2")).toMatchObject({ "g:title": "Salt & <pepper> · Big" });
  });

  it("is kept for a while: asked again with its tag nothing is sent, packed where the reader unpacks", async () => {
    const first = await feed();
    expect((await cafe.get("/v1/feeds/shop/products.xml", VISITOR, { "if-none-match": String(first.headers["etag"]) })).statusCode).toBe(
      304,
    );
    const packed = await cafe.get("/v1/feeds/shop/products.xml", VISITOR, { "accept-encoding": "gzip" });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(packed.rawPayload).toString()).toBe(first.body);
  });

  it("of a channel that nobody has is not found", async () => {
    expect((await cafe.get("/v1/feeds/nobody/products.xml")).json()).toMatchObject({ status: 404, code: "feeds.unknown" });
    expect((await cafe.get("/v1/feeds/nobody/local-inventory.tsv", OWNER)).statusCode).toBe(404);
  });
});

it("[CAT-15] the feed of inventory says per store what it sells, and how many of what is counted", async () => {
  const answer = await cafe.get("/v1/feeds/shop/local-inventory.tsv");
  const [head = "", ...lines] = answer.body.replace(/\n$/, "").split("\n");
  const columns = head.split("\t");
  expect(columns).toEqual([
    "store_code",
    "id",
    "quantity",
    "price",
    "sale_price",
    "sale_price_effective_date",
    "availability",
    "pickup_method",
    "pickup_sla",
  ]);
  const rows = lines.map((line) => {
    const cells = line.split("\t");
    expect(cells).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((name, nth) => [name, cells[nth]]));
  });
  const of = (store: string, id: string) => rows.find((row) => row["store_code"] === store && row["id"] === id);
  expect(of("lyon", "PAS-CRO")).toMatchObject({
    quantity: "4",
    price: "1.80 EUR",
    availability: "in stock",
    pickup_method: "not supported",
  });
  expect(of("berlin", "PAS-CRO")).toMatchObject({ quantity: "0", availability: "out of stock" });
  expect(of("lyon", "SKU-1")).toMatchObject({ quantity: "", availability: "in stock" });
  expect(rows.some((row) => row["store_code"] === "depot")).toBe(false);
  expect(of("lyon", "S P")).toMatchObject({ price: "12.50 EUR" });
  expect(new Set(rows.map((row) => row["store_code"]))).toEqual(new Set(["lyon", "berlin", "girona"]));
});

describe("[CAT-12] the head of a product's page", () => {
  const head = async (slug: string) => {
    cafe.refresh();
    return productHead(
      { ...cafe.around, db: cafe.db, now: new Date() },
      { slug, locale: "en", publicUrl: "https://shop.example.com", brand: "Café & Co" },
    );
  };
  const dataIn = (html = "") => JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/s.exec(html)?.[1] ?? "null");

  it("has the product and its offers by schema.org, at the prices and with the availability of the shop", async () => {
    await cafe.rows("update channels.channel set app = 'shop' where code = 'shop'");
    const data = dataIn(await head("product-5"));
    expect(data).toMatchObject({
      "@context": "https://schema.org",
      "@type": "Product",
      name: "House beans",
      url: "https://shop.example.com/shop/p/product-5",
      category: "Drinks > Coffee",
    });
    expect(data.offers).toEqual([
      expect.objectContaining({
        "@type": "Offer",
        sku: "BEA-250",
        gtin: "036000291452",
        price: "8.50",
        priceCurrency: "EUR",
        availability: "https://schema.org/InStock",
      }),
      expect.objectContaining({ sku: "BEA-1K", price: "29.00", availability: "https://schema.org/OutOfStock" }),
    ]);
  });

  it("cannot be left by what a product is called", async () => {
    const html = await head("product-20");
    expect(html).toContain("<title>Salt &amp; &lt;pepper&gt;");
    expect(html?.match(/<\/script>/g)).toHaveLength(1);
    expect(dataIn(html).name).toContain("Salt & <pepper>");
    expect(dataIn(html)).toMatchObject({ brand: { "@type": "Brand", name: "Salt & Sons" }, offers: [{}, { sku: "S-2", mpn: "SS-2" }] });
  });

  it("says nothing of what the shop does not sell", async () => {
    expect(await head("nothing")).toBeUndefined();
    await cafe.send("PATCH", `/v1/products/${productId(8)}`, { active: false });
    expect(await head("product-8")).toBeUndefined();
  });

  it("[PRM-41] says of what is sold before it is there until when it comes, as the feed does", async () => {
    const terms = { variantId: variantId(21), placeId: LYON, kind: "preorder", comesOn: "2040-05-01", inDays: null } as const;
    await cafe.must((ctx) => setAhead(ctx, { ...terms, most: 2 }));
    const [, later] = dataIn(await head("product-20")).offers;
    expect(later).toMatchObject({ sku: "S-2", availability: "https://schema.org/PreOrder", availabilityStarts: "2040-05-01" });
    const item = readXml((await feed("?language=ca")).body).items.find((one) => one["g:id"] === "S-2");
    expect(item).toMatchObject({ "g:availability": "preorder", "g:availability_date": "2040-05-01T00:00+0000" });
    await cafe.must((ctx) => setAhead(ctx, { ...terms, kind: "backorder", most: 0 }));
    expect(dataIn(await head("product-20")).offers[1].availability).toBe("https://schema.org/OutOfStock");
  });
});
