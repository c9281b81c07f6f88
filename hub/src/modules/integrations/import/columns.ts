import { err, ok, type Result } from "@weft/kernel";

/** What a file may say in its columns. */
export type Field = "invoice" | "sku" | "quantity" | "time" | "unitPrice" | "customer" | "country" | "name";

/** Where each field stands in a line, counted from 0. */
export type Columns = Readonly<Partial<Record<Field, number>>>;

/** How other systems call these columns, without case, blanks and underscores. */
const KNOWN_NAMES: Readonly<Record<Field, readonly string[]>> = {
  invoice: ["invoice", "invoiceno", "invoicenumber", "order", "orderid", "orderno", "ordernumber", "receipt"],
  sku: ["stockcode", "sku", "productcode", "itemcode", "article", "item"],
  quantity: ["qty", "quantity", "units"],
  time: ["time", "invoicedate", "orderdate", "date", "datetime", "placedat", "createdat"],
  unitPrice: ["unitprice", "price"],
  customer: ["customerid", "customer", "customerno", "customernumber"],
  country: ["country"],
  name: ["description", "name", "title", "productname"],
};

/** `unit_price_gbp` is `unit_price`: a currency at the end says what the command line says too. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/ [a-z]{3}$/, (end) => (CURRENCY_ENDS.has(end) ? "" : end))
    .replaceAll(" ", "");
const CURRENCY_ENDS: ReadonlySet<string> = new Set([" gbp", " eur", " usd", " chf", " jpy", " sek", " dkk", " nok", " pln", " czk"]);

/**
 * Finds the columns of a file by its header; `given` names those that it calls otherwise (`{ quantity: "Menge" }`).
 * The error names every needed field that has no column.
 */
export function findColumns(
  header: readonly string[],
  needed: readonly Field[],
  wanted: readonly Field[],
  given: Readonly<Partial<Record<Field, string>>>,
): Result<Columns, string> {
  const names = header.map(plain);
  const columns: Partial<Record<Field, number>> = {};
  for (const field of wanted) {
    const called = given[field];
    const at =
      called === undefined
        ? names.findIndex((name) => KNOWN_NAMES[field].includes(name))
        : header.findIndex((name) => name.trim() === called);
    if (at !== -1) columns[field] = at;
    else if (called !== undefined) return err(`There is no column ${JSON.stringify(called)}. There are: ${header.join(", ")}`);
  }
  const missing = needed.filter((field) => columns[field] === undefined);
  if (missing.length > 0)
    return err(`No column was found for ${missing.join(", ")}. There are: ${header.join(", ")}. Name it: --map ${missing[0]}=COLUMN`);
  return ok(columns);
}

const FIELDS = Object.keys(KNOWN_NAMES) as Field[]; // the keys of that very record

/** Reads `quantity=Menge` as the command line gives it. */
export function readMap(pairs: readonly string[]): Result<Partial<Record<Field, string>>, string> {
  const map: Partial<Record<Field, string>> = {};
  for (const pair of pairs) {
    const [name, ...column] = pair.split("=");
    const field = FIELDS.find((known) => known === name);
    if (!field || column.length === 0)
      return err(`--map takes FIELD=COLUMN, with one of the fields ${FIELDS.join(", ")}, and not ${JSON.stringify(pair)}.`);
    map[field] = column.join("=");
  }
  return ok(map);
}
