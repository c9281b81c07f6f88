import { newId, ok, type RegisterId, type ShiftId } from "@weft/kernel";
import { addRegisters } from "../src/modules/till/commands/registers.ts";
import {
  appendDuplicate,
  appendEvent,
  appendTicket,
  changeKey,
  closeShift,
  JET,
  manifestUpTo,
  openBook,
  type Act,
  type Appended,
  type FiscalEntry,
  type RegisterBook,
  type TicketKind,
} from "../src/modules/till/fiscal/index.ts";
import { identityOf } from "../src/modules/till/journal/identity.ts";
import { keepEntries } from "../src/modules/till/journal/rows.ts";
import { readRegister } from "../src/modules/till/queries/registers.ts";
import { LYON, type SaleHub } from "./sale-hub.ts";
import { testKey } from "./signing-register.ts";

/** A register of Lyon that signs its journal, written straight into the hub's tables as if it had been received. */
export type SignedRegister = {
  readonly id: RegisterId;
  readonly code: string;
  ticket(at: string, total: number, kind?: TicketKind): Promise<FiscalEntry>;
  copy(at: string, of: FiscalEntry): Promise<void>;
  event(at: string, message: string): Promise<void>;
  closeShift(at: string): Promise<void>;
  /** Says that all up to here was sent. */
  upload(at: string): Promise<void>;
  /** The browser with the key is gone; a manager enrolls another one. */
  loseKey(at: string): Promise<void>;
};

export async function signedRegister(hub: SaleHub): Promise<SignedRegister> {
  const id = newId<RegisterId>();
  await hub.must(async (ctx) => {
    const added = await addRegisters(ctx, [{ id, placeId: LYON, name: `Signed ${id.slice(-4)}`, training: false }]);
    return added.ok ? ok(null) : added;
  });
  const register = await readRegister(hub, id);
  if (!register) throw new Error("the register was just added");
  let key = await testKey();
  let book: RegisterBook | undefined;
  const at = (text: string): Act => ({ at: new Date(text), operator: null, softwareVersion: "1.0.0" });
  const keep = async ({ entries, book: next }: Appended): Promise<readonly FiscalEntry[]> => {
    book = next;
    await hub.must(async (ctx) => {
      await keepEntries(ctx, register, next.register, entries);
      return ok(null);
    });
    return entries;
  };
  const enroll = (journalSeq: number, lost: boolean) =>
    hub.rows(
      "insert into till.register_key (register_id, key_id, public_key, from_journal_seq, lost, enrolled_at) values ($1, $2, $3, $4, $5, now())",
      [id, key.signer.keyId, JSON.stringify(key.publicKey), journalSeq, lost],
    );
  const opened = async (act: Act): Promise<RegisterBook> => {
    if (book) return book;
    await enroll(1, false);
    await hub.rows("update till.register set key_id = $2 where id = $1", [id, key.signer.keyId]);
    await keep(await openBook(await identityOf({ db: hub.db, snapshots: hub.around.snapshots }, register), key.publicKey, act, key.signer));
    if (!book) throw new Error("the book was just opened");
    return book;
  };
  return {
    id,
    code: register.code,
    async ticket(when, total, kind = "sale") {
      const entries = await keep(await appendTicket(await opened(at(when)), { kind, document: documentOf(total) }, at(when), key.signer));
      const entry = entries.at(-1);
      if (!entry) throw new Error("a ticket is an entry");
      return entry;
    },
    async copy(when, { chain, seq, type }) {
      await keep(await appendDuplicate(await opened(at(when)), { chain, seq, type, reason: "asked for" }, at(when), key.signer));
    },
    async event(when, message) {
      await keep(await appendEvent(await opened(at(when)), { code: JET.maintenance, message }, at(when), key.signer));
    },
    async closeShift(when) {
      await keep(await closeShift(await opened(at(when)), { id: newId<ShiftId>(), detail: { counted: 0 } }, at(when), key.signer));
    },
    async upload(when) {
      const { journal } = await opened(at(when));
      const said = await manifestUpTo({ registerId: id, fromSeq: 1, head: journal }, key.signer);
      await hub.rows(
        "insert into till.fiscal_upload (register_id, from_seq, to_seq, count, head_sig, key_id, manifest_sig, received_at) values ($1, 1, $2, $2, $3, $4, $5, $6)",
        [id, journal.seq, journal.sig, said.keyId, said.sig, when],
      );
    },
    async loseKey(when) {
      const before = await opened(at(when));
      key = await testKey();
      await enroll(before.journal.seq + 1, true);
      await keep(await changeKey(before, { keyId: key.signer.keyId, publicKey: key.publicKey, lost: true }, at(when), key.signer));
    },
  };
}

/** A coffee and a mug, in two rates, with a discount, for cash. */
function documentOf(total: number) {
  const food = Math.trunc(total / 3);
  const split = (gross: number, percent: number) => {
    const net = Math.round((gross * 100) / (100 + percent));
    return { net, tax: gross - net, gross };
  };
  return {
    currency: "EUR",
    total,
    lines: [
      { sku: "COFFEE", name: "Café <grand> & crème", quantity: 1, discount: 10, total: food, rate: "11/200", ...split(food, 5.5) },
      { sku: "MUG", name: "Tasse", quantity: 1, total: total - food, rate: "1/5", ...split(total - food, 20) },
    ],
    taxes: [
      { rate: "11/200", ...split(food, 5.5) },
      { rate: "1/5", ...split(total - food, 20) },
    ],
    tenders: [{ kind: "cash", state: total < 0 ? "refunded" : "captured", amount: total }],
  };
}
