import { IMPORT_FIELDS, type ImportField, type ImportKind } from "@weft/contracts/client";
import { readDate, readTime, type DateOrder, dateOrderOf } from "./dates.ts";
import { fieldOfName } from "./headers.ts";
import { readContactKind, readCountry, readDecision, readLocale } from "./words.ts";

/** What a column is, and what told it. */
export type FoundColumn = { readonly field: ImportField; readonly because: "name" | "values" | "nothing" };

/** Values in one column must look alike in so many of those that are there. */
const MOST_AGREE = 0.8;
const FEWEST_VALUES = 1;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
/** With a sign or in groups: a plain number of some digits may be anything. */
const PHONE = /^(?:\+\d[\d ()./-]{6,18}|0\d(?:[ ./-]?\d){7,11}|\(0?\d{1,5}\)[ \d/-]{5,14})$/;

/**
 * What each column is: first by its name, then, for those whose name says nothing, by what stands in it. No field is found twice, save
 * `trait`; a column that is nothing known stays under its own name.
 */
export function findFields(kind: ImportKind, header: readonly string[], samples: readonly (readonly string[])[]): FoundColumn[] {
  const allowed: readonly ImportField[] = IMPORT_FIELDS[kind];
  const taken = new Set<ImportField>();
  const found = header.map((name): FoundColumn | undefined => {
    const field = fieldOfName(kind, allowed, name);
    if (field === undefined || taken.has(field)) return undefined;
    if (field !== "ignore") taken.add(field);
    return { field, because: "name" };
  });
  return header.map((_name, index) => {
    const known = found[index];
    if (known) return known;
    const values = samples.map((row) => row[index]?.trim() ?? "").filter((value) => value !== "");
    const field = fieldOfValues(values, allowed, taken);
    if (field === undefined) return { field: allowed.includes("trait") ? "trait" : "ignore", because: "nothing" };
    taken.add(field);
    return { field, because: "values" };
  });
}

type Look = readonly [field: ImportField, fits: (value: string) => boolean];

const LOOKS: readonly Look[] = [
  ["email", (value) => EMAIL.test(value)],
  ["phone", (value) => PHONE.test(value)],
  ["channelKind", (value) => readContactKind(value) !== undefined],
  ["time", (value) => readTime(value, "dmy", 2100) !== undefined || readTime(value, "mdy", 2100) !== undefined],
  ["birthDate", isBirthDate],
  ["state", (value) => !/^[01]$/.test(value) && ["granted", "withdrawn"].includes(readDecision(value) ?? "")],
  ["locale", (value) => value.length <= 5 && readLocale(value) !== undefined],
  ["country", (value) => value.length > 3 && readCountry(value) !== undefined],
];

function isBirthDate(value: string): boolean {
  const date = readDate(value, "dmy", 2100) ?? readDate(value, "mdy", 2100);
  return date !== undefined && date < "2015" && !/^\d{8}$/.test(value);
}

function fieldOfValues(
  values: readonly string[],
  allowed: readonly ImportField[],
  taken: ReadonlySet<ImportField>,
): ImportField | undefined {
  if (values.length < FEWEST_VALUES) return undefined;
  return LOOKS.find(
    ([field, fits]) => allowed.includes(field) && !taken.has(field) && values.filter(fits).length >= values.length * MOST_AGREE,
  )?.[0];
}

/** Whether a first row is a header: it holds no address and no date, and not every cell of it is empty. */
export function isHeader(row: readonly string[]): boolean {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return cells.length > 0 && !cells.some((cell) => EMAIL.test(cell) || PHONE.test(cell) || readDate(cell, "dmy", 2100) !== undefined);
}

const DATED: ReadonlySet<ImportField> = new Set(["birthDate", "time", "since", "optInTime"]);

/** The order of the dates in all columns that hold some; null where a person must say. */
export function orderOfDates(fields: readonly ImportField[], samples: readonly (readonly string[])[]): DateOrder | null {
  const dates = fields.flatMap((field, index) => (DATED.has(field) ? samples.map((row) => row[index] ?? "") : []));
  return dateOrderOf(dates);
}

/** The sign before the decimals: a comma where numbers with one stand and none with a point. */
export function decimalOf(samples: readonly (readonly string[])[]): "." | "," {
  const cells = samples.flat().map((cell) => cell.trim());
  const [commas, points] = [cells.filter((cell) => /^-?\d+,\d{1,6}$/.test(cell)), cells.filter((cell) => /^-?\d+\.\d{1,6}$/.test(cell))];
  return commas.length > points.length ? "," : ".";
}
