import { IMPORT_FIELDS, LOCALES, type ImportField, type ImportKind, type ImportPreview, type Locale } from "@weft/contracts";
import type { z } from "zod";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { channelOf } from "../../channels/index.ts";
import { noticesShownOn } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { decimalOf, findFields, isHeader, orderOfDates, type FoundColumn } from "../domain/index.ts";
import type { RawLine } from "../import/read-csv.ts";
import { UnreadableFile } from "./lines.ts";
import type { Row, Settings } from "./read-row.ts";
import { readingOf, rowOf } from "./run-import.ts";
import { readRows, type Delimiter } from "./shape.ts";
import { partsOf, readImport, type ImportId, type StoredImport } from "./store.ts";

type Preview = z.output<typeof ImportPreview>;
type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** So many lines are read to tell what the columns are and what is wrong with how many; the first of them are shown. */
const LOOKED_AT = 1_000;
const SHOWN = 20;
const SAMPLES = 3;
const LONGEST_SAMPLE = 80;
/** A small file may unpack to so much before one gives up looking. */
const MOST_UNPACKED = 64 * 1024 ** 2;
/** Until somebody says which words people were shown. */
const WORDING = "before-import";

/** The first lines of a file, with the header as its first. */
export async function firstLines(
  ctx: Pick<Reader, "db">,
  vault: Vault,
  { id, shape }: StoredImport,
  delimiter: Delimiter,
): Promise<RawLine[]> {
  const lines: RawLine[] = [];
  try {
    for await (const line of readRows(partsOf(ctx, vault, id), shape, delimiter, MOST_UNPACKED)) {
      lines.push(line);
      if (lines.length > LOOKED_AT) break;
    }
  } catch (error) {
    // What could be read is shown; the run itself will say what is wrong.
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return lines;
}

/** What columns are called, by their header; those of a file without one have no names. */
export function namesOf(lines: readonly RawLine[], hasHeader: boolean): string[] {
  const width = lines[0]?.fields.length ?? 0;
  return Array.from({ length: width }, (_, index) => (hasHeader ? (lines[0]?.fields[index]?.trim() ?? "") : ""));
}

/** The same for a file that was just given. */
export async function previewOf(ctx: Reader, vault: Vault, id: ImportId): Promise<Preview> {
  const stored = await readImport(ctx, id);
  if (!stored) throw new Error(`there is no import ${id}`);
  return previewImport(ctx, vault, stored);
}

/** How a file would be read: with the settings given, else with what its columns and values tell. */
export async function previewImport(ctx: Reader, vault: Vault, stored: StoredImport, given?: Settings): Promise<Preview> {
  const delimiter = given?.delimiter ?? stored.shape.delimiter;
  const lines = await firstLines(ctx, vault, stored, delimiter);
  const hasHeader = stored.shape.format === "vcard" || (given?.hasHeader ?? isHeader(lines[0]?.fields ?? []));
  const names = namesOf(lines, hasHeader);
  const body = lines.slice(hasHeader ? 1 : 0);
  const samples = body.filter(({ broken }) => broken === undefined).map(({ fields }) => fields);
  const found = findFields(stored.kind, names, samples);
  const settings = given ? fitted(given, found) : await suggested(ctx, stored, { delimiter, hasHeader, found, samples });
  const reading = await readingOf(ctx, { ...stored, settings, names });
  const read = body.map((line) => ({ line, row: rowOf(line, reading) }));
  const problems = new Map<string, number>();
  for (const { row } of read) if (!row.ok) problems.set(row.error.code, (problems.get(row.error.code) ?? 0) + 1);
  return {
    settings,
    format: stored.shape.format,
    encoding: stored.shape.encoding,
    columns: names.map((name, index) => ({
      name,
      field: settings.columns[index] ?? "ignore",
      because: settings.columns[index] === found[index]?.field ? (found[index]?.because ?? "nothing") : "chosen",
      samples: samplesOf(samples, index),
    })),
    isDateOrderOpen: orderOfDates(settings.columns, samples) === null,
    rows: read.slice(0, SHOWN).map(({ line, row }) => ({
      line: line.number,
      values: row.ok ? valuesOf(row.value) : asWritten(line.fields, settings.columns),
      problem: row.ok ? null : row.error,
    })),
    notices: await noticesShownOn(ctx, stored.channelId),
    checked: read.length,
    problems: [...problems].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
    missing: missingField(stored.kind, settings.columns),
  };
}

/** Settings of another number of columns, as after another delimiter was chosen, find their columns anew. */
function fitted(given: Settings, found: readonly FoundColumn[]): Settings {
  return given.columns.length === found.length ? given : { ...given, columns: found.map(({ field }) => field) };
}

async function suggested(
  ctx: Reader,
  { channelId }: StoredImport,
  {
    delimiter,
    hasHeader,
    found,
    samples,
  }: {
    readonly delimiter: Delimiter;
    readonly hasHeader: boolean;
    readonly found: readonly FoundColumn[];
    readonly samples: readonly (readonly string[])[];
  },
): Promise<Settings> {
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const channel = await channelOf(ctx, channelId);
  const entity = channel && entities.get(channel.entityId);
  const columns = found.map(({ field }) => field);
  return {
    columns,
    delimiter,
    hasHeader,
    dateOrder: orderOfDates(columns, samples) ?? (entity?.country === "US" ? "mdy" : "dmy"),
    decimal: decimalOf(samples),
    timeZone: entity?.timeZone ?? "UTC",
    notice: "in_force",
    verified: { email: false, phone: false, because: null },
    consent: { topics: ["news"], wordingVersion: WORDING, language: languageOf(entity?.country), confirmedBecause: null },
  };
}

const languageOf = (country: string | undefined): Locale =>
  LOCALES.find((locale) => locale.toUpperCase() === country) ?? (country === "AT" ? "de" : country === "AD" ? "ca" : "en");

const samplesOf = (rows: readonly (readonly string[])[], index: number): string[] =>
  [...new Set(rows.map((row) => row[index]?.trim().slice(0, LONGEST_SAMPLE) ?? "").filter((value) => value !== ""))].slice(0, SAMPLES);

const WHO: readonly ImportField[] = ["externalId", "email", "phone", "cardNumber"];
const NAMES: readonly ImportField[] = ["givenName", "familyName", "fullName"];

/** The field without which no line of this kind can be taken; null when nothing is missing. */
export function missingField(kind: ImportKind, columns: readonly ImportField[]): string | null {
  const has = (fields: readonly ImportField[]): boolean => fields.some((field) => columns.includes(field));
  if (kind === "customers") return has([...WHO, ...NAMES]) ? null : "who";
  if (kind === "companies") return has(["companyName"]) ? null : "company";
  if (!has(WHO)) return "who";
  if (kind === "memberships") return has(["companyId", "vatNumber"]) ? null : "company";
  if (kind === "consents") return has(["state"]) ? null : "state";
  return has(["event"]) ? (has(["time"]) ? null : "time") : "event";
}

/** A field that is said twice, or is none of this kind of file; null when all is well. */
export function doubledField(kind: ImportKind, columns: readonly ImportField[]): ImportField | null {
  const allowed: readonly ImportField[] = IMPORT_FIELDS[kind];
  const seen = new Set<ImportField>();
  for (const field of columns) {
    if (!allowed.includes(field) || (seen.has(field) && field !== "trait" && field !== "ignore")) return field;
    seen.add(field);
  }
  return null;
}

/** A line as it will be, by field, for the eye. */
function valuesOf(row: Row): Record<string, string> {
  if (row.kind === "events")
    return texts({ ...row.who, event: row.event, time: row.at.toISOString(), messageId: row.messageId, ...row.data });
  if (row.kind === "consents") {
    const { who, purpose, topic, channelKind, state, at, source, wordingVersion } = row;
    return texts({ ...who, purpose, topic, channelKind, state, time: at?.toISOString(), source, wordingVersion });
  }
  if (row.kind === "companies") {
    const { address, name, ...fields } = row.fields;
    const { line1: street, line2: street2, ...rest } = address ?? {};
    return texts({ companyId: row.externalId, companyName: name, ...fields, street, street2, ...rest });
  }
  if (row.kind === "memberships") {
    const { who, company, role } = row;
    return texts({ ...who, companyId: company.externalId, vatNumber: company.vatNumber, role });
  }
  const { who, attributes, since, optIns, optInAt, optInSource } = row;
  const { address, traits, ...fields } = attributes;
  return texts({
    ...who,
    ...fields,
    ...(address && {
      street: address.line1,
      street2: address.line2,
      postcode: address.postcode,
      city: address.city,
      country: address.country,
    }),
    since: since?.toISOString(),
    ...Object.fromEntries(optIns.map(({ channelKind, state }) => [`optIn${channelKind[0]?.toUpperCase()}${channelKind.slice(1)}`, state])),
    optInTime: optInAt?.toISOString(),
    optInSource,
    ...traits,
  });
}

const texts = (values: Readonly<Record<string, string | number | boolean | null | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === undefined || value === "" ? [] : [[name, String(value)]],
    ),
  );

/** A line that cannot be read, as it stands there. */
function asWritten(fields: readonly string[], columns: readonly ImportField[]): Record<string, string> {
  return texts(Object.fromEntries(columns.map((field, index) => [field, fields[index]?.trim().slice(0, LONGEST_SAMPLE)])));
}
