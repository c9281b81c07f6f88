import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { INVARIANTS } from "../../../invariants.ts";
import { goodsHub, type GoodsHub } from "../../../../test/goods-hub.ts";
import { importOrderFiles, type OrderImport, type Watch } from "./import-order-files.ts";
import { importProductFile } from "./import-products.ts";
import { writeExact } from "./line.ts";
import { replayOrderLine } from "./replay-line.ts";
import { differences } from "./sums.ts";

const HEADER = "invoice,stock_code,qty,time,unit_price_gbp,customer_id,country";
/** Two customers and a guest, a return, an invoice that is not contiguous, lines that repeat exactly, and what is no sale. */
const LINES = [
  "7001,MUG,2,2011-01-31T23:59,4.25,501,United Kingdom",
  '7001,"TEA, ""LOOSE""",1,2011-01-31T23:59,0.001,501,United Kingdom',
  "7001,MUG,2,2011-01-31T23:59,4.25,501,United Kingdom",
  "7002,MUG,1,2011-02-01T10:00,4.25,,France",
  "C7003,MUG,-1,2011-02-02T09:00,4.25,501,United Kingdom",
  "7004,MUG,-30,2011-02-02T09:30,0,,United Kingdom",
  "7005,SAMPLE,10,2011-02-03T09:30,0.00,502,Spain",
  "7001,SPOON,3,2011-01-31T23:59,0.95,501,United Kingdom",
  "A7006,B,1,2011-02-03T10:00,-120.50,,United Kingdom",
  "7007,MUG,many,2011-02-03T10:00,4.25,502,Spain",
  ",MUG,1,2011-02-03T10:00,4.25,502,Spain",
  "7008,MUG",
];

let hub: GoodsHub;
let folder: string;
const hubs: GoodsHub[] = [];
beforeEach(async () => {
  hub = await goodsHub();
  hubs.push(hub);
  folder = await mkdtemp(join(tmpdir(), "weft-import-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(async () => {
  for (const one of hubs) await one.close();
});

async function file(name: string, lines: readonly string[], header = HEADER): Promise<string> {
  const path = join(folder, name);
  const text = [header, ...lines, ""].join("\n");
  await writeFile(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

const SELLER = { entity: "Keepsakes Ltd", currency: "GBP", timeZone: "Europe/London", country: "GB", map: {} };

async function run(
  paths: readonly string[],
  { on = hub, watch = () => {}, batchLines = 4 }: { on?: GoodsHub; watch?: Watch; batchLines?: number } = {},
): Promise<OrderImport> {
  const done = await importOrderFiles(on.around, { ...SELLER, paths }, watch, batchLines);
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

/** All that an import writes, without ids and times of writing. */
async function books(on: GoodsHub = hub): Promise<unknown> {
  const queries = [
    `select o.external_id, o.business_date, o.placed_at, o.total, o.paid, o.state, s.external_id as customer, c.code, l.position, l.sku, l.ordered, l.unit_price, l.total as line_total
       from orders.orders o join orders.order_line l on l.order_id = o.id join channels.channel c on c.id = o.channel_id
       left join customers.source_record s on s.id = o.record_id order by o.external_id, l.position`,
    "select r.external_id, r.business_date, r.total, l.position, l.sku, l.quantity from returns.return_order r join returns.return_line l on l.return_id = r.id order by 1, 4",
    "select external_id, attributes from customers.source_record order by 1",
    "select kind, name, occurred_at from touchpoints.touchpoint order by 2",
    "select kind, reason, detail, raw from touchpoints.quarantine order by raw",
    "select amount, kind, at from payments.tender order by at, amount",
    "select name, country, currency, time_zone from places.legal_entity",
  ];
  const found = [];
  for (const query of queries) found.push(await on.rows(query));
  return found;
}

it("[IMP-1] orders, returns, customers and their timelines are there, and the sums are those of the file at full scale", async () => {
  const done = await run([await file("lines.csv.gz", LINES)]);
  expect([...done.file.byMonth].map(([month, value]) => [month, writeExact(value, "GBP")])).toEqual([
    ["2011-02", "0.00"],
    ["2011-01", "19.851"],
  ]);
  expect(differences(done.file, done.books)).toEqual([]);
  expect(Object.fromEntries([...done.books.byCustomer].map(([customer, value]) => [customer, writeExact(value, "GBP")]))).toEqual({
    "": "4.25",
    "501": "15.601",
    "502": "0.00",
  });
  expect(await hub.rows("select external_id, total, business_date, placed_at from orders.orders order by external_id")).toEqual([
    { external_id: "7001", total: 1985, business_date: "2011-01-31", placed_at: new Date("2011-01-31T23:59:00Z") },
    { external_id: "7002", total: 425, business_date: "2011-02-01", placed_at: new Date("2011-02-01T10:00:00Z") },
    { external_id: "7005", total: 0, business_date: "2011-02-03", placed_at: new Date("2011-02-03T09:30:00Z") },
  ]);
  expect(await hub.rows("select external_id, total from returns.return_order")).toEqual([{ external_id: "C7003", total: 425 }]);
  expect(await hub.rows("select external_id, attributes from customers.source_record order by 1")).toEqual([
    { external_id: "501", attributes: { traits: { country: "United Kingdom" } } },
    { external_id: "502", attributes: { traits: { country: "Spain" } } },
  ]);
  expect(await hub.rows("select kind, name from touchpoints.touchpoint order by name")).toEqual([
    { kind: "order", name: "7001" },
    { kind: "order", name: "7005" },
    { kind: "return", name: "C7003" },
  ]);
  expect(await hub.violations(INVARIANTS)).toEqual([]);
});

it("[IMP-2] accepted and quarantined lines are all lines, each of these with its reason and its line", async () => {
  const done = await run([await file("lines.csv", LINES)]);
  expect(done).toMatchObject({ lines: 12, accepted: 7 });
  expect(await hub.rows("select reason, detail, raw from touchpoints.quarantine where kind = 'import.order_line' order by detail")).toEqual(
    [
      { reason: "negative_price", detail: "line 10 of lines.csv: -120.50", raw: LINES[8] },
      { reason: "quantity_invalid", detail: "line 11 of lines.csv: many", raw: LINES[9] },
      { reason: "fields_missing", detail: "line 12 of lines.csv: invoice", raw: LINES[10] },
      { reason: "fields_missing", detail: "line 13 of lines.csv: quantity, time, unitPrice", raw: LINES[11] },
      { reason: "negative_quantity", detail: "line 7 of lines.csv: -30", raw: LINES[5] },
    ],
  );
});

it("[IMP-1] a file that is read again doubles nothing, nor does one that holds more beside it", async () => {
  const path = await file("lines.csv", LINES);
  const first = await run([path]);
  const before = await books();
  const again = await run([path], { batchLines: 100 });
  expect(await books()).toEqual(before);
  expect(again).toMatchObject({ made: 0, accepted: first.accepted, refused: first.refused, file: first.file, books: first.books });
  const more = await run([path, await file("more.csv", ["7009,MUG,1,2011-03-01T10:00,4.25,501,United Kingdom"])]);
  expect(more).toMatchObject({ made: 1, accepted: first.accepted + 1 });
});

it("[IMP-1] an import that was killed in the middle is run again, and nothing is missing", async () => {
  const path = await file("lines.csv", LINES);
  const whole = await goodsHub();
  hubs.push(whole);
  await run([path], { on: whole });
  for (const batches of [1, 2]) {
    let left = batches;
    const killed = run([path], {
      batchLines: 2,
      watch: () => {
        if (--left === 0) throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
  }
  expect(await hub.rows("select 1 from touchpoints.quarantine")).not.toHaveLength(5);
  await run([path]);
  expect(await books()).toEqual(await books(whole));
});

it("[IMP-3] a line that was mended is taken from quarantine as a document of its own", async () => {
  await run([await file("lines.csv", LINES)]);
  const [item] = await hub.rows<{ channel_id: never; context: Record<string, unknown> }>(
    "select channel_id, context from touchpoints.quarantine where reason = 'quantity_invalid'",
  );
  const replay = (raw: string) =>
    hub.run((ctx) => replayOrderLine(ctx, { raw, channelId: item?.channel_id ?? null, context: item?.context ?? {} }));
  expect(await replay(LINES[9] ?? "")).toEqual({ ok: false, error: { code: "quantity_invalid", detail: "many" } });
  expect(await replay((LINES[9] ?? "").replace("many", "4"))).toMatchObject({ ok: true });
  expect(await hub.rows("select external_id, total from orders.orders where external_id like '7007%'")).toEqual([
    { external_id: "7007/1", total: 1700 },
  ]);
});

it("[IMP-1] an invoice that is known with other lines is put aside whole: nobody's history is changed", async () => {
  await run([await file("lines.csv", ["7001,MUG,2,2011-01-31T23:59,4.25,501,UK"])]);
  const grown = await run([
    await file("grown.csv", ["7001,MUG,2,2011-01-31T23:59,4.25,501,UK", "7001,MUG,1,2011-01-31T23:59,4.25,501,UK"]),
  ]);
  expect(grown).toMatchObject({ accepted: 0, refused: new Map([["invoice_differs", 2]]) });
  expect(await hub.rows("select total from orders.orders")).toEqual([{ total: 850 }]);
});

it("[IMP-2] what the database cannot hold stops nobody: that invoice is put aside, its neighbors are written", async () => {
  const many = Array.from({ length: 300 }, () => "7001,MUG,10000000,2011-01-31T10:00,1.00,501,UK");
  const done = await run(
    [await file("lines.csv", ["7000,MUG,1,2011-01-31T10:00,4.25,501,UK", ...many, "7002,MUG,1,2011-01-31T10:00,4.25,501,UK"])],
    {
      batchLines: 1000,
    },
  );
  expect(done).toMatchObject({ lines: 302, accepted: 2, refused: new Map([["refused_by_database", 300]]) });
  expect(await hub.rows("select external_id from orders.orders order by 1")).toEqual([{ external_id: "7000" }, { external_id: "7002" }]);
});

it("[IMP-2] a stray quote breaks its own line only, and a field of several lines is one", async () => {
  const stray = '7002,"MUG,1,2011-01-31T10:00,4.25,501,UK';
  const after = Array.from({ length: 50 }, (_, n) => `8${n},MUG,1,2011-01-31T10:00,4.25,501,UK`);
  const done = await run([await file("lines.csv", [stray, '7003,"TWO', 'LINES",1,2011-01-31T10:00,4.25,501,UK', ...after, stray])], {
    batchLines: 100,
  });
  expect(done).toMatchObject({ lines: 53, accepted: 51, refused: new Map([["broken_line", 2]]) });
  expect(await hub.rows("select detail, raw from touchpoints.quarantine order by detail")).toEqual([
    { detail: "line 2 of lines.csv: a quote is not closed", raw: stray },
    { detail: "line 55 of lines.csv: a quote is not closed", raw: stray },
  ]);
  expect(await hub.rows("select sku from orders.order_line where sku <> 'MUG'")).toEqual([{ sku: "TWO\nLINES" }]);
});

it("[IMP-1] orders name the goods of the catalog, and what it does not have keeps its code", async () => {
  const products = await file("products.csv", ["MUG,Blue mug", "mug,Small mug", ",nothing", "MUG,again"], "stock_code,description");
  const imported = await importProductFile(hub.around, products, {});
  expect(imported).toMatchObject({
    lines: 4,
    made: 2,
    known: 0,
    refused: [
      { number: 4, reason: "sku_missing" },
      { number: 5, reason: "sku_twice" },
    ],
  });
  expect(await importProductFile(hub.around, products, {})).toMatchObject({ made: 0, known: 2 });
  await run([await file("lines.csv", LINES)]);
  expect(
    await hub.rows(`select l.sku, l.name ->> 'en' as name, p.slug from orders.order_line l left join catalog.product p on p.id = l.product_id
                     join orders.orders o on o.id = l.order_id where o.external_id = '7001' order by l.position`),
  ).toEqual([
    { sku: "MUG", name: "Blue mug", slug: "item-MUG" },
    { sku: 'TEA, "LOOSE"', name: 'TEA, "LOOSE"', slug: null },
    { sku: "MUG", name: "Blue mug", slug: "item-MUG" },
    { sku: "SPOON", name: "SPOON", slug: null },
  ]);
});

it("says which column is missing, and that a legal entity keeps its books in another currency", async () => {
  const path = await file("lines.csv", ["1"], "number");
  await expect(run([path])).rejects.toThrow(/lines\.csv: No column was found for invoice, sku/);
  const good = await file("good.csv", LINES);
  await run([good]);
  expect(await importOrderFiles(hub.around, { ...SELLER, currency: "EUR", paths: [good] }, () => {})).toEqual({
    ok: false,
    error: "Keepsakes Ltd keeps its books in GBP, not in EUR.",
  });
  await expect(run([join(folder, "none.csv")])).rejects.toThrow(/none\.csv cannot be read/);
});
