import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findColumns, readMap } from "./columns.ts";
import { exactValue, readLine, writeExact } from "./line.ts";

const COLUMNS = { invoice: 0, sku: 1, quantity: 2, time: 3, unitPrice: 4, customer: 5, country: 6 };
const line = (quantity: string, price: string, given: { invoice?: string; time?: string; customer?: string } = {}) =>
  readLine(
    [given.invoice ?? "536365", "85123A", quantity, given.time ?? "2010-12-01T08:26", price, given.customer ?? "17850", "United Kingdom"],
    COLUMNS,
    "GBP",
  );

describe("[IMP-2] a line", () => {
  it("is a sale with its customer, at the seller's own time", () => {
    expect(line("6", "2.55")).toEqual({
      ok: true,
      value: {
        invoice: "536365",
        sku: "85123A",
        quantity: 6,
        localTime: "2010-12-01T08:26",
        customer: "17850",
        country: "United Kingdom",
        unitPrice: { amount: 255, scale: 0, currency: "GBP", per: { quantity: 1, unit: "piece" } },
      },
    });
    expect(line("6", "2.55", { customer: "" })).toMatchObject({ ok: true, value: { customer: null } });
  });

  it("takes goods back when its invoice begins with C: the units are positive there too", () => {
    expect(line("-3", "1.25", { invoice: "C536379" })).toMatchObject({ ok: true, value: { quantity: 3 } });
  });

  it.each([
    ["0", 0, 0],
    ["0.00", 0, 0],
    ["-0.00", 0, 0],
    ["2.5", 250, 0],
    ["0.001", 1, 1],
    ["12.34567", 1_234_567, 3],
    ["1.100000000", 110, 0],
  ])("has a price of %s as %i at scale %i", (price, amount, scale) => {
    expect(line("1", price)).toMatchObject({ ok: true, value: { unitPrice: { amount, scale } } });
  });

  it.each([
    ["-1", "0.00", {}, "negative_quantity"],
    ["1", "-11062.06", { invoice: "A563186" }, "negative_price"],
    ["1", "1", { invoice: "C536379" }, "positive_quantity_in_return"],
    ["0", "1", {}, "quantity_zero"],
    ["1.5", "1", {}, "quantity_invalid"],
    ["99999999", "1", {}, "quantity_invalid"],
    ["", "1", {}, "fields_missing"],
    ["1", "1,50", {}, "price_invalid"],
    ["1", "1e3", {}, "price_invalid"],
    ["1", "0.0000001", {}, "price_too_fine"],
    ["1", "1", { time: "01/12/2010 08:26" }, "time_invalid"],
    ["1", "1", { time: "2011-02-29T08:26" }, "time_invalid"],
    ["1", "1", { customer: "x".repeat(300) }, "text_invalid"],
  ])("of %s at %s %j is put aside as %s", (quantity, price, given, reason) => {
    expect(line(quantity, price, given)).toMatchObject({ ok: false, error: { reason } });
  });

  it("has a value that is never rounded", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(9_999_999), (quantity, thousandths) => {
        const read = line(String(quantity), `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, "0")}`);
        expect(read.ok && exactValue(read.value)).toBe(BigInt(quantity) * BigInt(thousandths) * 1000n);
      }),
    );
  });

  it.each([
    [1_000n, "0.001"],
    [-3_120_560_000n, "-3120.56"],
    [0n, "0.00"],
  ])("a value of %s reads as %s", (value, text) => {
    expect(writeExact(value, "GBP")).toBe(text);
  });
});

describe("the columns of a file", () => {
  it("are known by the names that other systems give them", () => {
    const header = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];
    const found = findColumns(header, ["invoice"], ["invoice", "sku", "quantity", "time", "unitPrice", "customer", "country"], {});
    expect(found).toEqual({ ok: true, value: { invoice: 0, sku: 1, quantity: 3, time: 4, unitPrice: 5, customer: 6, country: 7 } });
    expect(findColumns(["unit_price_gbp"], ["unitPrice"], ["unitPrice"], {})).toEqual({ ok: true, value: { unitPrice: 0 } });
  });

  it("may be named, and what is missing is said with what there is", () => {
    const map = readMap(["quantity=Menge (Stk.)"]);
    expect(map).toEqual({ ok: true, value: { quantity: "Menge (Stk.)" } });
    expect(map.ok && findColumns(["sku", "Menge (Stk.)"], ["quantity"], ["quantity"], map.value)).toEqual({
      ok: true,
      value: { quantity: 1 },
    });
    expect(findColumns(["sku"], ["quantity"], ["quantity"], {})).toMatchObject({
      ok: false,
      error: expect.stringContaining("--map quantity=COLUMN"),
    });
    expect(findColumns(["sku"], ["quantity"], ["quantity"], { quantity: "Menge" })).toMatchObject({
      ok: false,
      error: expect.stringContaining('"Menge"'),
    });
    expect(readMap(["menge=qty"])).toMatchObject({ ok: false });
  });
});
