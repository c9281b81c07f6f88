import type { ReceiptView, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type CommandId } from "@weft/kernel";
import {
  appendEvent,
  changeFiscalYear,
  closeWhatEnded,
  isTicketKind,
  JET,
  manifestUpTo,
  type Appended,
  type Document,
  type FiscalEntry,
  type JetCode,
} from "../../../../hub/src/modules/till/fiscal/index.ts";
import type { KeptSale, OutboxRow, OutboxRows, Sent } from "../outbox/rows.ts";
import { entriesLeft, entriesOfAct, signerOfJournal, type Draft, type OpenJournal } from "./act-entries.ts";
import { BookMoved, type BookRows, type BookStep, type LeftToSign, type OwnJournal, type SignedCommand } from "./rows.ts";

/** What the outbox asks of the journal of its register. */
export type Journal = {
  /** Keeps an act with the entries that it is; undefined, and nothing is kept, where there is none to sign here. */
  readonly keep: (draft: Draft, sale?: Omit<KeptSale, "seq">) => Promise<KeptSigned | undefined>;
  /** Signs what answers that were just kept leave to be signed, and says in the log what of the journal was refused. */
  readonly answered: (answers: readonly TillCommandAnswerView[]) => Promise<void>;
  /** The number that a command's ticket has by its entry. */
  readonly numberOf: (commandId: string) => Promise<string | null>;
};

/** The journal as its device tends to it. */
export type TendedJournal = Journal & {
  /** Signs what was left when this till was last ended between an answer and its entry, and what the hub says is left. */
  readonly recover: (toldByHub: readonly LeftToSign[]) => Promise<void>;
  /** Closes the days, months and years that are over, also where nothing is sold. */
  readonly closeEnded: () => Promise<void>;
  /** Writes a technical event of its own: who came and went, and when the hub was away [FIS-13]. */
  readonly note: (event: JournalNote) => Promise<void>;
  /** Writes that years begin with another day, where the legal entity says so. */
  readonly followYear: (yearStart: string) => Promise<void>;
  /** Writes the first entry under a key that was just enrolled, and everything that is left to be signed. */
  readonly begin: (from: OwnJournal, next: NewKey, appended: Appended, left: readonly LeftToSign[]) => Promise<void>;
};

export type JournalNote = { readonly code: JetCode; readonly message: string; readonly operator: string | null };

export type NewKey = Pick<OwnJournal, "keyId" | "publicKey" | "privateKey" | "currency" | "told">;

export type JournalSettings = {
  readonly rows: OutboxRows & BookRows;
  /** The outbox's next command, as it is sent. */
  readonly command: (act: KeptAct) => (seq: number) => Sent;
  /** The last number that the hub has of this register. */
  readonly lastSeq: number;
  readonly staffId: () => string | null;
  readonly now: () => Date;
  /** Signs alone, across all windows of this browser. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Written into each entry. */
  readonly version: () => Promise<string>;
  /** A journal began here, or something of it was refused. */
  readonly onChange: () => void;
};

type KeptAct = { readonly id: string; readonly kind: string; readonly at: Date; readonly staffId: string | null; readonly body: object };
type KeptSigned = { readonly row: OutboxRow; readonly number: string | null };

/** So many commands of the hub are signed in one; it takes at most 500 entries. */
const MOST_AT_ONCE = 50;
/** The locks keep others away; where a browser has none, the transaction finds it out. */
const MOST_TRIES = 5;

type Signing = {
  readonly draft: KeptAct;
  readonly appended: Appended;
  readonly signed: readonly string[];
  readonly sale?: Omit<KeptSale, "seq"> | undefined;
  readonly next?: Partial<OwnJournal>;
  readonly begins?: readonly LeftToSign[];
};

/**
 * The journal of this register, signed here. What is signed and the command that carries it are kept in one transaction, which compares the place
 * that was signed on: a crash leaves both or neither, and two windows never write one place twice [JRN-14].
 */
export function createJournal(settings: JournalSettings): TendedJournal {
  const { rows, now } = settings;

  /** Signs on what stands now, until nobody was faster. Undefined where this browser has no journal, or there is nothing to sign. */
  function inTurn(sign: (own: OpenJournal, version: string) => Promise<Signing | undefined>): Promise<KeptSigned | undefined> {
    return settings.alone(async () => {
      for (let tried = 1; ; tried++) {
        const own = await rows.journal();
        if (!own || !isOpen(own)) return undefined;
        const signing = await sign(own, await settings.version());
        if (!signing) return undefined;
        try {
          return await keepSigned(own, signing);
        } catch (error) {
          if (!(error instanceof BookMoved) || tried === MOST_TRIES) throw error;
        }
      }
    });
  }

  async function keepSigned(from: OwnJournal, { draft, appended, signed, sale, next, begins }: Signing): Promise<KeptSigned> {
    const { entries, book } = appended;
    const tickets = new Map(entries.flatMap((entry) => ticketOf(entry) ?? []));
    const at = now().toISOString();
    const commands = signed.map((commandId): SignedCommand => ({ commandId, number: tickets.get(commandId)?.number ?? null, at }));
    const step: BookStep = { from, next: { ...from, ...next, book }, signed: commands, ...(begins && { begins }) };
    const ticket = tickets.get(draft.id);
    const told =
      sale && ticket
        ? { ...sale, receipt: { ...sale.receipt, number: ticket.number, journalHash: ticket.hash, ticket: ticket.place } }
        : sale;
    const command = settings.command(draft);
    const row = await rows.append(settings.lastSeq, (seq) => ({ id: draft.id, command: { ...command(seq), entries } }), told, step);
    return { row, number: ticket?.number ?? null };
  }

  const written = () => ({ id: newId<CommandId>(), at: now(), staffId: settings.staffId(), kind: "journal.write", body: {} });

  async function signLeft(): Promise<void> {
    const isDone = async (): Promise<boolean> =>
      (await inTurn(async (own, version) => {
        const commands = (await rows.unsigned()).slice(0, MOST_AT_ONCE);
        if (commands.length === 0) return undefined;
        const draft = written();
        const appended = await entriesLeft(own, commands.flat(), draft.at, version);
        return { draft, appended, signed: commands.flatMap(([first]) => first?.commandId ?? []) };
      })) === undefined;
    while (!(await isDone()));
  }

  /** Once, until the journal goes on under a new key: everything behind a refused entry is refused as well [JRN-10]. */
  async function tellRefused(refused: readonly Document[]): Promise<void> {
    await inTurn(async (own, version) => {
      if (own.refusedAt !== null) return undefined;
      const draft = written();
      const event = { code: JET.defect, message: "entries refused by the hub", detail: { refused } };
      const act = { at: draft.at, operator: draft.staffId, softwareVersion: version };
      const appended = await appendEvent(own.book, event, act, signerOfJournal(own));
      return { draft, appended, signed: [], next: { refusedAt: draft.at.toISOString() } };
    });
    settings.onChange();
  }

  /**
   * After a closing: that all up to here was sent, signed [JRN-11]. It goes behind the entries that it counts, so the hub has them when it comes.
   * Not from a journal of which something was refused: what is missing there is known.
   */
  async function tellSent(): Promise<void> {
    await inTurn(async (own) => {
      const { book, told, refusedAt } = own;
      const closings = book.heads.G?.seq ?? 0;
      if (refusedAt !== null || closings === told.closings) return undefined;
      const said = { registerId: book.register.registerId, fromSeq: told.seq + 1, head: book.journal };
      const manifest = await manifestUpTo(said, signerOfJournal(own));
      const next = { told: { seq: book.journal.seq, closings } };
      return { draft: { ...written(), body: { manifest } }, appended: { entries: [], book }, signed: [], next };
    });
  }

  return {
    keep: (draft, sale) =>
      inTurn(async (own, version) => {
        const appended = await entriesOfAct(own, draft, version);
        return appended && { draft, appended, signed: [draft.id], sale };
      }),
    async answered(answers) {
      if (answers.some(({ toSign }) => toSign && toSign.length > 0)) await signLeft();
      const refused = answers.flatMap(({ journal }) => journal?.refused ?? []);
      if (refused.length > 0) await tellRefused(refused.map(({ journalSeq, code, detail }) => ({ journalSeq, code, detail })));
      await tellSent();
    },
    numberOf: async (commandId) => (await rows.signedOf(commandId))?.number ?? null,
    async recover(toldByHub) {
      await rows.leave(toldByHub);
      await signLeft();
      await tellSent();
    },
    async closeEnded() {
      await inTurn(async (own, version) => {
        const draft = written();
        const act = { at: draft.at, operator: draft.staffId, softwareVersion: version };
        const appended = await closeWhatEnded({ entries: [], book: own.book }, act, signerOfJournal(own));
        return appended.entries.length === 0 ? undefined : { draft, appended, signed: [] };
      });
      await tellSent();
    },
    async note({ code, message, operator }) {
      await inTurn(async (own, version) => {
        const draft = { ...written(), staffId: operator };
        const act = { at: draft.at, operator, softwareVersion: version };
        const appended = await appendEvent(own.book, { code, message }, act, signerOfJournal(own));
        return { draft, appended, signed: [] };
      });
    },
    async followYear(yearStart) {
      await inTurn(async (own, version) => {
        const draft = written();
        const act = { at: draft.at, operator: draft.staffId, softwareVersion: version };
        const appended = await changeFiscalYear(own.book, yearStart, act, signerOfJournal(own));
        return appended.entries.length === 0 ? undefined : { draft, appended, signed: [] };
      });
    },
    async begin(from, key, appended, left) {
      const next = { ...key, refusedAt: null };
      await settings.alone(() => keepSigned(from, { draft: written(), appended, signed: [], next, begins: left }));
      await signLeft();
      settings.onChange();
    },
  };
}

function isOpen(own: OwnJournal): own is OpenJournal {
  return own.book !== null;
}

/** `place`: of a ticket, as its receipt says it; a bill before payment has a number alone. */
type Ticket = { readonly number: string; readonly hash: string; readonly place: ReceiptView["ticket"] };

/** The command whose ticket an entry is, with its number, its hash and its place as they stand on the receipt. */
function ticketOf({ register, chain, seq, type, body, bodyHash }: FiscalEntry): readonly [readonly [string, Ticket]] | undefined {
  const { commandId, number } = body.document as { readonly commandId?: unknown; readonly number?: unknown }; // of tickets; others have neither
  if (typeof commandId !== "string" || typeof number !== "string") return undefined;
  if (type === "bill") return [[commandId, { number, hash: bodyHash, place: null }]];
  if ((chain !== "T" && chain !== "X") || !isTicketKind(type)) return undefined;
  return [[commandId, { number, hash: bodyHash, place: { register, chain, seq, kind: type } }]];
}
