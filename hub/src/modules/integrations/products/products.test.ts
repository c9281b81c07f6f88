import { ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BAKERY, newProduct, newVariant, texts } from "../../../../test/cafe-catalog.ts";
import { cafeWindow, MANAGER, OWNER, WEB, type CafeWindow } from "../../../../test/cafe-window.ts";
import { productId, variantId } from "../../../../test/goods-hub.ts";
import { upsertProducts } from "../../catalog/index.ts";
import { saveDeposit } from "../../pricing/index.ts";
import { readFields } from "../import/read-csv.ts";
import { COLUMNS, readList, readText, writeList, writeText } from "./columns.ts";
import { replayProductLine } from "./replay.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  await cafe.knowTaxClasses();
});
afterAll(() => cafe.close());

const exported = async (): Promise<string> => {
  cafe.refresh();
  return (await cafe.get("/v1/exports/products", OWNER)).body;
};
const give = async (text: string, actor = OWNER) => {
  cafe.refresh();
  return cafe.sendBytes("/v1/product-imports", Buffer.from(text), actor);
};
/** Everything that the catalog says, without the number of its changes. */
const everything = async () =>
  cafe.rows(`select to_jsonb(p) as product, (select jsonb_agg(to_jsonb(v) order by v.position) from catalog.variant v where v.product_id = p.id) as variants,
    (select jsonb_agg(b.gtin order by b.gtin) from catalog.variant_barcode b join catalog.variant v on v.id = b.variant_id where v.product_id = p.id) as barcodes,
    (select jsonb_agg(o.group_id order by o.position) from catalog.product_option o where o.product_id = p.id) as options,
    (select jsonb_agg(e.channel_id) from catalog.channel_exclusion e where e.product_id = p.id) as exclusions
    from catalog.product p order by p.slug`);
const header = (...columns: string[]) => columns.join(",");

describe("a cell", () => {
  it.each(["", "plain", "a|b", "back\\slash", "two\nlines\r\n", "\\n is no line end", "|", "\\", "=1+1", "ends with \\|"])(
    "%j comes back as it was",
    (text) => {
      expect(readText(writeText(text))).toBe(text);
      expect(readList(writeList([text, "other"]))).toEqual([text, "other"]);
      expect(readList(writeList(["other", text]))).toEqual(["other", text]);
    },
  );
});

it("[IMP-14] the export, given back, changes nothing: not one row, not one version", async () => {
  await cafe.must((ctx) =>
    upsertProducts(ctx, [
      newProduct(30, {
        name: texts('=SUM(A1), "quoted"; and | more', "'+1 déjà", "Zeile\nzwei\r\ndrei", "l·l"),
        description: texts("\\n is no line end", " spaces around ", "-5", ""),
        pictures: [
          { url: "https://example.com/a|b.png", alt: { en: "", de: "Becher" } },
          { url: "https://example.com/c.png", alt: { en: "Back, \\slash" }, variantId: variantId(31) },
        ],
        pictureUrl: "https://example.com/a|b.png",
        allergens: ["milk", "gluten"],
        unit: "gram",
        isShippable: true,
        chargedWhen: "dispatch",
        isActive: false,
        soldEverywhere: false,
        popularity: 12,
        brand: 'O\'Hara, "Söhne" | Cie',
        variants: [
          newVariant(30, { sku: "A,B;C", name: texts("One", "Un", "", ""), barcodes: ["96385074", "2000000000022"] }),
          newVariant(31, { sku: "=X", mpn: "=1\\2", name: texts("Two", "", "", ""), position: 1, isActive: false }),
        ],
      }),
    ]),
  );
  await cafe.rows("insert into catalog.channel_exclusion values ($1, $2)", [productId(30), WEB]);
  const before = await everything();
  const answer = await give(await exported());
  expect(answer.json()).toMatchObject({ made: 0, changed: 0, refused: 0, refusals: [] });
  expect(answer.json().lines).toBeGreaterThan(8);
  expect(await everything()).toEqual(before);
  expect((await give((await exported()).replaceAll(",", ",").replaceAll("\r\n", "\n"))).json()).toMatchObject({ changed: 0, refused: 0 });
});

it("[IMP-14] what a file says is changed, what it does not say stays, and what is new is made", async () => {
  const file = [
    header("product", "sku", "name_en", "category", "tax_class", "x_note", "variant_en", "barcodes", "sold_everywhere"),
    "product-4,SKU-4,Chocolate bread,,,,,,",
    "tote,TOTE-R,Tote bag,bakery,goods,mine,Red,4012345678901,no",
    "tote,TOTE-B,,,,mine,Blue,,",
  ].join("\n");
  expect((await give(file)).json()).toEqual({ lines: 3, made: 1, changed: 1, same: 0, refused: 0, refusals: [] });
  cafe.refresh();
  expect((await cafe.get("/v1/products/product-4")).json()).toMatchObject({
    name: { en: "Chocolate bread", fr: "Pain au chocolat" },
    categoryId: BAKERY,
  });
  const tote = (await cafe.get("/v1/products/tote")).json();
  expect(tote).toMatchObject({
    name: { en: "Tote bag" },
    variants: [
      { sku: "TOTE-R", barcodes: ["4012345678901"] },
      { sku: "TOTE-B", name: { en: "Blue" } },
    ],
  });
  expect((await give(file)).json()).toMatchObject({ made: 0, changed: 0, same: 2 });
});

it("[IMP-2] a bad line is put aside with its reason and stops no other", async () => {
  const bad = [
    ["cup,CUP-1,Cup,nowhere,goods,,", "category_unknown"],
    ["cup,CUP-2,,bakery,goods,,", "name_missing"],
    ["cup,,Cup,bakery,goods,,", "sku_missing"],
    ["plate,PLATE-1,Plate,bakery,imaginary,,", "catalog.tax_class_unknown"],
    ["spoon,SPOON-1,Spoon,bakery,goods,4006381333932,", "catalog.barcode_invalid"],
    ["fork,FORK-1,Fork,bakery,goods,4006381333931,", "catalog.barcode_taken"],
    ["knife,SKU-1,Knife,bakery,goods,,", "catalog.sku_taken"],
    ["with blank,BLANK-1,Blank,bakery,goods,,", "product_invalid"],
    ["bowl,BOWL-1,Bowl,bakery,goods,,perhaps", "flag_invalid"],
    ["too,few", "broken_line"],
    ["pan,PAN-2,Another pan,bakery,goods,,", "product_differs"],
    ["pan,PAN-1,,,,,", "sku_twice"],
  ] as const;
  const file = [
    header("product", "sku", "name_en", "category", "tax_class", "barcodes", "shippable"),
    "jar,JAR-1,Jar,bakery,goods,,yes",
    "pan,PAN-1,Pan,bakery,goods,,",
    ...bad.map(([line]) => line),
    "lid,LID-1,Lid,bakery,goods,,",
  ].join("\n");
  const answer = (await give(file)).json();
  expect(answer.refusals.map(({ line, reason }: { line: number; reason: string }) => [line, reason])).toEqual(
    bad.map(([, reason], nth) => [nth + 4, reason]),
  );
  expect(answer).toMatchObject({ lines: bad.length + 3, made: 3, refused: bad.length });
  const kept = () => cafe.rows("select reason, detail, raw from touchpoints.quarantine where kind = 'import.product_line'");
  expect(await kept()).toHaveLength(bad.length);
  await give(file);
  expect(await kept()).toHaveLength(bad.length);
});

it("[IMP-11] a line from quarantine is mended and taken", async () => {
  await give([header("product", "sku", "name_en", "category", "tax_class"), "mat,MAT-1,Mat,floor,goods"].join("\n"));
  const [row] = await cafe.rows<{ raw: string; context: Record<string, unknown> }>(
    "select raw, context from touchpoints.quarantine where raw like 'mat,%'",
  );
  const again = (raw: string) =>
    cafe.must(async (ctx) => ok(await replayProductLine(ctx, { raw, channelId: null, context: row?.context ?? {} })));
  expect(await again(row?.raw ?? "")).toMatchObject({ ok: false, error: { code: "category_unknown" } });
  expect(await again("mat,MAT-1,Mat,bakery,goods")).toEqual({ ok: true, value: null });
  cafe.refresh();
  expect((await cafe.get("/v1/products/mat")).json()).toMatchObject({ variants: [{ sku: "MAT-1" }] });
});

it("a file that names no SKU, or a column that nobody knows, is refused whole; so is a keeper of one store", async () => {
  for (const [file, missing] of [
    ["product,name_en\na,b", "sku"],
    ["product,sku,colour\na,b,c", "colour"],
    ["", "product"],
  ])
    expect((await give(file ?? "")).json()).toMatchObject({ code: "import.column_missing", missing });
  expect((await give("product,sku\na,b", MANAGER)).statusCode).toBe(403);
});

it("cut in half by semicolons, packed, or with more columns than needed, it is the same file", async () => {
  const file = `${COLUMNS.join(";")};x_mine\nvase${";".repeat(COLUMNS.indexOf("name_en"))}Vase${";".repeat(COLUMNS.indexOf("category") - COLUMNS.indexOf("name_en"))}bakery;goods${";".repeat(COLUMNS.indexOf("sku") - COLUMNS.indexOf("tax_class"))}VASE-1${";".repeat(COLUMNS.length - COLUMNS.indexOf("sku"))}\n`;
  const { gzipSync } = await import("node:zlib");
  expect((await cafe.sendBytes("/v1/product-imports", gzipSync(file))).json()).toMatchObject({ made: 1, refused: 0 });
  expect((await give(file)).json()).toMatchObject({ same: 1, refused: 0 });
});

it("[CAT-20] a file says which pictures show a variant only; one that the product does not have is no picture of it", async () => {
  const [all, red, blue] = ["all", "red", "blue"].map((name) => ({ url: `https://example.com/${name}.png`, alt: { en: name } }));
  if (!all || !red || !blue) throw new Error("three were made");
  await cafe.must((ctx) =>
    upsertProducts(ctx, [
      newProduct(40, {
        name: texts("Cup", "", "", ""),
        pictureUrl: all.url,
        pictures: [all, red, blue],
        variants: [40, 41].map((n) => newVariant(n, { sku: `CUP-${n}`, name: texts(String(n), "", "", ""), position: n })),
      }),
    ]),
  );
  const columns = header("product", "sku", "variant_pictures");
  const file = [columns, `product-40,CUP-40,${red.url}`, `product-40,CUP-41,${blue.url}`].join("\n");
  const picturesNow = async () => {
    cafe.refresh();
    return (await cafe.get(`/v1/products/${productId(40)}`)).json().pictures;
  };
  expect((await give(file)).json()).toMatchObject({ changed: 1, refused: 0 });
  expect(await picturesNow()).toEqual([all, { ...red, variantId: variantId(40) }, { ...blue, variantId: variantId(41) }]);
  expect((await give(file)).json()).toMatchObject({ same: 1, changed: 0 });
  expect((await give([columns, "product-40,CUP-41,"].join("\n"))).json()).toMatchObject({ changed: 1 });
  expect(await picturesNow()).toEqual([all, { ...red, variantId: variantId(40) }, blue]);
  const stray = (await give([columns, "product-40,CUP-41,https://example.com/other.png"].join("\n"))).json();
  expect(stray).toMatchObject({ refused: 1, refusals: [{ reason: "picture_unknown", detail: "https://example.com/other.png" }] });
});

it("[IMP-14] deposits come and go by their column; what carries one already, and what no line names, is not written", async () => {
  const amounts = [{ country: "FR", currency: "EUR", amount: 25, followsGoods: true, taxClass: "goods" }];
  await cafe.must((ctx) =>
    saveDeposit(ctx, { code: "bottle", name: { en: "Deposit" }, amounts, variantIds: [variantId(3), variantId(4)] }),
  );
  const columnOf = async (): Promise<Record<string, string | undefined>> => {
    const [head = "", ...lines] = (await exported()).trimEnd().split("\r\n");
    const [sku = 0, deposit = 0] = ["sku", "deposit"].map((name) => head.split(",").indexOf(name));
    return Object.fromEntries(lines.map((line) => readFields(line) ?? []).map((cells) => [cells[sku], cells[deposit]]));
  };
  expect(await columnOf()).toMatchObject({ "PAS-CRO": "bottle", "SKU-4": "bottle", "SKU-1": "" });
  expect((await give(await exported())).json()).toMatchObject({ made: 0, changed: 0, refused: 0 });
  const known = [header("product", "sku", "deposit"), "product-1,SKU-1,bottle", "product-3,PAS-CRO,bottle", "product-4,SKU-4,"].join("\n");
  expect((await give(known)).json()).toMatchObject({ made: 0, changed: 2, same: 1, refused: 0 });
  const fresh = [
    header("product", "sku", "name_en", "category", "tax_class", "deposit"),
    "lemonade,LEM-1,Lemonade,bakery,goods,bottle",
    "water,WAT-1,Water,bakery,goods,barrel",
  ].join("\n");
  const refusals = [{ line: 3, reason: "deposit_unknown", detail: "barrel" }];
  expect((await give(fresh)).json()).toMatchObject({ made: 1, changed: 0, refusals });
  expect(await columnOf()).toMatchObject({ "PAS-CRO": "bottle", "SKU-4": "", "SKU-1": "bottle", "LEM-1": "bottle" });
  expect((await give(header("product", "sku") + "\nproduct-1,SKU-1")).json()).toMatchObject({ same: 1 });
  expect(await columnOf()).toMatchObject({ "SKU-1": "bottle" });
});

it("[IMP-14] a service stays one on its way out and back, and a file makes one; what a product is does not change", async () => {
  const file = [
    header("product", "sku", "name_en", "category", "tax_class", "kind"),
    "k-tasting,K-TASTING,Coffee tasting,bakery,goods,service",
    "k-ladle,K-LADLE,Ladle,bakery,goods,",
    "k-talk,K-TALK,Talk,bakery,goods,advice",
  ].join("\n");
  expect((await give(file)).json()).toMatchObject({ made: 2, refused: 1, refusals: [{ reason: "kind_invalid", detail: "kind" }] });
  cafe.refresh();
  const kinds = await cafe.rows("select kind, is_tracked, unit from catalog.product where slug in ('k-ladle', 'k-tasting') order by slug");
  expect(kinds).toMatchObject([{ kind: "goods" }, { kind: "service", is_tracked: false, unit: "piece" }]);
  expect((await give(await exported())).json()).toMatchObject({ made: 0, changed: 0, refused: 0 });
  const turned = [header("product", "sku", "kind"), "k-tasting,K-TASTING,goods"].join("\n");
  expect((await give(turned)).json()).toMatchObject({ changed: 0, refused: 1 });
});
