import type { Chain, FiscalEntry, Head, RegisterKey, Totals } from "../fiscal/index.ts";

/** An entry that the hub wrote for a register without a key of its own: chained by hashes, not signed. */
export type HashedEntry = {
  readonly hashed: true;
  readonly registerId: string;
  readonly register: string;
  readonly chain: Chain;
  readonly seq: number;
  readonly type: string;
  readonly ts: string;
  readonly businessDate: string;
  /** SHA-256 of the canonical JSON of `body`, which holds the number and the hash of the entry before. */
  readonly bodyHash: string;
  readonly previousHash: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** A line of an archive. */
export type ArchivedEntry = FiscalEntry | HashedEntry;

export const isHashed = (entry: ArchivedEntry): entry is HashedEntry => "hashed" in entry;

/** One file per chain; each is sorted by register, and within one by place. */
export const CHAIN_FILES: Readonly<Record<Chain, string>> = {
  T: "tickets.jsonl",
  P: "payments.jsonl",
  I: "invoices.jsonl",
  B: "bills.jsonl",
  G: "grandtotals.jsonl",
  L: "jet.jsonl",
  A: "archives.jsonl",
  C: "duplicates.jsonl",
  X: "training.jsonl",
};

export const ARCHIVED_CHAINS = Object.keys(CHAIN_FILES) as Chain[]; // its keys are chains

export const VERIFIER = "verifier.mjs";
export const SCHEMA = "archive.xsd";

type Heads = { readonly [chain in Chain]?: Head };
type Kind = "shift" | "day" | "month" | "year";

/** Where a register's journal stands before the first entry of the archive, so that the first one can be held against it. */
export type ArchiveBase = {
  readonly heads: Heads;
  readonly journal: Head;
  /** Kinds of closing whose period begins with the archive: their sums can be computed from it alone. */
  readonly opened: { readonly [kind in Kind]?: { readonly afterTicket: number } };
  /** Null where they are not known there; then they are held against each other only. */
  readonly perpetual: Totals | null;
};

export type ArchivedRegister = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly placeId: string | null;
  readonly training: boolean;
  readonly keys: readonly RegisterKey[];
  readonly base: ArchiveBase;
  /** The last entry of each chain in the archive: nothing was cut off at its end. */
  readonly heads: Heads;
};

export type ArchivedEntity = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly vatId: string | null;
  /** SIRET in France. */
  readonly companyNumber: string | null;
  /** APE in France. */
  readonly activityCode: string | null;
  readonly taxNumber: string | null;
  /** The day with which its fiscal years begin now, `07-15`; what each register followed stands in its journal. */
  readonly yearStart: string;
  readonly address: unknown;
};

export type ArchivePeriod = { readonly from: string; readonly until: string };
export type ArchivedFile = { readonly bytes: number; readonly sha256: string; readonly entries?: number };

/** `manifest.json`: what is in an archive. `archive.sig` is the hub's signature over its bytes. */
export type ArchiveManifest = {
  readonly format: "weft-fiscal-archive";
  readonly version: 1;
  readonly id: string;
  readonly madeAt: string;
  readonly software: { readonly name: "Weft"; readonly version: string };
  readonly entity: ArchivedEntity;
  readonly period: ArchivePeriod;
  readonly places: readonly { readonly id: string; readonly name: string; readonly code: string; readonly address: unknown }[];
  readonly registers: readonly ArchivedRegister[];
  readonly counts: { readonly [chain in Chain]?: number };
  readonly totals: Totals;
  readonly files: Readonly<Record<string, ArchivedFile>>;
  /** The id of the hub's key, as in `/.well-known/jwks.json`. */
  readonly signedBy: string;
};
