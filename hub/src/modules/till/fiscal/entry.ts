import { wallClock } from "@weft/kernel";
import { advance, headOf } from "./book.ts";
import type { JetCode } from "./jet.ts";
import { sealed } from "./signing.ts";
import type { Act, Appended, Body, Chain, Document, EntryType, RegisterBook, Signer } from "./types.ts";

/** What an entry holds before it has its place in a chain; `businessDate` only where it is not the book's own. */
export type Draft = {
  readonly chain: Chain;
  readonly type: EntryType;
  readonly body: (seq: number) => Body;
  readonly businessDate?: string;
};

/** One more entry after those that were appended already. */
export async function add({ entries, book }: Appended, draft: Draft, act: Act, signer: Signer): Promise<Appended> {
  const { register, journal } = book;
  const head = headOf(book, draft.chain);
  const entry = await sealed(
    {
      entityId: register.entityId,
      placeId: register.placeId,
      registerId: register.registerId,
      register: register.code,
      chain: draft.chain,
      seq: head.seq + 1,
      journalSeq: journal.seq + 1,
      ts: timestamp(act.at, register.timeZone),
      businessDate: draft.businessDate ?? book.day.key,
      operator: act.operator,
      type: draft.type,
      softwareVersion: act.softwareVersion,
      prevSig: head.sig,
      journalPrevSig: journal.sig,
      keyId: signer.keyId,
      body: draft.body(head.seq + 1),
    },
    signer,
  );
  return { entries: [...entries, entry], book: advance(book, entry) };
}

/** A technical event [R7]; of a training register on its own chain. */
export function eventDraft({ register }: RegisterBook, code: JetCode, message: string, detail: Document | null): Draft {
  return { chain: register.training ? "X" : "L", type: "event", body: () => ({ document: { code, message, detail } }) };
}

/** The register's clock to the second, with its offset. */
export function timestamp(at: Date, timeZone: string): string {
  const { date, minutes } = wallClock(at, timeZone);
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const offset = Math.round((wall - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const away = Math.abs(offset);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(at.getUTCSeconds())}`;
  return `${date}T${clock}${offset < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}
