import type { AnswerOf } from "@weft/contracts/client";
import {
  base64urlOf,
  changeKey,
  enrollmentBytes,
  keyIdOf,
  makeKey,
  NEW_YEAR,
  openBook,
  publicKeyOf,
  type Act,
  type Appended,
  type Base,
  type RegisterBook,
} from "../../../../hub/src/modules/till/fiscal/index.ts";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { registerJournal, registerOutbox, softwareVersion } from "../outbox/register-outbox.ts";
import { signerOfJournal } from "./act-entries.ts";
import type { BookRows, OwnJournal } from "./rows.ts";

type Known = AnswerOf<"till.journal">;
/** `staffId` is null at a kiosk, at which nobody stands. */
type ByWhom = { readonly staffId: string | null; readonly currency: string };

/**
 * Makes this till the one that signs for its register: a key is made here, enrolled at the hub, and the journal begun. `takesOver`: another till
 * signed before, or this one's journal was refused; a manager says so, and it goes on under the new key from what the hub has.
 */
export async function signHere({ staffId, currency }: ByWhom, takesOver: boolean): Promise<void> {
  const { rows, registerId } = registerJournal();
  const own = await freshKey(rows, currency);
  const proof = base64urlOf(await signerOfJournal(own).sign(enrollmentBytes(registerId, own.keyId)));
  const body = { publicKey: own.publicKey, proof, isLost: takesOver };
  await goOn(own, await api.ask("till.enrollKey", { params: { id: registerId }, body }), staffId);
}

/** A key that was made and not enrolled is used; beside one that signs, the new one is kept with its first entry only. */
async function freshKey(rows: BookRows, currency: string): Promise<OwnJournal> {
  const kept = await rows.journal();
  if (kept && kept.book === null) return kept;
  const { publicKey: open, privateKey } = await makeKey();
  const publicKey = await publicKeyOf(open);
  const made = { keyId: await keyIdOf(publicKey), publicKey, privateKey, currency, book: null, refusedAt: null, told: NOTHING_TOLD };
  if (!kept) await rows.keepJournal(made);
  return made;
}

const NOTHING_TOLD = { seq: 0, closings: 0 };

/** Writes the first entry under an enrolled key: of the whole journal, or of what goes on after a key that is lost. */
async function goOn(own: OwnJournal, known: Known, staffId: string | null): Promise<void> {
  const { journal, rows } = registerJournal();
  const { keyId, publicKey, privateKey, currency } = own;
  const act: Act = { at: new Date(), operator: staffId, softwareVersion: await softwareVersion() };
  const signer = signerOfJournal(own);
  // As the hub folded and kept them: its contract leaves their fields to the journal's own module.
  const [book, base] = [known.book as RegisterBook | null, known.base as Base];
  const appended: Appended = book
    ? await changeKey(book, { keyId, publicKey, lost: true }, act, signer)
    : await openBook(known.register, publicKey, act, signer, base);
  const told = { seq: known.uploadedTo, closings: appended.book.heads.G?.seq ?? 0 };
  await journal.begin((await rows.journal()) ?? own, { keyId, publicKey, privateKey, currency, told }, appended, known.toSign);
  registerOutbox().nudge();
}

/** At the start of a till, and whenever the hub is back: what was left unsigned is signed, days that are over are closed. */
export async function tendJournal(): Promise<void> {
  const { journal, rows, registerId } = registerJournal();
  const own = await rows.journal();
  if (!own) return;
  const known = await askJournal(registerId);
  const isOurs = known?.keyId === own.keyId;
  if (own.book === null) {
    if (known && isOurs) await goOn(own, known, null);
    return;
  }
  await journal.recover(known && isOurs ? known.toSign : []);
  await journal.closeEnded();
  if (known && isOurs) await journal.followYear(known.register.yearStart ?? NEW_YEAR);
  registerOutbox().nudge();
}

async function askJournal(registerId: string): Promise<Known | undefined> {
  try {
    return await api.ask("till.journal", { params: { id: registerId }, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    if (!isAway(error)) throw error;
    return undefined;
  }
}

const PATIENCE_MS = 4000;
