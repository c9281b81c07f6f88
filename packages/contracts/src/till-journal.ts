import { z } from "zod";
import { JOURNAL_CHAINS } from "./journal-words.ts";
import { IdParams, Instant, LocalDate, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";
import { YearStart } from "./till-entries.ts";

export { JOURNAL_CHAINS };

export const JournalChain = z.enum(JOURNAL_CHAINS);
export type JournalChain = z.infer<typeof JournalChain>;

const Position = { registerId: Uuid, chain: JournalChain, seq: z.int().positive() };

/** The last entry of a chain. */
export const JournalHead = z
  .object({ chain: JournalChain, seq: z.int(), at: Instant, hash: z.string(), isSigned: z.boolean() })
  .meta({ id: "JournalHead" });

export const JournalRegister = z
  .object({
    id: Uuid,
    name: z.string(),
    code: z.string(),
    placeId: Uuid,
    placeName: z.string(),
    entityId: Uuid,
    training: z.boolean(),
    /** Null: it has no key of its own, and the hub writes its entries without a signature. */
    keyId: z.string().nullable(),
    heads: z.array(JournalHead),
    lastClosing: z.object({ kind: z.string(), businessDate: LocalDate, at: Instant }).nullable(),
    lastReceivedAt: Instant.nullable(),
    /** What the register said last, signed, of what it sent: everything up to this entry of its journal. */
    lastManifest: z.object({ toSeq: z.int(), at: Instant }).nullable(),
    lastSeenAt: Instant.nullable(),
    /** Entries that were refused because they would have made a second branch or a gap. */
    defects: z.int(),
  })
  .meta({ id: "JournalRegister" });

export const JournalEntryRow = z
  .object({
    ...Position,
    registerName: z.string(),
    type: z.string(),
    at: Instant,
    businessDate: LocalDate,
    timeZone: z.string(),
    /** What the document is called, such as a receipt's number; null where it has no name. */
    number: z.string().nullable(),
    /** Of a technical event its published code; null for everything else. */
    event: z.int().nullable(),
    total: Money.nullable(),
    isSigned: z.boolean(),
  })
  .meta({ id: "JournalEntryRow" });

export const JournalEntry = z
  .object({
    ...JournalEntryRow.shape,
    placeId: Uuid,
    entityId: Uuid,
    operatorName: z.string().nullable(),
    receivedAt: Instant,
    softwareVersion: z.string().nullable(),
    /** The string that was signed, field by field; null where the entry is hashed only. */
    payload: z.string().nullable(),
    bodyHash: z.string(),
    /** Signature, or hash, of the entry before. */
    previous: z.string(),
    signature: z.string().nullable(),
    keyId: z.string().nullable(),
    document: z.record(z.string(), z.unknown()),
    hasPrevious: z.boolean(),
    hasNext: z.boolean(),
  })
  .meta({ id: "JournalEntry" });

/** A closing: a count of a drawer (`shift.close`), or a day, month or year with its totals. */
export const JournalClosing = z
  .object({
    ...Position,
    registerName: z.string(),
    kind: z.enum(["shift", "day", "month", "year"]),
    at: Instant,
    businessDate: LocalDate,
    timeZone: z.string(),
    net: Money,
    /** Since the register was begun, never reset; null for a shift. */
    perpetual: Money.nullable(),
  })
  .meta({ id: "JournalClosing" });

/** What is wrong at one entry: `#CHAIN` and `#SEQUENCE` its link and number, `#VERIFY` its content, `#SIGNATURE`, and what it sums. */
export const JournalFinding = z
  .object({
    code: z.enum(["#CHAIN", "#SEQUENCE", "#VERIFY", "#SIGNATURE", "#TOTALS", "#CLOSING", "#PAYMENTS", "continued"]),
    entry: z.string(),
    reason: z.string(),
  })
  .meta({ id: "JournalFinding" });

const Run = {
  id: Uuid,
  state: z.enum(["waiting", "running", "done", "failed"]),
  /** Entries that were read or written so far. */
  entries: z.int(),
  failure: z.string().nullable(),
  requestedAt: Instant,
  requestedBy: z.string().nullable(),
  endedAt: Instant.nullable(),
};

export const JournalCheck = z
  .object({
    ...Run,
    /** Of one register, of an archive, or of all that the one who asked may see. */
    registerId: Uuid.nullable(),
    archiveId: Uuid.nullable(),
    found: z.int(),
    /** The first hundred. */
    findings: z.array(JournalFinding),
    /** Where a chain goes on after a key was lost: no defect, but worth a look. */
    continued: z.int(),
  })
  .meta({ id: "JournalCheck" });

export const FiscalArchive = z
  .object({
    ...Run,
    entityId: Uuid,
    entityName: z.string(),
    from: LocalDate,
    until: LocalDate,
    expected: z.int(),
    bytes: z.int().nullable(),
    sha256: z.string().nullable(),
    /** Whether its file can still be fetched; another one with the same entries can always be made. */
    isKept: z.boolean(),
  })
  .meta({ id: "FiscalArchive" });

/** What the law wants to know of a legal entity beside its name and VAT number. */
export const FiscalIdentity = z
  .object({
    entityId: Uuid,
    entityName: z.string(),
    country: z.string(),
    /** SIRET in France, number in the register of trade elsewhere. */
    companyNumber: z.string().nullable(),
    /** APE in France. */
    activityCode: z.string().nullable(),
    /** Steuernummer in Germany. */
    taxNumber: z.string().nullable(),
    vatId: z.string().nullable(),
    /** The day with which its fiscal years begin. */
    yearStart: YearStart,
    /** Exports that its country knows. */
    exports: z.array(z.enum(["dsfinvk"])),
  })
  .meta({ id: "FiscalIdentity" });

const Period = { from: LocalDate, until: LocalDate };
const EntityId = { entityId: Uuid };
/** For whom it is taken: the journal says so when it is the tax office or the accountant. */
const TakenFor = { takenFor: z.enum(["own", "tax_audit", "accountant"]).default("own") };
const Line = z.string().trim().min(1).max(40).nullable();

export const journalEndpoints = {
  "journal.registers": {
    summary: "Registers with the heads of their chains, their last closing and what was refused of them",
    tag: "journal",
    query: z.object({ placeId: Uuid.optional() }),
    response: z.object({ items: z.array(JournalRegister) }).meta({ id: "JournalRegisters" }),
    status: 200,
  },
  "journal.entries": {
    summary: "Entries of the journal, the newest first",
    tag: "journal",
    query: z.object({
      ...PageQuery,
      placeId: Uuid.optional(),
      registerId: Uuid.optional(),
      chain: JournalChain.optional(),
      type: z.string().max(60).optional(),
      day: LocalDate.optional(),
    }),
    response: pageOf(JournalEntryRow),
    status: 200,
  },
  "journal.entry": {
    summary: "One entry whole: its document, what was signed, its signature and the entry before",
    tag: "journal",
    params: z.object({ registerId: Uuid, chain: JournalChain, seq: z.coerce.number().int().positive() }),
    response: JournalEntry,
    status: 200,
  },
  "journal.closings": {
    summary: "Closings of shifts, days, months and years, the newest first",
    tag: "journal",
    query: z.object({ ...PageQuery, placeId: Uuid.optional(), registerId: Uuid.optional() }),
    response: pageOf(JournalClosing),
    status: 200,
  },
  "journal.checks": {
    summary: "Verifications of the journal and of archives, the newest first",
    tag: "journal",
    response: z.object({ items: z.array(JournalCheck) }).meta({ id: "JournalChecks" }),
    status: 200,
  },
  "journal.check": {
    summary: "Verify the journal of a register, or of all, in the background: every entry is computed again and each that fails is named",
    tag: "journal",
    body: z.object({ registerId: Uuid.optional() }),
    response: JournalCheck,
    status: 201,
  },
  "journal.identities": {
    summary: "What archives and exports say of the legal entities",
    tag: "journal",
    response: z.object({ items: z.array(FiscalIdentity) }).meta({ id: "FiscalIdentities" }),
    status: 200,
  },
  "journal.setIdentity": {
    summary: "Set the numbers of a legal entity that archives and exports carry",
    tag: "journal",
    params: z.object(EntityId),
    body: z.object({
      companyNumber: Line,
      activityCode: Line,
      taxNumber: Line,
      /** The day with which its fiscal years begin; absent: as before. The year that is open ends as it was to, or earlier; what was closed stays. */
      yearStart: YearStart.optional(),
    }),
    response: FiscalIdentity,
    status: 200,
  },
  "journal.archives": {
    summary: "Archives of the journal, the newest first",
    tag: "journal",
    response: z.object({ items: z.array(FiscalArchive) }).meta({ id: "FiscalArchives" }),
    status: 200,
  },
  "journal.makeArchive": {
    summary: "Make an archive of a legal entity's journal in the background, of a year at most: signed, with its own verifier inside",
    tag: "journal",
    body: z.object({ ...EntityId, ...Period }),
    response: FiscalArchive,
    status: 201,
  },
  "journal.archiveFile": {
    summary: "The file of an archive (ZIP)",
    tag: "journal",
    params: IdParams,
    query: z.object(TakenFor),
    response: z.string(),
    status: 200,
    raw: true,
  },
  "journal.checkArchive": {
    summary: "Run the verifier of an archive over its file, in the background",
    tag: "journal",
    params: IdParams,
    response: JournalCheck,
    status: 201,
  },
  "journal.dsfinvk": {
    summary: "DSFinV-K 2.3 of a German legal entity: single recordings, master data and closings of a period (ZIP)",
    tag: "journal",
    query: z.object({ ...EntityId, ...Period, ...TakenFor }),
    response: z.string(),
    status: 200,
    raw: true,
  },
} satisfies Record<string, Endpoint>;
