import { z } from "zod";
import { ConsentTopic } from "./consent.ts";
import { IMPORT_FIELDS } from "./import-fields.ts";
import { IdParams, Instant, Locale, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export { IMPORT_FIELDS };

export const ImportKind = z.enum(["customers", "events", "consents", "companies", "memberships"]);
export type ImportKind = z.infer<typeof ImportKind>;

export const ImportField = z.enum([...new Set(Object.values(IMPORT_FIELDS).flat())]);
export type ImportField = z.infer<typeof ImportField>;

/** Somebody vouches for what a file says, and the import keeps who and with which words. */
const Vouching = z.string().trim().min(3).max(300).nullable();

export const ImportSettings = z
  .object({
    /** What each column is, in their order. */
    columns: z.array(ImportField).max(500),
    delimiter: z.enum([",", ";", "\t", "|"]),
    hasHeader: z.boolean(),
    /** Which comes first where a date leaves it open: 03/04/1980. */
    dateOrder: z.enum(["dmy", "mdy"]),
    decimal: z.enum([".", ","]),
    /** The clock of times that name no zone, of the IANA database. */
    timeZone: z.string().max(64),
    /** Why e-mail addresses and phones of this file count as verified; null: they do not, and suggest only. */
    verified: z.object({ email: z.boolean(), phone: z.boolean(), because: Vouching }),
    /** The notice under which people were collected whom the file brings: the one in force, none at all, or one by its id. */
    notice: z.union([z.enum(["in_force", "none"]), Uuid]).default("in_force"),
    consent: z.object({
      /** What a yes in a column of opt-ins was given for. A no covers everything by that kind of channel. */
      topics: z.array(ConsentTopic).max(4),
      wordingVersion: z.string().max(40),
      language: Locale,
      /** Why a yes by e-mail needs no confirmation from its mailbox any more; null: it waits for one where the entity asks twice. */
      confirmedBecause: Vouching,
    }),
  })
  .meta({ id: "ImportSettings" });

const Reason = z.object({ reason: z.string(), count: z.int() });

export const ImportRun = z
  .object({
    id: Uuid,
    kind: ImportKind,
    channelId: Uuid,
    channelName: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    state: z.enum(["waiting", "running", "done", "stopped", "failed"]),
    /** Why it failed: a code. */
    failure: z.string().nullable(),
    readBytes: z.int(),
    lines: z.int(),
    /** Lines that made something new, that changed something, that said what was known already. */
    created: z.int(),
    changed: z.int(),
    same: z.int(),
    refused: z.int(),
    reasons: z.array(Reason),
    uploadedAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** Seconds that the run has worked so far, without those in which no hub ran. */
    seconds: z.number(),
  })
  .meta({ id: "ImportRun" });

export const ImportPreview = z
  .object({
    settings: ImportSettings,
    format: z.enum(["csv", "vcard"]),
    encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]),
    columns: z.array(
      z.object({
        name: z.string(),
        field: ImportField,
        /** What told: the name of the column, its values, or nothing. */
        because: z.enum(["name", "values", "nothing", "chosen"]),
        samples: z.array(z.string()),
      }),
    ),
    /** Dates of which 03/04 could be both; a person must say. */
    isDateOrderOpen: z.boolean(),
    rows: z.array(
      z.object({
        line: z.int(),
        /** As it will be, by field. */
        values: z.record(z.string(), z.string()),
        problem: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
      }),
    ),
    /** The notices that the channel shows or has shown, the newest first. */
    notices: z.array(z.object({ id: Uuid, version: z.string() })),
    /** How many lines were looked at, and what is wrong with how many of them. */
    checked: z.int(),
    problems: z.array(Reason),
    /** What keeps the whole file from being imported so: a code. */
    missing: z.string().nullable(),
  })
  .meta({ id: "ImportPreview" });

export const ExportFormat = z.enum(["csv", "jsonl"]);

const Rows = {
  channelId: Uuid.optional(),
  format: ExportFormat.default("csv"),
  /** Whom the file is for and why: kept beside who took it. */
  recipient: z.string().trim().min(1).max(200).optional(),
};
const exported = (summary: string, query: Endpoint["query"]): Endpoint => ({
  summary,
  tag: "files",
  ...(query && { query }),
  response: z.string(),
  status: 200,
  raw: true,
});

/** What is listed where the office gives rows with people in them as a file. */
export const ListOfPeople = z.enum([
  "customers",
  "companies",
  "orders",
  "shipments",
  "shifts",
  "tasks",
  "messages",
  "quarantine",
  "requests",
  "unreached",
  "staff",
  "audit",
  "exports",
  "other",
]);
export type ListOfPeople = z.infer<typeof ListOfPeople>;

export const importsEndpoints = {
  "imports.list": {
    summary: "Files that were given to be imported, newest first",
    tag: "files",
    query: z.object(PageQuery),
    response: pageOf(ImportRun),
    status: 200,
  },
  "imports.upload": {
    summary: "Give a file of customers, events or consents: CSV or vCard, gzip or not. It is kept sealed until it is imported",
    tag: "files",
    query: z.object({ kind: ImportKind, channelId: Uuid, fileName: z.string().min(1).max(200) }),
    response: ImportRun,
    status: 201,
    raw: true,
  },
  "imports.read": {
    summary: "One import: how far it is, and what came of it",
    tag: "files",
    params: IdParams,
    response: ImportRun,
    status: 200,
  },
  "imports.preview": {
    summary: "The first rows as they will be, with what is wrong with them; without settings as the hub would read them",
    tag: "files",
    params: IdParams,
    body: z.object({ settings: ImportSettings.optional() }),
    response: ImportPreview,
    status: 200,
  },
  "imports.start": {
    summary: "Import it in the background with these settings",
    tag: "files",
    params: IdParams,
    body: z.object({ settings: ImportSettings }),
    response: ImportRun,
    status: 202,
  },
  "imports.stop": {
    summary: "Stop it, or leave it; its file is deleted, what was imported stays",
    tag: "files",
    params: IdParams,
    response: ImportRun,
    status: 200,
  },
  "imports.refused": {
    summary: "The lines that were put aside, as CSV with their line number and reason, to be mended and given again",
    tag: "files",
    params: IdParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "exports.customers": exported("Customers as CSV or JSON lines, one each; a channel's key gets the channel's own records", z.object(Rows)),
  "exports.events": exported(
    "What customers did as CSV or JSON lines",
    z.object({ ...Rows, from: Instant.optional(), until: Instant.optional() }),
  ),
  "exports.list": {
    summary: "Keep that rows of a list with people in it leave as a file: the office asks before it gives them",
    tag: "files",
    body: z.object({
      list: ListOfPeople,
      rows: z.int().min(1).max(1_000_000),
      /** The list is about this customer alone. */
      customerId: Uuid.optional(),
    }),
    response: null,
    status: 204,
  },
  "exports.consents": exported("Every decision about being contacted as CSV or JSON lines", z.object(Rows)),
} satisfies Record<string, Endpoint>;
