import { createHash } from "node:crypto";
import { findColumns, type Columns, type Field } from "./columns.ts";
import { LONGEST_CODE, readLine, type LineRefusal, type SourceLine } from "./line.ts";
import { readCsv, type RawLine } from "./read-csv.ts";

/** Where a line stands. `key`, its invoice and its ordinal within that, is the same whenever the file is read [IMP-1]. */
export type LinePlace = {
  readonly key: string;
  readonly file: string;
  readonly number: number;
  readonly raw: string;
  readonly columns: Columns;
};

/** A line that is put aside. */
export type RefusedLine = LinePlace & LineRefusal;

/** A line that was read. It keeps its place: if its invoice is refused as a whole, each line says where it was. */
export type PlacedLine = LinePlace & { readonly line: SourceLine };

/** All lines of an invoice, in the order of the files. */
export type Invoice = { readonly id: string; readonly lines: PlacedLine[]; readonly refused: RefusedLine[] };

/** Files of order lines that cannot be read at all: the message says which, and why. */
export class FileError extends Error {
  override readonly name = "FileError";
}

export type LineFiles = {
  readonly paths: readonly string[];
  readonly map: Readonly<Partial<Record<Field, string>>>;
  readonly currency: string;
};

const NEEDED: readonly Field[] = ["invoice", "sku", "quantity", "time", "unitPrice"];
const WANTED: readonly Field[] = [...NEEDED, "customer", "country"];

/** How many lines there are in all, and of each invoice. */
export type LineCounts = { readonly lines: number; readonly ofInvoice: ReadonlyMap<string, number> };

/**
 * Counts before anything is written. An invoice need not be contiguous: knowing how many lines it has, its document is written when the
 * last one has come, and only the open ones are in memory.
 */
export async function countLines(files: LineFiles): Promise<LineCounts> {
  const ofInvoice = new Map<string, number>();
  let lines = 0;
  for await (const { raw, columns } of rawLines(files)) {
    const id = invoiceIn(raw, columns);
    ofInvoice.set(id, (ofInvoice.get(id) ?? 0) + 1);
    lines += 1;
  }
  return { lines, ofInvoice };
}

/** Lines without an invoice number stand under the empty one. */
const invoiceIn = ({ fields }: RawLine, { invoice = -1 }: Columns): string => fields[invoice]?.trim() ?? "";

/** The invoices of the files, each whole, in the order in which their last lines come. */
export async function* gatherInvoices(files: LineFiles, counts: LineCounts): AsyncGenerator<Invoice> {
  const open = new Map<string, Invoice & { seen: number }>();
  const withoutInvoice = new Map<string, number>();
  for await (const { raw, columns, file } of rawLines(files)) {
    const id = invoiceIn(raw, columns);
    const invoice = open.get(id) ?? { id, lines: [], refused: [], seen: 0 };
    invoice.seen += 1;
    open.set(id, invoice);
    addLine(invoice, {
      raw,
      file,
      columns,
      currency: files.currency,
      ordinal: id === "" ? ordinalOfText(raw, withoutInvoice) : String(invoice.seen),
    });
    // Bad lines without a number have no document to wait for.
    if (invoice.seen < (counts.ofInvoice.get(id) ?? 0) && !(id === "" && invoice.refused.length >= MOST_WAITING)) continue;
    open.delete(id);
    yield invoice;
  }
  yield* open.values();
}

const MOST_WAITING = 500;

type AddedLine = {
  readonly raw: RawLine;
  readonly file: string;
  readonly columns: Columns;
  readonly currency: string;
  readonly ordinal: string;
};

function addLine(invoice: Invoice, { raw, file, columns, currency, ordinal }: AddedLine): void {
  const place: LinePlace = { key: `${shortId(invoice.id)}/${ordinal}`, file, number: raw.number, raw: raw.text, columns };
  if (raw.broken !== undefined) {
    invoice.refused.push({ ...place, reason: "broken_line", detail: raw.broken });
    return;
  }
  const read = readLine(raw.fields, columns, currency);
  if (!read.ok) invoice.refused.push({ ...place, ...read.error });
  else if (invoice.lines[0] && invoice.lines[0].line.customer !== read.value.customer)
    invoice.refused.push({ ...place, reason: "other_customer", detail: read.value.customer });
  else invoice.lines.push({ ...place, line: read.value });
}

/** An invoice number that is none, as a broken line may have it, would not fit into a key. */
const shortId = (id: string): string => (id.length > LONGEST_CODE || id.includes("\0") ? hashOf(id) : id);

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/** What a line without an invoice number is known by: its text, and how often that came before. */
function ordinalOfText({ text }: RawLine, seen: Map<string, number>): string {
  const hash = hashOf(text);
  const times = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, times);
  return `${hash}/${times}`;
}

async function* rawLines({ paths, map }: LineFiles): AsyncGenerator<{ raw: RawLine; columns: Columns; file: string }> {
  for (const file of paths) {
    let columns: Columns | undefined;
    for await (const raw of readableCsv(file)) {
      if (columns) {
        yield { raw, columns, file };
        continue;
      }
      const found = findColumns(raw.fields, NEEDED, WANTED, map);
      if (!found.ok) throw new FileError(`${file}: ${found.error}`);
      columns = found.value;
    }
  }
}

async function* readableCsv(file: string): AsyncGenerator<RawLine> {
  try {
    yield* readCsv(file);
  } catch (error) {
    throw new FileError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
