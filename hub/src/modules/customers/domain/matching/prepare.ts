import { dateDigits, dayOrderOf } from "./dates.ts";
import { EQUAL_COMMON } from "./levels.ts";
import { sampleRows, type Column, type Role } from "./roles.ts";
import { fold, nameWords } from "./text.ts";

/** How two values of a field are compared; `cross` says whether given and family name stand in each other's place. */
export type FieldKind = "name" | "cross" | "date" | "email" | "mailbox" | "code" | "text" | "category";

/** One thing that is compared: for each record the number of its value in `values`, or -1 where it has none. */
export type Field = {
  readonly name: string;
  readonly role: Role | "cross";
  readonly kind: FieldKind;
  /** People of one household share it. */
  readonly isHousehold: boolean;
  readonly ids: Int32Array;
  /** Distinct values, normalized. The names of a person share one list. */
  readonly values: readonly string[];
  /** Records that have the value. */
  readonly counts: Int32Array;
  /** For each value the level that two records have who are equal in it: by how common it is. */
  readonly ranks: Uint8Array;
  /** For each value how much rarer it is than others of its level, where that is known of a bigger file than this one. */
  readonly rarity?: Float64Array;
};

/** Records as the engine compares them: in an order that depends on what they say and not on where they stood. */
export type Prepared = {
  readonly size: number;
  readonly fields: readonly Field[];
  /** For each record here the row of the input that it came from. */
  readonly rows: Int32Array;
  /** For each record the file that it came from, 0 or 1. */
  readonly files: Uint8Array;
};

/** The records that are to be matched, as their file or files have them. */
export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** For each row the file that it came from; absent when there is one. */
  readonly files?: Uint8Array;
};

const KINDS: Partial<Record<Role, FieldKind>> = {
  birthDate: "date",
  email: "email",
  mailbox: "mailbox",
  phone: "code",
  street: "text",
  houseNumber: "code",
  addressExtra: "text",
  postcode: "code",
  city: "text",
  region: "text",
  country: "category",
  gender: "category",
  number: "code",
  text: "text",
  category: "category",
};
const HOUSEHOLD: ReadonlySet<string> = new Set([
  "family",
  "email",
  "mailbox",
  "phone",
  "street",
  "houseNumber",
  "addressExtra",
  "postcode",
  "city",
  "region",
  "country",
]);

/** Normalizes, numbers the distinct values of each field, and orders the records by what they say, those that say the same by their id. */
export function prepare(table: Table): Prepared {
  const prepared = prepareAll(table);
  return { ...prepared, fields: prepared.fields.filter(({ kind, values }) => kind === "cross" || values.length > 1) };
}

/** The same with the fields that say nothing about these records, because all have one value or none. */
export function prepareAll(table: Table): Prepared {
  const rows = canonicalOrder(table);
  const size = rows.length;
  const files = new Uint8Array(size);
  for (let i = 0; i < size; i++) files[i] = table.files?.[rows[i] ?? 0] ?? 0;
  const columnsOf = (role: Role): number[] => table.columns.flatMap((column, index) => (column.role === role ? [index] : []));
  const fields = [...nameFields(table, rows, columnsOf), ...birthField(table, rows, columnsOf)];
  table.columns.forEach(({ name, role }, index) => {
    const kind = KINDS[role];
    if (kind === undefined || (role === "birthDate" && columnsOf("birthDate")[0] === index)) return;
    const normalize = normalizer(role, table, index);
    fields.push(encode(name, role, kind, rows, (row) => normalize(row[index] ?? ""), table));
  });
  return { size, fields, rows, files };
}

function canonicalOrder({ columns, rows }: Table): Int32Array {
  const compared = columns.flatMap(({ role }, index) => (role === "id" || role === "ignore" ? [] : [index]));
  const idAt = columns.findIndex(({ role }) => role === "id");
  const keys = rows.map((row) => `${compared.map((index) => row[index] ?? "").join("\u0001")}\u0002${row[idAt] ?? ""}`);
  const order = Int32Array.from(rows.keys());
  return order.sort((a, b) => {
    const [x = "", y = ""] = [keys[a], keys[b]];
    if (x === y) return a - b;
    return x < y ? -1 : 1;
  });
}

function normalizer(role: Role, { rows }: Table, index: number): (text: string) => string {
  if (role === "birthDate") {
    const order = dayOrderOf(rows.map((row) => row[index] ?? ""));
    return (text) => dateDigits(text, order);
  }
  if (role === "email" || role === "mailbox") return (text) => text.trim().toLowerCase().replace(NOBODY, "");
  if (role === "phone") return phoneDigits;
  if (KINDS[role] === "code") return (text) => fold(text).replaceAll(" ", "");
  return fold;
}

/** The nine last digits: country and trunk prefixes are written in too many ways to tell people apart by them. */
function phoneDigits(text: string): string {
  const digits = text.replaceAll(/\D/g, "");
  return digits.length < 5 || /^(\d)\1*$/.test(digits) ? "" : digits.slice(-9);
}

/** Values that say nothing: what systems and people put where they know nothing. */
const NOTHING = new Set([
  "",
  "null",
  "none",
  "n a",
  "na",
  "nan",
  "unknown",
  "undefined",
  "anonymous",
  "test",
  "unbekannt",
  "inconnu",
  "00000000",
  "19000101",
]);

/** Addresses that people and systems put to get past a form. */
const NOBODY = /^(test|noreply|no-reply|none|anonymous|info)@.*|.*@(test|example|invalid|localhost)$/;

type Numbers = { readonly values: string[]; readonly numberOf: Map<string, number> };

function encode(
  name: string,
  role: Role,
  kind: FieldKind,
  rows: Int32Array,
  textOf: (row: readonly string[], at: number) => string,
  table: Table,
  numbers: Numbers = { values: [], numberOf: new Map() },
): Field {
  const ids = new Int32Array(rows.length);
  rows.forEach((row, at) => {
    const value = textOf(table.rows[row] ?? [], at);
    ids[at] = NOTHING.has(value) ? -1 : numberOf(numbers, value);
  });
  return { name, role, kind, isHousehold: HOUSEHOLD.has(role), ids, values: numbers.values, ...countOf(ids, numbers.values) };
}

function numberOf({ values, numberOf }: Numbers, value: string): number {
  const known = numberOf.get(value);
  if (known !== undefined) return known;
  numberOf.set(value, values.length);
  values.push(value);
  return values.length - 1;
}

/** Shares of records from which on a value counts as common, and as neither common nor rare. */
const COMMON = 1 / 100;
const MEDIUM = 1 / 2_000;

function countOf(ids: Int32Array, values: readonly string[]): { counts: Int32Array; ranks: Uint8Array } {
  const counts = new Int32Array(values.length);
  for (const id of ids) if (id >= 0) counts[id] = (counts[id] ?? 0) + 1;
  return { counts, ranks: Uint8Array.from(counts, (count) => levelOfEqual(count, ids.length)) };
}

/** The level of two who are equal in a value that so many of `size` records have. */
export function levelOfEqual(count: number, size: number): number {
  if (count >= size * COMMON) return EQUAL_COMMON;
  return EQUAL_COMMON + (count >= size * MEDIUM && count > 4 ? 1 : 2);
}

type Name = { given: string; middle: string; family: string };

/** Given, middle and family name from whatever columns there are, and whether the first and the last stand in each other's place. */
function nameFields(table: Table, rows: Int32Array, columnsOf: (role: Role) => number[]): Field[] {
  const [given, middle, family, full] = [columnsOf("given"), columnsOf("middle"), columnsOf("family"), columnsOf("fullName")];
  if (given.length + middle.length + family.length + full.length === 0) return [];
  const join = (row: readonly string[], columns: readonly number[]): string => columns.map((index) => row[index] ?? "").join(" ");
  const isWhole = full.length > 0 && (given.length + family.length === 0 || repeats(table, full, [...given, ...family]));
  const names = Array.from(rows, (index): Name => {
    const row = table.rows[index] ?? [];
    if (isWhole) return splitName(join(row, full));
    const [first = "", ...rest] = nameWords(fold(join(row, given)));
    return {
      given: first,
      middle: [...rest, ...nameWords(fold(join(row, middle)))].join(" "),
      family: nameWords(fold(join(row, family))).join(" "),
    };
  });
  const numbers: Numbers = { values: [], numberOf: new Map() };
  const part = (role: "given" | "middle" | "family"): Field =>
    encode(role, role, "name", rows, (_row, at) => names[at]?.[role] ?? "", table, numbers);
  const parts = [part("given"), part("family"), part("middle")].map((field) => ({ ...field, ...countOf(field.ids, numbers.values) }));
  const cross: Field = {
    name: "names together",
    role: "cross",
    kind: "cross",
    isHousehold: false,
    ids: new Int32Array(0),
    values: [],
    counts: new Int32Array(0),
    ranks: new Uint8Array(0),
  };
  return [...parts.filter(({ ids, role }) => role !== "middle" || ids.some((id) => id >= 0)), cross];
}

/** Whether the full name holds the words of the other name columns in most rows: then they say nothing more. */
function repeats(table: Table, full: readonly number[], others: readonly number[]): boolean {
  let held = 0;
  let seen = 0;
  for (const row of sampleRows(table.rows)) {
    const words = new Set(fold(full.map((index) => row[index] ?? "").join(" ")).split(" "));
    const wanted = fold(others.map((index) => row[index] ?? "").join(" ")).split(" ");
    seen++;
    if (wanted.every((word) => word === "" || words.has(word))) held++;
  }
  return held > 0.8 * seen;
}

/** `Doe, Jane` and `Jane van Doe`: the last word is the family name, with a comma the first part, unless what follows is a rank. */
function splitName(text: string): Name {
  const [head = "", tail = ""] = text.split(",", 2);
  const tailWords = fold(tail).split(" ").filter(Boolean);
  const isRank = tailWords.length === 0 || nameWords(tailWords.join(" ")).length < tailWords.length;
  const words = nameWords(fold(isRank ? head : `${tail} ${head}`));
  const rank = isRank ? nameWords(tailWords.join(" ")).filter((word) => !words.includes(word)) : [];
  const family = words.length > 1 ? (words.at(-1) ?? "") : "";
  return { given: words[0] ?? "", middle: [...words.slice(1, -1), ...rank].join(" "), family };
}

function birthField(table: Table, rows: Int32Array, columnsOf: (role: Role) => number[]): Field[] {
  const [date] = columnsOf("birthDate");
  const [year, month, day] = [columnsOf("birthYear")[0], columnsOf("birthMonth")[0], columnsOf("birthDay")[0]];
  if (date !== undefined) {
    const normalize = normalizer("birthDate", table, date);
    return [encode("birth date", "birthDate", "date", rows, (row) => normalize(row[date] ?? ""), table)];
  }
  if (year === undefined) return [];
  const part = (row: readonly string[], index: number | undefined, width: number): string =>
    (index === undefined ? "" : (row[index] ?? "")).trim().padStart(width, "0");
  const whole = (row: readonly string[]): string =>
    (row[year] ?? "").trim() === "" ? "" : part(row, year, 4) + part(row, month, 2) + part(row, day, 2);
  return [encode("birth date", "birthDate", "date", rows, whole, table)];
}
