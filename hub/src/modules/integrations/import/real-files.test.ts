import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INVARIANTS } from "../../../invariants.ts";
import { goodsHub, type GoodsHub } from "../../../../test/goods-hub.ts";
import { importOrderFiles, type OrderImport } from "./import-order-files.ts";
import { writeExact } from "./line.ts";
import { differences } from "./sums.ts";

/** Ten months of a real shop that sold gifts. Beside the clone, not in it: without it there is nothing to prove. */
const FOLDER = resolve(import.meta.dirname, "../../../../../../shared/data/retail/online_retail");
const FILES = ["lines_2010-12_2011-04.csv.gz", "lines_2011-05_2011-09.csv.gz"].map((name) => join(FOLDER, name));
const isThere = FILES.every((path) => existsSync(path));
/** `npm run prove -- import` takes the whole files. */
const isWhole = process.env["WEFT_PROVE"] === "import";
const SAMPLE_LINES = 6_000;

type Expected = { lines: number; accepted: number; byMonth: Map<string, bigint>; byCustomer: Map<string, bigint> };

/** The same sums by other means: no line of these files has a quote, and no price more than three decimals. */
function reckon(texts: readonly string[]): Expected {
  const expected: Expected = { lines: 0, accepted: 0, byMonth: new Map(), byCustomer: new Map() };
  for (const line of texts.flatMap((text) => text.trim().split("\n").slice(1))) {
    const [invoice = "", , quantity = "", time = "", price = "", customer = ""] = line.split(",");
    expected.lines += 1;
    if (price.startsWith("-") || (quantity.startsWith("-") && !invoice.startsWith("C"))) continue;
    expected.accepted += 1;
    const value = BigInt(quantity) * BigInt(Math.round(Number(price) * 1000));
    const month = time.slice(0, 7);
    expected.byMonth.set(month, (expected.byMonth.get(month) ?? 0n) + value);
    expected.byCustomer.set(customer, (expected.byCustomer.get(customer) ?? 0n) + value);
  }
  return expected;
}

describe.skipIf(!isThere)("the files of a real shop (skipped where they are not beside the clone)", () => {
  let hub: GoodsHub;
  let folder: string;
  let paths: readonly string[];
  let expected: Expected;
  let done: OrderImport;

  const run = async () => {
    const house = { entity: "Online Retail", currency: "GBP", timeZone: "Europe/London", country: "GB", map: {} };
    const result = await importOrderFiles(hub.around, { ...house, paths }, () => {});
    if (!result.ok) throw new Error(result.error);
    return result.value;
  };

  beforeAll(async () => {
    hub = await goodsHub();
    folder = await mkdtemp(join(tmpdir(), "weft-import-"));
    const texts = await Promise.all(FILES.map(async (path) => gunzipSync(await readFile(path)).toString()));
    const used = isWhole
      ? texts
      : texts.map((text) =>
          text
            .split("\n")
            .slice(0, SAMPLE_LINES + 1)
            .join("\n"),
        );
    paths = FILES.map((_, n) => join(folder, `lines-${n}.csv`));
    for (const [n, path] of paths.entries()) await writeFile(path, used[n] ?? "");
    expected = reckon(used);
    done = await run();
  }, 600_000);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await hub.close();
  });

  it("[IMP-4] net value by month and by customer is that of the file to the tenth of a penny", () => {
    const thousandths = (sums: ReadonlyMap<string, bigint>) => new Map([...sums].map(([key, value]) => [key, value / 1000n]));
    expect(thousandths(done.books.byMonth)).toEqual(expected.byMonth);
    expect(thousandths(done.books.byCustomer)).toEqual(expected.byCustomer);
    expect(differences(done.file, done.books)).toEqual([]);
    if (isWhole) expect(writeExact(done.books.total, "GBP")).toBe("6803743.124");
  });

  it("[IMP-2] every line is accepted or put aside", async () => {
    const aside = [...done.refused.values()].reduce((sum, count) => sum + count, 0);
    expect({ lines: done.lines, accepted: done.accepted, aside }).toEqual({
      lines: expected.lines,
      accepted: expected.accepted,
      aside: expected.lines - expected.accepted,
    });
    expect(await hub.rows("select 1 from touchpoints.quarantine")).toHaveLength(aside);
    expect(await hub.violations(INVARIANTS)).toEqual([]);
  });

  it("[IMP-1] read again, nothing doubles", async () => {
    const count = () =>
      hub.rows(`select (select count(*) from orders.orders) as orders, (select count(*) from orders.order_line) as lines, (select count(*) from returns.return_line) as returned,
        (select count(*) from customers.source_record) as people, (select count(*) from touchpoints.touchpoint) as touchpoints, (select count(*) from touchpoints.quarantine) as aside`);
    const before = await count();
    expect(await run()).toEqual({ ...done, made: 0 });
    expect(await count()).toEqual(before);
  }, 600_000);
});
