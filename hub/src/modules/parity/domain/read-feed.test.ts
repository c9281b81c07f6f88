import { expect, it } from "vitest";
import { nameText, priceText, readInventoryHead, readInventoryLine, readPageData, readProductItems } from "./index.ts";

const AT = new Date("2026-03-02T12:00:00Z");

it("[PAR-1] a product feed is read item by item, whatever piece of it comes, with its marks put back", () => {
  const item = `<item>\n<g:id>A-1</g:id>\n<g:title>Salt &amp; &lt;pepper&gt;</g:title>\n<g:image_link>https://shop.example.com/pictures/a.png</g:image_link>\n<g:price>12.50 EUR</g:price>\n<g:availability>in_stock</g:availability>\n</item>\n`;
  const text = `<rss><channel><title>Shop</title>${item}${item.replace("A-1", "A-2")}</channel></rss>`;
  for (let cut = 0; cut <= text.length; cut += 7) {
    const first = readProductItems(text.slice(0, cut), AT);
    const second = readProductItems(first.rest + text.slice(cut), AT);
    const lines = [...first.lines, ...second.lines];
    expect(lines.map(({ sku }) => sku)).toEqual(["A-1", "A-2"]);
    expect(lines[0]?.values).toEqual({
      name: "Salt & <pepper>",
      price: "12.50 EUR",
      promotion: null,
      picture: "/pictures/a",
      availability: "in_stock",
    });
  }
});

it("[PAR-1] a sale counts within its dates only", () => {
  const item = (dates: string) =>
    readProductItems(
      `<item><g:id>A</g:id><g:price>5.00 EUR</g:price><g:sale_price>4.00 EUR</g:sale_price><g:sale_price_effective_date>${dates}</g:sale_price_effective_date></item>`,
      AT,
    ).lines[0]?.values.promotion;
  expect(item("2026-03-02T10:00+0000/2026-03-02T13:00+0000")).toBe("4.00 EUR");
  expect(item("2026-03-02T10:00+0000/2026-03-02T11:00+0000")).toBe(null);
  expect(item("2026-03-02T13:00+0000/2026-03-02T14:00+0000")).toBe(null);
});

it("[PAR-1] a line of inventory says units, or that goods are made to order", () => {
  const columns =
    readInventoryHead("store_code\tid\tquantity\tprice\tsale_price\tsale_price_effective_date\tavailability\tpickup_method") ?? [];
  expect(readInventoryLine("lyon\tA\t4\t1.80 EUR\t\t\tin stock\tbuy", columns, AT)).toEqual({
    sku: "A",
    storeCode: "lyon",
    values: { price: "1.80 EUR", promotion: null, availability: "4" },
  });
  expect(readInventoryLine("lyon\tA\t\t1.80 EUR\t\t\tin stock\tbuy", columns, AT)?.values.availability).toBe("made_to_order");
  expect(readInventoryLine("lyon\tA\t\t1.80 EUR\t\t\tout of stock\tbuy", columns, AT)?.values.availability).toBe("0");
  expect(readInventoryHead("something\telse")).toBeUndefined();
});

it("[PAR-1] the data of a page is read by SKU; a struck price is the one before promotions", () => {
  const html = (data: object) => `<title>x</title><script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const offer = { "@type": "Offer", sku: "A", price: "4.00", priceCurrency: "EUR", availability: "https://schema.org/InStock" };
  expect(readPageData(html({ name: "Mug", image: ["https://shop.example.com/pictures/a.svg"], offers: offer }))?.get("A")).toEqual({
    name: "Mug",
    price: "4.00 EUR",
    promotion: null,
    picture: "/pictures/a",
    availability: "in_stock",
  });
  const struck = { ...offer, priceSpecification: { price: "5.00", priceCurrency: "EUR" } };
  expect(readPageData(html({ name: "Mug", offers: [struck] }))?.get("A")).toMatchObject({ price: "5.00 EUR", promotion: "4.00 EUR" });
  expect(readPageData("<p>nothing</p>")).toBeNull();
  expect(readPageData('<script type="application/ld+json">{broken</script>')).toBeNull();
});

it("[PAR-1] prices compare as money is written, to the last digit where a window shows it", () => {
  const price = (amount: number, scale = 0, unit: "piece" | "gram" = "piece") => ({
    amount,
    scale,
    currency: "EUR",
    per: { quantity: unit === "gram" ? 1000 : 1, unit },
  });
  expect(priceText(price(390), true)).toBe("3.90 EUR");
  expect(priceText(price(5), true)).toBe("0.05 EUR");
  expect(priceText(price(12995, 1), true)).toBe("12.995 EUR");
  expect(priceText(price(12990, 1), true)).toBe("12.99 EUR");
  expect(priceText(price(12995, 1), false)).toBe("13.00 EUR");
  expect(priceText(price(890, 0, "gram"), true)).toBe("8.90 EUR / 1000 g");
  expect(priceText({ ...price(500), currency: "JPY" }, true)).toBe("500 JPY");
  expect(nameText({ en: "Mug", de: "Becher" })).toBe("Mug | Mug | Becher | Mug");
});
