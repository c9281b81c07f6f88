import type { BusinessDate } from "@weft/kernel";

/**
 * What a chain holds: T tickets, P payments, I invoices, B bills, G grand totals, L log of technical events, A archives, C copies,
 * X training. Each counts from 1 without gaps, per register.
 */
export type Chain = "T" | "P" | "I" | "B" | "G" | "L" | "A" | "C" | "X";

/** What each kind of ticket is; on chain X the same kinds, and events and closings of training. */
export type TicketKind = "sale" | "collection" | "return" | "exchange" | "empties";
export type PeriodKind = "shift" | "day" | "month" | "year";
export type EntryType = TicketKind | PeriodKind | "payment" | "invoice" | "bill" | "event" | "duplicate" | "archive";

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined };
export type Document = { readonly [key: string]: Plain | undefined };

/**
 * One act of a register, signed there [R2]. The signature covers everything: `payload`, and every other field but `sig` and `body`;
 * `bodyHash` covers `body`. All hashes and signatures are text: SHA-256 in hex, ECDSA P-256 with SHA-256 (r and s, 64 bytes) in base64url.
 */
export type FiscalEntry = {
  readonly entityId: string;
  readonly placeId: string;
  readonly registerId: string;
  /** What receipt numbers begin with; "register no" of the signed strings. */
  readonly register: string;
  readonly chain: Chain;
  /** In its chain, from 1 without a gap. */
  readonly seq: number;
  /** Over all chains of the register, from 1 without a gap: which entry was before which. */
  readonly journalSeq: number;
  /** The register's clock to the second with its offset: `2026-03-29T03:00:05+02:00`. */
  readonly ts: string;
  readonly businessDate: BusinessDate;
  /** The id of who stood at the till; the journal names nobody. */
  readonly operator: string | null;
  readonly type: EntryType;
  readonly softwareVersion: string;
  /** The signed string of the entry's kind, as `payloadOf` writes it. */
  readonly payload: string;
  /** SHA-256 of the canonical JSON (RFC 8785) of `body`. */
  readonly bodyHash: string;
  /** Signature of the entry before in this chain; "" for the first. */
  readonly prevSig: string;
  /** Signature of the entry before in the journal, whichever chain it is in; "" for the first. */
  readonly journalPrevSig: string;
  readonly keyId: string;
  readonly sig: string;
  readonly body: Body;
};

/** What an entry holds, by its type; `document` is what a reader asks for, the rest is what the register knew then. */
export type Body = TicketBody | EventBody | ClosingBody | DuplicateBody | ArchiveBody;

/** `perpetual`: the register's perpetual totals with this ticket; null where it raises none (payments, bills, training). */
export type TicketBody = {
  readonly document: TicketDocument;
  readonly perpetual: { readonly net: number; readonly absolute: number } | null;
  /** Who answers for training [R8]; present on chain X only. */
  readonly trainedBy?: string | null;
};
export type EventBody = { readonly document: EventDocument };
export type ClosingBody = { readonly document: ClosingDocument };
export type DuplicateBody = { readonly document: DuplicateDocument };
export type ArchiveBody = { readonly document: ArchiveDocument };

/** Amounts in minor units; `rate` as a fraction, "1/5". */
export type TaxLine = { readonly rate: string; readonly net: number; readonly tax: number; readonly gross: number };

/**
 * How it was paid. `amount` is what of it went to the ticket, below zero where it was given back: of cash, `received` less `change`, less
 * `rounding` and less the tip. Only tenders that are `captured` or `refunded` count; others wait (`due_at_collection`).
 */
export type TicketTender = {
  readonly kind: string;
  readonly state: string;
  readonly amount: number;
  readonly received?: number | null;
  readonly change?: number | null;
  readonly rounding?: number;
  readonly tip?: number;
};

/**
 * What the book asks of a ticket. `total` is what was taken or given back here, including tax: the sum of the tenders that count; `taxes` is
 * how it splits. More fields (lines, options, discounts with their reasons, customer reference, points) are kept as they are: the document
 * holds values only, so that it is verified and printed without looking anything up.
 */
export type TicketFacts = {
  /** The till's command that it belongs to: by it the hub finds the sale that the ticket numbers. */
  readonly commandId?: string;
  readonly currency: string;
  readonly total: number;
  readonly taxes: readonly TaxLine[];
  readonly tenders: readonly TicketTender[];
} & Document;
/** With the number that the book gives it: `LYB1-000123`. */
export type TicketDocument = TicketFacts & { readonly number: string };

/**
 * A technical event [R7]: `code` of the published lists, `message` a short text, `detail` what it was about; of one that stands for a command
 * of the till, as a cash movement, `detail.commandId` names it.
 */
export type EventDocument = { readonly code: number; readonly message: string; readonly detail: Document | null };

/** A closing [R6]. `from` and `to` are business dates, of a shift those of its first and last day. */
export type ClosingDocument = {
  readonly period: PeriodKind;
  /**
   * `2026-03-02`, `2026-03`, `2026`, or the id of the shift. A year that is not the calendar's is called by the month that it began with, and a
   * month or year that began within one by its first day.
   */
  readonly key: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** The tickets that it covers: those after the last closing of this kind. `from` is above `to` where there was none. */
  readonly tickets: { readonly from: number; readonly to: number; readonly count: number };
  readonly totals: Totals;
  /** Frozen here. */
  readonly perpetual: Totals;
  /** What else the closing says, as the count of a drawer. */
  readonly detail: Document | null;
};

export type DuplicateDocument = {
  readonly of: {
    readonly register: string;
    readonly chain: Chain;
    readonly seq: number;
    readonly number: string;
    readonly type: EntryType;
  };
  /** 1 for the first copy. */
  readonly copy: number;
  readonly reason: string;
  readonly commandId?: string;
};

/** An archive was made [R10]: which period, what it holds, and the SHA-256 of its file. */
export type ArchiveDocument = {
  readonly archiveId: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly totals: Totals;
  readonly fileHash: string;
};

/** Sums of tickets in minor units including tax: `net` with their signs, `absolute` without; the same per rate ("1/5"). */
export type Totals = {
  readonly count: number;
  readonly net: number;
  readonly absolute: number;
  readonly byRate: { readonly [rate: string]: { readonly net: number; readonly absolute: number } };
};

export type Head = { readonly seq: number; readonly sig: string };

/** Who writes: goes into every entry. */
export type RegisterIdentity = {
  readonly entityId: string;
  readonly placeId: string;
  readonly registerId: string;
  /** What its receipt numbers begin with. */
  readonly code: string;
  readonly timeZone: string;
  /** Minutes after midnight at which a business day ends. */
  readonly dayEnd: number;
  /** A training register writes to chain X only. */
  readonly training: boolean;
  /** The day with which its years begin, `07-15`; absent: 1 January. */
  readonly yearStart?: string | undefined;
};

export type Period = {
  readonly key: string;
  /** Business date of its first day. */
  readonly from: BusinessDate;
  /** The last ticket before it. */
  readonly afterTicket: number;
  readonly totals: Totals;
};

/** The state that a register keeps beside its entries, and that folding them gives again: plain JSON. */
export type RegisterBook = {
  readonly format: 1;
  readonly register: RegisterIdentity;
  /** Under which the next entry is signed. */
  readonly keyId: string;
  readonly heads: { readonly [chain in Chain]?: Head };
  readonly journal: Head;
  /** The business date that the next entry belongs to, and never an earlier one. */
  readonly day: Period;
  readonly month: Period;
  /** `to`: its last day, where that is not 31 December. */
  readonly year: Period & { readonly to?: BusinessDate };
  /** The tickets since the last Z of a shift; it bears the shift's id as key only once it is closed. */
  readonly shift: Period;
  readonly perpetual: Totals;
  /** Copies that were made, by `T/123`; of another register's tickets by `LYB2/T/123`. */
  readonly copies: { readonly [ticket: string]: number };
  /** The version that wrote last: another one is an event first. */
  readonly softwareVersion: string;
};

/** Holds a private key of P-256 that does not leave it. `sign` gives r and s, 64 bytes, over the SHA-256 of the bytes. */
export type Signer = { readonly keyId: string; sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> };

/** When, by whom and with what something is written. */
export type Act = { readonly at: Date; readonly operator: string | null; readonly softwareVersion: string };

/** What a caller keeps in one transaction, after it has compared `book.journal` with the one that it keeps. */
export type Appended = { readonly entries: readonly FiscalEntry[]; readonly book: RegisterBook };

/** A public key of a register and from which entry of its journal on it signs; `lost`: the key before it was lost, not changed. */
export type RegisterKey = {
  readonly keyId: string;
  readonly publicKey: PublicKey;
  readonly fromJournalSeq: number;
  readonly lost: boolean;
};

/** A public key as it is kept and told: JWK of P-256. */
export type PublicKey = { readonly kty: "EC"; readonly crv: "P-256"; readonly x: string; readonly y: string };

/** Where a journal goes on: what the hub knows of a register before its first signed entry, or after its key was lost. */
export type Base = { readonly heads: { readonly [chain in Chain]?: Head }; readonly journal: Head };

/** What is wrong with an entry. `continued` is no defect: the chain goes on under a new key after the old one was lost. */
export type FindingCode = "#CHAIN" | "#SEQUENCE" | "#VERIFY" | "#SIGNATURE" | "#TOTALS" | "#CLOSING" | "#PAYMENTS" | "continued";
export type Finding = {
  readonly code: FindingCode;
  readonly registerId: string;
  readonly chain: Chain;
  readonly seq: number;
  readonly journalSeq: number;
  readonly detail: string;
};

/** What a register says of its journal when it sends it, signed: the hub can tell that all of it came [R11]. */
export type UploadManifest = {
  readonly registerId: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly count: number;
  readonly headSignature: string;
  readonly keyId: string;
  readonly sig: string;
};
